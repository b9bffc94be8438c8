-- A search whose words or source are rare: dates from an index that is a fiftieth of the table.

-- a search in one source: its newest first
create index articles_source_published on articles (source, published desc, withheld, removed)
    where withheld is null and removed is null;

-- a search for rare words: when those that hold them were published
create index articles_dates on articles (id, published, source, withheld, removed)
    where withheld is null and removed is null;
