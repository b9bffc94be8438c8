"""The head of the first paragraph: place, outlet, agency (`JAKARTA, KOMPAS.com -`, `Mataram (ANTARA) -`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.text.clean import squeezed
from crawler.text.urls import host

_LONGEST = 90
_LETTERHEAD, _SHORT = 4, 80
# Best first: a dash with a space on a side or a doubled one; a long dash behind capitals, a bracket or a site; a hyphen
# glued between a site or capitals and the first word (`SERANG-Lapas`); a colon behind capitals, or behind
# a name alone at the very start (`Malang: Lapas ...`).
_HEADS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\s*(?P<head>[^–—:\n]{2,90}?)(?:\s*,\s?-{1,2}\s*|\s*--+\s*|\s+-\s*|-\s+|\s+[–—]+\+?\s*|[–—]+\+?\s+)(?=\S)",
        r"\s*(?P<head>[^–—:\n]{2,90}?(?:[A-Z]{3}|\)|\.(?:com|id|net|COM|ID|NET)))[–—]+\+?(?=\S)",
        r"\s*(?P<head>[\w. ]{2,40}\.(?:com|id|net|COM|ID|NET)|[A-Z][A-Z ]{2,30})-(?=[A-Z\d“\"][\w ])",
        r"\s*(?P<head>[A-Z]{3,20}(?: [A-Z]{3,20})?, ?[A-Z]{2,12})[–—]+(?=\S)",
        r"(?P<head>[A-Z]{3,20}(?: [A-Z]{3,20})?)\s*(?:\||//)\s*(?=[A-Z][a-z])",
        r"\s*(?P<head>[A-Z][\w .]{2,40}?\s*\([^()]{2,40}\))\s*:\s+(?=\S)",
        r"(?P<head>[A-Z][a-z]{2,15}(?: [A-Z][a-z]{2,15})?)_\s?(?=[A-Z][a-z])",
        r"(?P<head>[A-Z]{4,20}(?: [A-Z]{3,20})?), (?=[A-Z][a-z]+ \w)",
        r"\s*(?P<head>KBRN,\s*[\w\s]{3,30}?|[A-Z][A-Z\s.]{3,30}?)\s*:\s+(?=\S)",
        r"(?P<head>[A-Z][a-z]{3,15}(?: [A-Z][a-z]{3,15})?) ?: (?=[A-Z“\"]\w+ \w)",
    )
)
_DATE = re.compile(
    r",?\s*(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad),?\s*)?[(\[]?\s*\d{1,2}[\s/.-]+(?:\d{1,2}|[a-z]{3,9})(?:[\s/.-]+\d{2,4})?\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\(([^()]{2,40})\)")
_DIVIDERS = re.compile(r"\s*(?:[,|]|//+|/|\bI\b(?=\s+[A-Z])|-(?=[\w-]{4,}\.[a-z]{2}))\s*")
_PLACE = re.compile(r"(?:[A-Z][A-Za-z'’.]+|[IVX]+|di|dan)(?:[\s-](?:[A-Z][A-Za-z'’.]+|[IVX]+)){0,3}")
_DOMAIN = re.compile(r"\.\s?(?:com|co|id|net|org|info|news|tv|my|go)\b|[\w-]{4,}\.[a-z]{2,10}\b", re.IGNORECASE)
_OUTLET = re.compile(
    r"(?:news|media|post|times|tv|online|pers|press|today|channel|radio|network|kabar|warta|berita|suara|tribun|pos|viva|radar|harian|koran|jurnal"
    r"|sindo|republika|kompas|tempo|detik|liputan|info_?pas|kbrn|rri)\b|_",
    re.IGNORECASE,
)
# Wire services and house marks that a dateline names; the name is how this program writes it.
_AGENCIES = {"antara": "ANTARA", "infopas": "INFO_PAS", "kbrn": "KBRN", "infopublik": "InfoPublik", "jpnn": "JPNN"}
_NOT_A_PLACE = re.compile(
    r"(?:foto|penulis|editor|reporter|oleh|baca|kata|kepala|kalapas|karutan|lapas|rutan|kanwil|kementerian|menteri|direktur|bapak|ibu"
    r"|catatan|penting|perhatian|pengumuman|info|update|breaking|berita|judul|tema|hari|tanggal|waktu|tempat|lokasi"
    r"|keterangan|sumber|kronologi|polisi|kapolres|jaksa|kejaksaan|hakim|warga|presiden|gubernur|bupati|wali|contoh|tanya|jawab)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the head of a text names; each None where it names none. `mirror_of` is another site's name as written."""

    place: str | None = None
    agency: str | None = None
    mirror_of: str | None = None


