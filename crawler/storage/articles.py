"""Articles: read back whole, inserted, updated; each write takes the next change number."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime

from crawler.models import Article, Change, Image, Origin, Related
from crawler.storage import revisions
from crawler.storage.database import moment, next_change, stamp
from crawler.storage.shown import IS_SHOWN
from crawler.text.likeness import key

FIRST_SEEN = "first-seen"

# Columns that hold an Article's field of the same name as it is.
_PLAIN = (
    "url", "canonical_url", "title", "author", "published_precision", "published_raw", "dateline", "agency",
    "mirror_of", "language", "summary", "body_html", "signoff", "attribution",
)  # fmt: skip

# Of an Article's fields: what is not stored, and the long text, which is hashed as it is.
_APART: Mapping[str, object] = {"provenance": {}, "native": None, "next_page": None, "family": "", "body_html": ""}


def has_entry_id(db: sqlite3.Connection, entry_id: str) -> bool:
    """Whether an entry id was ever taken."""
    return db.execute("select 1 from articles where entry_id = ?", (entry_id,)).fetchone() is not None


def insert(
    db: sqlite3.Connection,
    source: str,
    entry_id: str,
    article: Article,
    origin: Origin,
    now: datetime,
    seen: datetime | None = None,
) -> int:
    """Store a new article and return its key; `entered` is set here, once.

    `seen` is when it was fetched, if not now.
    """
    seen = seen or now
    entered = article.published if origin != "poll" and article.published else seen
    if origin in ("backfill", "import") and article.published is None:
        entered = _behind_all(db, source, seen)
    values = _columns(article, seen) | {
        "entry_id": entry_id,
        "source": source,
        "first_seen": stamp(seen),
        "seen_at": stamp(seen),
        "entered": stamp(min(entered, seen)),
        "change": next_change(db),
        "changed_at": stamp(now),
    }
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    cursor = db.execute(f"insert into articles ({names}) values ({marks})", values)
    assert cursor.lastrowid is not None
    _insert_lists(db, cursor.lastrowid, article)
    return cursor.lastrowid


def _behind_all(db: sqlite3.Connection, source: str, now: datetime) -> datetime:
    """Where an old article stands whose date nobody knows: not before any that its source has, in a feed's order.

    Of a source that has none yet: not before any of all sources.
    """
    row = db.execute(
        """select coalesce((select min(entered) from articles where source = ?),
               (select min(entered) from articles)) as first""",
        (source,),
    ).fetchone()
    return moment(row["first"]) if row["first"] else now


def update(
    db: sqlite3.Connection,
    article_id: int,
    article: Article,
    change: Change | None,
    now: datetime,
    seen: datetime | None = None,
) -> None:
    """Store another version of an article; a material change is a revision and moves `updated`.

    `seen` is when that version was fetched, if not now. Of one that is withheld or removed nobody sees that it changed,
    so it takes no change number.
    """
    seen = seen or now
    row = db.execute(f"select first_seen, {IS_SHOWN} as is_shown from articles where id = ?", (article_id,)).fetchone()
    values = _columns(article, moment(row["first_seen"])) | {"flipped_since": None, "seen_at": stamp(seen)}
    if row["is_shown"]:
        values |= {"change": next_change(db), "changed_at": stamp(now)}
    if change:
        values["updated"] = stamp(seen)
        revisions.insert(db, article_id, change, seen)
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    db.execute(f"update articles set {assignments} where id = :id", values | {"id": article_id})
    for table in ("article_images", "article_tags", "article_related"):
        db.execute(f"delete from {table} where article_id = ?", (article_id,))
    _insert_lists(db, article_id, article)


def correct(
    db: sqlite3.Connection, article_id: int, article: Article, fields: Sequence[str], version: str, now: datetime
) -> None:
    """Store what a better reading of the same pages made of an article: no edit of the site's, so no revision.

    `updated` stays; what differs is noted with the `version` of the program, and where `published` went.
    """
    row = db.execute("select published, seen_at from articles where id = ?", (article_id,)).fetchone()
    update(db, article_id, article, None, now, moment(row["seen_at"]) if row["seen_at"] else None)
    after = db.execute("select published from articles where id = ?", (article_id,)).fetchone()["published"]
    moved = (row["published"], after) if row["published"] != after else (None, None)
    db.execute(
        """insert into corrections (article_id, corrected_at, version, fields, published_before, published_after)
           values (?, ?, ?, ?, ?, ?)""",
        (article_id, stamp(now), version, json.dumps(list(fields)), *moved),
    )


def times(db: sqlite3.Connection, article_id: int) -> tuple[str, str | None]:
    """When an article was first seen, and when the stored version was fetched, as they are stored."""
    row = db.execute("select first_seen, seen_at from articles where id = ?", (article_id,)).fetchone()
    return row["first_seen"], row["seen_at"]


def source(db: sqlite3.Connection, article_id: int) -> str:
    """The slug of the source where an article was first seen."""
    row = db.execute("select source from articles where id = ?", (article_id,)).fetchone()
    return str(row["source"])


def is_stored(db: sqlite3.Connection, article_id: int, article: Article) -> bool:
    """Whether the stored version equals this one in everything that is stored."""
    row = db.execute("select content_hash from articles where id = ?", (article_id,)).fetchone()
    return bool(row["content_hash"] == content_hash(article))


def load(db: sqlite3.Connection, article_id: int) -> Article:
    """The stored version of an article as extraction would have given it."""
    row = db.execute("select * from articles where id = ?", (article_id,)).fetchone()
    has_date = row["published_from"] != FIRST_SEEN
    return Article(
        **{name: row[name] for name in _PLAIN},
        paragraphs=tuple(row["body_text"].split("\n\n")) if row["body_text"] else (),
        published=moment(row["published"]) if has_date else None,
        modified=moment(row["modified"]) if row["modified"] else None,
        event_date=date.fromisoformat(row["event_date"]) if row["event_date"] else None,
        partial=bool(row["partial"]),
        family=row["extractor"],
        provenance=json.loads(row["provenance"]),
        images=images(db, article_id),
        tags=names(db, article_id, "tag"),
        categories=names(db, article_id, "category"),
        related=tuple(
            Related(related["title"], related["url"])
            for related in db.execute(
                "select title, url from article_related where article_id = ? order by position", (article_id,)
            )
        ),
    )


def images(db: sqlite3.Connection, article_id: int) -> tuple[Image, ...]:
    """An article's pictures, in order."""
    rows = db.execute(
        "select url, caption, credit from article_images where article_id = ? order by position", (article_id,)
    )
    return tuple(Image(row["url"], row["caption"], row["credit"]) for row in rows)


