-- Everything from a source to its articles, and what went wrong on the way.

create table sources (
    slug text primary key,
    -- facts of the record
    name text not null,
    publisher text not null,
    kind text not null,
    homepage text not null,
    zone text not null,
    language text not null,
    province text,
    unit text,
    republish text not null,
    pace_group text not null,
    confidence text not null,
    -- how it fares
    state text not null default 'never tried',
    state_since text,
    reason text,
    strategy text,                       -- the one that worked last
    cursor text,                         -- how far that strategy has read, in its own terms
    pending text,                        -- JSON: the step that an interrupted walk still has to take
    last_try text,
    last_success text,
    last_new text,
    failure_points real not null default 0,
    next_due text,
    paused integer not null default 0,
    change integer not null,
    changed_at text not null
);

create index sources_change on sources (change);

create table articles (
    id integer primary key,
    entry_id text not null unique,       -- urn:uuid, minted once, the id in every feed
    source text not null references sources (slug),
    url text not null,
    canonical_url text not null,
    -- what the article says
    title text not null,
    author text,
    published text not null,             -- first_seen where published_from is 'first-seen'
    published_precision text not null,
    published_from text not null,
    published_raw text,
    modified text,
    event_date text,
    dateline text,
    agency text,
    mirror_of text,
    language text,
    summary text,
    body_html text not null,
    body_text text not null,             -- paragraphs, separated by an empty line
    image text,
    signoff text,
    attribution text,
    partial integer not null default 0,
    -- how it fares
    first_seen text not null,
    entered text not null,               -- set once: which archive it belongs to
    updated text,                        -- when its newest material edit was seen
    feed_time text generated always as (max(entered, coalesce(updated, entered))) virtual,
    removed text,
    withheld text,
    extractor text not null,
    provenance text not null,            -- JSON: field -> evidence it came from
    content_hash text not null,          -- of all that is stored from the page: equal means nothing to write
    change integer not null,
    changed_at text not null
);

-- a feed: newest of all, or of one source
create index articles_feed_time on articles (feed_time desc, entry_id) where withheld is null and removed is null;

create index articles_source_feed_time on articles (source, feed_time desc, entry_id)
    where withheld is null and removed is null;

-- a build: what changed since the last one
create index articles_change on articles (change);

create table article_aliases (
    source text not null references sources (slug),
    kind text not null,                  -- url, native, guid
    value text not null,
    article_id integer not null references articles (id),
    primary key (kind, value, source)
) without rowid;

create index article_aliases_article on article_aliases (article_id);

create table article_images (
    article_id integer not null references articles (id),
    position integer not null,
    url text not null,
    caption text,
    credit text,
    primary key (article_id, position)
) without rowid;

create table article_tags (
    article_id integer not null references articles (id),
    position integer not null,
    kind text not null,                  -- tag, category
    name text not null,
    primary key (article_id, kind, position)
) without rowid;

create table article_related (
    article_id integer not null references articles (id),
    position integer not null,
    title text not null,
    url text,
    primary key (article_id, position)
) without rowid;

create table revisions (
    id integer primary key,
    article_id integer not null references articles (id),
    seen_at text not null,
    class text not null,
    fields text not null,                -- JSON list
    before text not null,                -- JSON object: field -> value
    after text not null
);

create index revisions_article on revisions (article_id);

create table links (
    url text primary key,
    source text not null references sources (slug),
    origin text not null,
    state text not null,                 -- open, done, excluded, failed
    found_at text not null,
    attempts integer not null default 0,
    next_try text,
    error text,
    hints text,                          -- JSON: what the place that named it told; gone once done
    article_id integer references articles (id)
);

-- a crawl: the open links of a source, and its newest ones
create index links_source on links (source, state, found_at desc);

create index links_article on links (article_id);

create table fetches (
    url text primary key,
    source text not null references sources (slug),
    strategy text,                       -- null for an article's page
    etag text,
    last_modified text,
    status integer,
    error text,
    fetched_at text not null,
    bytes integer not null default 0
);

create index fetches_source on fetches (source, strategy);

create table incidents (
    id integer primary key,
    source text not null references sources (slug),
    state text not null,
    reason text,
    opened_at text not null,
    closed_at text
);

-- at most one open incident a source
create unique index incidents_open on incidents (source) where closed_at is null;

create table runs (
    id integer primary key,
    started_at text not null,
    finished_at text,
    exit_code integer,
    counts text                          -- JSON: source -> what was found
);
