"""The steps from a draft to an article, in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from crawler.dates import event_date
from crawler.errors import ExtractError
from crawler.models import Article, Draft, Evidence, Source
from crawler.normalize import dates, urls
from crawler.normalize.dateline import dateline
from crawler.normalize.people import author
from crawler.normalize.summary import summary
from crawler.normalize.tags import distinct, language
from crawler.normalize.text import Text, text_from
from crawler.normalize.title import title


def article_of(draft: Draft, source: Source, now: datetime) -> Article:
    """Decide every field of an article. Raises ExtractError where the draft has no title or no text.

    `provenance` names the origin of each field that was decided from evidence.
    """
    canonical = urls.canonical(draft.url, draft.canonical)
    headline = title(draft.title, draft.site_names)
    text = text_from(draft.body, draft.url, (evidence.value for evidence in draft.summary))
    if headline is None or not text.paragraphs:
        missing = "title" if headline is None else "text"
        raise ExtractError(draft.url, f"the page has no {missing}; name a selector for it in the source's record.")
    writer = author(draft.author, text.signoff.unit if text.signoff else None, draft.site_names)
    stamp, origin = dates.published(draft.published, draft.url, source.zone, now) or (None, "")
    published = stamp.at if stamp else None
    edited, edit_origin = dates.modified(draft.modified, source.zone, now, published) or (None, "")
    happened = event_date("\n".join(text.paragraphs), dates.local_day(published, source.zone), now)
    head = dateline(text.paragraphs[0], draft.url, draft.site_names)
    lead = summary(draft.summary, headline.value, text.paragraphs)
    tongue = language(draft.language, source.language)
    chosen = {"canonical_url": canonical, "title": headline, "author": writer, "summary": lead, "language": tongue}
    read = {"event_date": happened, "dateline": head.place, "agency": head.agency, "mirror_of": head.mirror_of}
    return replace(
        _carried(draft, canonical, headline, text),
        author=_value(writer),
        published=published,
        published_precision=stamp.precision if stamp else "none",
        published_raw=stamp.raw if stamp else None,
        modified=edited,
        event_date=happened,
        dateline=head.place,
        agency=head.agency,
        mirror_of=head.mirror_of,
        language=_value(tongue),
        summary=_value(lead),
        provenance={name: evidence.origin for name, evidence in chosen.items() if evidence}
        | {name: origin for name, origin in (("published", origin), ("modified", edit_origin)) if origin}
        | {name: "text" for name, value in read.items() if value},
    )


def _carried(draft: Draft, canonical: Evidence, headline: Evidence, text: Text) -> Article:
    """The article with what the draft already holds as it will stay."""
    return Article(
        url=draft.url,
        canonical_url=canonical.value,
        title=headline.value,
        paragraphs=text.paragraphs,
        body_html=text.html,
        images=draft.images,
        categories=distinct(draft.categories),
        tags=distinct(draft.tags),
        related=draft.related,
        signoff=text.signoff.mark if text.signoff else None,
        attribution=draft.attribution,
        partial=draft.partial or draft.next_page is not None,
        next_page=draft.next_page,
        family=draft.family,
    )


def _value(evidence: Evidence | None) -> str | None:
    return evidence.value if evidence else None
