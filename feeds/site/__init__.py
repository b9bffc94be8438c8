"""The HTML pages: each feed as a list that can be read without a reader, and the front page that offers them all."""

from __future__ import annotations

from feeds.site.labels import folder_names
from feeds.site.pages import feed_page, index_page

__all__ = ["feed_page", "folder_names", "index_page"]
