"""What to crawl, as data: one TOML file per publisher beside this code, and the user's own records over them."""

from __future__ import annotations

from crawler.sources.loader import find, load_sources

__all__ = ["find", "load_sources"]
