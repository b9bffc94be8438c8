"""The bundled example sites of `newsfeed demo`: what they publish, when, and the proxy that serves them.

`RECORDS` and `CONFIG` are the texts of the demo home's source records and `newsfeed.toml`. The demo crawls at two
fixed times a day apart; between them one article is corrected and two appear (`ExampleSites.edited`).
"""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files

from feeds.demo.proxy import Asked, ExampleSites

__all__ = ["CONFIG", "FIRST_NOW", "RECORDS", "SECOND_NOW", "Asked", "ExampleSites"]

FIRST_NOW = datetime.fromisoformat("2026-01-29T10:00:00+07:00")
SECOND_NOW = datetime.fromisoformat("2026-01-30T10:00:00+07:00")
RECORDS = files(__package__).joinpath("records.toml").read_text(encoding="utf-8")
CONFIG = files(__package__).joinpath("newsfeed.toml").read_text(encoding="utf-8")
