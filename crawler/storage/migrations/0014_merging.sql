-- The search index is merged sixteen parts at a time, not four: what an article costs grows with how often its words are
-- rewritten, and so that is half as often. Searches over 400,000 articles take no longer.

insert into articles_fts (articles_fts, rank) values ('automerge', 16);
