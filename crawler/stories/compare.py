"""Whether two articles tell of one event: whom they tell of, when, and what, weighed as evidence; pure.

No sign decides alone. The unit and the day say most; names, counts, quotations and wording stand in for either where it
is missing or read wrong, and speak against it where the same unit does two things on one day. The weights are this
table; they were chosen on `tests/stories/labelled.txt` and measured on another file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from crawler.models import Decision, Signature, StoryVerdict
from crawler.stories import counts, people, wording
from crawler.stories.signature import gap, published_gap

JOIN = 4.5  # points from which two articles are one story
LINK = 3.5  # points, the days left out, from which what happened in one unit is one affair: a flight, and the capture
LINK_ROUNDUP = 1.5  # as much, of a roundup and what it mentions
FULL = 2 * JOIN  # points that are a score of 1

NEAR, NEAR_UNDATED = 1, 3  # days
FOLLOWS = 10  # days within which a unit's next event may be the same affair
COPIED = 0.5  # of the runs of words: the same text
ECHOED = 0.2  # of them: the same ceremony elsewhere
SAME = 0.9  # of them: the same article
ALIKE_TITLE, ALIKE_LEAD = 0.3, 0.2
OWN_AT_MOST = 0.3  # a score of two articles of one source that are two events
EVERYDAY = frozenset(("imigrasi",))  # topics that all events of an office have
PARTICULAR = 3.0  # points of names, counts and quotations from which a source tells of one event twice


Rule = Callable[["Facing"], Iterator["Sign"]]


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of evidence: its points, and what it is in words."""

    points: float
    words: str


@dataclass(frozen=True, slots=True)
class Facing:
    """Two articles beside each other, with what several signs look at."""

    one: Signature
    other: Signature
    days: int
    tolerance: int
    names: tuple[str, ...]
    heads: tuple[str, ...]
    is_same_unit: bool
    is_other_unit: bool
    resemblance: float
    is_own: bool

    @property
    def is_copy(self) -> bool:
        """Whether the texts are one."""
        return self.resemblance >= COPIED

    @property
    def has_other_heads(self) -> bool:
        """Whether both name heads of units, and none that is the same."""
        return bool(self.one.heads and self.other.heads and not self.heads)

    @property
    def has_same_name(self) -> bool:
        """Whether they name one person by more than a word: one is too little where the units are others."""
        return any(" " in name for name in (*self.heads, *self.names))

    @property
    def is_filled_anew(self) -> bool:
        """Whether one text serves two events: its words are the same, and whom and how many it tells of are not."""
        if self.resemblance < COPIED / 5:
            return False
        one, other = self.one, self.other
        has_others = bool(one.people and other.people and not self.names) or self.has_other_heads
        is_elsewhere = self.is_other_unit and not self.has_same_name
        return is_elsewhere or counts.contradict(one.counts, other.counts) or (has_others and not self.is_copy)


def compare(one: Signature, other: Signature) -> Decision:
    """What two articles are to each other; the order in which they are given makes no difference."""
    if _is_hopeless(one, other):
        return Decision("apart", 0.0, "other units, and nothing alike")
    facing = face(one, other)
    signs = {rule: list(rule(facing)) for rule in RULES}
    told = sorted((sign for found in signs.values() for sign in found), key=lambda sign: -abs(sign.points))
    points = sum(sign.points for sign in told)
    reason = ", ".join(sign.words for sign in told) or "nothing in common"
    verdict = _verdict(facing, points, points - sum(sign.points for sign in signs[_day]))
    if verdict == "join" and facing.is_own and not _is_told_again(facing, signs):
        return Decision("apart", OWN_AT_MOST, f"two articles of one source, {reason}")
    return Decision(verdict, round(min(max(points / FULL, 0.0), 1.0), 3), reason)


