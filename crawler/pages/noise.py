"""What stands inside a body without being its text: advertisements, share bars, widgets, comments, page links.

One table for every family, because REST and feed bodies carry what themes and plugins put into the text, without the
theme around it to tell which one. Classes are exact names or patterns; lines are whole blocks.
"""

from __future__ import annotations

import re
from functools import lru_cache

TAGS = frozenset(
    "applet aside math audio button canvas embed form iframe input link map meta nav noscript object script select style svg "
    "template textarea title video".split()
)
# Unclosed, these hold the rest of the article in libxml2's tree; a browser closes them at the next paragraph.
SWALLOWERS = frozenset("audio canvas embed math object svg video".split())

CLASSES = frozenset(
    """
    newkarma-core-banner-beforecontent newkarma-core-banner-insidecontent newkarma-core-banner-aftercontent
    newkarma-core-related-post gmr-banner-beforecontent gmr-banner-insidecontent gmr-banner-aftercontent
    gmr-related-infinite gmr-related-post gmr-list-related gmr-gallery-related gmr-authorbox-wrap gmr-cf-metacontent
    gmr-metacontent gmr-metacontent-single gmr-content-share gmr-parallax gmr-infinite-selector
    entry-footer entry-header entry-meta post-meta page-links page-link-wrap post-nav-links post-page-numbers
    post-navigation navigation nav-links screen-reader-text visually-hidden sr-only widget widget-title widget_text
    sharedaddy jp-relatedposts wpcnt post-views wp-block-buttons wp-block-search wp-block-post-comments-form
    wp-block-comments wp-block-query wp-block-latest-posts wp-block-post-navigation-link wp-block-post-terms
    comments comments-area comment-respond comment-list author-box authorbox author-bio about-author saboxplugin-wrap
    addtoany_share_save_container addtoany_content heateor_sss_sharing_container ssba swp_social_panel a2a_kit
    essb_links mashsb-container dpsp-networks-btns-wrapper tptn_counter code-block quads-location ai-viewports
    toc_container ez-toc-container lwptoc wp-polls ratingblock kk-star-ratings post-ratings yasr-visitor-votes
    td-a-ad td-a-rec td-post-sharing td-post-source-tags td-post-next-prev td_block_related_posts tdb-single-sharing
    jeg_ad jeg_share_button jeg_share_top_container jeg_share_bottom_container jeg_post_tags jeg_authorbox jnews_prev_next_container
    share-post post-bottom-meta post-shortlink e3lan related-posts
    penulis-bawah editor-bawah sumber-berita-bawah totalpembaca tagname
    page-header article-info article-info-term icons pager pagenav pagenavigation pagination item-image article-full-image
    tags content_rating article-ratings-social-share social-share-block article-social-share article-author-information
    related_articles article-header com-content-article__links content-links article-footer-wrap item-separator
    bn-content bn-lg bn-sm bn-md post-files post-tags post-share post-comment-pageviews section-reactions reactions
    section-related-posts post-next-prev
    parallaxindetail para_caption detail__body-tag detail__newstag skybanner sisip_artikel
    instagram-media-registered fb-comments fb-like fb-share-button disqus_thread post-footer blog-pager
    """.split()
)
CLASS_PATTERN = re.compile(
    r"(?:(?:ad|ads|adv|advert|iklan|adsbygoogle|google-?ads?|adsense|banner-?ads?|advertisements?|adslot|parallax-ads)(?:[-_]\w[\w-]*)?"
    r"|gmr-(?:social|banner|related|share|ads)[\w-]*"
    r"|(?:social|sosmed|sharing|share)[-_](?:icons?|buttons?|bar|box|links?|media|post|list|article|container|wrap(?:per)?)[\w-]*"
    r"|(?:related|terkait)[-_](?:post|article|berita|news|content|infinite|item|block|box|wrap)[\w-]*"
    r"|(?:google-news|whatsapp-channel|follow-us|ikuti-kami|subscribe|newsletter)[\w-]*"
    r"|(?:comment|komentar)s?[-_](?:form|list|respond|area|wrap)[\w-]*)",
    re.IGNORECASE,
)
IDS = re.compile(
    r"(?:div-gpt-ad|google_ads|ads?[-_]\w|iklan|comments?$|respond$|disqus_thread|jp-post-flair|berlangganan-whatsapp|toc_container|reactions"
    r"|related[-_]?(?:posts?|articles?|news)|berita[-_]?terkait)",
    re.IGNORECASE,
)
# Boxes of related links: what they name is kept, as `related`.
RELATED = frozenset(
    """
    baca-juga bacajuga baca_juga box-baca-juga lihat-juga berita-terkait beritaterkait detail-news__baca-juga
    jnews_inline_related_post jnews_inline_related_post_wrapper ray-inline-related penci-inline-related-posts
    inline-related-posts inline-related related-inline irp_wrapper wp-embedded-content wp-block-embed-wordpress
    linksisip lihatjg lihat_juga read-also readalso also-read bj-box pilihan-editor
    """.split()
)

