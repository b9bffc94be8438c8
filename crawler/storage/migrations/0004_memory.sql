-- What keeps an article one thing for ever: merges, take-downs, when edits were seen; and what it is about.

-- two articles that turned out to be one: the dropped one stays, withheld as 'merged', until that is undone
create table merges (
    id integer primary key,
    kept_id integer not null references articles (id),
    dropped_id integer not null references articles (id),
    reason text not null,
    aliases text not null,               -- JSON list of [source, kind, value]: what went over from the dropped one
    at text not null,
    undone_at text,
    undone_reason text
);

create index merges_kept on merges (kept_id);

-- a dropped article is so once at a time
create unique index merges_dropped on merges (dropped_id) where undone_at is null;

-- addresses that the operator took down, whether an article of them is stored or not
create table takedowns (
    id integer primary key,
    url text not null,                   -- as the operator gave it
    url_key text not null,               -- as article_aliases has it
    reason text not null,
    hidden_at text not null,
    lifted_at text,
    lifted_reason text
);

-- an arriving article: whether one of its addresses is taken down
create unique index takedowns_open on takedowns (url_key) where lifted_at is null;

-- what changed lately
create index revisions_seen on revisions (seen_at);

-- who, where and what an article tells of
create table units (
    id text primary key,                 -- the gazetteer's, also the feed's slug
    name text not null,
    kind text not null,
    province text
) without rowid;

create table places (
    id text primary key,
    name text not null,
    kind text not null,                  -- province, city
    province text
) without rowid;

create table topics (
    id text primary key,
    name text not null
) without rowid;

create table article_units (
    article_id integer not null references articles (id),
    unit_id text not null references units (id),
    role text not null,                  -- subject, mention
    weight real not null,
    evidence text not null,
    primary key (article_id, unit_id)
) without rowid;

create index article_units_unit on article_units (unit_id, article_id);

create table article_places (
    article_id integer not null references articles (id),
    place_id text not null references places (id),
    weight real not null,
    evidence text not null,
    primary key (article_id, place_id)
) without rowid;

create index article_places_place on article_places (place_id, article_id);

create table article_topics (
    article_id integer not null references articles (id),
    topic_id text not null references topics (id),
    weight real not null,
    evidence text not null,
    primary key (article_id, topic_id)
) without rowid;

create index article_topics_topic on article_topics (topic_id, article_id);
