"""The crawler half of newsfeed: from a source record to stored articles.

    sources -> discover -> (fetch) -> pages -> normalize -> annotate -> storage

A source record says where to look; `discover` turns feeds, REST answers and listings into links; the Scrapy shell
(`spiders`, `middlewares`, `pipelines`, started by `run` alone) fetches them; `extraction` composes `pages`, which reads
what a page says of itself, with `normalize`, which decides; `intake` asks `identity` and `revision` whether an article
is new or edited, and `storage`, the only place with SQL, carries that out.

Who may import whom, bottom up: `models` and `errors` import nothing of ours. The leaf packages `dates` and `text`
import those two. `discover`, `pages`, `normalize`, `identity`, `revision`, `due` import these, and never each other,
Scrapy or SQL; so do `sources` and `storage` (which has the SQL). `extraction` and `intake` compose. Spiders and
pipelines stand on top. Nothing here imports `feeds`.

`crawler.extract` is the public way from bytes to an article; it is loaded when it is first asked for, so that `import
crawler` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.extraction import extract

__all__ = ["extract"]


def __getattr__(name: str) -> Any:
    if name == "extract":
        from crawler.extraction import extract

        return extract
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