def dateline(paragraph: str, url: str, site_names: Iterable[str]) -> Dateline:
    """Read the head of the first paragraph, which itself stays as written.

    A site that is named there and is not the host is where the text was copied from.
    """
    line = paragraph[: _LONGEST + 4]
    site_names = tuple(site_names)
    found = next((match for head in _HEADS if (match := head.match(line))), None)
    if found is None:
        return Dateline()
    tokens = [token for token in _tokens(found["head"]) if token]
    own = {squeezed(name) for name in site_names}
    outlets = [token for token in tokens if _is_outlet(token) or squeezed(token) in own]
    places = [token for token in tokens if token not in outlets]
    if (not places and not outlets) or any(
        not _PLACE.fullmatch(place) or _NOT_A_PLACE.match(place) for place in places[:1]
    ):
        return Dateline()
    outlets += places[1:] if not outlets else []
    return Dateline(places[0] if places else None, _agency(outlets), _mirror(outlets, url, site_names))


def head_of(paragraphs: Sequence[str], url: str, site_names: Iterable[str]) -> tuple[Dateline, str]:
    """The dateline of a text and the words that it takes; both empty where it has none.

    A release may open with its letterhead (`SIARAN PERS`, `Nomor: ...`): short lines before the first sentence.
    """
    names = tuple(site_names)
    for paragraph in paragraphs[:_LETTERHEAD]:
        found = dateline(paragraph, url, names)
        if found != Dateline():
            return found, next(match[0] for head in _HEADS if (match := head.match(paragraph[: _LONGEST + 4])))
        if len(paragraph) > _SHORT or paragraph.endswith((".", "!", "?", "”", '"')):
            break
    return Dateline(), ""


def _tokens(head: str) -> list[str]:
    head = _DATE.sub("", re.sub(r"\bI\s(?=NFO_PAS)", "I", head))
    inside = _BRACKETS.findall(head)
    return [
        token.strip(" .-–") if not _DOMAIN.search(token) else token.strip()
        for token in (*_DIVIDERS.split(_BRACKETS.sub("", head)), *inside)
    ]


def _is_outlet(token: str) -> bool:
    return bool(_DOMAIN.search(token) or _OUTLET.search(token)) or squeezed(token) in _AGENCIES


def _agency(outlets: list[str]) -> str | None:
    return next((name for outlet in outlets if (name := _AGENCIES.get(squeezed(outlet)))), None)


def _is_short_for(name: str, own: set[str]) -> bool:
    """Whether a name is one of the site's own, shortened: letters of it in order (`TBPOS` of Tambun Bungai Pos)."""
    return any(name[:1] == other[:1] and _holds_in_order(other, name) for other in own if name)


def _holds_in_order(longer: str, letters: str) -> bool:
    left = iter(longer)
    return all(letter in left for letter in letters)


def _mirror(outlets: list[str], url: str, site_names: Iterable[str]) -> str | None:
    own = {squeezed(name) for name in (*site_names, host(url), *host(url).split("."))} - {""}
    for outlet in outlets:
        name = squeezed(outlet)
        is_site = bool(_DOMAIN.search(outlet) or _OUTLET.search(outlet)) or name in _AGENCIES
        if (
            is_site
            and name != "infopas"
            and not _is_short_for(name, own)
            and not any(
                name == other or (len(name) > 3 and (name in other or (len(other) > 3 and other in name)))
                for other in own
            )
        ):
            return outlet
    return None
