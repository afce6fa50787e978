"""Two versions to the moves between them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .explanations import explained
from .kinds import How, Move, What
from .renames import Names
from .snapshot import DECISIONS, GoalSnapshot, HandbookSnapshot, Item, OwnerSnapshot, key_of


def compare(old: HandbookSnapshot, new: HandbookSnapshot, names: Names) -> list[Move]:
    """The moves from one version to another. Of the owners, only those that may differ need be given."""
    moves = list(_fields("setting", "", old.settings, new.settings))
    before = {names.owner(owner_id): (owner_id, snapshot) for owner_id, snapshot in old.owners.items()}
    for owner_id in sorted({*before, *new.owners}):
        former_id, former = before.get(owner_id, (owner_id, None))
        present = new.owners.get(owner_id)
        if present is None and former:
            moves.append(Move("removed", "owner", former_id, was=former.details.get("name", "")))
            moves += [_removed(former_id, goal, former) for goal in former.goals.values()]
        elif present:
            if former is None:
                moves.append(Move("added", "owner", owner_id, now=present.details.get("name", "")))
            elif former_id != owner_id:
                moves.append(Move("renamed", "owner", owner_id, was=former_id, now=owner_id))
            moves += _Comparison(old, new, names).of_owner(owner_id, former, present)
    return moves


def _removed(owner_id: str, goal: GoalSnapshot, owner: OwnerSnapshot) -> Move:
    title = goal.details.get("title", "")
    seen = {"visibility": goal.details.get("visibility", "team")}
    return Move("removed", "goal", f"{owner_id}/{goal.id}", was=title, old=seen, draft=_is_draft(owner, goal))


def _is_draft(owner: OwnerSnapshot, goal: GoalSnapshot) -> bool:
    """Whether it is a seller's goal that nobody has signed: a proposal, and free to change."""
    return owner.kind == "seller" and not goal.decisions.get("agreed")


@dataclass(frozen=True)
class _Comparison:
    """What the comparison of two owners needs to know of the whole."""

    old: HandbookSnapshot
    new: HandbookSnapshot
    names: Names

    def of_owner(self, owner_id: str, old: OwnerSnapshot | None, new: OwnerSnapshot) -> Iterator[Move]:
        old = old or OwnerSnapshot(new.kind, new.details)
        people = {"team", "part_of", "leader"}
        details = {k: self.names.owner(v) if k in people else v for k, v in old.details.items()}
        yield from _fields("person", owner_id, details, new.details)
        former = {
            self.names.full_id(f"{owner_id}/{goal_id}").partition("/")[2]: goal for goal_id, goal in old.goals.items()
        }
        for goal_id, goal in former.items():
            if goal_id not in new.goals:
                yield _removed(owner_id, goal, old)
        teams = _own_team(details), _own_team(new.details)
        for goal_id, goal in new.goals.items():
            full_id, was = f"{owner_id}/{goal_id}", former.get(goal_id)
            if was is None:
                yield Move("added", "goal", full_id, now=goal.details.get("title", ""))
                yield from _added_decisions(full_id, goal)
            elif was != goal:
                if was.id != goal_id:
                    yield Move("renamed", "goal", full_id, was=was.id, now=goal_id)
                draft = _is_draft(old, was)
                for move in explained(list(self.of_goal(full_id, was, goal, teams)), goal):
                    yield replace(move, draft=True) if draft and move.what in {"term", "landmark"} else move

    def of_goal(self, full_id: str, old: GoalSnapshot, new: GoalSnapshot, teams: tuple[str, str]) -> Iterator[Move]:
        if old.terms != new.terms:
            yield from self.terms(full_id, old, new, teams)
        yield from _fields("detail", full_id, old.details, new.details)
        for name in DECISIONS:
            before, after = old.decisions.get(name, []), new.decisions.get(name, [])
            if before != after:
                yield from _decisions(full_id, name, [_renamed(item, self.names) for item in before], after)

    def terms(self, full_id: str, old: GoalSnapshot, new: GoalSnapshot, teams: tuple[str, str]) -> Iterator[Move]:
        for landmark in sorted(old.landmarks - new.landmarks):
            yield Move("removed", "landmark", full_id, f"landmarks.{landmark}", was=landmark_text(old, landmark))
        for landmark in sorted(new.landmarks - old.landmarks):
            yield Move("added", "landmark", full_id, f"landmarks.{landmark}", now=landmark_text(new, landmark))
        whole = old.landmarks ^ new.landmarks
        for move in _fields("term", full_id, self.effective(old, new, self.old), self.effective(new, old, self.new)):
            if move.field.startswith("landmarks.") and move.field.split(".")[1] in whole:
                continue
            if move.field == "supports" and self.same_refs(move, teams):
                continue
            yield move

    def effective(self, goal: GoalSnapshot, other: GoalSnapshot, handbook: HandbookSnapshot) -> Mapping[str, str]:
        """The terms with the period's dates where only the other version writes its own."""
        defaults = {n: handbook.date(n) for n in ("start", "due") if n in other.terms and n not in goal.terms}
        return {**goal.terms, **defaults} if defaults else goal.terms

    def same_refs(self, move: Move, teams: tuple[str, str]) -> bool:
        """Whether the same goals are named in other words: by an old id, or with or without the team."""
        was, now = self.names.refs(move.was, ""), self.names.refs(move.now, "")
        return was == now or self.names.refs(move.was, teams[0]) == self.names.refs(move.now, teams[1])


