-- Who, where and what articles tell of: the province of each, and which gazetteer the tables of units, places and topics
-- were filled from.

-- as places names it; null: the article shows none
alter table articles add column province text;

-- one row: changes when the gazetteer does
create table gazetteer (
    id integer primary key check (id = 1),
    fingerprint text not null
);