_SHARE = r"bagikan|sebarkan|share"
_COUNTER = r"\d[\d.,]*\s*(?:kali|views?|pembaca|x)?"
LINES = re.compile(
    "|".join(
        (
            r"(?:advert[io]se?ments?|iklan|adsense|ads|sponsored|promo(?:si|ted)?)[\s:.-]*",
            r"(?:advert[io]se?ments?\s*)?scroll (?:to|untuk|ke bawah)\b.{0,60}",
            r"baca berita (?:dengan sedikit|tanpa) iklan.{0,80}",
            r"(?:laman|halaman|page)s?\s*:?\s*(?:\d+\s*)+(?:selanjutnya|berikutnya|next|last)?.{0,3}",
            r"halaman (?:selanjutnya|berikutnya|sebelumnya)\W*|\d+ dari \d+ halaman|(?:selanjutnya|berikutnya|next)\s*[»>→]*",
            r"\d+\s*(?:min(?:ute)?s?|menit)\s*(?:read|baca|membaca)",
            rf"-?\s*{_COUNTER}\s*(?:di(?:lihat|baca)|views?)\W*|(?:di(?:baca|lihat)|views?|hits?)\s*:?\s*{_COUNTER}\W*",
            r"(?:post views|jumlah pembaca)\s*:?\s*[\d.,]+",
            rf"(?:{_SHARE})(?: (?:ini|artikel(?: ini)?|berita(?: ini)?|ke|di|on|this))?(?: ?[:/|,-]? ?(?:facebook|twitter|x|whatsapp|telegram|line|email|pinterest|linkedin|copy link))*\W*",
            r"(?:a\s*){2,5}[+-]?",
            r"tinggalkan balasan.{0,60}|leave a (?:reply|comment).{0,60}|\d* ?komentar(?: terbaru)?|(?:posting|tulis|kirim) komentar|comments?(?: are closed)?\W*",
            r"(?:ikuti|follow|gabung|bergabung|dapatkan|simak|jangan lewatkan|cek)\b.{0,140}\b(?:google news|whats ?app|telegram|saluran|channel|kanal|instagram|youtube|tiktok|medsos|media sosial|twitter|facebook)\b.{0,80}",
            r"(?:silahkan|silakan) baca konten.{0,80}|simak (?:berbagai )?berita.{0,100}|temukan lebih banyak.{0,60}",
            r"(?:copyright|hak cipta|©).{0,80}|(?:dilarang|larangan) (?:keras )?(?:meng)?(?:copy|ambil|kutip|gandakan).{0,200}",
            r"news feed|menyukai ini:?|like this:?|suka ini:?|memuat\W*|loading\W*|terpopuler|populer|trending",
            r"(?:simak|tonton|lihat|saksikan)(?: juga)? video\b.{0,160}|\[(?:gambas|video|embed)\s?:.{0,60}\]",
            r"(?:like|dislike|love|funny|angry|sad|wow)\s*\d+(?:\s*(?:like|dislike|love|funny|angry|sad|wow)\s*\d+)+",
            r"apa reaksi anda\W*|what'?s your reaction\W*|editor'?s? pick\W*",
            r"(?:tags?|topik|label|kata kunci)\s*:.{0,200}|(?:#[\w-]+[\s,]*){2,}",
            r"(?:whatsapp image|img[ _-]?\d{4}|dsc[ _-]?\d{3}).{0,60}",
            r"(?:url|link|tautan) (?:berhasil )?(?:dicopy|disalin|copied).{0,20}|copy link|salin tautan|print|cetak|email",
            r"[-–—_*=~.·•|\s]{0,80}",
        )
    ),
    re.IGNORECASE,
)
# A heading over a widget that themes put into the text; the list below it goes with it.
LONGEST_LINE = 260


@lru_cache(maxsize=8192)
def is_noise(classes: str) -> bool:
    """Whether an element with this class attribute is no part of a text."""
    return any(name in CLASSES or CLASS_PATTERN.fullmatch(name) for name in classes.split())


@lru_cache(maxsize=8192)
def is_related(classes: str) -> bool:
    """Whether an element with this class attribute is a box of related links."""
    return not RELATED.isdisjoint(classes.lower().split())


def is_noise_line(line: str) -> bool:
    """Whether a whole block of text is page furniture."""
    return len(line) <= LONGEST_LINE and LINES.fullmatch(line) is not None
