"""Two versions of a handbook to the changes between them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeGuard

from ..model.goal import Goal, records_of
from ..model.people import AnyOwner, Context, Seller, Team, is_draft
from ..model.records import RECORDS, Accounting, PlanStep, Record, RecordKind, identity
from ..model.settings import Settings
from ..model.support import Support
from ..model.terms import Value, comparable, landmark_ref, spell, term_ref
from . import kinds
from .explanations import attach_explanations
from .kinds import Change
from .renames import Renames
from .snapshot import GoalSnapshot, HandbookSnapshot, OwnerSnapshot, flattened
from .steps import ReadEnd
from .wording import canonical, same

#: An owner in the older and in the newer version.
_Owners = tuple[AnyOwner, AnyOwner]


def compare(
    old: HandbookSnapshot, new: HandbookSnapshot, renames: Renames, gone: Mapping[str, GoalSnapshot] | None = None
) -> list[Change]:
    """Return the changes from one version to another. Of the owners, only those that may differ need be given.

    `gone` are the goals that were removed before: one that is back is compared with what it was.
    """
    changes: list[Change] = []
    gone = {renames.full_id(full_id): goal for full_id, goal in (gone or {}).items()}
    if old.settings != new.settings:
        pairs = _differences(*(_house_rules(settings) for settings in (old.settings, new.settings)))
        changes += (kinds.SettingChanged("", name, was, now) for name, was, now in pairs)
    is_all_the_same = old.settings == new.settings and old.led == new.led and not (renames.owners or renames.goals)
    before = {renames.owner(owner_id): (owner_id, snapshot) for owner_id, snapshot in old.owners.items()}
    for owner_id in sorted({*before, *new.owners}):
        former_id, former = before.get(owner_id, (owner_id, None))
        present = new.owners.get(owner_id)
        if present is None and former:
            changes.append(kinds.OwnerRemoved(former_id, former.owner.name))
            changes += [_removed(former_id, goal, former) for goal in former.goals.values()]
        elif present and not (present is former and is_all_the_same):
            if former is None:
                changes.append(kinds.OwnerAdded(owner_id, present.owner.name))
            elif former_id != owner_id:
                changes.append(kinds.OwnerRenamed(owner_id, former_id))
            changes += _Comparison(old, new, renames, gone).of_owner(owner_id, former, present)
    return changes


def _house_rules(settings: Settings | None) -> dict[str, Value]:
    """Return the settings by name; how exports are imported is none that goals are judged by."""
    return {name: value for name, value in flattened("", settings).items() if name != "imports"}


def _removed(owner_id: str, snapshot: GoalSnapshot, owner: OwnerSnapshot) -> kinds.GoalRemoved:
    full_id, draft = f"{owner_id}/{snapshot.goal.id}", is_draft(owner.owner, snapshot.goal)
    return kinds.GoalRemoved(full_id, snapshot.goal, snapshot.written, draft=draft)


@dataclass(frozen=True)
class _Comparison:
    """What the comparison of two owners needs to know of the whole."""

    old: HandbookSnapshot
    new: HandbookSnapshot
    renames: Renames
    gone: Mapping[str, GoalSnapshot]

    def of_owner(self, owner_id: str, old: OwnerSnapshot | None, new: OwnerSnapshot) -> Iterator[Change]:
        details = self.renamed_details(old) if old else {}
        present_details = new.details() if old else {}
        for name, was, now in _differences(details, present_details):
            yield kinds.OwnerEdited(owner_id, name, was, now)
        if old and isinstance(old.owner, Team) and isinstance(new.owner, Team):
            contexts = (old.owner.context, new.owner.context)
            for name in ("market", "capacity", "abilities"):
                if getattr(contexts[0], name) != getattr(contexts[1], name):
                    was, now = (limits(context, name) for context in contexts)
                    yield kinds.OwnerEdited(owner_id, f"context.{name}", was, now)
        former = self.former_goals(owner_id, old)
        for goal_id, snapshot in former.items():
            if old and goal_id not in new.goals:
                yield _removed(owner_id, snapshot, old)
        for goal_id, present in new.goals.items():
            full_id, was_goal = f"{owner_id}/{goal_id}", former.get(goal_id)
            if was_goal is None or old is None:
                yield from self.added(full_id, present, new.owner)
            elif was_goal != present or self.moved((was_goal.goal, present.goal), (old.owner, new.owner)):
                if was_goal.goal.id != goal_id:
                    yield kinds.GoalRenamed(full_id, was_goal.goal.id)
                draft = is_draft(old.owner, was_goal.goal)
                for change in self.explained(full_id, was_goal, present, (old.owner, new.owner)):
                    yield _as_draft(change) if draft else change

    def renamed_details(self, owner: OwnerSnapshot) -> dict[str, Value]:
        details = owner.details()
        details |= {k: self.renames.owner(str(details[k])) for k in ("part_of", "leader") if k in details}
        if isinstance(owner.owner, Seller):
            details["team"] = tuple(str(self.renames.membership(team)) for team in owner.owner.team)
        return details

    def former_goals(self, owner_id: str, old: OwnerSnapshot | None) -> dict[str, GoalSnapshot]:
        """The goals of the older version by what they are called today."""
        goals = old.goals if old else {}
        return {self.renames.full_id(f"{owner_id}/{i}").partition("/")[2]: goal for i, goal in goals.items()}

    def added(self, full_id: str, goal: GoalSnapshot, owner: AnyOwner) -> Iterator[Change]:
        yield kinds.GoalAdded(full_id, self.dated(goal, owner))
        if full_id in self.gone:
            yield from self.explained(full_id, self.gone[full_id], goal, (owner, owner))
            return
        for kind in RECORDS.values():
            yield from (kinds.RecordAdded(full_id, kind, record) for record in records_of(goal.goal, kind))

    def explained(self, full_id: str, old: GoalSnapshot, new: GoalSnapshot, owners: _Owners) -> Iterator[Change]:
        changes = list(self.of_goal(full_id, old, new, owners))
        return attach_explanations(changes, old, new, self.ends((old.goal, new.goal), owners))

    def of_goal(self, full_id: str, old: GoalSnapshot, new: GoalSnapshot, owners: _Owners) -> Iterator[Change]:
        yield from self.terms(full_id, old, new, owners)
        for name, was, now in _differences(old.details(), new.details()):
            yield kinds.DetailEdited(full_id, name, was, now)
        for kind in RECORDS.values():
            before, after = records_of(old.goal, kind), records_of(new.goal, kind)
            if before != after:
                yield from _records(full_id, kind, map(self.renames.record, before), after)

    def terms(self, full_id: str, old: GoalSnapshot, new: GoalSnapshot, owners: _Owners) -> Iterator[Change]:
        before = {landmark.id: landmark for landmark in old.goal.landmarks}
        after = {landmark.id: landmark for landmark in new.goal.landmarks}
        for landmark in sorted(before.keys() - after.keys()):
            yield kinds.LandmarkRemoved(full_id, landmark_ref(landmark), before[landmark])
        for landmark in sorted(after.keys() - before.keys()):
            yield kinds.LandmarkAdded(full_id, landmark_ref(landmark), after[landmark])
        came_or_went = before.keys() ^ after.keys()
        for name, was, now in _differences(*self.effective((old, new), owners)):
            ref = term_ref(name)
            if ref is not None and ref.landmark not in came_or_went:
                yield kinds.TermChanged(full_id, ref, was, now)

    def dated(self, snapshot: GoalSnapshot, owner: AnyOwner) -> Goal:
        """A goal of the newer version, with the dates it has anyway where its file gives none."""
        left_out = {"start", "due"} - snapshot.written
        return snapshot.goal.model_copy(update={n: day for n in left_out if (day := self.new.date(n, owner))})

    def effective(
        self, goals: tuple[GoalSnapshot, GoalSnapshot], owners: _Owners
    ) -> tuple[Mapping[str, Value], Mapping[str, Value]]:
        """The terms of both, each as the other would say it.

        With the dates of the period or the owner where only the other gives its own; a start that both leave to the
        owner changes with the day the owner joined. The goals they support are in full where that tells them apart.
        """
        old, new = (goal.terms() for goal in goals)
        was, now = owners
        needed = {name for name in ("start", "due") if name in old or name in new}
        needed |= {"start"} if self.start_moved(owners) else set()
        before = {name: self.old.date(name, was) for name in needed} | old
        after = {name: self.new.date(name, now) for name in needed} | new
        before["cadence.with"] = self.renamed(before.get("cadence.with"))
        supported = self.supported((goals[0].goal, goals[1].goal), owners)
        if supported[0] == supported[1]:
            before["supports"] = after["supports"] = None
        elif old.get("supports") == new.get("supports"):
            before["supports"], after["supports"] = (tuple(sorted(found, key=str)) for found in supported)
        return before, after

    def renamed(self, people: Value) -> Value:
        """Those a cadence is kept with, by today's ids."""
        return tuple(self.renames.owner(str(who)) for who in people) if isinstance(people, tuple) else people

    def moved(self, goals: tuple[Goal, Goal], owners: _Owners) -> bool:
        """Whether the same words mean something else: when a goal starts, or whose goals it supports."""
        return self.start_moved(owners) or any(
            self.renames.owner(self.old.own_team(owners[0], goals[0], support))
            != self.new.own_team(owners[1], goals[1], support)
            for support in goals[1].supports
            if "/" not in support.goal
        )

    def start_moved(self, owners: _Owners) -> bool:
        """Whether goals without a start begin on another day because the owner joined on another."""
        was, now = (self.new.date("start", owner) for owner in owners)
        return was != now

    def supported(self, goals: tuple[Goal, Goal], owners: _Owners) -> tuple[frozenset[Support], frozenset[Support]]:
        """What the older and the newer goal support, in full; as written where the owner's team is not known."""
        sides = tuple(zip((self.old, self.new), goals, owners, strict=True))
        bare = [(*side, support) for side in sides for support in side[1].supports if "/" not in support.goal]
        known = all(side.own_team(owner, goal, support) for side, goal, owner, support in bare)
        was, now = (
            frozenset(
                self.renames.support(support, side.own_team(owner, goal, support) if known else "")
                for support in goal.supports
            )
            for side, goal, owner in sides
        )
        return was, now

    def ends(self, goals: tuple[Goal, Goal], owners: _Owners) -> ReadEnd:
        """How to read what an adjustment `was` and what is `now`: in the words of the older and of the newer goal."""

        def read(value: Value, newer: bool) -> Value:
            if not _are_supports(value):
                return comparable(value)
            side, goal, owner = (self.old, self.new)[newer], goals[newer], owners[newer]
            full = (self.renames.support(support, side.own_team(owner, goal, support)) for support in value)
            return comparable(tuple(full))

        return read


