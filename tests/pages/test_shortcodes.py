"""Codes of plugins that were not run: taken out, while words in brackets that somebody wrote stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from crawler.pages.flow import blocks
from crawler.pages.shortcodes import without_codes
from crawler.text.markup import body_of, parse, text_of

STORY = "Panen raya digelar di kebun."


def shown(markup: str) -> list[str]:
    """The text of each block that is left."""
    return [text_of(line.element) for line in without_codes(blocks(body_of(parse(markup).root)))]


CODES = [
    "[gallery ids=\"1,2,3\"]", "[gallery]", "[embed]", "[/embed]", "[video src=\"a.mp4\" width=\"640\"]", "[/video]",
    "[audio mp3=\"a.mp3\"]", "[playlist]", "[wp_caption]", "[vc_row]", "[vc_column width=\"1/2\"]", "[/vc_column]",
    "[et_pb_section admin_label=\"x\"]", "[/et_pb_section]", "[fusion_builder_row]", "[su_spacer size=\"20\"]",
    "[contact-form-7 id=\"5\" title=\"Kontak\"]", "[ngg_images ids=\"1\"]", "[irp posts=\"77\" name=\"Lain\"]",
    "[gmr-related]", "[adrotate banner=\"3\"]", "[ads]", "[ad id=1]", "[baca_juga id=\"3\"]", "[bacajuga]",
    "[CAPTION id=\"a\"]", "[GALLERY]",
    "{gallery}panen/2026{/gallery}", "{gallery}", "{youtube}abc123{/youtube}", "{vimeo}1{/vimeo}", "{mp4}a{/mp4}",
    "{mp3}a{/mp3}", "{audio}a{/audio}", "{video}a{/video}", "{pdf}a.pdf{/pdf}", "{phocapdf view=pdf|id=1}",
    "{slider}a{/slider}", "{sigplus}panen{/sigplus}", "{besps}panen{/besps}", "{oziogallery 12}", "{edocs}a{/edocs}",
    "{source}echo 1{/source}", "{jcomments on}", "{jcomments off}", "{loadposition iklan}", "{loadmodule mod_x,Iklan}",
    "{loadmoduleid 12}", "{phocagallery view=category|categoryid=1}", "{phocadownload view=file|id=1}",
    "{module 12}", "{snippet iklan}", "{tab Satu}", "{/tabs}", "{sliders}", "{readmore}", "{attachments}",
    "{rsform 3}", "{emailcloak=off}", "{GALLERY}a{/GALLERY}",
]  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_code_is_taken_out(code: str) -> None:
    assert shown(f"<p>{code}</p><p>{STORY}</p>") == [STORY], "a block of its own goes"
    assert shown(f"<p>{STORY} {code}</p>") == [STORY]
    assert shown(f"<p>{code} {STORY} <b>Ramai</b> {code}</p>") == [f"{STORY} Ramai"]
    assert shown(f"<p><b>{code}</b>{STORY}</p>") == [STORY]


WRITTEN = [
    "Kata dia [Kalapas] panen itu berhasil.", "Sumber: [1]", "[Lihat galeri foto]", "{nama} belum diisi.",
    "Video [lengkap] ada di kanal resmi.", "[adil] dan [ada]", "[advokat] hadir", "Harga {Rp 5.000}", "[videografi]",
    "[galleryku]", "{galleryku}", "{tabungan}", "[ ]", "{}", "[", "{gallery", "[gallery ids=\"1\"",
]  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_words_in_brackets_stay(text: str) -> None:
    assert shown(f"<p>{text}</p>") == [text]


def figure(markup: str) -> tuple[str, list[str], str | None]:
    """The only block: its tag, its pictures, its caption."""
    (line,) = without_codes(blocks(body_of(parse(markup).root)))
    caption = line.element.find("figcaption")
    pictures = [image.get("src") or "" for image in line.element.iter("img")]
    return str(line.element.tag), pictures, None if caption is None else caption.text


IMAGE = '<img src="a.jpg">'
OPEN = '[caption id="attachment_5" align="aligncenter" width="800"]'


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (f"<p>{OPEN}{IMAGE} Warga memanen[/caption]</p>", ("figure", ["a.jpg"], "Warga memanen")),
        (f'<p>{OPEN}<a href="a.jpg">{IMAGE}</a> Warga  memanen [/caption]</p>', ("figure", ["a.jpg"], "Warga memanen")),
        (f"<p>{OPEN}{IMAGE} <i>Warga</i> memanen[/caption]</p>", ("figure", ["a.jpg"], "Warga memanen")),
        (f"<p>{OPEN}{IMAGE}[/caption]</p>", ("figure", ["a.jpg"], None)),
        (f"<p>{OPEN}{IMAGE}</p>", ("p", ["a.jpg"], None)),
        (f"<p>[gallery]{IMAGE}</p>", ("p", ["a.jpg"], None)),
    ],
)
def test_caption_is_kept_with_its_picture(markup: str, expected: tuple[str, list[str], str | None]) -> None:
    assert figure(markup) == expected


def test_caption_without_picture_leaves_its_words() -> None:
    assert shown(f"<p>{OPEN} Warga memanen [/caption]</p>") == ["Warga memanen"]


def test_text_around_a_caption_stays() -> None:
    (line,) = without_codes(blocks(body_of(parse(f"<p>{STORY} {OPEN}{IMAGE} Warga[/caption]</p>").root)))
    assert text_of(line.element) == f"{STORY} Warga"
    assert [image.get("src") for image in line.element.iter("img")] == ["a.jpg"]


def test_gallery_s_end_far_away_takes_no_text_with_it() -> None:
    assert shown("<p>{gallery} " + STORY * 20 + " {/gallery}</p>")[0].startswith(STORY)


@pytest.mark.parametrize(
    "piece", ["[", "{", "[caption ", "[caption]", "{gallery}", "{gallery", "[gallery ", "[/", "{tab "]
)
def test_200_kb_of_openings_without_end_leave_the_text_behind_them(piece: str) -> None:
    flood = piece * (200_000 // len(piece))
    left = shown(f"<p>{flood}</p><p>{STORY}</p>")
    assert left[-1] == STORY


PIECES = st.sampled_from(
    [*CODES[::7], "[", "]", "{", "}", "[caption]", "[/caption]", STORY, " ", IMAGE, "<br>", "<b>", "</b>"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_nothing_but_codes_is_lost_and_a_second_pass_changes_nothing(markup: str) -> None:
    lines = without_codes(blocks(body_of(parse(f"<p>{markup}</p>").root)))
    assert sum(text_of(line.element).count(STORY) for line in lines) <= markup.count(STORY)
    assert sum(1 for line in lines for _ in line.element.iter("img")) == markup.count(IMAGE)
    before = [etree.tostring(line.element) for line in lines]
    assert [etree.tostring(line.element) for line in without_codes(lines)] == before
