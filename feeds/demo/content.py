"""The articles of the example sites, read from the TOML files in `content/`.

Events and people are invented; only the names of prisons, offices and places are real. A site is seen in one of two
states: as at the first crawl, or `edited`, a day later, when one article was corrected and new ones were added.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Edit:
    """A correction: when it was made, and which wording it replaced by which, in headline and text."""

    modified: datetime
    replace: Mapping[str, str]

    def amend(self, text: str) -> str:
        """The text with every replacement made."""
        for old, new in self.replace.items():
            text = text.replace(old, new)
        return text


@dataclass(frozen=True, slots=True)
class Post:
    """One article of an example site; times carry the site's own offset, paragraphs are plain text.

    `related` holds slugs of posts that boxes inside the text point to. `appears` is the crawl that first finds it.
    """

    id: int
    slug: str
    title: str
    category: str
    published: datetime
    modified: datetime
    paragraphs: tuple[str, ...]
    dateline: str = ""
    author: str = ""
    contributor: str = ""
    caption: str = ""
    tags: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    protected: bool = False
    appears: Literal["first", "second"] = "first"
    edit: Edit | None = None

    @property
    def text(self) -> tuple[str, ...]:
        """The paragraphs as a reader sees them: the first begins with the dateline."""
        first, *rest = self.paragraphs
        return (f"{self.dateline} {first}".strip(), *rest)

    @property
    def lead(self) -> str:
        """The first sentence, without dateline."""
        return self.paragraphs[0].partition(". ")[0].rstrip(".") + "."

    def edited(self) -> Post:
        """The article as it stands once it was corrected."""
        if self.edit is None:
            return self
        paragraphs = tuple(map(self.edit.amend, self.paragraphs))
        return replace(self, title=self.edit.amend(self.title), paragraphs=paragraphs, modified=self.edit.modified)


@dataclass(frozen=True, slots=True)
class Site:
    """One example site in one state; `posts` are those that it shows, newest first."""

    host: str
    name: str
    tagline: str
    posts: tuple[Post, ...] = field(repr=False)

    @property
    def url(self) -> str:
        """The home page's address, with a trailing slash."""
        return f"http://{self.host}/"

    @property
    def modified(self) -> datetime:
        """When anything on the site last changed."""
        return newest_change(self.posts)

    def post(self, slug: str) -> Post | None:
        """The article at a slug, if the site shows one."""
        return next((post for post in self.posts if post.slug == slug), None)

    def older(self, post: Post, count: int) -> Sequence[Post]:
        """The articles that came just before one."""
        start = self.posts.index(post) + 1
        return self.posts[start : start + count]

    def newer(self, post: Post) -> Post | None:
        """The article that came just after one."""
        place = self.posts.index(post)
        return self.posts[place - 1] if place else None


def newest_change(posts: Sequence[Post]) -> datetime:
    """The latest time of change among at least one article."""
    return max(post.modified for post in posts)


@cache
def load_site(slug: str, *, edited: bool) -> Site:
    """The example site whose content file has this slug, in one of its two states."""
    text = files(__package__).joinpath("content", f"{slug}.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    posts = [_post(table) for table in document["post"]]
    shown = [post.edited() if edited else post for post in posts if edited or post.appears == "first"]
    shown.sort(key=lambda post: post.published, reverse=True)
    return Site(document["host"], document["name"], document["tagline"], tuple(shown))


def _post(table: Mapping[str, Any]) -> Post:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    values.setdefault("modified", values["published"])
    if "edit" in values:
        values["edit"] = Edit(**values["edit"])
    return Post(**values)