def face(one: Signature, other: Signature) -> Facing:
    """Two articles beside each other."""
    is_dated = one.is_dated and other.is_dated
    return Facing(
        one,
        other,
        gap(one, other),
        NEAR if is_dated else NEAR_UNDATED,
        people.shared(one.people, other.people),
        people.shared(one.heads, other.heads) or _told_otherwise(one.heads, one.people, other.heads, other.people),
        bool(one.units & other.units),
        bool(one.units and other.units and not _meet(one, other)),
        wording.resemblance(one.sketch, other.sketch),
        bool(one.source) and one.source == other.source,
    )


def _is_hopeless(one: Signature, other: Signature) -> bool:
    """Whether names are all that could speak for it, and not enough: what costs most to compare is left out then."""
    return (
        bool(one.units and other.units)
        and not _meet(one, other)
        and one.sketch.isdisjoint(other.sketch)
        and one.quotes.isdisjoint(other.quotes)
        and one.counts.isdisjoint(other.counts)
        and not any(counts.shared(one.counts, other.counts))
        and wording.overlap(one.title, other.title) < ALIKE_TITLE
        and wording.jaccard(one.lead, other.lead) < ALIKE_LEAD
    )


def _is_told_again(facing: Facing, signs: Mapping[Rule, list[Sign]]) -> bool:
    """Whether two articles of one source tell of one event, which it seldom does twice.

    All that it tells of its unit shares day, people and template. So it is the same article once more, or one that is
    worded anew and has what is particular in common with it; and nothing counted may differ.
    """
    one, other = facing.one, facing.other
    if facing.is_filled_anew or counts.differ(one.counts, other.counts):
        return False
    if facing.days > (not (one.is_dated and other.is_dated)):
        return False
    if facing.resemblance >= SAME:
        return one.counts == other.counts and wording.overlap(one.title, other.title) >= SAME
    if facing.resemblance >= COPIED / 5:
        return False
    particular = [sign.points for rule in (_names, _counts, _quotes) for sign in signs[rule]]
    return sum(particular) >= PARTICULAR and min(particular) > 0


def _told_otherwise(
    ours: frozenset[str], our_people: frozenset[str], theirs: frozenset[str], their_people: frozenset[str]
) -> tuple[str, ...]:
    """Whom one of two articles names with an office, and the other without."""
    return people.shared(ours, their_people) or people.shared(theirs, our_people)


def _meet(one: Signature, other: Signature) -> bool:
    return bool(one.units & (other.units | other.others) or other.units & one.others)


def _verdict(facing: Facing, points: float, but_for_days: float) -> StoryVerdict:
    is_roundup = facing.one.is_roundup or facing.other.is_roundup
    is_near = facing.days <= NEAR_UNDATED
    if points >= JOIN and is_near and (not is_roundup or facing.is_copy):
        return "join"
    if _meet(facing.one, facing.other) and facing.days <= FOLLOWS and not facing.is_filled_anew:
        return "link" if but_for_days >= (LINK_ROUNDUP if is_roundup else LINK) else "apart"
    is_echo = facing.resemblance >= ECHOED or bool(facing.one.quotes & facing.other.quotes)
    return "link" if facing.is_other_unit and is_near and is_echo else "apart"


# -- the signs -------------------------------------------------------------------------------------------------------


def _unit(facing: Facing) -> Iterator[Sign]:
    if facing.is_same_unit:
        yield Sign(3.0, f"the same unit ({min(facing.one.units & facing.other.units)})")
    elif facing.is_other_unit:
        yield Sign(-1.5 if facing.has_same_name else -4.0, "other units")
    elif facing.one.units and facing.other.units:
        is_roundup = facing.one.is_roundup or facing.other.is_roundup
        yield Sign(0.5 if is_roundup else 2.0, "a unit that one of them only mentions")
    is_unknown = not (facing.one.units and facing.other.units)
    if facing.heads and not facing.is_same_unit and (facing.has_same_name or not facing.is_other_unit):
        yield Sign(3.0 if is_unknown else 2.0, f"the same head of a unit ({facing.heads[0]})")
    elif is_unknown and facing.has_other_heads:
        yield Sign(-3.0, "heads of other units")


