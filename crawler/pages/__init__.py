"""Page -> Draft: what a page says of itself, before anything is decided.

decode -> document -> (refusals) -> families | generic (lines) -> evidence (metadata, head) and body -> draft,
and inside a body: noise, images, flow, shortcodes, related, credits, digests, opening
"""

from __future__ import annotations

from crawler.pages.draft import draft_of

__all__ = ["draft_of"]
