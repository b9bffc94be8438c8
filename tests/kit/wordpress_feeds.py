"""The feeds of a WordPress: of posts (`feed-rss2.php`) and of comments, which is a trap for whoever wants articles."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from loopback import Reply

from kit import xml
from kit.cms import text
from kit.newsroom import Post
from kit.wordpress_rest import shown_title
from kit.wordpress_theme import password_form

if TYPE_CHECKING:
    from kit.wordpress import WordPress

NO_EXCERPT = "Tidak ada kutipan karena ini adalah pos yang dilindungi."
GENERATOR = "<generator>https://wordpress.org/?v=6.8.3</generator>"


def posts_feed(site: WordPress, posts: Sequence[Post], number: int) -> Reply:
    """One page of posts; its ETag is a hash of the newest change's time (WP::send_headers), so all pages share it."""
    shown = site.shown(posts, number)
    body = xml.rss(site.name, site.url, (item(site, post) for post in shown), GENERATOR)
    if not shown and number > 1:
        return Reply(body, status=404, headers={"Content-Type": xml.RSS})
    reply = xml.answer(body, xml.RSS, max((post.modified for post in posts), default=site.desk.now))
    tag = hashlib.md5(reply.headers["Last-Modified"].encode(), usedforsecurity=False).hexdigest()
    return Reply(reply.body, headers={**reply.headers, "ETag": f'"{tag}"'})


def item(site: WordPress, post: Post) -> xml.Item:
    """A post as an entry: an excerpt, and beside it the whole text where the feed is full."""
    lead = NO_EXCERPT if post.protected else f"{escape(post.lead)} […]"
    whole = password_form(site) if post.protected else post.html
    return xml.Item(
        title=shown_title(post),
        link=site.address(post),
        published=post.published,
        summary=f"<p>{lead}</p>",
        content=whole if site.feed == "full" else "",
        guid=f"{site.url}/?p={post.id}",
        author=post.author,
        extra=f"<category><![CDATA[{post.category}]]></category><comments>{site.address(post)}#respond</comments>",
    )


def comments_feed(site: WordPress, posts: Sequence[Post]) -> Reply:
    """A comment on each of the newest posts: entries that lead to articles and are none."""
    items = [
        xml.Item(
            title=f"Komentar di {post.title} oleh Pembaca",
            link=f"{site.address(post)}#comment-{post.id}",
            published=post.published,
            content="<p>Terima kasih, semoga bermanfaat.</p>",
            guid=f"{site.address(post)}#comment-{post.id}",
        )
        for post in posts[: site.per_page]
    ]
    return text(xml.rss(f"Komentar untuk {site.name}", site.url, items, GENERATOR), xml.RSS)
