-- What re-reading stored pages needs: when the stored version was fetched, and what only a better reading changed.

-- when the page was fetched that the stored version was read from
alter table articles add column seen_at text;

-- what a better reading of the same pages changed: no edit of the site's, so no revision
create table corrections (
    id integer primary key,
    article_id integer not null references articles (id),
    corrected_at text not null,
    version text not null,               -- of the program that read it better
    fields text not null,                -- JSON list
    published_before text,               -- where it moved
    published_after text
);

create index corrections_article on corrections (article_id);
