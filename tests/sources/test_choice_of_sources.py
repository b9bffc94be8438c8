"""Which sources are crawled: offices whose address nobody knows never are, and say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import ConfigError
from crawler.models import Source
from crawler.sources import load_sources
from crawler.sources.choice import choose, with_address
from crawler.sources.match import of_address

SITE = '[[source]]\nslug = "{slug}"\nname = "Contoh"\nkind = "{kind}"\nhomepage = "https://{slug}.example/"\n'
UNKNOWN = '[[source]]\nslug = "kanwil-contoh"\nname = "Kanwil Contoh"\nkind = "official"\nconfidence = "guess"\n'
CONFIG = Path("newsfeed.toml")


def load(folder: Path, text: str) -> dict[str, Source]:
    (folder / "saya.toml").write_text(text, encoding="utf-8")
    return load_sources(folder)


def test_a_guess_may_lack_a_homepage(tmp_path: Path) -> None:
    source = load(tmp_path, UNKNOWN)["kanwil-contoh"]
    assert (source.homepage, source.pace_group, source.discover) == ("", "", ())
    assert of_address([source], "https://kanwil.example/berita") is None


def test_any_other_record_needs_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="`homepage` is missing"):
        load(tmp_path, UNKNOWN.replace('"guess"', '"probable"'))


def test_a_source_without_an_address_is_not_chosen_and_says_why_where_it_is_named(tmp_path: Path) -> None:
    sources = load(tmp_path, UNKNOWN + SITE.format(slug="warta", kind="press"))
    assert "kanwil-contoh" not in {source.slug for source in choose(sources, (), (), CONFIG)}
    assert [source.slug for source in choose(sources, ("warta",), (), CONFIG)] == ["warta"]
    for attempt in (
        lambda: choose(sources, ("kanwil-contoh",), (), CONFIG),
        lambda: with_address(sources["kanwil-contoh"]),
    ):
        with pytest.raises(ConfigError, match="'kanwil-contoh' has no homepage"):
            attempt()
    assert with_address(sources["warta"]) is sources["warta"]


@pytest.mark.parametrize(
    ("kind", "line", "kept"),
    [
        ("press", "", "subject"),
        ("aggregator", "", "subject"),
        ("official", "", "none"),
        ("press", 'filter = "none"\n', "none"),
        ("official", 'filter = "subject"\n', "subject"),
    ],
)
def test_press_is_filtered_unless_the_record_says_otherwise(tmp_path: Path, kind: str, line: str, kept: str) -> None:
    assert load(tmp_path, SITE.format(slug="warta", kind=kind) + line)["warta"].filter == kept


def test_an_unknown_filter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match='`filter` must be one of "none", "subject"'):
        load(tmp_path, SITE.format(slug="warta", kind="press") + 'filter = "sport"\n')
