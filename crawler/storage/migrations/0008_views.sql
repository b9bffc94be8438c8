-- Views for people: times in the zone of the source, and only what may be shown.

-- SQLite knows no time zones. Indonesia's three have fixed offsets, so a table is enough; times of a source in any other
-- zone are shown in UTC, and say so.
create table zones (
    zone text primary key,               -- IANA name, as in sources.zone
    name text not null,
    offset_minutes integer not null
) without rowid;

insert into zones (zone, name, offset_minutes) values
    ('Asia/Jakarta', 'WIB', 420),
    ('Asia/Pontianak', 'WIB', 420),
    ('Asia/Makassar', 'WITA', 480),
    ('Asia/Ujung_Pandang', 'WITA', 480),
    ('Asia/Jayapura', 'WIT', 540),
    ('UTC', 'UTC', 0);

-- no bodies: of some sources only a summary may be published
create view articles_local as
select
    a.id,
    a.entry_id,
    a.source,
    s.name as source_name,
    s.kind,
    s.province,
    a.title,
    a.author,
    iif(
        a.published_precision = 'day',
        date(a.published, coalesce(z.offset_minutes, 0) || ' minutes'),
        datetime(a.published, coalesce(z.offset_minutes, 0) || ' minutes')
    ) as published,
    a.published_precision,
    datetime(a.first_seen, coalesce(z.offset_minutes, 0) || ' minutes') as first_seen,
    datetime(a.modified, coalesce(z.offset_minutes, 0) || ' minutes') as modified,
    datetime(a.updated, coalesce(z.offset_minutes, 0) || ' minutes') as updated,
    coalesce(z.name, 'UTC') as zone,
    a.event_date,
    a.dateline,
    a.agency,
    a.language,
    a.summary,
    a.image,
    a.canonical_url as url,
    a.partial,
    a.feed_time,
    a.change
from articles a
join sources s on s.slug = a.source
left join zones z on z.zone = s.zone
where a.withheld is null and a.removed is null;

create view changes as
select
    r.id,
    r.article_id,
    a.source,
    a.title,
    a.canonical_url as url,
    datetime(r.seen_at, coalesce(z.offset_minutes, 0) || ' minutes') as seen,
    coalesce(z.name, 'UTC') as zone,
    r.class,
    r.fields,
    iif(s.republish = 'full', r.before, json_remove(r.before, '$.text')) as before,
    iif(s.republish = 'full', r.after, json_remove(r.after, '$.text')) as after,
    r.seen_at
from revisions r
join articles a on a.id = r.article_id
join sources s on s.slug = a.source
left join zones z on z.zone = s.zone
where a.withheld is null and a.removed is null;

create view sources_local as
select
    s.slug,
    s.name,
    s.publisher,
    s.kind,
    s.province,
    s.homepage,
    s.confidence,
    s.state,
    datetime(s.state_since, coalesce(z.offset_minutes, 0) || ' minutes') as state_since,
    s.reason,
    datetime(s.last_try, coalesce(z.offset_minutes, 0) || ' minutes') as last_try,
    datetime(s.last_success, coalesce(z.offset_minutes, 0) || ' minutes') as last_success,
    datetime(s.last_new, coalesce(z.offset_minutes, 0) || ' minutes') as last_new,
    datetime(s.next_due, coalesce(z.offset_minutes, 0) || ' minutes') as next_due,
    (
        select datetime(i.opened_at, coalesce(z.offset_minutes, 0) || ' minutes')
        from incidents i where i.source = s.slug and i.closed_at is null
    ) as failing_since,
    coalesce(z.name, 'UTC') as zone,
    s.paused,
    (
        select count(*) from articles a where a.source = s.slug and a.withheld is null and a.removed is null
    ) as articles,
    (select count(*) from links l where l.source = s.slug and l.state = 'open') as open_links
from sources s
left join zones z on z.zone = s.zone;
