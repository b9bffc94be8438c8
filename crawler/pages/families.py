"""The CMS and theme families, one row each: what marks a page of it, and where its fields stand.

A row holds selectors (`Document.all`), best first. Rows are tried from top to bottom and the first whose mark and body
are on the page is taken, so a theme stands above the CMS that it belongs to. To add a family, add a row and a page
under tests/pages/<name>/. Noise inside a body is not a row's matter: crawler/pages/noise.py holds it for every family,
because REST and feed bodies carry the same boxes without the theme around them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from crawler.pages.document import Document


@dataclass(frozen=True, slots=True)
class Family:
    """Where the pages of one theme or CMS keep their fields. `marks` empty: the body's own selector is mark enough.

    `author` is the visible byline, `credits` an element with labelled lines (`Penulis: ...`). `published` and
    `modified` name `<time>` elements or elements whose text is a date. `lead` holds the lead image and its caption.
    """

    name: str
    body: tuple[str, ...]
    marks: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


_WORDPRESS = Family(
    name="wordpress",
    body=(
        ".wp-block-post-content",
        ".elementor-widget-theme-post-content .elementor-widget-container",
        ".elementor-widget-theme-post-content",
        "article .entry-content",
        ".entry-content",
        ".post-content",
        ".post-entry",
        ".single-content",
    ),
    title=("h1.wp-block-post-title", "h1.entry-title", ".wp-block-post-title", "h1.post-title"),
    author=(
        ".wp-block-post-author-name",
        ".wp-block-post-author__name",
        ".entry-header .author.vcard",
        ".entry-meta .author.vcard",
        ".byline .author",
        ".author.vcard",
        ".posted-by a",
    ),
    published=(
        ".wp-block-post-date time",
        "time.entry-date.published",
        "time.entry-date",
        "time.post-published",
        ".posted-on time",
    ),
    modified=("time.updated",),
    lead=(
        ".wp-block-post-featured-image",
        ".elementor-widget-theme-post-featured-image",
        "figure.post-thumbnail",
        ".post-thumbnail",
        ".featured-media",
        "article .wp-post-image",
    ),
    categories=(
        ".taxonomy-category a",
        ".cat-links a",
        ".cm-post-categories a",
        ".mg-blog-category a",
        ".entry-categories a",
        ".entry-meta a[rel*=category]",
        ".entry-footer a[rel*=category]",
        ".amp-wp-tax-category a",
        ".amp-cat a",
        "a[rel^=category]",
    ),
    tags=(".taxonomy-post_tag a", ".tags-links a", ".entry-tags a", ".post-tags a", "a[rel=tag]"),
)

FAMILIES: tuple[Family, ...] = (
    # Kentooz / idtheme: Newkarma, WPBerita, Superfast, Bloggingpro, Majalahpro
    replace(
        _WORDPRESS,
        name="kentooz",
        marks=(".gmr-theme", ".gmr-content", ".gmr-box-content", ".gmr-single", ".gmr-mainmenu", ".gmr-metacontent"),
        body=(".entry-content-single", ".entry-content"),
        title=("h1.entry-title", ".entry-header h1", ".entry-header-single h1"),
        author=(".gmr-meta-topic .author.vcard", ".entry-author.vcard", ".author.vcard", "a.url.fn.n"),
        credits=(".gmr-cf-metacontent",),
        lead=(
            ".gmr-featured-wrap",
            "figure.gmr-thumbnail-single",
            ".gmr-single > figure",
            ".gmr-single figure.wp-caption",
        ),
        categories=(".cat-links a", ".cat-links-content a"),
        tags=(".tags-links a",),
    ),
    # tagDiv Newspaper: classic, then cloud templates
    Family(
        name="tagdiv",
        body=(".td-post-content", ".tdb_single_content .tdb-block-inner"),
        title=("h1.entry-title", "h1.tdb-title-text"),
        author=(".td-post-author-name a", "a.tdb-author-name"),
        published=(".td-post-date time", ".tdb_single_date time", "time.entry-date"),
        modified=(".td-post-date time.updated",),
        lead=(".td-post-featured-image", ".tdb_single_featured_image"),
        categories=(".td-category a", ".tdb-entry-category", "a.td-post-category"),
        tags=(".td-tags a", ".tdb-tags a"),
    ),
    Family(
        name="jnews",
        body=(".entry-content .content-inner", ".jeg_inner_content .content-inner"),
        marks=(".jeg_post_title", ".jeg_main"),
        title=("h1.jeg_post_title",),
        author=(".jeg_meta_author a",),
        published=(".jeg_meta_date a", ".jeg_meta_date"),
        lead=(".jeg_featured",),
        categories=(".jeg_meta_category a",),
        tags=(".jeg_post_tags a",),
    ),
    # TieLabs: Jannah, Sahifa
    Family(
        name="tielabs",
        body=(".entry-content.entry", ".post-inner > .entry", "#the-post .entry"),
        marks=(".tie-date", "#tie-body", "#tie-wrapper", ".post-title"),
        title=("h1.post-title", "h1.name"),
        author=(".meta-author a", ".post-meta-author a", ".post-meta-author"),
        published=("span.date.meta-item", "span.tie-date"),
        lead=(".featured-area", ".single-post-thumb"),
        categories=(".post-cat-wrap a", ".post-cats a"),
        tags=(".post-bottom-tags a", ".post-tag a"),
    ),
    # A local WordPress theme, text domain `nomina`
    Family(
        name="nomina",
        marks=(".nama-penulis", ".tanggal-single", ".foto-utama"),
        body=("#single-article-text",),
        title=("#single-content h1", "h1"),
        author=("p.nama-penulis",),
        credits=(".penulis-bawah", ".editor-bawah", ".sumber-berita-bawah"),
        published=("p.tanggal-single",),
        lead=("p.foto-utama",),
        categories=("#single-content a[rel*=category]",),
        tags=(".tagname a",),
    ),
    # Varient: classic, magazine, newer
    Family(
        name="varient",
        marks=(
            ".post-author-meta",
            ".post-details-meta-date",
            ".item-meta-author",
            ".post-summary",
            "#postDetailsPage",
        ),
        body=(".post-text", "#postDetailsPage .entry-content", "#postDetailsPage .post-text"),
        title=(".post-content h1.title", "h1.post-title", "h1.title"),
        author=(".post-author-meta a", ".item-meta-author", ".post-details-meta .item-meta-author"),
        published=(".post-details-meta-date span", ".item-meta-date span", ".item-meta-date"),
        summary=(".post-summary h2", "h2.post-summary", ".post-summary"),
        lead=(".post-image", ".post-image-inner"),
        categories=(".category-label", ".badge-category"),
        tags=(".post-tags a",),
    ),
    Family(
        name="blogger",
        body=(".post-body",),
        marks=(".blogger", ".post-outer", ".blog-posts", ".Blog"),
        title=("h3.post-title", "h1.post-title", "h1.entry-title", ".post-title"),
        author=(".post-author .fn", ".author-profile .fn", ".post-author"),
        published=("time.published", "abbr.published", ".published"),
        tags=(".post-labels a", ".label-head a", "a[rel=tag]"),
    ),
    _WORDPRESS,
    # Joomla 3, 4 and 5, core templates and Helix Ultimate
    Family(
        name="joomla",
        marks=(".article-details", ".item-page"),
        body=(
            ".article-details [itemprop=articleBody]",
            ".item-page [itemprop=articleBody]",
            ".com-content-article__body",
            ".item-page",
        ),
        title=(
            ".article-header h1",
            ".item-page [itemprop=headline]",
            ".page-header h1",
            ".page-header h2",
            ".item-page h2",
        ),
        author=(".createdby [itemprop=name]", ".createdby"),
        published=(".published time", ".create time", "dd.published", "dd.create"),
        modified=(".modified time", "dd.modified"),
        lead=(".article-full-image", ".item-image"),
        categories=(".category-name a",),
        tags=("ul.tags a", ".tags a"),
    ),
    # K2, a content component of Joomla 1.5 to 3
    Family(
        name="k2",
        body=(".itemBody",),
        title=(".itemTitle",),
        author=(".itemAuthor a", ".itemAuthor"),
        published=(".itemDateCreated",),
        modified=(".itemDateModified",),
        lead=(".itemImageBlock",),
        categories=(".itemCategory a",),
        tags=(".itemTagsBlock a", ".itemTags a"),
    ),
    # Drupal 7 and later
    Family(
        name="drupal",
        body=(".field--name-body", ".field-name-body"),
        title=("h1.page-title", "h1.page-header", ".page-title", "h1"),
        author=(".node__submitted .field--name-uid", ".author .field--name-uid", ".submitted .username"),
        published=(".node__submitted time", ".node__submitted", ".author", ".submitted"),
        lead=(".field--name-field-image", ".field-name-field-image"),
        tags=(".field--name-field-tags a", ".field-name-field-tags a"),
    ),
    # National portals
    Family(
        name="detik",
        body=(".detail__body-text",),
        title=("h1.detail__title",),
        author=(".detail__author",),
        published=(".detail__date",),
        lead=(".detail__media",),
        tags=(".detail__body-tag a",),
    ),
    Family(
        name="tribun",
        body=(".txt-article",),
        title=("#arttitle", "h1"),
        author=("#penulis a", "#penulis"),
        credits=("#penulis", "#editor"),
        published=("#article time", "time.grey"),
        lead=("#artimg",),
        tags=(".tagcloud3 a",),
    ),
    Family(
        name="antara",
        body=(".wrap__article-detail-content",),
        title=(".wrap__article-detail-title",),
        published=(".wrap__article-detail-info .list-inline-item.mr-2",),
        lead=(".wrap__article-detail-image",),
        tags=(".blog-tags a",),
    ),
    # schema.org microdata without any known theme
    Family(
        name="microdata",
        body=("[itemprop=articleBody]",),
        title=("[itemprop=headline]", "h1"),
        author=("[itemprop=author] [itemprop=name]", "[itemprop=author]"),
        published=("[itemprop=datePublished]",),
        modified=("[itemprop=dateModified]",),
        lead=("img[itemprop=image]",),
    ),
)

GENERIC = Family(
    name="generic",
    body=(),
    title=("article h1", "h1"),
    author=(
        "a[rel=author]",
        "[itemprop=author] [itemprop=name]",
        "[itemprop=author]",
        "div[class*=author] a",
        "span[class*=author]",
        "div[class*=penulis]",
        "span[class*=penulis]",
        "span[class*=byline]",
    ),
    published=("[itemprop=datePublished]", "article time[datetime]"),
    modified=("[itemprop=dateModified]",),
    categories=("a[rel^=category]", ".mg-blog-category a", ".amp-wp-tax-category a", ".amp-cat a"),
    tags=("a[rel=tag]", "a[href*=/tag/]", "a[href*=/tags/]"),
)


def choose(document: Document, name: str | None = None) -> tuple[Family, etree._Element | None]:
    """The family of a page and the element that holds its text; `name` (of the source record) is tried first.

    `GENERIC` and None where no family's body is on the page.
    """
    for family in _in_order(name):
        if any(document.first(mark) is not None for mark in family.marks) or not family.marks or family.name == name:
            body = document.first(*family.body)
            if body is not None:
                return family, body
    return GENERIC, None


def _in_order(name: str | None) -> Iterator[Family]:
    yield from (family for family in FAMILIES if family.name == name)
    yield from (family for family in FAMILIES if family.name != name)
