"""The offices, prisons and places that the news is about, and how to find them in a text.

    gazetteer().matches(text)  -> tuple[Match, ...]   which of them a text names, and where
    subject_of(title, text)    -> Subject             whether an article is about them at all
    synonyms.other_forms(keys) -> Iterator[Written]   how else the names in a search are written

The tables beside this code hold facts that others collected; README.md there says where from and under which terms.
"""

from __future__ import annotations

from crawler.gazetteer.entries import Entry, EntryKind
from crawler.gazetteer.names import Gazetteer, Match, gazetteer
from crawler.gazetteer.subject import Subject, subject_of

__all__ = ["Entry", "EntryKind", "Gazetteer", "Match", "Subject", "gazetteer", "subject_of"]
