"""Articles for the search benchmark: made up word by word, as long and as repetitive as releases of prisons are.

The words of the subject come as often as they do there (nine articles in ten say `lapas`), ordinary ones by Zipf's law,
and the tail of names and rare words is drawn from 60,000. The same number gives the same article on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from crawler.models import Article, Image, Link

SOURCES = tuple(f"sumber-{n}" for n in range(40))
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
LAST = datetime(2026, 1, 1, tzinfo=UTC)

COMMON = """
    yang dan di dengan untuk ini dalam pada dari para kepada oleh serta juga sebagai dapat telah akan adalah tidak
    secara melalui bagi agar lebih bersama kami kita mereka kegiatan petugas program pembinaan pelaksanaan seluruh
    jajaran tersebut hari menjadi harapan semua baik masyarakat hukum keamanan layanan upaya dukungan bentuk komitmen
    meningkatkan memberikan melakukan dilakukan dilaksanakan menyampaikan mengatakan ujarnya kata wilayah negara
    pemasyarakatan tahanan anak-anak pelatihan kesehatan kebersihan keluarga kunjungan blok hunian kamar sinergi aman
    tertib humanis integritas kerja sama kepolisian pemerintah daerah kabupaten provinsi pegawai apel pagi lapangan
""".split()
PLACES = """
    Serang|Tangerang|Cilegon|Ternate|Ambon|Medan|Padang|Jambi|Palembang|Bengkulu|Pontianak|Palangka Raya|Banjarmasin|
    Samarinda|Tarakan|Manado|Palu|Makassar|Kendari|Gorontalo|Mamuju|Jayapura|Sorong|Merauke|Kupang|Mataram|Denpasar|
    Surabaya|Malang|Semarang|Yogyakarta|Bandung|Bogor|Banda Aceh|Pekanbaru|Batam
""".replace("\n", "").split("|")
# The terms of the subject with the share of articles that use each, now and then several times.
TERMS: Sequence[tuple[str, float]] = (
    ("lapas", 0.9), ("warga binaan", 0.75), ("Kalapas", 0.6), ("lembaga pemasyarakatan", 0.45), ("Kanwil", 0.3),
    ("Kelas IIA", 0.35), ("Klas II B", 0.06), ("rutan", 0.25), ("narapidana", 0.25), ("remisi", 0.12),
    ("Ditjenpas", 0.25), ("Kementerian Imigrasi dan Pemasyarakatan", 0.2), ("razia", 0.1), ("panen", 0.1),
    ("narkoba", 0.12), ("bapas", 0.06), ("imigrasi", 0.1), ("Maluku Utara", 0.02), ("Malut", 0.02), ("WBP", 0.15),
    ("pembebasan bersyarat", 0.03), ("tes urine", 0.04), ("over kapasitas", 0.03), ("Jum'at", 0.03),
)  # fmt: skip
_SYLLABLES = (
    "ba be bi da de ga ge ha in ja ka ke ku la le ma me mi na ne pa pe ra re sa se si ta te ti tu wa ya".split()
)
_RARE = 60_000


class Writer:
    """Writes articles by their number."""

    def __init__(self) -> None:
        random = Random(1)
        rare = ("".join(random.choices(_SYLLABLES, k=random.randint(2, 5))) for _ in range(_RARE))
        self._words = [*COMMON, *rare]
        self._weights = list(accumulate(1 / (rank + 12) for rank in range(len(self._words))))

    def articles(self, start: int, stop: int, total: int) -> Iterator[tuple[Link, Article]]:
        """The articles with these numbers of an archive of so many, oldest first."""
        return (self.article(n, FIRST + (LAST - FIRST) * (n / total)) for n in range(start, stop))

    def article(self, number: int, at: datetime) -> tuple[Link, Article]:
        """One article and the link that announces it."""
        random = Random(number)
        source, place = random.choice(SOURCES), random.choice(PLACES)
        terms = [term for term, share in TERMS if random.random() < share]
        paragraphs = [self._paragraph(random, place, terms) for _ in range(random.randint(4, 12))]
        paragraphs[0] = f"{place} – {paragraphs[0]}"
        url = f"https://{source}.example/{at:%Y/%m}/{number}-berita-dari-{place.replace(' ', '-').lower()}/"
        article = Article(
            url=url,
            canonical_url=url,
            title=self._title(random, place, terms),
            paragraphs=tuple(paragraphs),
            body_html="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
            author=f"Humas {place}",
            published=(at + timedelta(minutes=random.randint(0, 600))).replace(microsecond=0),
            published_precision="second",
            published_raw=at.isoformat(),
            language="id",
            images=(Image(f"https://{source}.example/{number}.jpg", "Suasana kegiatan", None),),
            tags=(place.lower(), "lapas"),
            categories=("Berita",),
            provenance={"title": "rest", "published": "rest", "body": "rest"},
            family="rest",
        )
        return Link(url=url, source=source, origin="poll", native=str(number), guid=f"{url}?p={number}"), article

    def _title(self, random: Random, place: str, terms: Sequence[str]) -> str:
        head = " ".join(random.sample(terms, min(2, len(terms))))
        return f"{head} {place} {self._some(random, random.randint(3, 7))}".strip().title()

    def _paragraph(self, random: Random, place: str, terms: Sequence[str]) -> str:
        parts = [self._some(random, random.randint(25, 45))]
        parts += random.sample(terms, min(len(terms), random.randint(1, 3)))
        parts.insert(1, self._some(random, random.randint(3, 8)))
        return f"{' '.join(parts)} {place}.".capitalize()

    def _some(self, random: Random, count: int) -> str:
        return " ".join(random.choices(self._words, cum_weights=self._weights, k=count))
