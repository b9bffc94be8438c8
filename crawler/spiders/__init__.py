"""The Scrapy shell: one spider, the only place that makes requests; what it finds leaves as plain values."""
