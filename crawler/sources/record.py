"""One `[[source]]` table -> Source: which keys there are, what each may hold, and what stands where one is left out."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

from lxml.cssselect import CSSSelector, SelectorError

from crawler.dates.spans import EVERY_RULE, WINDOW_RULE, span_of, window_of
from crawler.errors import ConfigError
from crawler.models import Confidence, Filter, Kind, Paging, Republish, Source, Strategy, StrategyType
from crawler.sources.lines import Location, line_of
from crawler.text.urls import canonical_url, host, site

Check = Callable[[Any], str | None]
"""What is wrong with a value, as the rest of a sentence that begins with its key; None for a good one."""


# -- what a value may be ---------------------------------------------------------------------------------------------


def text(value: Any) -> str | None:
    """A text with something in it."""
    return None if isinstance(value, str) and value.strip() else "must be a text that is not empty."


def slug(value: Any) -> str | None:
    """The name of a source in commands, addresses and folders."""
    is_slug = isinstance(value, str) and re.fullmatch(r"[a-z0-9-]+", value)
    return None if is_slug else "must be made of lower-case letters, digits and hyphens."


def address(value: Any) -> str | None:
    """An absolute http or https address."""
    is_address = isinstance(value, str) and canonical_url(value) is not None
    return None if is_address else "must be a whole address that begins with http:// or https://."


def zone(value: Any) -> str | None:
    """An IANA time zone."""
    problem = "must name an IANA time zone: Asia/Jakarta (WIB), Asia/Makassar (WITA), Asia/Jayapura (WIT) or another."
    try:
        return None if isinstance(value, str) and ZoneInfo(value) else problem
    except (KeyError, ValueError, OSError):  # an unknown name, a path upwards, a folder of zones
        return problem


def language(value: Any) -> str | None:
    """A language code (RFC 5646: the primary subtag alone)."""
    is_code = isinstance(value, str) and re.fullmatch(r"[a-z]{2,3}", value)
    return None if is_code else 'must be a language code such as "id" or "en".'


def seconds(value: Any) -> str | None:
    """A time span; TOML has `inf`, `nan` and booleans too."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return None if is_number and value >= 0 else "must be a number of seconds, 0 or more."


def every(value: Any) -> str | None:
    """How often a source is asked."""
    return None if span_of(value) else EVERY_RULE


def window(value: Any) -> str | None:
    """The hours in which a source is asked."""
    return None if window_of(value) else WINDOW_RULE


