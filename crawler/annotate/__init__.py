"""Article and what its source is -> Facts: units, places, topics and province, each with the words that show it.

    facts_of(article, source, lexicon)  -> Facts
    lexicon_of(folder)                  -> Lexicon      of the packaged gazetteer and a folder's own tables

`lexicon` holds what is looked for, `matches` finds it in one pass, `resolve` tells units of one name apart,
`ministries` what became of the ministry that was split, `roles` which unit is the subject; then `places`, `topics`.
Pure but for `lexicon_of`, which reads files: no clock, network or database.
"""

from __future__ import annotations

from crawler.annotate.facts import facts_of
from crawler.annotate.lexicon import Lexicon, lexicon_of, packaged

__all__ = ["Lexicon", "facts_of", "lexicon_of", "packaged"]
