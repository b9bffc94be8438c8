"""The date grammar of Indonesian news. A leaf package: text in, instants and days out.

`parse_datetime` reads a date that stands alone (a stamp), `stamps_in` finds stamps in a line, `event_date` finds the
day that an article tells of in its text. Anchored patterns of our own decide which fields a text has; python-dateutil
turns them into instants. No field is filled from a default, nothing is fuzzy, and without evidence nothing is "now".
"""

from __future__ import annotations

from crawler.dates.events import event_date
from crawler.dates.stamps import Moment, parse_datetime, stamps_in

__all__ = ["Moment", "event_date", "parse_datetime", "stamps_in"]
