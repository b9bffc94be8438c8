"""A robots.txt -> the rules that are meant for us (RFC 9309, 2.2): exactly our product token's groups, else everyone's.

Which address a rule covers is left to Protego. It is handed our rules alone, as it takes a group whose name is only a
part of ours for ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from protego import Protego

AGENT = "newsfeed-id"  # the product token of our User-Agent
SIZE_LIMIT = 500 * 1024  # bytes; RFC 9309, 2.5

_LINE = re.compile(r"\s*(user[ -]?agent|dis?allow|allow|crawl[ -]?delay)\s*:\s*([^#]*)", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z_-]+|\*")


@dataclass(slots=True)
class Group:
    """The lines that follow on some names."""

    tokens: set[str] = field(default_factory=set)
    rules: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rules:
    """What we may ask of an origin, and how often; `why` says in words what forbids the rest."""

    parsed: Protego
    delay: float = 0.0
    why: str = ""

    def allow(self, url: str) -> bool:
        """Whether the address may be asked."""
        return self.parsed.can_fetch(url, AGENT)


def rules_of(text: str) -> Rules:
    """The rules that a robots.txt has for us; a name matches whole, in any case, whatever version stands behind it."""
    groups = list(_groups(text))
    chosen = [group for group in groups if AGENT in group.tokens] or [group for group in groups if "*" in group.tokens]
    parsed = Protego.parse("\n".join(["User-agent: *", *(rule for group in chosen for rule in group.rules)]))
    return Rules(parsed, float(parsed.crawl_delay(AGENT) or 0.0), "forbids it")


ALLOW_ALL = Rules(Protego.parse(""))


def forbid_all(why: str) -> Rules:
    """Rules that allow nothing."""
    return Rules(Protego.parse("User-agent: *\nDisallow: /"), why=why)


def bounded(body: bytes) -> str:
    """The first 500 KiB as text, without a last line that the bound cuts: half a path forbids more than a whole one."""
    kept = body[:SIZE_LIMIT]
    if len(body) > SIZE_LIMIT:
        kept = kept[: max(kept.rfind(b"\n"), kept.rfind(b"\r")) + 1]
    return kept.decode("utf-8-sig", "replace")


def _groups(text: str) -> Iterator[Group]:
    group = Group()
    for line in re.split(r"[\r\n]+", text):
        found = _LINE.match(line)
        if not found:
            continue
        name, value = found[1].lower(), found[2].strip()
        if name.startswith("user"):
            if group.rules:
                yield group
                group = Group()
            token = _TOKEN.match(value)
            group.tokens.add(token[0].lower() if token else "")
        elif group.tokens:
            group.rules.append(f"{'Crawl-delay' if name.startswith('crawl') else name}: {value}")
    yield group