def _are_supports(value: Value) -> TypeGuard[tuple[Support, ...]]:
    return isinstance(value, tuple) and any(isinstance(item, Support) for item in value)


def limits(context: Context, name: str) -> Value:
    """Return the numbers of a team's context: `Machines a month 40`; None for its prose."""
    if name == "capacity":
        return tuple(f"{capacity.what} {spell(capacity.limit)}" for capacity in context.capacity) or None
    found = tuple(f"{who} {spell(ability.estimate)}" for who, ability in context.abilities.items())
    return found or None if name == "abilities" else None


def _as_draft(change: Change) -> Change:
    return replace(change, draft=True) if isinstance(change, kinds.TermChange) else change


def _differences(old: Mapping[str, Value], new: Mapping[str, Value]) -> Iterator[tuple[str, Value, Value]]:
    """The names whose values differ, with both values."""
    for name in sorted({*old, *new}):
        was, now = old.get(name), new.get(name)
        if not same(was, now):
            yield name, was, now


def _records(full_id: str, kind: RecordKind, before: Iterable[Record], after: Iterable[Record]) -> Iterator[Change]:
    """Records that are not on both sides: edited where the identity is the same, else removed or added.

    What only went on (a step of a plan done, or a step more) is added, with the record it continues in `before`.
    """
    gone, come = _only_one_side(before, after)
    for old in gone:
        twin = next((new for new in come if identity(kind, new) == identity(kind, old)), None)
        if twin is None:
            yield kinds.RecordRemoved(full_id, kind, old)
            continue
        come.remove(twin)
        if isinstance(old, Accounting) and isinstance(twin, Accounting) and _continues(old, twin):
            yield kinds.RecordAdded(full_id, kind, twin, before=old)
        else:
            yield kinds.RecordEdited(full_id, kind, old, twin)
    yield from (kinds.RecordAdded(full_id, kind, record) for record in come)


