"""WordPress over its REST API: the whole site at the first crawl, later only what was modified.

Five walks, named by `Step.walk`; `Step.mark` is a time in UTC like `2026-11-24T03:00:00Z`, as is the cursor.

    all      every post, newest first; `mark` is the newest modification on page 1, and becomes the cursor at the end;
             in a backfill, every post after its date
    since    posts modified at `mark` or later, oldest modification first: each page moves the cursor
    second   all posts modified in the one second `mark`, by id: more of them than fit a page of `since`
    down     all posts by modification, newest first, down to `state.cursor`: for servers that do not know
             `modified_after` (WordPress before 5.7); the cursor then reads `down <time>`
    dated    posts published after `mark`, at the end of `since` and `down`: one that was scheduled keeps the time at
             which it was written as its modification, which may be long past the cursor when it appears

The mark of page 1 is safe as a cursor although the walk takes time: what is edited meanwhile is modified later.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.discover.answer import Answer, text_of
from crawler.discover.bounds import excess_json
from crawler.discover.posts import instant_of, link_of
from crawler.discover.times import DOWN, as_mark, is_down, mark_of, shifted
from crawler.discover.walk import POLL_PAGES
from crawler.models import Discovery, Link, SourceState, Step, Strategy
from crawler.text.urls import url_key

PER_PAGE = 100  # the most that WordPress gives
# Some hosts cap `per_page` without a word: a first page of so many may be a full one.
CAPS = frozenset({50, 30, 25, 20, 10})
MOST_POSTS = 5 * PER_PAGE  # in one answer, from a server that ignores `per_page`
MOST_PAGES = 1000  # of one walk; a site of 100,000 posts is larger than any we know

FIELDS = (
    "id,date,date_gmt,modified_gmt,link,slug,guid,status,title,content,excerpt,author,categories,tags,"
    "featured_media,_links,_embedded"
)
EMBED = "author,wp:term,wp:featuredmedia"
ORDERS: Mapping[str, tuple[str, str]] = {
    "all": ("date", "desc"),
    "since": ("modified", "asc"),
    "second": ("id", "asc"),
    "down": ("modified", "desc"),
    "dated": ("date", "desc"),
}
A_DAY = 86_400  # seconds; some servers take `after` for local time
PAST_END = "rest_post_invalid_page_number"

_COLLECTION = re.compile(r"/wp/v2/[\w-]+$")


# -- addresses -------------------------------------------------------------------------------------------------------


def first_step(strategy: Strategy, state: SourceState) -> Step:
    """Everything at the first crawl, then what was modified since the cursor; without one, the newest edits."""
    if state.first:
        return page_step(strategy, "all", None, since=state.since)
    mark = mark_of(state.cursor)
    if mark is None or is_down(state.cursor):
        return page_step(strategy, "down", None)
    return page_step(strategy, "since", mark)


def page_step(
    strategy: Strategy,
    walk: str,
    mark: str | None,
    *,
    page: int = 1,
    size: int = PER_PAGE,
    since: datetime | None = None,
) -> Step:
    """The step for one page of a walk, down to `since` where that is given."""
    order_by, order = ORDERS[walk]
    query = {"per_page": str(size), "page": str(page), "orderby": order_by, "order": order}
    if walk in {"since", "second"} and mark:
        query["modified_after"] = shifted(mark, -1)  # exclusive in WordPress, and the second itself may not be over
    if walk == "second" and mark:
        query["modified_before"] = shifted(mark, +1)
    after = as_mark(since) if since else mark if walk == "dated" else None
    if after:
        query["after"] = shifted(after, -A_DAY)
    query |= {"_embed": EMBED, "_fields": FIELDS}
    return Step(collection_url(strategy.url, query), walk=walk, mark=mark)


def collection_url(url: str, query: Mapping[str, str]) -> str:
    """The address of the posts with a query, from a site's root, its REST root, or a collection below `/wp/v2`.

    Sites without pretty permalinks carry the route in `?rest_route=`; a record's own parameters stay.
    """
    parts = urlsplit(url)
    own = dict(parse_qsl(parts.query))
    if "rest_route" in own:
        own["rest_route"] = collection_path(own["rest_route"])
        path = parts.path
    else:
        root = parts.path if "/wp-json" in parts.path else parts.path.rstrip("/") + "/wp-json"
        path = collection_path(root)
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode({**own, **query}, safe=":,/"), ""))


def collection_path(path: str) -> str:
    """`…/wp/v2/posts` for any route above it; another collection (a custom post type) is kept."""
    path = path.rstrip("/")
    if _COLLECTION.search(path):
        return path
    return f"{path}/posts" if path.endswith("/wp/v2") else f"{path}/wp/v2/posts"


# -- reading ---------------------------------------------------------------------------------------------------------


def read(answer: Answer) -> Discovery:
    """The posts of one page and where the walk goes from there."""
    posts = posts_of(answer)
    if answer.step.walk == "since" and is_unfiltered(posts, answer):
        return Discovery((), next=page_step(answer.strategy, "down", None))
    found = FOLLOWING[answer.step.walk](answer, posts, links_of(posts, answer))
    is_whole = answer.state.first and not answer.state.since
    if found.next is None and is_whole and answer.step.found + len(found.links) == 0:
        raise answer.empty("the REST API holds no public post, so there is nothing to read here.")
    return found


def links_of(posts: Sequence[Mapping[str, Any]], answer: Answer) -> tuple[Link, ...]:
    """The public posts' links, each address once; DiscoverError where the site's posts have moved to another site."""
    if posts and not any(answer.own(text_of(post.get("link"))) for post in posts):
        raise answer.wrong("the REST API names no post on this site: put the address that it moved to into the record.")
    links: dict[str, Link] = {}
    for post in posts:
        if link := link_of(post, answer):
            links.setdefault(url_key(link.url), link)
    return tuple(links.values())


def posts_of(answer: Answer) -> list[Mapping[str, Any]]:
    """The posts of an answer; none behind the last page, DiscoverError for all that is no list of posts."""
    if too_much := excess_json(answer.page.body):
        raise answer.wrong(f"the REST API's answer is too large to be read: {too_much}.")
    try:
        document = json.loads(answer.page.body)
    except (ValueError, RecursionError):
        kind = "HTML" if answer.page.body.lstrip()[:1] == b"<" else "something"
        raise answer.wrong(f"the REST API answered with {kind} that is not JSON.") from None
    if isinstance(document, Mapping) and document.get("code") == PAST_END and answer.step.number > 1:
        return []
    if isinstance(document, Mapping) and "code" in document:
        raise answer.wrong(f"the REST API refused: {one_line(document.get('message') or document['code'])}")
    if not isinstance(document, list) or not all(isinstance(post, Mapping) for post in document):
        raise answer.wrong("the REST API answered with JSON that is no list of posts.")
    if len(document) > MOST_POSTS:
        raise answer.wrong(f"the REST API answered with {len(document):,} posts where {PER_PAGE} were asked for.")
    return document


def after_all(answer: Answer, posts: Sequence[Mapping[str, Any]], links: tuple[Link, ...]) -> Discovery:
    """Walk on through every post; the cursor is given at the end."""
    mark = newest(posts, answer) if answer.step.number == 1 else answer.step.mark
    if is_full(posts, answer.step) and not is_repeated(links, answer.step):
        return Discovery(links, next=next_page(answer, mark, posts, links))
    return Discovery(links, cursor=mark, told=told_at_end(posts, links, answer.step))


def after_since(answer: Answer, posts: Sequence[Mapping[str, Any]], links: tuple[Link, ...]) -> Discovery:
    """Start again from the newest modification of a full page, as an edit meanwhile would shift further pages."""
    mark = answer.step.mark or ""
    latest = max(newest(posts, answer) or mark, mark)
    if not is_full(posts, answer.step) or answer.step.number >= MOST_PAGES:
        return Discovery(links, next=dated(answer, links), cursor=latest)
    walk, size = "since" if latest > mark else "second", min(len(posts), PER_PAGE)
    following = page_step(answer.strategy, walk, latest, size=size)
    return Discovery(links, next=counted(following, answer, links), cursor=latest)


def after_second(answer: Answer, posts: Sequence[Mapping[str, Any]], links: tuple[Link, ...]) -> Discovery:
    """Walk through one second by id, which no edit reorders, then go on behind it."""
    mark = answer.step.mark or ""
    if is_full(posts, answer.step) and not is_repeated(links, answer.step):
        return Discovery(links, next=next_page(answer, mark, posts, links))
    following = page_step(answer.strategy, "since", shifted(mark, +1), size=parameter(answer.step, "per_page"))
    return Discovery(links, next=counted(following, answer, links), cursor=mark)


def after_down(answer: Answer, posts: Sequence[Mapping[str, Any]], links: tuple[Link, ...]) -> Discovery:
    """Walk down to what was read before; without a cursor, to the first page that holds nothing new."""
    mark = newest(posts, answer) if answer.step.number == 1 else answer.step.mark
    if is_full(posts, answer.step) and not is_repeated(links, answer.step) and not is_reached(posts, links, answer):
        return Discovery(links, next=next_page(answer, mark, posts, links))
    known = mark_of(answer.state.cursor) or ""
    latest = max(mark or "", known)
    return Discovery(links, next=dated(answer, links), cursor=DOWN + latest if latest else None)


def after_dated(answer: Answer, posts: Sequence[Mapping[str, Any]], links: tuple[Link, ...]) -> Discovery:
    """What the walk before did not bring: only posts that nobody knows; a server may ignore `after`."""
    bound = shifted(answer.step.mark or "", -2 * A_DAY)
    recent = [link for link in links if (mark_of(link.published) or bound) >= bound]
    known = answer.step.seen | answer.state.known
    new = tuple(link for link in recent if url_key(link.url) not in known)
    if new and len(recent) == len(links) and is_full(posts, answer.step) and answer.step.number < POLL_PAGES:
        return Discovery(new, next=next_page(answer, answer.step.mark, posts, links))
    return Discovery(new)


def dated(answer: Answer, links: tuple[Link, ...]) -> Step | None:
    """The look at what was published since the last poll; the first crawl sees everything anyway."""
    mark = mark_of(answer.state.cursor)
    if mark is None or answer.state.first:
        return None
    step = counted(page_step(answer.strategy, "dated", mark), answer, links)
    return replace(step, seen=answer.step.seen | {url_key(link.url) for link in links})


FOLLOWING = {
    "all": after_all,
    "since": after_since,
    "second": after_second,
    "down": after_down,
    "dated": after_dated,
}


# -- what decides ----------------------------------------------------------------------------------------------------


def next_page(answer: Answer, mark: str | None, posts: Sequence[Mapping[str, Any]], links: tuple[Link, ...]) -> Step:
    """The next page of the same walk, as large as this one; it remembers the addresses of this page alone."""
    page = parameter(answer.step, "page") + 1
    size, since = min(len(posts), PER_PAGE), answer.state.since
    step = page_step(answer.strategy, answer.step.walk, mark, page=page, size=size, since=since)
    return replace(counted(step, answer, links), seen=frozenset(url_key(link.url) for link in links))


def counted(step: Step, answer: Answer, links: tuple[Link, ...]) -> Step:
    """A step with the counts of the whole run through the strategy, whichever walks it is made of."""
    return replace(step, number=answer.step.number + 1, found=answer.step.found + len(links))


def is_full(posts: Sequence[Mapping[str, Any]], step: Step) -> bool:
    """Whether there may be another page."""
    return len(posts) >= parameter(step, "per_page") or (step.number == 1 and len(posts) in CAPS)


def parameter(step: Step, name: str) -> int:
    """A number in a step's address."""
    return int(dict(parse_qsl(urlsplit(step.url).query))[name])


