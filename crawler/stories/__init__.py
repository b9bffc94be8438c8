"""Same-event grouping: articles -> what each is compared by -> decisions about pairs -> groups -> stories; all pure.

    sign(told)                     -> Signature     what is compared of an article
    keys(signature)                -> numbers       by which the few that may tell of the same event are found
    compare(one, other)            -> Decision      join, link or apart, with a score and the reason
    cluster(signatures, ...)       -> groups        independent of the order in which the articles came
    changes(groups, ...)           -> StoryChange   ids that stay, leads

`crawler.grouping` runs them over what is stored.
"""

from __future__ import annotations

from crawler.stories.cluster import cluster, components
from crawler.stories.compare import compare
from crawler.stories.lineage import changes, lead
from crawler.stories.signature import keys, sign, unit_keys

__all__ = ["changes", "cluster", "compare", "components", "keys", "lead", "sign", "unit_keys"]