def names(db: sqlite3.Connection, article_id: int, kind: str) -> tuple[str, ...]:
    """An article's tags or categories, in order."""
    rows = db.execute(
        "select name from article_tags where article_id = ? and kind = ? order by position", (article_id, kind)
    )
    return tuple(row["name"] for row in rows)


def content_hash(article: Article) -> str:
    """Equal for two versions that would be stored alike."""
    texts = (*article.paragraphs, article.body_html)
    rest = {**_by_name(article), **_APART, "paragraphs": len(article.paragraphs)}
    told = _ENCODER.encode(rest)
    return hashlib.blake2b("\0".join((told, *texts)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _plain(value: object) -> object:
    return _by_name(value) if isinstance(value, Image | Related) else str(value)


def _by_name(value: Article | Image | Related) -> dict[str, object]:
    # `asdict` gives as much, and copies each text on the way.
    return {name: getattr(value, name) for name in _NAMES[type(value)]}


_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in (Article, Image, Related)}


# Made once: `json.dumps` makes one at each call.
_ENCODER = json.JSONEncoder(sort_keys=True, default=_plain, ensure_ascii=False)


def _columns(article: Article, first_seen: datetime) -> dict[str, object]:
    published = article.published or first_seen
    text = article.text
    return {name: getattr(article, name) for name in _PLAIN} | {
        "published": stamp(published),
        "published_from": article.provenance.get("published", "page") if article.published else FIRST_SEEN,
        "modified": stamp(article.modified) if article.modified else None,
        "event_date": article.event_date.isoformat() if article.event_date else None,
        "title_key": key(article.title),
        "body_text": text,
        "text_key": key(text),
        "image": article.images[0].url if article.images else None,
        "partial": int(article.partial),
        "extractor": article.family,
        "provenance": _ENCODER.encode(dict(article.provenance)),
        "content_hash": content_hash(article),
    }


def _insert_lists(db: sqlite3.Connection, article_id: int, article: Article) -> None:
    db.executemany(
        "insert into article_images (article_id, position, url, caption, credit) values (?, ?, ?, ?, ?)",
        [(article_id, n, image.url, image.caption, image.credit) for n, image in enumerate(article.images)],
    )
    db.executemany(
        "insert into article_tags (article_id, kind, position, name) values (?, ?, ?, ?)",
        [(article_id, "tag", n, name) for n, name in enumerate(article.tags)]
        + [(article_id, "category", n, name) for n, name in enumerate(article.categories)],
    )
    db.executemany(
        "insert into article_related (article_id, position, title, url) values (?, ?, ?, ?)",
        [(article_id, n, related.title, related.url) for n, related in enumerate(article.related)],
    )
