-- Full-text search over title and text.

-- Case and diacritics are folded; a hyphen or an apostrophe ends a word, so `anak-anak` is the phrase `anak anak`.
create virtual table articles_fts using fts5(
    title, body_text, content = 'articles', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);

insert into articles_fts (articles_fts) values ('rebuild');

-- The table keeps no text of its own, so it must be told of every change, and of an edit with the old text. New articles
-- are told at the end of their transaction (`crawler.storage.database`): told one by one in a trigger, each would become
-- a segment of the index of its own, which doubles what storing costs. Until then there is nothing to take back.
create trigger articles_fts_delete after delete on articles
    when exists (select 1 from articles_fts_docsize where id = old.id)
begin
    insert into articles_fts (articles_fts, rowid, title, body_text)
        values ('delete', old.id, old.title, old.body_text);
end;

create trigger articles_fts_update after update of title, body_text on articles
    when (new.title <> old.title or new.body_text <> old.body_text)
        and exists (select 1 from articles_fts_docsize where id = old.id)
begin
    insert into articles_fts (articles_fts, rowid, title, body_text)
        values ('delete', old.id, old.title, old.body_text);
    insert into articles_fts (rowid, title, body_text) values (new.id, new.title, new.body_text);
end;

-- a search: the newest first, or those of some days. The last two columns are always null: SQLite asks for
-- them although the index holds no other rows, and would read each article for the answer.
create index articles_published on articles (published desc, source, withheld, removed)
    where withheld is null and removed is null;
