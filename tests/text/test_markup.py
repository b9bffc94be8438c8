"""Bounded parsing: nothing is lost in silence."""

from __future__ import annotations

import pytest

from crawler.text.markup import MAX_DEPTH, MAX_TAGS, parse, text_of


@pytest.mark.parametrize(
    ("markup", "whole"),
    [
        ("<p>satu</p>", True),
        ("<div>" * 300 + "dalam" + "</div>" * 300 + "<p>sesudah</p>", True),
        ("<div>" * (MAX_DEPTH * 2) + "dalam", False),
        ("<p>x</p>" * MAX_TAGS, False),
        ("", True),
    ],
    ids=["small", "deeper than libxml2's default", "too deep", "too many tags", "empty"],
)
def test_a_tree_tells_whether_it_holds_everything(markup: str, whole: bool) -> None:
    assert parse(markup).whole is whole


def test_text_behind_deep_nesting_is_there() -> None:
    assert text_of(parse("<div>" * 300 + "</div>" * 300 + "<p>sesudah</p>").root) == "sesudah"


def test_a_script_with_angle_brackets_hides_nothing() -> None:
    script = "<script>for (i=0;i<n " + "&& b " * 20_000 + "</script>"
    assert text_of(parse(script + "<p>sesudah</p>").root).endswith("sesudah")


def test_attributes_beyond_the_bound_go_and_the_text_stays() -> None:
    tree = parse("<p " + " ".join(f"a{n}='<'" for n in range(20_000)) + ">teks</p>")
    assert text_of(tree.root) == "teks"
