"""The one decision: the rules in the order of their weight, the first that has something to say decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.health.drift import drifted
from crawler.health.problems import Problem
from crawler.health.silence import silent_since
from crawler.models import History, State

SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Course:
    """What became of a source in a run.

    `tried` are the problems of ways that failed, in the record's order; `served` tells whether one worked, `pages` what
    became of each article's page (None: an article), `new` how many articles are new. `zone` is the source's (IANA).
    """

    tried: Sequence[Problem] = ()
    served: bool = True
    pages: Sequence[Problem | None] = ()
    new: int = 0
    zone: str = "Asia/Jakarta"


def judge(course: Course, history: History, now: datetime) -> Problem | State:
    """The state of a good end, or the problem that made it a bad one; `now` is aware."""
    for rule in RULES:
        if problem := rule(course, history, now):
            return problem
    return "new" if course.new else "unchanged"


def unserved(course: Course, _: History, __: datetime) -> Problem | None:
    """No way works: the preferred one tells."""
    if course.served:
        return None
    return course.tried[0] if course.tried else Problem("empty", "no way to its articles is known")


def unread(course: Course, _: History, __: datetime) -> Problem | None:
    """Several pages, and all of them failed, whatever the listing said; a single one is that page's own trouble."""
    failed = [page for page in course.pages if page]
    if len(failed) < SEVERAL or len(failed) < len(course.pages) or course.new:
        return None
    [(state, _number)] = Counter(problem.state for problem in failed).most_common(1)
    first = next(problem for problem in failed if problem.state == state)
    return Problem(state, f"all {len(course.pages)} article pages failed: {first.reason}")


def unread_lately(course: Course, history: History, _: datetime) -> Problem | None:
    """As `unread`, of a site that names one or two articles at a time."""
    if course.new or history.unread < SEVERAL:
        return None
    return Problem("empty", f"no page that was found lately became an article: {history.unread_reason}")


def drifting(course: Course, history: History, _: datetime) -> Problem | None:
    """A field that its articles used to have is missing."""
    reason = drifted(history.samples, course.zone)
    return Problem("drift", reason) if reason else None


def silent(course: Course, history: History, now: datetime) -> Problem | None:
    """Much longer without an article than its own history makes likely."""
    if course.new:
        return None
    reason = silent_since(history.entered, history.watched_since, course.zone, now)
    return Problem("silent", reason) if reason else None


Rule = Callable[[Course, History, datetime], Problem | None]
RULES: tuple[Rule, ...] = (unserved, unread, unread_lately, drifting, silent)
