"""Pictures of an article: which are its own, which are one, and whom a caption credits."""

from __future__ import annotations

import pytest

from crawler.models import Draft, Evidence, Image
from crawler.normalize.images import chosen, credit_of, distinct

UPLOADS = "https://pers.example/wp-content/uploads/2026/01/"
EMBLEM = "is the site's logo or a stand-in, by its file name"


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Warga binaan memanen sayur. (Foto: Humas Lapas Serang)", "Humas Lapas Serang"),
        ("Warga binaan memanen sayur (foto:Humas Lapas Serang).", "Humas Lapas Serang"),
        ("Panen sayur [Foto: Budi Santoso]", "Budi Santoso"),
        ("Panen sayur (Foto/Humas Lapas)", "Humas Lapas"),
        ("Foto: Dok. Humas", "Humas"),
        ("Dok. Humas Lapas Serang", "Humas Lapas Serang"),
        ("Foto: Istimewa", "Istimewa"),
        ("Panen sayur (f: ist)", "ist"),
        ("Panen sayur (Ist)", "Ist"),
        ("Panen sayur (istimewa)", "istimewa"),
        ("Panen sayur (Humas Lapas Serang)", "Humas Lapas Serang"),
        ("Panen sayur (Dok. Lapas Serang)", "Lapas Serang"),
        ("Panen sayur (Sumber foto: Kemenimipas)", "Kemenimipas"),
        ("Kalapas meninjau kebun. ANTARA/HO-Humas Lapas", "ANTARA/HO-Humas Lapas"),
        ("Kalapas meninjau kebun. (ANTARA/HO-Humas Lapas)", "ANTARA/HO-Humas Lapas"),
        ("Kalapas meninjau kebun. ANTARA FOTO/Budi Santoso", "ANTARA FOTO/Budi Santoso"),
        ("Foto: Warga binaan sedang memanen sayur di lahan lapas", None),
        ("Warga binaan sedang memanen sayur", None),
        ("Kepala Lapas (kiri) dan Bupati (kanan)", None),
        ("Kepala Lapas Serang (tengah)", None),
        ("Panen sayur (28/1/2026)", None),
        ("(Foto: Humas Lapas) Warga binaan memanen sayur di kebun", None),
        ("", None),
        (None, None),
    ],
)
def test_credit_of_a_caption(caption: str | None, expected: str | None) -> None:
    assert credit_of(caption) == expected


def pictures(
    lead: tuple[str, ...] = (), inside: tuple[str, ...] = (), named: tuple[str, ...] = ()
) -> tuple[list[str], str, list[tuple[str, str]]]:
    """Addresses of the chosen, their origin, and the losers with their reason; `named` stand in og:image."""
    found = chosen(
        Draft(
            url="https://pers.example/panen/",
            family="newkarma",
            body="<p>x</p>",
            lead=tuple(Image(UPLOADS + name) for name in lead),
            images=tuple(Image(UPLOADS + name) for name in inside),
            pictures=tuple(Evidence(UPLOADS + name, "meta") for name in named),
        )
    )
    losers = [(loser.value.removeprefix(UPLOADS), loser.reason) for loser in found.losers]
    return [image.url.removeprefix(UPLOADS) for image in found.images], found.origin, losers


def test_shown_lead_beats_the_one_of_metadata() -> None:
    reason = "the page shows a lead picture of its own"
    assert pictures(("panen.jpg",), ("kebun.jpg",), ("og.jpg",)) == (
        ["panen.jpg", "kebun.jpg"], "lead", [("og.jpg", reason)],
    )  # fmt: skip


def test_metadata_gives_the_lead_where_the_page_shows_none() -> None:
    assert pictures((), ("kebun.jpg",), ("og.jpg", "og2.jpg")) == (
        ["og.jpg", "kebun.jpg"], "meta", [("og2.jpg", "meta is asked first")],
    )  # fmt: skip


def test_without_lead_and_metadata_the_pictures_of_the_text_are_left() -> None:
    assert pictures((), ("kebun.jpg",)) == (["kebun.jpg"], "body", [])


@pytest.mark.parametrize(
    "name",
    [
        "logo.png", "Logo-Lapas.png", "site_logo.jpg", "cropped-logo-512.png", "favicon.ico",
        "cropped-icon-270x270.png", "default.jpg", "og-default.png", "no-image.png", "noimage.jpg", "placeholder.webp",
        "avatar.png", "apple-touch-icon.png", "logo2.png",
    ],
)  # fmt: skip
def test_emblem_of_the_site_is_no_picture_of_an_article(name: str) -> None:
    assert pictures((), (), (name, "panen.jpg")) == (["panen.jpg"], "meta", [(name, EMBLEM)])


@pytest.mark.parametrize(
    "name", ["panen.jpg", "logowo-hadir.jpg", "silicon-valley.jpg", "iconic.jpg", "katalogo.png", "defaulter.jpg"]
)
def test_name_that_only_sounds_like_an_emblem_is_kept(name: str) -> None:
    assert pictures((), (), (name,)) == ([name], "meta", [])


GOOGLE = "https://blogger.googleusercontent.com/img/a/AVvXsE"


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (("panen.jpg", "panen-300x200.jpg", "panen-1024x683.jpg"), ["panen.jpg"]),
        (("panen-300x200.jpg", "panen.jpg"), ["panen-300x200.jpg"]),
        (("panen.jpg", "panen.jpg?resize=300"), ["panen.jpg"]),
        (("panen.jpg", "panen-2.jpg"), ["panen.jpg", "panen-2.jpg"]),
        (("panen.jpg", "panen.png"), ["panen.jpg", "panen.png"]),
    ],
)
def test_sizes_of_one_upload_are_one(addresses: tuple[str, ...], expected: list[str]) -> None:
    assert pictures((addresses[0],), addresses[1:])[0] == expected


def test_sizes_of_bloggers_uploads_are_one() -> None:
    images = (Image(f"{GOOGLE}=w640-h360"), Image(f"{GOOGLE}=s1600", "Panen"), Image(f"{GOOGLE}x=s1600"))
    assert distinct(images) == (Image(f"{GOOGLE}=w640-h360", "Panen"), Image(f"{GOOGLE}x=s1600"))


def test_picture_shown_twice_keeps_its_first_caption() -> None:
    twice = (Image("https://a.example/1.jpg", "Panen"), Image("http://a.example/1.jpg", "Kebun"))
    assert distinct(twice) == (Image("https://a.example/1.jpg", "Panen"),)


@pytest.mark.parametrize(
    ("caption", "kept", "credit"),
    [
        ("WhatsApp Image 2026-01-28 at 10.00.00", None, None),
        ("IMG_2024", None, None),
        ("DSC 0042", None, None),
        ("Panen sayur (Foto: Humas)", "Panen sayur (Foto: Humas)", "Humas"),
        ("Imigran dijamu di lapas", "Imigran dijamu di lapas", None),
    ],
)
def test_caption_stays_as_written_unless_it_is_a_file_name(caption: str, kept: str | None, credit: str | None) -> None:
    lead = (Image(f"{UPLOADS}a.jpg", caption),)
    found = chosen(Draft(url="https://pers.example/a/", family="x", body="", lead=lead)).images[0]
    assert (found.caption, found.credit) == (kept, credit)
