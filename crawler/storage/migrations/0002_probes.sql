-- What a probe found, as JSON: the ways to a source's articles, and everything that was tried.

alter table sources add column ways text;

alter table sources add column probe text;

alter table sources add column probed_at text;