def _only_one_side(before: Iterable[Record], after: Iterable[Record]) -> tuple[list[Record], list[Record]]:
    """What is only before, and what is only after; the order of records says nothing, nor does their spelling."""
    gone, left = _without_common(list(before), list(after), lambda record: record)
    return _without_common(gone, left, canonical) if gone and left else (gone, left)


def _without_common(
    before: list[Record], after: list[Record], key: Callable[[Record], object]
) -> tuple[list[Record], list[Record]]:
    left = [(key(record), record) for record in after]
    gone = []
    for record in before:
        index = next((i for i, (found, _) in enumerate(left) if found == key(record)), None)
        if index is None:
            gone.append(record)
        else:
            del left[index]
    return gone, [record for _, record in left]


def _continues(old: Accounting, new: Accounting) -> bool:
    """Whether an accounting only got steps done or added."""
    if not same(old.model_copy(update={"plan": ()}), new.model_copy(update={"plan": ()})):
        return False
    steps = list(new.plan)
    for step in old.plan:
        twin = next((s for s in steps if s == step or (not step.done and s == _done_on(step, s.done))), None)
        if twin is None:
            return False
        steps.remove(twin)
    return True


def _done_on(step: PlanStep, day: datetime.date | None) -> PlanStep:
    return step.model_copy(update={"done": day})
