"""Jinja2 templates filled with a feed; escaping is automatic, and only sanitised text is let through as HTML.

Links within the site are relative, so that it works under any port and below any path.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import nh3
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from crawler.home import Config
from feeds.catalog import ICON_PATH, MEDIA_TYPES, OPML_PATH, STYLE_PATH, TITLE, FeedSpec
from feeds.entry import Entry, Feed
from feeds.render.elements import legal
from feeds.site import dates
from feeds.site.labels import FORMAT_NAMES, LABELS

LATEST = 12  # entries on the front page

_ENVIRONMENT = Environment(
    loader=PackageLoader("feeds.site", "."),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def feed_page(spec: FeedSpec, feed: Feed, config: Config) -> bytes:
    """One feed as a page: its addresses, and all its entries to read."""
    root = "../" * spec.home_path.count("/")
    return _render("feed.html", config, root, spec=spec, feed=feed, page_title=_page_title(spec))


def index_page(specs: Sequence[FeedSpec], latest: Feed, config: Config) -> bytes:
    """The front page: what this is, the newest entries, and every feed."""
    everything, *others = specs
    return _render(
        "index.html",
        config,
        "",
        everything=everything,
        others=others,
        entries=latest.entries[:LATEST],
        about=LABELS[config.language]["tagline"],
        page_title=TITLE,
    )


def readable(content: str) -> Markup:
    """An entry's text for a page, sanitised once more here; its images load when they come into view."""
    clean = nh3.clean(
        content,
        link_rel="noopener noreferrer nofollow",
        # One attribute a tag: nh3 adds several in an order that differs from call to call.
        set_tag_attribute_values={"img": {"loading": "lazy"}},
    )
    return Markup(clean)  # noqa: S704 (the line above made it safe)


def _page_title(spec: FeedSpec) -> str:
    return spec.title if spec.title == TITLE else f"{spec.title} · {TITLE}"


def _render(template: str, config: Config, root: str, **values: object) -> bytes:
    page = _ENVIRONMENT.get_template(template).render(
        **values,
        site=TITLE,
        labels=LABELS[config.language],
        language=config.language,
        base_url=config.base_url,
        root=root,
        media_types=MEDIA_TYPES,
        format_names=FORMAT_NAMES,
        opml_path=OPML_PATH,
        icon_path=ICON_PATH,
        style_path=STYLE_PATH,
        readable=readable,
        published=partial(_published, config=config),
        updated=partial(_updated, config=config),
    )
    return legal(page).encode()


def _published(entry: Entry, config: Config) -> str:
    told = dates.published(entry.published, entry.precision, config.zone, entry.attribution.zone, config.language)
    return LABELS[config.language]["first_seen"].format(date=told) if entry.precision == "none" else told


def _updated(entry: Entry, config: Config) -> str:
    told = dates.date_and_time(entry.updated, config.zone, config.language)
    return LABELS[config.language]["updated"].format(date=told)
