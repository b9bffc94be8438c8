"""Who wrote an article: a person or a unit, never the label before the name, a login, the desk or the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.models import Evidence
from crawler.normalize.judge import Judged
from crawler.text.clean import plain, squeezed, tidy

_LABEL = re.compile(
    r"^(?:(?:ditulis|diposting|dibuat|written|posted|published|submitted)?\s*(?:oleh|by)\b|penulis|reporter|pewarta|wartawan|author|laporan|kontributor"
    r"|kontribusi dari|jurnalis)(?:\s*[:：-]+|\s+|$)\s*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:[|•·]|\s[-–—]\s|,?\s*(?:editor|redaktur|penyunting)\s*:|\bdiperbarui\b|\bdibaca\b|-?\s*\d[\d.]*\s*(?:dilihat|views?|kali)\b|\s-\s?\d).*$"
    r"|,\s*\d{1,2}[\s/-].*$|\s+(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu),.*$|\s*\(.*$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:super\s?|web\s?)?(?:admin(?:istrator)?|user|root|editor|author|redaksi|redaktur|publisher|master|operator|guest|penulis|humas|kontributor|wartawan"
    r"|reporter|anonymous|anonim|unknown|none|null|nan|oleh|by)\d*",
    re.IGNORECASE,
)
# A login in one word: `admin_lpka`, `humaslapas`, `redaksi2`.
_LOGIN = re.compile(
    r"(?:super|web)?(?:admin|humas|redaksi|redaktur|operator|webmaster)[\w.-]*|[\w.-]*(?:admin|redaksi)", re.I
)
# Offices whose sites bear their own names.
_OFFICE = re.compile(
    r"(?:humas|lapas|rutan|bapas|lpka|lpp|rupbasan|kanwil|kanim|kantor|lembaga|rumah tahanan|balai|imigrasi|divisi)\b",
    re.I,
)
_ACCOUNT = re.compile(r"[a-z0-9._-]+")  # one word in small letters: nobody signs like that
_DESK = re.compile(
    r"(?:tim\s+)?(?:redaksi|editorial|admin(?:istrator)?|newsroom|news\s?desk|redaktur)\b.*|.*\b(?:redaksi|admin)",
    re.IGNORECASE,
)
_DEGREE = re.compile(r"\b\w{1,4}\.\s?\w{1,5}\.$")  # `S.H.`: the dot is part of it
_LONGEST = 300  # characters of a byline that are looked at
_ADDRESS = re.compile(r"@|https?:|www\.|\w\.(?:com|co|id|net|org|go|info|news)\b|/", re.IGNORECASE)


def author(
    candidates: Iterable[Evidence], signoff_unit: str | None, site_names: Iterable[str]
) -> Iterator[Judged[str]]:
    """The name in each candidate, and last the unit that signed the text off."""
    names = {squeezed(name) for name in site_names} - {""}
    given = list(candidates)
    offices = [found for one in given if one.origin == "label" and _OFFICE.match(found := person(one.value))]
    for candidate in given:
        name = person(candidate.value)
        problem = _problem(name, names if not _OFFICE.match(name) else set())
        if candidate.origin != "label" and any(f" {name}" in office for office in offices):
            problem = problem or "is an account that is called after the office's place"
        yield Judged(candidate, None if problem else name, problem)
    if signoff_unit:
        yield Judged(Evidence(signoff_unit, "sign-off"), signoff_unit)


def source_named(candidates: Iterable[Evidence]) -> Iterator[Judged[str]]:
    """Whom each line such as `Sumber : ...` names."""
    for candidate in candidates:
        name = tidy(candidate.value)
        yield Judged(candidate, name or None, "" if name else "names nothing")


def person(text: str) -> str:
    """The name in a byline, without label, role, date and counter; perhaps none of it is left."""
    name = plain(text[:_LONGEST])
    while (shorter := _AFTER.sub("", _LABEL.sub("", name))) != name:
        name = shorter
    name = name.strip(' -–—,;:|/*"“”').lstrip(".")
    return name if _DEGREE.search(name) else name.rstrip(" .")


def _problem(name: str, site_names: set[str]) -> str:
    """Why a name is no author's; empty where it is one. `site_names` are squeezed."""
    if not 2 <= len(name) <= 80 or not re.search(r"[^\W\d_]{2}", name):
        return "holds no name"
    if any(rule.fullmatch(name) for rule in (_NOBODY, _LOGIN, _DESK, _ACCOUNT)):
        return "is a login, a label or the desk, and nobody's name"
    if _ADDRESS.search(name):
        return "is an address"
    return "is the name of the site" if squeezed(name) in site_names else ""
