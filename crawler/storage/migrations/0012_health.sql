-- How sources fare: pauses by the operator, incidents that flicker, and articles that a rule keeps back.

alter table sources add column paused_at text;

alter table sources add column paused_reason text;

alter table sources add column paused_until text;

-- when the trouble was last met, and how often it came back within the hour
alter table incidents add column seen_at text;

alter table incidents add column reopened integer not null default 0;

-- a source's last incident
create index incidents_source on incidents (source);

-- articles that a rule takes for planted spam; one that was released is never taken for it again
create table quarantines (
    article_id integer primary key references articles (id),
    reason text not null,
    quarantined_at text not null,
    released_at text,
    released_reason text
);
