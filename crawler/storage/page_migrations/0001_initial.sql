-- Raw pages as they were fetched, so that extraction can be re-run over the past.

create table dictionaries (
    id integer primary key,
    source text not null,
    kind text not null,
    captures integer not null,           -- how many there were when it was trained
    bytes blob not null                  -- zstd dictionary
);

create index dictionaries_family on dictionaries (source, kind, id);

-- bytes, each once whatever shows them
create table payloads (
    id integer primary key,
    hash blob not null unique,           -- blake2b of the bytes, 16 bytes
    size integer not null,               -- before compression
    dictionary_id integer references dictionaries (id),
    bytes blob not null                  -- one zstd frame
);

-- what an address showed from one time on, until it was last seen so
create table captures (
    id integer primary key,
    key text not null,                   -- url_key of the link's address
    url text not null,                   -- the link's address, as in newsfeed.db's links
    source text not null,
    origin text not null,
    kind text not null,                  -- page, or link: a REST post or feed entry that carried its article whole
    page_url text not null,              -- after redirects
    content_type text,
    hints text,                          -- JSON: what the link told; null for kind link, whose payload it is
    payload_id integer not null references payloads (id),
    fetched_at text not null,
    seen_at text not null,               -- when the same was last seen
    stored_at text not null,             -- when it was last written here
    outcome text not null,               -- article, none, waiting (imported, not read yet), older, part
    rank integer not null                -- what a full file drops first: 0 superseded, 1 no article, 2 the newest
);

create index captures_key on captures (key, fetched_at);

create index captures_time on captures (fetched_at, id);

create index captures_source on captures (source, fetched_at, id);

create index captures_rank on captures (rank, stored_at, id);

create index captures_stored on captures (stored_at, id);

create index captures_payload on captures (payload_id);

create index captures_waiting on captures (fetched_at, id) where outcome = 'waiting';

-- the further pages of an article
create table parts (
    capture_id integer not null references captures (id),
    position integer not null,
    page_url text not null,
    content_type text,
    payload_id integer not null references payloads (id),
    primary key (capture_id, position)
) without rowid;

create index parts_payload on parts (payload_id);
