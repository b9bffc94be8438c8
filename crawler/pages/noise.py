"""What stands inside a body without being its text: advertisements, share bars, widgets, comments, page links.

One table for every family, because REST and feed bodies carry what themes and plugins put into the text, without the
theme around it to tell which one. Classes are exact names or patterns; lines are whole blocks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

TAGS = frozenset(
    "applet aside audio button canvas embed form iframe input link map math meta nav noscript object script select "
    "style svg template textarea title video".split()
)
SILENT = frozenset("input link map meta noscript script style svg template".split())  # that no reader ever saw
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
    wp-block-comments wp-block-post-navigation-link wp-block-post-terms
    comments comments-area comment-respond comment-list author-box authorbox author-bio about-author saboxplugin-wrap
    et_pb_promo et_pb_cta et_pb_button_module_wrapper et_pb_social_media_follow embedpress-powered-by
    addtoany_share_save_container addtoany_content heateor_sss_sharing_container ssba swp_social_panel a2a_kit
    essb_links mashsb-container dpsp-networks-btns-wrapper tptn_counter code-block quads-location ai-viewports
    toc_container ez-toc-container lwptoc wp-polls ratingblock kk-star-ratings post-ratings yasr-visitor-votes
    td-a-ad td-a-rec td-post-sharing td-post-source-tags td-post-next-prev td_block_related_posts tdb-single-sharing
    jeg_ad jeg_share_button jeg_share_top_container jeg_share_bottom_container jeg_post_tags jeg_authorbox
    jnews_prev_next_container
    share-post post-bottom-meta post-shortlink e3lan related-posts
    penulis-bawah editor-bawah sumber-berita-bawah totalpembaca tagname
    page-header article-info article-info-term icons pager pagenav pagenavigation pagination item-image
    article-full-image
    tags content_rating article-ratings-social-share social-share-block article-social-share article-author-information
    related_articles article-header com-content-article__links content-links article-footer-wrap item-separator
    bn-content bn-lg bn-sm bn-md post-files post-tags post-share post-comment-pageviews section-reactions reactions
    section-related-posts post-next-prev
    itemImageBlock itemToolbar itemExtraFields itemRatingBlock itemLinks itemSocialSharing itemNavigation itemHits
    itemAuthorBlock itemTagsBlock itemCategory itemDateModified itemComments itemBackToTop
    parallaxindetail para_caption detail__body-tag detail__newstag skybanner sisip_artikel
    sppb-addon-articles sppb-addon-button sppb-addon-button-group sppb-btn sppb-addon-social-share
    sppb-addon-module elementor-widget-share-buttons elementor-widget-post-navigation elementor-author-box
    instagram-media-registered fb-comments fb-like fb-share-button disqus_thread post-footer blog-pager
    """.split()
)
CLASS_PATTERN = re.compile(
    r"(?:(?:ad|ads|adv|advert|iklan|adsbygoogle|google-?ads?|adsense|banner-?ads?|advertisements?|adslot|parallax-ads)(?:[-_]\w[\w-]*)?"
    r"|gmr-(?:social|banner|related|share|ads)[\w-]*"
    r"|(?:social|sosmed|sharing|share)[-_](?:icons?|buttons?|bar|box|links?|media|post|list|article|container|wrap(?:per)?)[\w-]*"
    r"|[\w-]*(?:share|sharing)[-_]?(?:buttons?|btn|bar|icons?)[\w-]*"
    r"|(?:ai[-_](?:summary|ringkasan)|ringkasan[-_](?:ai|berita|artikel)|(?:article|news|post)[-_]highlights?)[\w-]*"
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
_RELATED_CLASS = re.compile(
    r"(?:related|terkait)[-_](?:post|article|berita|news|content|infinite|item|block|box|wrap)[\w-]*", re.IGNORECASE
)
RELATED = frozenset(
    """
    baca-juga bacajuga baca_juga box-baca-juga lihat-juga berita-terkait beritaterkait detail-news__baca-juga
    jnews_inline_related_post jnews_inline_related_post_wrapper ray-inline-related penci-inline-related-posts
    inline-related-posts inline-related related-inline irp_wrapper wp-embedded-content wp-block-embed-wordpress
    wp-block-latest-posts wp-block-query linksisip lihatjg lihat_juga read-also readalso also-read bj-box pilihan-editor
    """.split()
)
_RELATED_IDS = re.compile(
    r"(?:inline|in[-_]?article|single)[-_]related[-_]?(?:posts?|articles?)?|(?:baca|lihat|simak)[-_]?juga(?:[-_]\w+)?",
    re.IGNORECASE,
)

PLUGIN_LINK = re.compile(r"u[0-9a-f]{32}")
PLUGIN_PARTS = frozenset({"ctaText", "postTitle"})

_COUNTER = r"\d[\d.,]*\s*(?:kali|views?|pembaca|x)?"
_NETWORKS = r"(?:facebook|twitter|x|whatsapp|telegram|line|email|pinterest|linkedin|copy link)"
_CHANNELS = (
    r"(?:google news|whats ?app|telegram|saluran|channel|kanal|instagram|youtube|tiktok|medsos|media sosial|twitter"
    r"|facebook)"
)
_URGING = r"(?:yuk|ayo|jangan lupa(?: untuk)?),?"
_SPOKEN = r"(?!.*\b(?:kata|ujar|ucap|tutur|imbuh|pesan)\b)"
_INVITING = r"ikuti|follow|gabung|bergabung|dapatkan|simak|jangan lewatkan|cek"
_ONWARD = r"(?:halaman|page) (?:selanjutnya|berikutnya)|semua halaman|selanjutnya|show all|tampilkan semua"
_PRINTED = r"(?:tayang|terbit|dimuat|dipublikasikan)"
_ABOVE = r"(?:atas|top|home|(?:(?:halaman|daftar|indeks?) )?(?:berita|utama|artikel|awal))"
_REACTIONS = r"(?:like|dislike|love|funny|angry|sad|wow)"
# Whole blocks, whatever case.
LINES = (
    # advertisements and scroll stops
    r"(?:advert[io]se?ments?|iklan|adsense|ads|sponsored|promo(?:si|ted)?)[\s:.-]*",
    r"(?:advert[io]se?ments?\s*)?scroll (?:to|untuk|ke bawah)\b.{0,60}",
    r"baca berita (?:dengan sedikit|tanpa) iklan.{0,80}",
    # pages of the same article
    r"(?:laman|halaman|page)s?\s*:?\s*(?:\d+\s*)+(?:selanjutnya|berikutnya|next|last)?.{0,3}",
    r"halaman (?:selanjutnya|berikutnya|sebelumnya)\W*|(?:selanjutnya|berikutnya|next)\s*[»>→]*",
    r"\d+ dari \d+ halaman",
    rf"(?:halaman|page)\s*\d+\s*/\s*\d+\b(?:{_ONWARD}|[\s\d/|»>])*",
    # counters and reading times
    r"\d+\s*(?:min(?:ute)?s?|menit)\s*(?:read|baca|membaca)",
    rf"-?\s*{_COUNTER}\s*(?:di(?:lihat|baca)|views?)\W*",
    rf"(?:di(?:baca|lihat)|views?|hits?|post views|jumlah pembaca)\s*:?\s*{_COUNTER}\W*",
    rf"{_COUNTER}\s*(?:total )?(?:views?|dilihat)\W*(?:{_COUNTER}\s*(?:views? today|hari ini))?\W*",
    r"(?:dengarkan|listen)(?: to)?(?: (?:artikel|berita|this article))?(?: ini)?[\s\d:/.|-]*",
    # share bars, font buttons, reactions
    rf"(?:bagikan|sebarkan|share)(?: (?:artikel|berita))?(?: (?:ini|ke|di|on|this))?(?: ?[:/|,-]? ?{_NETWORKS})*\W*",
    r"(?:url|link|tautan) (?:berhasil )?(?:dicopy|disalin|copied).{0,20}|copy link|salin tautan|print|cetak|email",
    r"(?:a\s*){2,5}[+-]?",
    rf"{_REACTIONS}\s*\d+(?:\s*{_REACTIONS}\s*\d+)+",
    r"apa reaksi anda\W*|what'?s your reaction\W*|(?:menyukai|like|suka) (?:ini|this):?|memuat\W*|loading\W*",
    rf"[«<←\s]*(?:kembali|back)(?: (?:ke|to) {_ABOVE})?[\s»↑]*",
    r"(?:unduh|download)(?: (?:pdf|file|berkas|dokumen|lampiran|di ?sini))?\W*",
    # comments
    r"tinggalkan balasan.{0,60}|leave a (?:reply|comment).{0,60}|comments?(?: are closed)?\W*",
    r"\d* ?komentar(?: terbaru)?|(?:posting|tulis|kirim) komentar",
    # the publisher about itself
    rf"{_SPOKEN}(?:{_URGING} )*(?:{_INVITING})\b.{{0,140}}\b{_CHANNELS}\b.{{0,80}}",
    r"(?:silahkan|silakan) baca konten.{0,80}|simak (?:berbagai )?berita.{0,100}|temukan lebih banyak.{0,60}",
    r"(?:copyright|hak cipta|©).{0,80}",
    rf"(?:artikel|berita|tulisan) ini (?:telah|sudah|pernah|sebelumnya)\b.{{0,30}}\b{_PRINTED}\b.{{0,160}}",
    r"(?:dilarang|larangan) (?:keras )?(?:meng)?(?:copy|ambil|kutip|gandakan).{0,200}",
    r"(?:lihat|baca|simak) (?:juga )?(?:berita|artikel|informasi)\b.{0,40}\b(?:di ?sini|klik)\b.{0,20}",
    r"(?:ikuti|follow|kunjungi|temukan) (?:juga )?(?:kami|media sosial kami|us)\b.{0,40}:?",
    r"(?:instagram|facebook|fb|ig|twitter|x|tiktok|youtube|website|situs)\s*:\s*\S+",
    r"(?:layanan (?:pengaduan|informasi)|hotline|call ?center|wa(?:\s*center)?)\s*:\s*[\d\s()+-]{6,}",
    r"(?:kategori|category|rubrik)\s*:.{0,80}",
    r"powered by .{2,40}|chat sekarang|\d{1,6}",
    # warnings of PHP and its frameworks, behind which the page goes on
    r"(?:php )?(?:warning|notice|deprecated|strict standards)\s*:.{3,220}\bon line\s*\d+.{0,3}",
    r"a php error was encountered|severity:\s*\w+(?: \w+)?|filename:\s*\S+\.php|line number:\s*\d+|backtrace:",
    r"message:\s*(?:undefined|trying|attempt|call to|invalid|division|array|mysqli?|only variables|use of).{0,200}",
    # widgets, videos, keywords, file names, rules
    r"daftar isi(?:\s*\[?(?:tampilkan|sembunyikan|tutup|buka)\]?)?|table of contents",
    r"news feed|terpopuler|populer|trending|editor'?s? pick\W*",
    r"(?:simak|tonton|lihat|saksikan)(?: juga)? video\b.{0,160}|\[(?:gambas|video|embed)\s?:.{0,60}\]",
    r"(?:tags?|topik|label|kata kunci)\s*:.{0,200}",
    r"(?:#[\w-]+[\s,]*){2,}",
    r"(?:whatsapp image|img[ _-]?\d{4}|dsc[ _-]?\d{3}).{0,60}",
    r"[-–—_*=~.·•|\s]{0,80}",
)
# Styles (without spaces, small) that hide an element from everybody: what hacked sites plant stands in such.
HIDING = re.compile(
    r"display:none|(?:left|right|top|text-indent|margin-left|margin-top):-\d{3,}|font-size:0(?:px|r?em|pt|%)?(?:[;!]|$)"
    r"|(?:^|;)(?:max-)?(?:height|width):[01](?:px)?(?:;.*)?;overflow:hidden|overflow:hidden;(?:.*;)?(?:max-)?(?:height|width):[01](?:px)?(?:;|$)"
    r"|clip:rect\((?:0|1px)[,0-9px]*\)|scale\(0\)"
)
_LINE = re.compile("|".join(LINES), re.IGNORECASE)
LONGEST_LINE = 260
_HASH_TAGS = re.compile(r"(?:#[\w-]+[\s,]*){1,30}")
_TAG_LINE = re.compile(r"(?:tags?|kata kunci|keywords?)\s*:\s*(?P<words>.{2,200})", re.IGNORECASE)


Kind = Literal["text", "noise", "related", "plugin link", "plugin part"]


@lru_cache(maxsize=8192)
def kind_of(classes: str) -> Kind:
    """What an element with this class attribute is.

    The plugin Inline Related Posts has a random hash as the class of its link, and `ctaText` and `postTitle` in it.
    """
    names = classes.split()
    if any(map(PLUGIN_LINK.fullmatch, names)):
        return "plugin link"
    if not PLUGIN_PARTS.isdisjoint(names):
        return "plugin part"
    if not RELATED.isdisjoint(classes.lower().split()) or any(map(_RELATED_CLASS.fullmatch, names)):
        return "related"
    is_noise = any(name in CLASSES or CLASS_PATTERN.fullmatch(name) for name in names)
    return "noise" if is_noise else "text"


# Around a text on a page of no known family; a wrapper that says it has a sidebar is none.
_AROUND = re.compile(
    r"(?!(?:has|with|no|without|layout|content)[-_])(?:(?:[\w-]*[-_])?(?:side-?bar|widgets?)|(?:widget|side-?bar)[-_][\w-]*"
    r"|(?:comment|komentar)s?(?:[-_][\w-]*)?|(?:berita|artikel|post|news)?[-_]?(?:related|terkait|populer|terpopuler|trending"
    r"|terbaru|lainnya?)(?:[-_][\w-]*)?|navbar[\w-]*|(?:main-)?menu|(?:site-|page-)?footer|running-?text|news-?ticker"
    r"|[\w-]*related(?:[-_]?(?:posts?|infinite|articles?|news))?)",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def is_around_text(classes: str) -> bool:
    """Whether an element with this class attribute stands beside or below a text: sidebar, comments, other articles."""
    return kind_of(classes) == "related" or any(map(_AROUND.fullmatch, classes.split()))


def is_related_id(identity: str | None) -> bool:
    """Whether an element with this id is a box of related links (Jannah's `inline-related-post`)."""
    return bool(identity) and _RELATED_IDS.fullmatch(identity or "") is not None


def tags_in(line: str) -> list[str]:
    """The keywords of a line of hash tags, or behind `Tags:`; none of any other line."""
    if _HASH_TAGS.fullmatch(line):
        return re.findall(r"#([\w-]+)", line)
    labelled = _TAG_LINE.fullmatch(line)
    return [word for word in re.split(r"[,;#|]", labelled["words"]) if word.strip()] if labelled else []


def is_noise_line(line: str) -> bool:
    """Whether a whole block of text is page furniture."""
    return len(line) <= LONGEST_LINE and _LINE.fullmatch(line) is not None
