"""Which story each group is, and which article leads it: groups + the stories that there were -> changes; pure.

A story is that of its first stored article, for ever. Where two become one the older stays; where one falls apart the
part that holds its first article stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from crawler.models import KnownStory, Member, StoryChange

_RANKS = {"official": 0, "press": 1, "aggregator": 2}


def changes(
    groups: Iterable[frozenset[int]],
    members: Mapping[int, Member],
    stories: Sequence[KnownStory],
    free_id: Callable[[str], str],
) -> list[StoryChange]:
    """What becomes of the stories of some articles; those that stay as they are are left out.

    `stories` are those that hold no other articles than these and withdrawn ones, or none, and are called by the entry
    id of one of these. `free_id` gives an article's own entry id, or another where a story elsewhere goes by it.
    """
    parts = sorted(groups, key=lambda group: min(map(_age, (members[key] for key in group))))
    claims = _claims(parts, members, stories)
    made = [_made(part, claims.get(part), members, free_id) for part in parts]
    homes = {key: change.entry_id for change in made for key in change.members}
    over = [_over(story, homes) for story in stories if story not in claims.values() and story.lead_id is not None]
    known = {story.id: story for story in stories}
    return over + [one for one in made if one.id is None or _differs(one, known[one.id])]


def lead(members: Iterable[Member]) -> int:
    """The article that stands for a story: official before press, whole before partial, the earliest, the fullest."""
    first = min(members, key=lambda one: (_RANKS[one.kind], one.partial, one.published, -one.length, one.entry_id))
    return first.article_id


def _age(member: Member) -> tuple[str, str]:
    return member.entered, member.entry_id


def _claims(
    parts: Sequence[frozenset[int]], members: Mapping[int, Member], stories: Sequence[KnownStory]
) -> dict[frozenset[int], KnownStory]:
    """The story that each part goes on with, the oldest first: by its first article, else where most of it went."""
    claims: dict[frozenset[int], KnownStory] = {}
    for story in sorted(stories, key=lambda one: one.id):
        free = [part for part in parts if part not in claims]
        owner = next((part for part in free if any(members[key].entry_id == story.entry_id for key in part)), None)
        is_lost = not any(member.entry_id == story.entry_id for member in members.values())
        if owner is None and is_lost:
            holding = [part for part in free if part & story.members]
            owner = max(holding, key=lambda part: len(part & story.members), default=None)
        if owner is not None:
            claims[owner] = story
    return claims


def _made(
    part: frozenset[int],
    story: KnownStory | None,
    members: Mapping[int, Member],
    free_id: Callable[[str], str],
) -> StoryChange:
    leader = lead(members[key] for key in part)
    came = frozenset(key for key in part if story is None or members[key].story_id != story.id)
    moved = came if len(part) > 1 else frozenset(key for key in came if members[key].story_id is not None)
    if story:
        return StoryChange(story.id, story.entry_id, part, leader, moved=moved)
    first = min((members[key] for key in part), key=_age)
    return StoryChange(None, free_id(first.entry_id), part, leader, entered=first.entered, moved=moved)


def _over(story: KnownStory, homes: Mapping[int, str]) -> StoryChange:
    went = min((key for key in story.members if key in homes), default=None)
    return StoryChange(story.id, story.entry_id, frozenset(), None, None if went is None else homes[went])


def _differs(change: StoryChange, story: KnownStory) -> bool:
    return (change.members, change.lead_id) != (story.members, story.lead_id)
