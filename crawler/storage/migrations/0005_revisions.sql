-- What more is known of an edit, and which articles left the public eye.

-- JSON list: the lesser classes that fit as well
alter table revisions add column also text not null default '[]';

-- how often the source went back and forth between the two versions since, and when it last did
alter table revisions add column flips integer not null default 0;

alter table revisions add column flipped_at text;

-- since when the source shows an earlier version again, while the stored one is kept
alter table articles add column flipped_since text;

-- a feed's time: what a take-down or a removal took out
create index articles_withdrawn on articles (source, changed_at) where withheld is not null or removed is not null;
