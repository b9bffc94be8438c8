"""How else the names in a search are written: both ways, whole names only, and bounded."""

from __future__ import annotations

import pytest

from crawler.gazetteer.entries import load_entries, read_table
from crawler.gazetteer.synonyms import MOST_FORMS, SHORT, keys_of, other_forms

TABLE = [row["forms"].split("|") for row in read_table("synonyms.csv")]


def groups_of(text: str) -> list[tuple[tuple[str, ...], ...]]:
    return [name.groups for name in other_forms(keys_of(text))]


@pytest.mark.parametrize("forms", TABLE, ids=lambda forms: str(forms[0]))
def test_every_form_in_the_table_finds_the_others(forms: list[str]) -> None:
    assert len(forms) > 1
    for form in forms:
        typed = " ".join(keys_of(form))
        worth = {" ".join(keys_of(other)) for other in forms if len(other) > SHORT} - {typed}
        found = {part for groups in groups_of(form) for group in groups for part in group}
        # one that holds a shorter form is found by that
        assert all(any(part in other for part in found) for other in worth), (form, found)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("malut", "maluku utara"),
        ("sumut", "sumatera utara"),
        ("babel", "bangka belitung"),
        ("ntb", "nusa tenggara barat"),
        ("kemenimipas", "kementerian imigrasi dan pemasyarakatan"),
        ("ditjenpas", "direktorat jenderal pemasyarakatan"),
        ("bphn", "badan pembinaan hukum nasional"),
    ],
)
def test_abbreviation_is_its_name_and_the_other_way_round(short: str, full: str) -> None:
    assert full in groups_of(short)[0][0]
    assert short in groups_of(full)[0][0]


@pytest.mark.parametrize(
    "text", ["", "dan di", "serang", "a b c", "i a", "ii", "2", "a kelas", "lembaga", "utara maluku", "kelas"]
)
def test_what_is_no_name_stays_as_it_is(text: str) -> None:
    assert groups_of(text) == []


def test_ambiguous_name_stands_for_all_it_may_mean() -> None:
    (found,) = groups_of("jakarta")[0]
    assert {"dki", "dkj"} <= set(found)
    (found,) = groups_of("menkum")[0]
    assert {"menteri hukum", "kementerian hukum"} <= set(found)


def test_no_name_has_too_many_forms_or_one_that_is_any_word() -> None:
    for entry in load_entries():
        for name in (*entry.names, *entry.shared):
            for groups in groups_of(name):
                assert all(0 < len(group) <= MOST_FORMS for group in groups)
                typed = set(keys_of(name))
                assert all(
                    len(form) > SHORT or form in typed or form[0].isdigit() for group in groups for form in group
                )
