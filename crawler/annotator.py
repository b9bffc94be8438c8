"""The annotating of a run: the gazetteer in force, in the database and as a function of articles."""

from __future__ import annotations

import gc
import sqlite3
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.gazetteer import own
from crawler.intake import Annotate
from crawler.models import Article, Facts, Source
from crawler.storage import facts

if TYPE_CHECKING:
    from crawler.annotate import Lexicon


def annotator(db: sqlite3.Connection, folder: Path) -> Annotate:
    """What tells the facts of an article, inside the transaction that stores them, whose tables it fills first.

    `folder` holds the operator's own tables, if it is there. Raises ConfigError for one that is wrong, before anything
    is asked. Else nothing is loaded until an article comes, as most runs bring none.
    """

    @cache
    def lexicon() -> Lexicon:
        from crawler.annotate import lexicon_of

        known = lexicon_of(folder)
        gc.freeze()  # its thousands of objects stay to the end, and need not be looked through again and again
        return known

    if own.files_of(folder):
        lexicon()

    def annotate(article: Article, source: Source) -> Facts:
        from crawler.annotate import facts_of

        known = lexicon()
        topics = ((topic.id, topic.name) for topic in known.topics.values())
        facts.fill(db, known.fingerprint, known.entries.values(), topics)
        return facts_of(article, source, known)

    return annotate
