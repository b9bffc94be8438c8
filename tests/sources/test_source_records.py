"""Source records: what a good file means, and which line of a bad one is to blame."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import ConfigError, NewsfeedError, UnknownSource
from crawler.models import Source, Strategy
from crawler.sources import find, load_sources

GOOD = """\
# A publisher of our own.
[defaults]
kind = "official"
publisher = "Kementerian Contoh"
zone = "Asia/Makassar"

[[source]]
slug = "contoh"
name = "Kementerian Contoh"
homepage = "https://contoh.go.id/"

[source.selectors]
body = ".isi"

[[source.discover]]
type = "feed"
url = "https://contoh.go.id/feed"

[[source.discover]]
type = "listing"
url = "https://contoh.go.id/berita"
links = "td a"
paging = "start"
step = 5

[[source]]
slug = "contoh-bali"
name = "Kanwil Bali"
homepage = "https://bali.contoh.go.id/"
delay = 2.5
province = "Bali"
"""


def write(folder: Path, text: str, name: str = "saya.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_record(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    sources = load_sources(tmp_path)
    assert sources["contoh"] == Source(
        slug="contoh",
        name="Kementerian Contoh",
        kind="official",
        homepage="https://contoh.go.id/",
        publisher="Kementerian Contoh",
        zone="Asia/Makassar",
        discover=(
            Strategy("feed", "https://contoh.go.id/feed"),
            Strategy("listing", "https://contoh.go.id/berita", links="td a", paging="start", step=5),
        ),
        selectors={"body": ".isi"},
        republish="full",
        pace_group="contoh.go.id",
        record=str(path),
    )
    bali = sources["contoh-bali"]
    assert (bali.delay, bali.province, bali.discover) == (2.5, "Bali", ())
    assert bali.pace_group == "contoh.go.id", "the offices of a ministry are one server"


def test_four_keys_suffice(tmp_path: Path) -> None:
    write(tmp_path, '[[source]]\nslug="koran"\nname="Koran"\nkind="press"\nhomepage="https://m.koran.example:8080/"\n')
    source = load_sources(tmp_path)["koran"]
    assert (source.republish, source.publisher, source.pace_group) == ("summary", "Koran", "m.koran.example")
    assert (source.zone, source.delay, source.allow_private) == ("Asia/Jakarta", 1.0, False)


def test_a_users_record_replaces_the_packaged_one(tmp_path: Path) -> None:
    write(tmp_path, '[[source]]\nslug="polten"\nname="Punya saya"\nkind="press"\nhomepage="https://polten.co.id/"\n')
    packaged, merged = load_sources(), load_sources(tmp_path)
    assert packaged["polten"].name != "Punya saya"
    assert merged["polten"].name == "Punya saya"
    assert merged.keys() == packaged.keys()


@pytest.mark.parametrize("folder", ["absent", "empty"])
def test_a_folder_without_records_changes_nothing(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    assert load_sources(tmp_path / folder) == load_sources()


def test_find_suggests_near_matches() -> None:
    sources = load_sources()
    assert find(sources, "polten").slug == "polten"
    for wrong, near in {"poltn": "polten", "Setkab": "setkab", "malut": "kemenkum-malut"}.items():
        with pytest.raises(UnknownSource, match=near):
            find(sources, wrong)
    with pytest.raises(UnknownSource, match="sources list"):
        find(sources, "zzzzzz")


# -- errors ----------------------------------------------------------------------------------------------------------

# What is replaced in the good file, by what; the line that must be named; words that the message must hold.
ERRORS = {
    "syntax": ('zone = "Asia/Makassar"', 'zone = "Asia', 5, "not valid TOML"),
    "syntax at the end": ('province = "Bali"\n', "x = [1,\n", 31, "not valid TOML"),
    "key twice": ("delay = 2.5", 'name = "x"', 30, "not valid TOML"),
    "unknown table": ("# A publisher of our own.", "[quelle]", 1, "`quelle` is unknown"),
    "unknown key in a record": ("delay = 2.5", 'zon = "Asia/Jakarta"', 30, "did you mean `zone`"),
    "unknown key in defaults": ('zone = "Asia', 'slug = "x"\nzone = "Asia', 5, "`slug` is unknown here"),
    "unknown key of a strategy": ("step = 5", "stepp = 5", 24, "did you mean `step`"),
    "unknown selector": ('body = ".isi"', 'bodi = ".isi"', 13, "did you mean `body`"),
    "wrong type": ('name = "Kanwil Bali"', "name = 5", 28, "`name` must be a text"),
    "empty text": ('name = "Kanwil Bali"', 'name = " "', 28, "`name` must be a text"),
    "no slug": ('slug = "contoh-bali"\n', "", 26, "`slug` is missing"),
    "no name": ('name = "Kanwil Bali"\n', "", 26, "`name` is missing"),
    "no homepage": ('homepage = "https://bali.contoh.go.id/"\n', "", 26, "`homepage` is missing"),
    "no kind": ('kind = "official"\n', "", 6, "`kind` is missing"),
    "bad kind": ('kind = "official"', 'kind = "blog"', 3, '"official", "press", "aggregator"'),
    "kind of a wrong type": ('kind = "official"', "kind = [1]", 3, '"official", "press", "aggregator"'),
    "bad slug": ('slug = "contoh-bali"', 'slug = "Contoh Bali"', 27, "lower-case letters, digits and hyphens"),
    "slug twice": ('slug = "contoh-bali"', 'slug = "contoh"', 27, "is taken already"),
    "relative homepage": ('"https://bali.contoh.go.id/"', '"bali.contoh.go.id"', 29, "whole address"),
    "homepage that is a script": ('"https://bali.contoh.go.id/"', '"javascript:alert(1)"', 29, "whole address"),
    "unknown zone": ('zone = "Asia/Makassar"', 'zone = "Asia/Ternate"', 5, "Asia/Jayapura (WIT)"),
    "zone that is a path": ('zone = "Asia/Makassar"', 'zone = "../../etc/passwd"', 5, "IANA time zone"),
    "zone that is a folder": ('zone = "Asia/Makassar"', 'zone = "Asia"', 5, "IANA time zone"),
    "negative delay": ("delay = 2.5", "delay = -1", 30, "0 or more"),
    "endless delay": ("delay = 2.5", "delay = inf", 30, "0 or more"),
    "delay that is a switch": ("delay = 2.5", "delay = true", 30, "0 or more"),
    "allow_private as text": ("delay = 2.5", 'allow_private = "no"', 30, "true or false"),
    "language by name": ("delay = 2.5", 'language = "Indonesia"', 30, "language code"),
    "bad republish": ("delay = 2.5", 'republish = "all"', 30, '"full", "summary"'),
    "bad confidence": ("delay = 2.5", 'confidence = "sure"', 30, '"verified", "probable", "guess"'),
    "unknown strategy": ('type = "feed"', 'type = "rss"', 16, '"wordpress", "feed", "listing"'),
    "strategy without address": ('url = "https://contoh.go.id/feed"\n', "", 15, "`url` is missing"),
    "unknown paging": ('paging = "start"', 'paging = "next"', 23, '"start", "page", "hal", "halaman", "path"'),
    "step of nothing": ("step = 5", "step = 0", 24, "from 1 to 1000"),
    "step without offsets": ('paging = "start"', 'paging = "path"', 24, 'paging = "start" only'),
    "paging of a feed": (
        'url = "https://contoh.go.id/feed"',
        'url = "https://contoh.go.id/feed"\npaging = "path"',
        18,
        "listing",
    ),
    "bad css": ('links = "td a"', 'links = "td["', 22, "not a CSS selector"),
    "bad css of a field": ('body = ".isi"', 'body = "p::text"', 13, "not a CSS selector"),
    "discover as text": ('province = "Bali"', 'discover = "feed"', 31, "[[source.discover]]"),
    "selectors as text": ('province = "Bali"', 'selectors = ".isi"', 31, "must be a table"),
    "defaults as a text": (GOOD, 'defaults = "x"\n', 1, "write [defaults]"),
    "record as one table": (GOOD, "[source]\nslug = 'a'\n", 1, "[[source]]"),
    "no record": (GOOD, "[defaults]\nkind = 'press'\n", 1, "at least one"),
    "records that are no tables": (GOOD, "\nsource = [1]\n", 2, "must be a table"),
}


@pytest.mark.parametrize(("old", "new", "line", "words"), ERRORS.values(), ids=ERRORS)
def test_each_error_names_file_line_and_remedy(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(ConfigError) as caught:
        load_sources(tmp_path)
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}: ")
    assert words in message
    assert message.endswith((".", "?"))
    assert "\n" not in message


def test_an_error_names_the_record(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("step = 5", "step = 0"))
    with pytest.raises(ConfigError, match=r"'contoh' source 1 discover 2: `step`"):
        load_sources(tmp_path)


def test_a_slug_in_two_files_names_both(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.toml")
    path = write(tmp_path, GOOD.replace('"contoh-bali"', '"lain"'), "b.toml")
    with pytest.raises(ConfigError) as caught:
        load_sources(tmp_path)
    assert str(caught.value).startswith(f"{path}:8: ")
    assert "a.toml" in str(caught.value)


def test_keys_are_found_behind_texts_of_several_lines_and_with_other_line_ends(tmp_path: Path) -> None:
    text = GOOD.replace('province = "Bali"', 'province = """\nslug = 1\n[[source]]\nBali"""\nunit = 5')
    path = write(tmp_path, text.replace("\n", "\r\n"))
    with pytest.raises(ConfigError) as caught:
        load_sources(tmp_path)
    assert str(caught.value).startswith(f"{path}:35: ")


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [(b"# a\nname = '\xff'\n", 2, "UTF-8"), (b"\x00", 1, "TOML"), (b"[" * 5000, 1, "TOML"), (b"", 1, "at least one")],
)
def test_files_that_are_no_text(tmp_path: Path, data: bytes, line: int, words: str) -> None:
    (tmp_path / "x.toml").write_bytes(data)
    with pytest.raises(ConfigError, match=words) as caught:
        load_sources(tmp_path)
    assert caught.value.line == line


def test_a_folder_where_a_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "x.toml").mkdir()
    with pytest.raises(NewsfeedError, match="cannot be read"):
        load_sources(tmp_path)
