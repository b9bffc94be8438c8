-- What tells a text that is posted once more: numbers that are equal for texts of equal letters and digits.

alter table articles add column title_key integer not null default 0;

alter table articles add column text_key integer not null default 0;

update articles set title_key = text_key_of(title), text_key = text_key_of(body_text);

-- a new article: whether its source has the same headline, or the same text
create index articles_title_key on articles (source, title_key);

create index articles_text_key on articles (source, text_key);

