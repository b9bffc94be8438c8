"""When an article was published and edited: the first candidate that can be true."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.dates import Moment, parse_datetime
from crawler.models import Evidence

_EARLIEST = datetime.fromisoformat("1995-01-01T00:00:00+00:00")
_ONE_DAY = timedelta(days=1)
_IN_PATH = re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>0[1-9]|1[0-2])(?:/(?P<day>0[1-9]|[12]\d|3[01]))?/")


def published(candidates: Iterable[Evidence], url: str, zone: str, now: datetime) -> tuple[Moment, str] | None:
    """The instant of publication and its origin; None without evidence.

    An address such as `/2025/03/28/slug` bounds it: a stamp of another day is not this article's, and alone it is
    evidence of day precision. A day alone gives way to a later candidate that knows the time of that day. A future
    instant is capped at `now`.
    """
    bound = _bound(url)
    found = list(_readings(candidates, zone, now))
    fitting = [(moment, origin) for moment, origin in found if bound is None or _fits(moment, bound, zone)]
    if fitting:
        return _refined(fitting, zone)
    stamp = parse_datetime("-".join(bound), zone) if bound and len(bound) == 3 else None
    return (stamp, "url") if stamp else next(iter(found), None)


def modified(
    candidates: Iterable[Evidence], zone: str, now: datetime, since: datetime | None
) -> tuple[datetime, str] | None:
    """The instant of the last edit; None without evidence, or where it is no later than publication."""
    for moment, origin in _readings(candidates, zone, now):
        if since is None or moment.at > since:
            return moment.at, origin
    return None


def local_day(at: datetime | None, zone: str) -> date | None:
    """The day of an instant where the source is."""
    return at.astimezone(ZoneInfo(zone)).date() if at else None


def _readings(candidates: Iterable[Evidence], zone: str, now: datetime) -> Iterator[tuple[Moment, str]]:
    for candidate in candidates:
        moment = parse_datetime(candidate.value, zone, now)
        if moment is None or moment.at < _EARLIEST:
            continue
        if candidate.origin == "header" and local_day(moment.at, zone) == local_day(now, zone):
            continue  # pages print today's date above the title of any article
        yield (moment if moment.at <= now else Moment(now, moment.precision, moment.raw)), candidate.origin


def _refined(found: list[tuple[Moment, str]], zone: str) -> tuple[Moment, str]:
    first = found[0]
    if first[0].precision != "day":
        return first
    day = local_day(first[0].at, zone)
    return next(
        (other for other in found if other[0].precision != "day" and local_day(other[0].at, zone) == day), first
    )


def _bound(url: str) -> tuple[str, ...] | None:
    found = _IN_PATH.search(urlsplit(url).path + "/")
    return tuple(part for part in found.groups() if part) if found else None


def _fits(moment: Moment, bound: tuple[str, ...], zone: str) -> bool:
    near = (local_day(moment.at + shift, zone) for shift in (-_ONE_DAY, timedelta(), _ONE_DAY))
    return any(day is not None and day.isoformat().startswith("-".join(bound)) for day in near)
