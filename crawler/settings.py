"""Scrapy settings that differ from its defaults, each with its reason. What to crawl is data in `crawler.sources`."""

BOT_NAME = "newsfeed-id"
SPIDER_LOADER_CLASS = "crawler.spiders.loader.SourceLoader"  # a spider per source record
COMMANDS_MODULE = "crawler.commands"  # `scrapy crawl` with lock, state and exit codes

# Guests on small servers: one request at a time, a second between two, more where the server is slow.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0  # the delay is a promise, not an average
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0

# What takes part in a run is named here and nowhere else. Of Scrapy's own lists each part would be loaded, even one
# that is off (the remote control, which runs code that is sent to it, takes as long as fifty pages), and each
# middleware takes its time for every request. So there are no cookies, no meta refresh, and nothing that listens.
EXTENSIONS_BASE: dict[str, int] = {}
EXTENSIONS = {
    "scrapy.extensions.closespider.CloseSpider": 0,
    "crawler.middlewares.throttle.SlotThrottle": 0,  # in place of AutoThrottle, which has one least delay for all
}
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"  # the report of a run counts what is stored

# Bounds on what a hostile or broken server can cost.
DOWNLOAD_TIMEOUT = 30  # seconds for a whole answer
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # bytes, on the wire and decompressed
DOWNLOAD_WARNSIZE = 0  # the limit says enough
DOWNLOAD_VERIFY_CERTIFICATES = True  # off by default
DOWNLOAD_HANDLERS = {
    "http": "crawler.middlewares.head.BoundedHandler",
    "https": "crawler.middlewares.head.BoundedHandler",
    **dict.fromkeys(("data", "file", "ftp", "s3")),  # a link must not read the disk
}
REDIRECT_MAX_TIMES = 5
REFERRER_POLICY = "no-referrer"  # nobody needs to know where an address was found

RETRY_TIMES = 3
RETRY_GIVE_UP_LOG_LEVEL = "WARNING"  # the run's summary names it
NEWSFEED_BACKOFF = 5.0  # seconds before the first repeat, four times as long before each further one

# What one server (pace group) gets of a run; what is left over stays due. A first crawl fits, and a second beside it.
NEWSFEED_TURN = 600.0  # seconds
NEWSFEED_BUDGET = 1200  # requests

DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.address.AddressMiddleware": 90,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    "crawler.middlewares.body.BodyMiddleware": 590,
    "crawler.middlewares.address.AddressRedirectMiddleware": 600,
    "crawler.middlewares.pace.PaceMiddleware": 880,  # next to the network: waiting there blocks nothing else
}
# No proxies of the environment among them: they would look up names where nobody checks the addresses.
# No filter of statuses either: the spider tells a 304 from a 403 itself.
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.referer.RefererMiddleware": 700,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": 800,
}
ITEM_PIPELINES = {"crawler.pipelines.IntakePipeline": 100}

# The pipeline stores one value after the other; Scrapy would start a hundred workers for each answer.
CONCURRENT_ITEMS = 1
WARN_ON_GENERATOR_RETURN_VALUE = False  # reads and parses the source of a callback for each answer; types tell as much
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # a source's state says what was seen
SCHEDULER_PRIORITY_QUEUE = "crawler.spiders.queue.TurnQueue"  # one request at a time for each server
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # newest articles first, as they were found
LOG_LEVEL = "WARNING"