def _place(facing: Facing) -> Iterator[Sign]:
    """Where no unit tells, and only as a contradiction: a city has many events a day."""
    one, other = facing.one, facing.other
    if not (one.units and other.units) and one.places and other.places and not one.places & other.places:
        yield Sign(-2.0, "other places")


def _day(facing: Facing) -> Iterator[Sign]:
    if facing.days == 0:
        yield Sign(1.0, "the same day")
    elif facing.days > facing.tolerance:
        is_near = published_gap(facing.one, facing.other) <= 2
        yield Sign(-3.0 if is_near and facing.days <= NEAR_UNDATED else -4.0, f"{facing.days} days between them")
    elif facing.one.is_dated and facing.other.is_dated:
        # of what was printed on one day, one article names the day of the event, and one that of a statement
        yield Sign(-1.5 if published_gap(facing.one, facing.other) else 0.0, "the next day")


def _names(facing: Facing) -> Iterator[Sign]:
    if facing.names:
        yield Sign(1.5 if len(facing.names) == 1 else 3.0, f"the same people ({', '.join(facing.names[:3])})")
    elif facing.one.people and facing.other.people and not facing.is_copy:
        yield Sign(-1.0, "other people")


def _officials(facing: Facing) -> Iterator[Sign]:
    one, other = facing.one, facing.other
    shared = people.shared(one.officials, other.officials)
    if shared := shared or _told_otherwise(one.officials, one.people, other.officials, other.people):
        yield Sign(0.5, f"the same official ({shared[0]})")


def _counts(facing: Facing) -> Iterator[Sign]:
    large, small = counts.shared(facing.one.counts, facing.other.counts)
    if large or small:
        yield Sign(min(2.5, 1.5 * large + 0.75 * small), f"{large + small} equal counts")
    elif counts.contradict(facing.one.counts, facing.other.counts):
        yield Sign(-1.5, "other counts")


def _quotes(facing: Facing) -> Iterator[Sign]:
    if facing.one.quotes & facing.other.quotes and not facing.is_filled_anew:
        yield Sign(2.5, "the same quotation")


def _title(facing: Facing) -> Iterator[Sign]:
    if min(len(facing.one.title), len(facing.other.title)) < 2:
        return
    shared = wording.overlap(facing.one.title, facing.other.title)
    if shared >= ALIKE_TITLE:
        yield Sign(1.5 if shared >= 0.6 else 0.75, f"{shared:.0%} of the headline")


def _text(facing: Facing) -> Iterator[Sign]:
    if facing.is_filled_anew:
        yield Sign(-1.5, f"{facing.resemblance:.0%} of the text, filled in anew")
        return
    for least, points in ((COPIED, 3.0), (COPIED / 2, 2.0), (0.1, 1.0)):
        if facing.resemblance >= least:
            yield Sign(points, f"{facing.resemblance:.0%} of the text")
            return


def _lead(facing: Facing) -> Iterator[Sign]:
    shared = wording.jaccard(facing.one.lead, facing.other.lead)
    if shared >= ALIKE_LEAD:
        yield Sign(1.0 if shared >= 0.35 else 0.5, f"{shared:.0%} of the lead")
    elif shared < 0.08:
        yield Sign(-0.5, "another lead")


def _topic(facing: Facing) -> Iterator[Sign]:
    shared = facing.one.topics & facing.other.topics
    if shared - EVERYDAY:
        yield Sign(0.5, "the same topic")
    elif facing.one.topics and facing.other.topics and not shared:
        yield Sign(-0.5, "other topics")


RULES: tuple[Rule, ...] = (
    _unit, _place, _day, _names, _officials, _counts, _quotes, _title, _text, _lead, _topic,
)  # fmt: skip
