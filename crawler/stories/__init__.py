"""Same-event grouping: articles -> what each is compared by -> decisions about pairs -> groups -> stories; all pure.

    sign(told)                     -> Signature     what is compared of an article
    holders(signature)             -> Holders       under which numbers it is found by the few that may tell of the same
    compare(one, other)            -> Decision      join, link or apart, with a score and the reason
    cluster(signatures, ...)       -> groups        independent of the order in which the articles came
    changes(groups, ...)           -> StoryChange   ids that stay, leads

`crawler.grouping` runs them over what is stored.
"""

from __future__ import annotations

from crawler.stories.cluster import cluster, components
from crawler.stories.compare import compare
from crawler.stories.keys import holders
from crawler.stories.lineage import changes, lead
from crawler.stories.signature import sign

__all__ = ["changes", "cluster", "compare", "components", "holders", "lead", "sign"]
