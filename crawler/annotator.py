"""The annotating of a run: the gazetteer in force, in the database and as a function of articles."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path

from crawler.annotate import facts_of, lexicon_of
from crawler.intake import Annotate
from crawler.storage import facts
from crawler.storage.database import transaction


def annotator(db: sqlite3.Connection, folder: Path) -> Annotate:
    """What tells the facts of an article, once the tables hold all units, places and topics that it may name.

    `folder` holds the operator's own tables, if it is there. Raises ConfigError for one that is wrong, StorageError.
    """
    lexicon = lexicon_of(folder)
    topics = [(topic.id, topic.name) for topic in lexicon.topics.values()]
    with transaction(db):
        facts.fill(db, lexicon.fingerprint, lexicon.entries.values(), topics)
    return partial(facts_of, lexicon=lexicon)
