"""The steps from a draft to an article, in order."""

from __future__ import annotations

from datetime import datetime

from crawler.dates import event_date
from crawler.errors import ExtractError
from crawler.models import Article, Draft, Source
from crawler.normalize import dates, urls
from crawler.normalize.dateline import dateline
from crawler.normalize.people import author
from crawler.normalize.summary import summary
from crawler.normalize.tags import distinct, language
from crawler.normalize.text import text_from
from crawler.normalize.title import title


def article_of(draft: Draft, source: Source, now: datetime) -> Article:
    """Decide every field of an article. Raises ExtractError where the draft has no title or no text.

    `provenance` names the origin of each field that was decided from evidence.
    """
    canonical = urls.canonical(draft.url, draft.canonical)
    headline = title(draft.title, draft.site_names)
    if headline is None:
        raise ExtractError(draft.url, "the page has no title; name a title selector in its record.")
    text = text_from(draft.body, draft.url)
    if not text.paragraphs:
        raise ExtractError(draft.url, "the page holds no article text.")
    stamp = dates.published(draft.published, draft.url, source.zone, now)
    published = stamp[0].at if stamp else None
    edited = dates.modified(draft.modified, source.zone, now, published)
    event = event_date("\n".join(text.paragraphs), dates.local_day(published, source.zone), now)
    head = dateline(text.paragraphs[0], draft.url, draft.site_names)
    writer = author(draft.author, text.signoff.unit if text.signoff else None, draft.site_names)
    lead = summary(draft.summary, headline.value, text.paragraphs)
    tongue = language(draft.language, source.language)
    decided = {
        "canonical_url": canonical.origin,
        "title": headline.origin,
        "author": writer and writer.origin,
        "published": stamp and stamp[1],
        "modified": edited and edited[1],
        "event_date": event and "text",
        "dateline": head.place and "text",
        "summary": lead and lead.origin,
        "language": tongue and tongue.origin,
    }
    return Article(
        url=draft.url,
        canonical_url=canonical.value,
        title=headline.value,
        paragraphs=text.paragraphs,
        body_html=text.html,
        author=writer.value if writer else None,
        published=published,
        published_precision=stamp[0].precision if stamp else "none",
        published_raw=stamp[0].raw if stamp else None,
        modified=edited[0] if edited else None,
        event_date=event,
        dateline=head.place,
        agency=head.agency,
        mirror_of=head.mirror_of,
        language=tongue.value if tongue else None,
        summary=lead.value if lead else None,
        images=draft.images,
        categories=distinct(draft.categories),
        tags=distinct(draft.tags),
        related=draft.related,
        signoff=text.signoff.mark if text.signoff else None,
        attribution=draft.attribution,
        partial=draft.partial,
        next_page=draft.next_page,
        family=draft.family,
        provenance={name: origin for name, origin in decided.items() if origin},
    )