def _own_team(details: Mapping[str, str]) -> str:
    return details.get("team") or details.get("part_of", "")


def landmark_text(goal: GoalSnapshot, landmark: str) -> str:
    """A landmark in a line: `175000 by 2017-09-30`."""
    parts = {part: goal.terms.get(f"landmarks.{landmark}.{part}", "") for part in ("value", "deliver", "due")}
    return f"{parts['value'] or parts['deliver']} by {parts['due']}"


def _fields(what: What, full_id: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Move]:
    if old == new:
        return
    for name in sorted({*old, *new}):
        was, now = old.get(name, ""), new.get(name, "")
        if was != now:
            how: How = "changed" if was and now else "added" if now else "removed"
            yield Move(how, what, full_id, name, was, now)


def _added_decisions(full_id: str, goal: GoalSnapshot) -> Iterator[Move]:
    for name, items in goal.decisions.items():
        for item in items:
            yield Move("added", "decision", full_id, name, new=item)


def _decisions(full_id: str, name: str, before: Iterable[Item], after: Iterable[Item]) -> Iterator[Move]:
    """Items that are not on both sides: edited where the key is the same, else removed or added.

    What only went on (a step of a plan done, or a step more) is `added` with the item before in `old`.
    """
    gone, come = _difference(before, after)
    for item in gone:
        twin = next((other for other in come if key_of(name, other) == key_of(name, item)), None)
        if twin is None:
            yield Move("removed", "decision", full_id, name, old=item)
        else:
            come.remove(twin)
            how: How = "added" if name == "accountings" and _went_on(item, twin) else "changed"
            yield Move(how, "decision", full_id, name, old=item, new=twin)
    yield from (Move("added", "decision", full_id, name, new=item) for item in come)


def _difference(before: Iterable[Item], after: Iterable[Item]) -> tuple[list[Item], list[Item]]:
    """What is only before, and what is only after; the order of items says nothing."""
    left = list(after)
    gone = []
    for item in before:
        if item in left:
            left.remove(item)
        else:
            gone.append(item)
    return gone, left


def _went_on(old: Item, new: Item) -> bool:
    """Whether an accounting only got steps done or added."""
    if {**old, "plan": []} != {**new, "plan": []}:
        return False
    steps = list(new.get("plan", []))
    for step in old.get("plan", []):
        same = next(
            (s for s in steps if s == step or ("done" not in step and {**s, "done": ""} == {**step, "done": ""})), None
        )
        if same is None:
            return False
        steps.remove(same)
    return True


def _renamed(item: Item, names: Names) -> Item:
    """An item with today's names of people."""
    if not names.owners:
        return item
    found: dict[str, Any] = {}
    for name, value in item.items():
        if name in {"by", "with", "who"}:
            found[name] = ", ".join(names.owner(who) for who in value.split(", "))
        elif name == "plan":
            found[name] = [_renamed(step, names) for step in value]
        else:
            found[name] = value
    return found


def item_text(item: Item) -> str:
    """An item in one spelling, to be found again by."""
    return json.dumps(item, sort_keys=True, ensure_ascii=False)
