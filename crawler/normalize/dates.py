"""When an article was published and edited: the first candidate that can be true."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.dates import Moment, parse_datetime, stamps_in
from crawler.models import Evidence
from crawler.normalize.judge import Judged

_EARLIEST = datetime.fromisoformat("1995-01-01T00:00:00+00:00")
_ONE_DAY = timedelta(days=1)
_FOR_MACHINES = frozenset({"json-ld", "data", "meta"})  # that name the two instants apart
_MARKED = "marks local time as UTC"
_KNOWN_TO = {"minute": timedelta(minutes=1), "second": timedelta(seconds=1)}  # of a day the hour may be the edit's
_UTC_MARK = re.compile(r"(?:\dZ|[+-]00:?00|\b(?:UTC|GMT))$", re.IGNORECASE)
_IN_PATH = re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>0[1-9]|1[0-2])(?:/(?P<day>0[1-9]|[12]\d|3[01]))?/")


def published(candidates: Iterable[Evidence], url: str, zone: str, now: datetime) -> list[Judged[Moment]]:
    """Each candidate for the instant of publication, and why it cannot be one.

    An address such as `/2025/03/28/slug` bounds it: a stamp of another day is not this article's, and alone it is
    evidence of day precision. A day alone gives way to a candidate that knows the time of that day; the day of the
    visit, which some pages print or generate, to an earlier day; and local time marked as UTC to local time that says
    so. A future instant is capped at `now`.
    """
    read = [_reading(candidate, zone, now) for candidate in candidates]
    bound = _bound(url)
    if bound:
        within = [_within(one, bound, zone) for one in read]
        if len(bound) == 3 and (stamp := parse_datetime("-".join(bound), zone)):
            within.append(Judged(Evidence("-".join(bound), "url"), stamp))
        read = within if any(one.value for one in within) else read
    read = [_not_local_as_utc(one, read, zone) for one in read]
    read = [_not_the_visit(one, read, zone, now) for one in read]
    return _finer_first(read, zone)


def modified(
    candidates: Iterable[Evidence], stamps: Sequence[Judged[Moment]], zone: str, now: datetime
) -> Iterator[Judged[Moment]]:
    """Each candidate for the instant of the last edit; one needs to be later than publication.

    `stamps` are those of publication, judged: where one of them marks local time as UTC, so do these.
    """
    since = next((one.value for one in stamps if one.value), None)
    told = {one.evidence.value for one in stamps if one.evidence.origin in _FOR_MACHINES}
    is_local = any(one.reason.startswith(_MARKED) for one in stamps)
    for one in (_reading(candidate, zone, now) for candidate in candidates):
        moment = _as_local(one.value, zone) if one.value and is_local and _is_utc(one.value) else one.value
        if moment and (one.evidence.value in told or (since and not _is_later(moment, since))):
            yield _lost(one, "is no later than publication")
        else:
            yield replace(one, value=moment)


def _is_later(moment: Moment, since: Moment) -> bool:
    """Whether a moment is later than another as far as that one is known."""
    start = since.at + _KNOWN_TO.get(since.precision, timedelta(seconds=1))
    return moment.at >= start if moment.precision != "day" else moment.at > since.at


def local_day(at: datetime | None, zone: str) -> date | None:
    """The day of an instant where the source is."""
    return at.astimezone(ZoneInfo(zone)).date() if at else None


def _reading(candidate: Evidence, zone: str, now: datetime) -> Judged[Moment]:
    moment = parse_datetime(candidate.value, zone, now) or _among_words(candidate.value, zone)
    if moment is None:
        return Judged(candidate, reason="is no whole date")
    if moment.at < _EARLIEST:
        return Judged(candidate, reason=f"is before {_EARLIEST:%Y}")
    if moment.at > now and _is_utc(moment) and (local := _as_local(moment, zone)).at <= now:
        return Judged(candidate, local)
    return Judged(candidate, moment if moment.at <= now else replace(moment, at=now))


def _among_words(line: str, zone: str) -> Moment | None:
    """The first stamp of a line that holds more (`Sabtu 24 Januari 2026 14:22 WIB Portal Berita Atambua`)."""
    return next((moment for stamp, _ in stamps_in(line) if (moment := parse_datetime(stamp, zone))), None)


def _within(one: Judged[Moment], bound: tuple[str, ...], zone: str) -> Judged[Moment]:
    is_other = one.value is not None and not _fits(one.value, bound, zone)
    return _lost(one, f"is another day than the address says ({'/'.join(bound)})") if is_other else one


def _not_local_as_utc(one: Judged[Moment], others: list[Judged[Moment]], zone: str) -> Judged[Moment]:
    """Some CMSs write local time with a `Z` behind it; a candidate that names the zone shows it."""
    if one.value is None or not _is_utc(one.value):
        return one
    meant = _as_local(one.value, zone).at.replace(second=0)
    for other in others:
        if (
            other.value
            and not _is_utc(other.value)
            and _knows_time(other)
            and other.value.at.replace(second=0) == meant
        ):
            return _lost(one, f"{_MARKED}, as {other.evidence.origin} shows")
    return one


def _not_the_visit(one: Judged[Moment], others: list[Judged[Moment]], zone: str, now: datetime) -> Judged[Moment]:
    """Some pages stamp themselves with the moment in which they are asked for."""
    today = local_day(now, zone)
    if one.value is None or local_day(one.value.at, zone) != today:
        return one
    if one.evidence.origin == "header":
        return _lost(one, "is the day of the visit, printed above the title")
    earlier = next((other for other in others if other.value and local_day(other.value.at, zone) != today), None)
    return _lost(one, f"is the day of the visit; {earlier.evidence.origin} names an earlier one") if earlier else one


def _finer_first(read: list[Judged[Moment]], zone: str) -> list[Judged[Moment]]:
    """Where the winner names a day alone, a candidate that knows the time of that day is put before it."""
    first = next((one for one in read if one.value), None)
    if first is None or first.value is None or _knows_time(first):
        return read
    day = local_day(first.value.at, zone)
    finer = next((one for one in read if one.value and _knows_time(one) and local_day(one.value.at, zone) == day), None)
    return [finer, *(one for one in read if one is not finer)] if finer else read


def _knows_time(one: Judged[Moment]) -> bool:
    return one.value is not None and one.value.precision != "day"


def _is_utc(moment: Moment) -> bool:
    return moment.precision != "day" and _UTC_MARK.search(moment.raw.strip()) is not None


def _as_local(moment: Moment, zone: str) -> Moment:
    """The moment whose wall clock in the zone shows what this one's shows in UTC."""
    return replace(moment, at=moment.at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))


def _lost(one: Judged[Moment], reason: str) -> Judged[Moment]:
    return Judged(one.evidence, reason=reason)


def _bound(url: str) -> tuple[str, ...] | None:
    found = _IN_PATH.search(urlsplit(url).path + "/")
    return tuple(part for part in found.groups() if part) if found else None


def _fits(moment: Moment, bound: tuple[str, ...], zone: str) -> bool:
    near = (local_day(moment.at + shift, zone) for shift in (-_ONE_DAY, timedelta(), _ONE_DAY))
    return any(day is not None and day.isoformat().startswith("-".join(bound)) for day in near)
