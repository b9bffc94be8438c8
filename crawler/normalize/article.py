"""The steps from a draft to an article, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from crawler.dates import stamps_in
from crawler.errors import ExtractError
from crawler.models import Article, Draft, Evidence, Loser, Source
from crawler.normalize import dates, images, urls
from crawler.normalize.dateline import Dateline, head_of
from crawler.normalize.happened import day_of
from crawler.normalize.judge import Decision, of_first_origin
from crawler.normalize.language import language
from crawler.normalize.people import author, source_named
from crawler.normalize.summary import summary
from crawler.normalize.tags import distinct, sections
from crawler.normalize.text import Text, text_from
from crawler.normalize.title import title


@dataclass(frozen=True, slots=True)
class Decided:
    """An article, and how its fields were decided."""

    article: Article
    decisions: tuple[Decision[Any], ...]
    losers: tuple[Loser, ...]


def article_of(draft: Draft, source: Source, now: datetime) -> Article:
    """The article that a draft comes to. Raises ExtractError where the draft has no title or no text."""
    return decide(draft, source, now).article


def losers_of(draft: Draft, source: Source, now: datetime) -> tuple[Article, list[Loser]]:
    """The article, and every candidate that lost with the reason; of what was read before, the draft knows."""
    decided = decide(draft, source, now)
    judged = [loser for decision in decided.decisions for loser in decision.losers()]
    return decided.article, [*judged, *decided.losers, *draft.losers]


def decide(draft: Draft, source: Source, now: datetime) -> Decided:
    """Decide every field of an article, one after the other. Raises ExtractError where there is no title or no text."""
    text = text_from(draft.body, draft.url, (evidence.value for evidence in draft.summary))
    headline = Decision("title", title(draft.title, draft.site_names))
    if headline.value is None or not text.paragraphs:
        missing = "title" if headline.value is None else "text"
        raise ExtractError(draft.url, f"the page has no {missing}; name a selector for it in the source's record.")
    unit = text.signoff.unit if text.signoff else None
    head, opening = head_of(text.paragraphs, draft.url, draft.site_names)
    released = [Evidence(stamp, "dateline") for stamp, _ in stamps_in(opening)]
    stamps = dates.published([*draft.published, *released], draft.url, source.zone, now)
    decisions = (
        headline,
        Decision("canonical_url", urls.canonical(draft.url, draft.canonical)),
        Decision("author", author(draft.author, unit, draft.site_names)),
        Decision("published", stamps),
        Decision("modified", dates.modified(draft.modified, stamps, source.zone, now)),
        Decision("summary", summary(draft.summary, headline.value, text.paragraphs)),
        Decision("language", language(draft.language, source.language, text.paragraphs)),
        Decision("attribution", source_named(draft.attribution)),
    )
    filed, other_sections = of_first_origin("categories", draft.categories)
    keywords, other_keywords = of_first_origin("tags", draft.tags)
    pictures = images.chosen(draft)
    many = {"categories": filed, "tags": keywords}
    article = _with_text(_article(draft, decisions), draft, text, head)
    article = _happened(article, opening, source.zone, now)
    return Decided(
        replace(
            article,
            images=pictures.images,
            categories=sections(one.value for one in filed),
            tags=distinct(one.value for one in keywords),
            provenance={**article.provenance}
            | {name: found[0].origin for name, found in many.items() if found}
            | ({"images": pictures.origin} if pictures.images else {}),
        ),
        decisions,
        (*other_sections, *other_keywords, *pictures.losers),
    )


def _article(draft: Draft, decisions: Iterable[Decision[Any]]) -> Article:
    """The article with every field of one value."""
    values: dict[str, Any] = {decision.field: decision.value for decision in decisions}
    stamp, edited = values.pop("published"), values.pop("modified")
    return Article(
        url=draft.url,
        paragraphs=(),
        body_html="",
        **values,
        published=stamp.at if stamp else None,
        published_precision=stamp.precision if stamp else "none",
        published_raw=stamp.raw if stamp else None,
        modified=edited.at if edited else None,
        related=draft.related,
        partial=draft.partial or draft.next_page is not None,
        native=draft.native,
        next_page=draft.next_page,
        family=draft.family,
        provenance={decision.field: decision.origin for decision in decisions if decision.origin},
    )


def _happened(article: Article, opening: str, zone: str, now: datetime) -> Article:
    """The article with the day that it tells of; `opening` is its dateline."""
    day = day_of(article.paragraphs, opening, dates.local_day(article.published, zone), now)
    return replace(article, event_date=day, provenance={**article.provenance, "event_date": "text"}) if day else article


def _with_text(article: Article, draft: Draft, text: Text, head: Dateline) -> Article:
    """The article with its text and what only the text tells."""
    mark = text.signoff.mark if text.signoff else None
    read = {"dateline": head.place, "agency": head.agency, "mirror_of": head.mirror_of}
    told = {**read, "signoff": mark, "related": draft.related}
    return replace(
        article,
        paragraphs=text.paragraphs,
        body_html=text.html,
        signoff=mark,
        dateline=head.place,
        agency=head.agency,
        mirror_of=head.mirror_of,
        provenance={
            **article.provenance,
            "paragraphs": draft.body_from,
            **{name: "text" for name, value in told.items() if value},
        },
    )
