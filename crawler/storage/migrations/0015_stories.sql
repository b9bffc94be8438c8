-- One event, many articles: what is compared of each, what was decided about pairs, and the stories that come of it.

-- a story stays a row for ever, so that its entry id is never given to another
create table stories (
    id integer primary key,              -- the smaller, the older
    entry_id text not null unique,       -- urn:uuid: that of its first stored article, for ever
    lead_id integer references articles (id),
    merged_id integer references stories (id),
    entered text not null,
    updated text,
    change integer not null,
    changed_at text not null
);

create index stories_change on stories (change);

create index stories_entered on stories (entered) where lead_id is not null;

create index stories_lead on stories (lead_id);

create index stories_merged on stories (merged_id) where merged_id is not null;

alter table articles add column story_id integer references stories (id);

create index articles_story on articles (story_id) where story_id is not null;

-- the smaller article_id first; of one pair the program and a person may each have decided
create table story_decisions (
    id integer primary key,
    article_id integer not null references articles (id),
    other_id integer not null references articles (id),
    verdict text not null,               -- join, link, apart
    score real not null,                 -- 0 to 1
    reason text not null,
    by text not null,                    -- program, human
    at text not null
);

create unique index story_decisions_pair on story_decisions (article_id, other_id, by);

create index story_decisions_other on story_decisions (other_id);

-- what grouping compares of an article that may be shown
create table article_signatures (
    article_id integer primary key references articles (id),
    event_day text,                      -- null: none that is likely
    published_day text not null,
    told text not null                   -- JSON
);

-- a new article: those of about its days that have something in common with it
create table article_keys (
    key integer not null,                -- a span of days, a digest, and of what kind of thing
    place integer not null,              -- 0: compared with all; 1: stands for the many of its day; 2: behind those
    day integer not null,                -- days since 0001-01-01 (1 is that day)
    rank integer not null,               -- from its entry id
    article_id integer not null references articles (id),
    source integer not null,             -- digest of its source
    primary key (key, place, day, rank, article_id)
) without rowid;

-- how far the articles are grouped: a value of the change counter; one row
create table story_progress (
    id integer primary key check (id = 1),
    change integer not null
);

-- what else a story's articles are told of together with
create view story_links as
select
    a.story_id,
    b.story_id as other_story_id,
    max(d.score) as score,
    d.reason
from story_decisions d
join articles a on a.id = d.article_id
join articles b on b.id = d.other_id
where d.verdict = 'link' and a.story_id is not null and b.story_id is not null and a.story_id <> b.story_id
group by a.story_id, b.story_id;
