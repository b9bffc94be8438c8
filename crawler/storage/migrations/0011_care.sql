-- What lets sources look after themselves: how often each is asked, what its server wants, and when articles are looked
-- at again.

-- seconds that its answers ask to be left alone at the least (ttl, sy:updatePeriod, Cache-Control)
alter table sources add column least_interval integer;

-- of an article's link: how often it was looked at again, when next, and since when its site answers that it is gone
alter table links add column recheck_step integer not null default 0;

alter table links add column next_check text;

alter table links add column gone_seen text;

-- a crawl: the articles of a source whose time to be looked at again has come
create index links_next_check on links (source, next_check) where next_check is not null;

-- a server, as requests are paced: until when it wants to be left alone
create table hosts (
    pace_group text primary key,
    backoff_until text,
    reason text,
    failures integer not null default 0  -- in a row
) without rowid;

-- robots.txt of an origin, as it was last answered
create table robots (
    origin text primary key,             -- scheme, host and port
    status integer,                      -- null: no answer
    body text,
    fetched_at text not null,
    good_at text                         -- when it last answered as it should
) without rowid;