def offset(value: Any) -> str | None:
    """How many entries one page of a listing has."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return None if is_number and 1 <= value <= 1000 else "must be a whole number from 1 to 1000."


def switch(value: Any) -> str | None:
    """A switch."""
    return None if isinstance(value, bool) else "must be true or false."


def css(value: Any) -> str | None:
    """A CSS selector that lxml understands."""
    if not isinstance(value, str) or not value.strip():
        return "must be a CSS selector."
    try:
        CSSSelector(value, translator="html")
    except SelectorError as error:
        return f"is not a CSS selector that can be used: {error}."
    return None


def tables(value: Any) -> str | None:
    """A list of tables; what they hold is checked table by table."""
    is_list = isinstance(value, list) and all(isinstance(item, dict) for item in value)
    return None if is_list else "must be given as [[source.discover]] tables."


def table(value: Any) -> str | None:
    """A table; what it holds is checked key by key."""
    return None if isinstance(value, dict) else "must be a table."


def one_of(values: object) -> Check:
    """One of the values of a `Literal`."""
    allowed = get_args(values)
    names = ", ".join(f'"{value}"' for value in allowed)
    return lambda value: None if value in allowed else f"must be one of {names}."


# The page families of `crawler.pages.families`, which records may name; a test keeps the two equal.
FAMILY_NAMES = (
    "kentooz", "tagdiv", "jnews", "tielabs", "nomina", "varient", "blogger", "wordpress", "joomla", "k2", "drupal",
    "detik", "tribun", "antara", "microdata",
)  # fmt: skip


def family(value: object) -> str | None:
    """The name of a page family."""
    return None if value in FAMILY_NAMES else f"must be one of {', '.join(FAMILY_NAMES)}."


SOURCE_KEYS: Mapping[str, Check] = {
    "slug": slug,
    "name": text,
    "kind": one_of(Kind),
    "homepage": address,
    "publisher": text,
    "zone": zone,
    "language": language,
    "province": text,
    "unit": text,
    "discover": tables,
    "family": family,
    "selectors": table,
    "republish": one_of(Republish),
    "pace_group": text,
    "delay": seconds,
    "allow_private": switch,
    "confidence": one_of(Confidence),
    "filter": one_of(Filter),
    "every": every,
    "window": window,
}
DEFAULTS_KEYS = {
    key: check for key, check in SOURCE_KEYS.items() if key not in {"slug", "name", "homepage", "discover"}
}
STRATEGY_KEYS: Mapping[str, Check] = {
    "type": one_of(StrategyType),
    "url": address,
    "links": css,
    "paging": one_of(Paging),
    "step": offset,
}
# Keys of a strategy -> the types that have them.
LISTING_KEYS = {"links": ("listing", "joomla"), "paging": ("listing",), "step": ("listing", "joomla")}
SELECTOR_KEYS: Mapping[str, Check] = {
    "title": css,
    "author": css,
    "published": css,
    "body": css,
    "image": css,
}


# -- from tables to values -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file, with what it takes to say where in the file something is wrong."""

    path: Path
    values: Mapping[str, Any]
    location: Location
    lines: Mapping[Location, int]
    name: str = ""

    def error(self, key: str, problem: str) -> ConfigError:
        """The error about one key (or about its absence): file, line, record, key."""
        line = line_of(self.lines, (*self.location, key))
        where = " ".join(filter(None, (self.name, dotted(self.location))))
        return ConfigError(self.path, f"{where}: `{key}` {problem}" if where else f"`{key}` {problem}", line=line)

    def check(self, checks: Mapping[str, Check]) -> None:
        """Raise ConfigError for the first key that is unknown or holds what it may not."""
        for key, value in self.values.items():
            if key not in checks:
                near = difflib.get_close_matches(key, checks, n=1)
                hint = f"did you mean `{near[0]}`?" if near else f"the keys are {', '.join(checks)}."
                raise self.error(key, f"is unknown here: {hint}")
            if problem := checks[key](value):
                raise self.error(key, problem)

    def require(self, *keys: str) -> None:
        """Raise ConfigError for the first of these keys that is absent."""
        for key in keys:
            if key not in self.values:
                raise self.error(key, f"is missing: {', '.join(keys)} must be given.")

    def below(self, key: str, index: int | None = None) -> Table:
        """A table inside this one."""
        inner = self.values[key] if index is None else self.values[key][index]
        location = (*self.location, key) if index is None else (*self.location, key, index)
        return Table(self.path, inner, location, self.lines, self.name)


def check_facts(facts: Table, checks: Mapping[str, Check]) -> None:
    """Raise ConfigError for what is wrong in a record or in the defaults, their selectors included."""
    facts.check(checks)
    if "selectors" in facts.values:
        facts.below("selectors").check(SELECTOR_KEYS)


def source_of(record: Table, defaults: Mapping[str, Any]) -> Source:
    """The source of a record laid over the file's defaults; raises ConfigError."""
    check_facts(record, SOURCE_KEYS)
    values = {**defaults, **record.values}
    replace(record, values=values).require(*required(values))
    steps = [strategy_of(record.below("discover", index)) for index in range(len(record.values.get("discover", ())))]
    turns = {"every": span_of(values.get("every")), "window": window_of(values.get("window"))}
    return Source(**{**implied(values), **values, **turns, "discover": tuple(steps), "record": str(record.path)})


def required(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys that a record must give; a guess may lack the home page that nobody knows yet."""
    return ("slug", "name", "kind") if values.get("confidence") == "guess" else ("slug", "name", "kind", "homepage")


def strategy_of(step: Table) -> Strategy:
    """One way to a source's articles; only listings have selectors and pages of their own, Joomla's a known way."""
    step.check(STRATEGY_KEYS)
    step.require("type", "url")
    kind = step.values["type"]
    for key, kinds in LISTING_KEYS.items():
        if key in step.values and kind not in kinds:
            names = " or ".join(f'"{name}"' for name in kinds)
            raise step.error(key, f"is for type = {names} only: leave it out here.")
    if "step" in step.values and kind == "listing" and step.values.get("paging") != "start":
        raise step.error("step", 'is for paging = "start" only: leave it out here.')
    return Strategy(**step.values)


def implied(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a record means where it says nothing.

    Press is summarised, and kept where it is on the subject; one ministry's hosts are one server.
    """
    homepage = values.get("homepage", "")
    is_official = values["kind"] == "official"
    return {
        "homepage": homepage,
        "publisher": values["name"],
        "republish": "full" if is_official else "summary",
        "filter": "none" if is_official else "subject",
        "pace_group": site(homepage) if host(homepage).endswith(".go.id") else host(homepage),
    }


def dotted(location: Location) -> str:
    """A location as people count: `source 2 discover 1`."""
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in location)