def is_repeated(links: tuple[Link, ...], step: Step) -> bool:
    """Whether a server gives the same page for every page number, or the walk has no end."""
    return step.number >= MOST_PAGES or (bool(links) and all(url_key(link.url) in step.seen for link in links))


def told_at_end(posts: Sequence[Mapping[str, Any]], links: tuple[Link, ...], step: Step) -> str | None:
    """What to say of a walk that a bound has ended."""
    if not is_full(posts, step) or not is_repeated(links, step):
        return None
    if step.number >= MOST_PAGES:
        return f"its paging was ended after {step.number:,} pages"
    return f"its pages repeat themselves after page {step.number - 1}"


def is_unfiltered(posts: Sequence[Mapping[str, Any]], answer: Answer) -> bool:
    """Whether the server ignored `modified_after`: it gave a post that is older."""
    bound = shifted(answer.step.mark or "", -1)
    return any(modified < bound for post in posts if (modified := modified_of(post)))


def is_reached(posts: Sequence[Mapping[str, Any]], links: tuple[Link, ...], answer: Answer) -> bool:
    """Whether the walk down has come to what earlier crawls have read."""
    if cursor := mark_of(answer.state.cursor):
        dated = [modified for post in posts if (modified := modified_of(post))]
        return not dated or dated[-1] < cursor
    return answer.step.number >= POLL_PAGES or all(url_key(link.url) in answer.state.known for link in links)


def newest(posts: Sequence[Mapping[str, Any]], answer: Answer) -> str | None:
    """The latest modification on a page; one in the future would keep every later edit from being asked for."""
    limit = as_mark(answer.now) if answer.now else "9"
    return max((mark for post in posts if (mark := modified_of(post)) and mark <= limit), default=None)


def modified_of(post: Mapping[str, Any]) -> str | None:
    """When a post was modified, in the form of a mark."""
    return mark_of(instant_of(post, "modified_gmt"))


def one_line(value: object) -> str:
    """A server's own words, short enough for a message."""
    text = " ".join(re.sub(r"<[^<>]*>", " ", str(value)[:2000]).split())[:200]
    return text if text.endswith(".") else f"{text}."
