"""Draft -> Article: every field decided from its candidates, the steps in order in `article_of`."""

from __future__ import annotations

from crawler.normalize.article import article_of, losers_of

__all__ = ["article_of", "losers_of"]
