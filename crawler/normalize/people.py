"""Who wrote an article: a person or a unit, never the label before the name, a login, the desk or the site."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.models import Evidence
from crawler.normalize.title import squeezed
from crawler.text.clean import plain

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
_DESK = re.compile(
    r"(?:tim\s+)?(?:redaksi|editorial|admin(?:istrator)?|newsroom|news\s?desk|redaktur)\b.*|.*\b(?:redaksi|admin)",
    re.IGNORECASE,
)
_LONGEST = 300  # characters of a byline that are looked at
_ADDRESS = re.compile(r"@|https?:|www\.|\w\.(?:com|co|id|net|org|go|info|news)\b|/", re.IGNORECASE)


def author(candidates: Iterable[Evidence], signoff_unit: str | None, site_names: Iterable[str]) -> Evidence | None:
    """The first candidate that is a name, else the unit that signed the text off, else None."""
    names = {squeezed(name) for name in site_names} - {""}
    for candidate in candidates:
        if name := person(candidate.value, names):
            return Evidence(name, candidate.origin)
    return Evidence(signoff_unit, "sign-off") if signoff_unit else None


def person(text: str, site_names: set[str]) -> str | None:
    """The name in a byline, or None where it holds none; `site_names` are squeezed."""
    name = plain(text[:_LONGEST])
    while (shorter := _AFTER.sub("", _LABEL.sub("", name))) != name:
        name = shorter
    name = name.strip(' -–—,;:.|/*"“”')
    if not 2 <= len(name) <= 80 or not re.search(r"[^\W\d_]{2}", name):
        return None
    if (
        any(rule.fullmatch(name) for rule in (_NOBODY, _LOGIN, _DESK))
        or _ADDRESS.search(name)
        or squeezed(name) in site_names
    ):
        return None
    return name
