"""Metadata for Datasette: what tables and columns mean, facets, ready-made queries, and who may see what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.storage.queries import queries
from crawler.storage.tables import MIGRATIONS, Table, empty, names, tables

# What a table's page offers to narrow it down by.
FACETS: Mapping[str, tuple[str, ...]] = {
    "articles": ("source", "language", "published_precision", "withheld"),
    "articles_local": ("source", "kind", "language"),
    "changes": ("source", "class"),
    "links": ("source", "state", "origin"),
    "sources": ("kind", "state", "confidence"),
    "sources_local": ("kind", "state", "province"),
    "revisions": ("class",),
    "incidents": ("source", "state"),
}

# Column of a table -> its unit, where a number has one.
UNITS: Mapping[str, Mapping[str, str]] = {
    "fetches": {"bytes": "B"},
    "files": {"size": "B"},
    "zones": {"offset_minutes": "min"},
}

# How a table's page is sorted, newest first; each has an index.
NEWEST: Mapping[str, str] = {
    "articles": "id",
    "articles_local": "feed_time",
    "changes": "seen_at",
    "revisions": "seen_at",
}

LABELS: Mapping[str, str] = {
    "articles": "title",
    "sources": "name",
    "units": "name",
    "places": "name",
    "topics": "name",
}

CLOSED: Mapping[str, object] = {"allow": {"id": "root"}}  # only who started Datasette with --root


def metadata(*, public: bool) -> dict[str, Any]:
    """The metadata as Datasette takes it, for the three databases.

    With `public`, all tables and free SQL are closed: what is left are the views and queries, which hold nothing that
    was taken down and no text that may not be republished.
    """
    databases = {file: _database(file, public=public) for file in MIGRATIONS}
    if public:
        databases["publish"] |= CLOSED
        databases["pages"] |= CLOSED
    return {
        "title": "News Feed",
        "description": "News of Indonesia's corrections service and its sister ministries, with every edit.",
        "databases": databases,
    }


def _database(file: str, *, public: bool) -> dict[str, Any]:
    described = {table.name: _table(table) for table in tables() if table.file == file}
    told: dict[str, Any] = {"tables": described}
    if file == "newsfeed":
        told["queries"] = {name: dict(query) for name, query in queries().items()}
    if public:
        told["allow_sql"] = {"id": "root"}
        # also tables that nobody described: a full-text index keeps the articles' words in its own
        for name in names(empty(file), "table"):
            described[name] = {**described.get(name, {}), **CLOSED}
    return told


def _table(table: Table) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": table.about,
        "columns": dict(table.columns),
        "facets": list(FACETS.get(table.name, ())),
        "units": dict(UNITS.get(table.name, {})),
        "sort_desc": NEWEST.get(table.name),
        "label_column": LABELS.get(table.name),
    }
    return {key: value for key, value in told.items() if value}
