"""What a reviewer reads on a pull request: by person, what moved and why, and what that does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...changes.history import Version
from ...changes.kinds import Move
from ...status.assessment import Assessment, Owed, all_owed
from ...views import badge
from ...views.components import Event, OwedView, Person
from ...views.context import ViewContext, plural
from ...views.events import item_event, move_event

#: Of many readings or sessions of a goal, only the last is told, and how many there are.
_COUNTED = {"checkins": "reading", "sessions": "session"}
_WORDS = {
    "name": "name",
    "team": "team",
    "part_of": "larger team",
    "leader": "leader",
    "joined": "joined",
    "left": "left",
    "title": "title",
    "managing_producer": "managing producer",
}


@dataclass(frozen=True, slots=True)
class GoalDiff:
    """What happened to a goal; `edited` names its texts that were rewritten."""

    full_id: str
    title: str
    events: tuple[Event, ...]
    edited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnerDiff:
    """What happened to somebody's goals, and to themselves."""

    person: Person
    lines: tuple[str, ...]
    goals: tuple[GoalDiff, ...]


@dataclass(frozen=True, slots=True)
class CoverageDiff:
    """A team goal's coverage before and after; "" where it had or has none."""

    owner: str
    title: str
    was: str
    now: str
    badge: badge.Badge


@dataclass(frozen=True, slots=True)
class StatusDiff:
    """A goal or a landmark that stands elsewhere than before."""

    owner: str
    title: str
    landmark: str
    was: badge.Badge
    now: badge.Badge


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything a reviewer reads. `silent` counts the moves nothing explains, `adjusted` the goals adjusted."""

    as_of: str
    owners: tuple[OwnerDiff, ...]
    house: tuple[str, ...]
    coverage: tuple[CoverageDiff, ...]
    statuses: tuple[StatusDiff, ...]
    owed: tuple[OwedView, ...]
    paid: tuple[OwedView, ...]
    adjusted: int
    silent: int


def difference(before: ViewContext, after: ViewContext, moves: Sequence[Move]) -> Difference:
    """The difference of two scenes, of one date, by the moves between them."""
    touched = {move.full_id for move in moves}
    was, now = (_owed(context.assessment) for context in (before, after))
    adjusted = {m.full_id for m in moves if m.field == "adjustments" and m.how == "added"}
    return Difference(
        as_of=after.day(after.assessment.as_of),
        owners=tuple(_owners(before, after, moves)),
        house=tuple(_setting(move) for move in moves if move.what == "setting"),
        coverage=tuple(_coverage(before, after)),
        statuses=tuple(_statuses(before, after)),
        owed=tuple(after.one_owed(o) for key, o in now.items() if o.full_id in touched or key not in was),
        paid=tuple(before.one_owed(o) for key, o in was.items() if key not in now),
        adjusted=len(adjusted),
        silent=sum(m.silent or m.what == "claim" for m in moves),
    )


def _setting(move: Move) -> str:
    return f"{move.field.replace('.', ' ')}: {move.was or 'not set'} → {move.now or 'not set'}"


def _owners(before: ViewContext, after: ViewContext, moves: Sequence[Move]) -> Iterator[OwnerDiff]:
    by_owner: dict[str, list[Move]] = {}
    for move in moves:
        if move.full_id:
            by_owner.setdefault(move.owner_id, []).append(move)
    order = [*after.assessment.handbook.owners, *(i for i in before.assessment.handbook.owners)]
    for owner_id in dict.fromkeys(i for i in order if i in by_owner):
        context = after if owner_id in after.assessment.handbook.owners else before
        lines = tuple(line for move in by_owner[owner_id] if (line := _of_person(context, move)))
        by_goal: dict[str, list[Move]] = {}
        for move in by_owner[owner_id]:
            if "/" in move.full_id:
                by_goal.setdefault(move.full_id, []).append(move)
        told = (_goal(before, after, full_id, its) for full_id, its in by_goal.items())
        kept = tuple(goal for goal in told if goal.events or goal.edited)
        if lines or kept:
            yield OwnerDiff(context.person(owner_id), lines, kept)


def _of_person(context: ViewContext, move: Move) -> str:
    if move.what == "owner":
        return {"added": "is new", "removed": "is gone, with the file", "renamed": f"was called {move.was}"}[move.how]
    if move.what != "person":
        return ""
    if move.field not in _WORDS:
        return f"{move.field.removeprefix('context.')} was edited"
    named = move.field in {"team", "part_of", "leader"}
    was, now = (context.person(who).name if named and who else who or "none" for who in (move.was, move.now))
    return f"{_WORDS[move.field]}: {was} → {now}"


def _goal(before: ViewContext, after: ViewContext, full_id: str, moves: Sequence[Move]) -> GoalDiff:
    handbook = after.assessment.handbook
    context = after if full_id in handbook.goals else before
    goal = context.assessment.handbook.goals.get(full_id)
    here = Version("", context.assessment.as_of, "", ())
    events: list[Event] = []
    for name, word in _COUNTED.items():
        added = [m.new for m in moves if m.field == name and m.how == "added" and m.what == "decision" and m.new]
        for item in sorted(added, key=lambda item: str(item["on"]))[-1:]:
            event = item_event(context, goal, name, item)
            more = f" ({plural(len(added), word)}, this the last)" if len(added) > 1 else ""
            events.append(Event(event.day, event.on, event.badge, event.text + more, prose=event.prose))
    for move in moves:
        if move.what == "decision" and move.how == "added":
            if move.field not in _COUNTED and move.new:
                events.append(item_event(context, goal, move.field, move.new))
        elif move.what == "claim" or not move.because:
            found = move_event(context, here, move)
            events += [found] if found else []
    edited = tuple(move.field.replace(".", " ") for move in moves if move.what == "detail")
    title = goal.title if goal else full_id.partition("/")[2]
    return GoalDiff(full_id, title, tuple(sorted(events, key=lambda e: (not e.loud, e.day))), edited)


def _coverage(before: ViewContext, after: ViewContext) -> Iterator[CoverageDiff]:
    for full_id, standing in after.assessment.goals.items():
        old = before.assessment.goals.get(full_id)
        was, now = _percent(before, old.coverage.ratio if old and old.coverage else None), ""
        if standing.coverage:
            now = _percent(after, standing.coverage.ratio)
            if now != was:
                look = badge.COVERAGE[standing.coverage.verdict]
                ref = after.ref(full_id)
                yield CoverageDiff(ref.owner.name, ref.title, was, now, look)


def _percent(context: ViewContext, ratio: object) -> str:
    return context.fmt.percent(ratio) if ratio is not None else ""  # type: ignore[arg-type]


def _statuses(before: ViewContext, after: ViewContext) -> Iterator[StatusDiff]:
    for full_id, standing in after.assessment.goals.items():
        old = before.assessment.goals.get(full_id)
        if old is None:
            continue
        ref = after.ref(full_id)
        if old.status != standing.status:
            yield StatusDiff(ref.owner.name, ref.title, "", badge.GOAL[old.status], badge.GOAL[standing.status])
        were = {s.landmark.id: s.status for s in old.landmarks}
        for now in standing.landmarks:
            was = were.get(now.landmark.id)
            if was and was != now.status:
                name = after.landmark(standing.goal, now.landmark.id)
                yield StatusDiff(ref.owner.name, ref.title, name, badge.LANDMARK[was], badge.LANDMARK[now.status])


def _owed(standing: Assessment) -> dict[tuple[str, str, str], Owed]:
    owed: Iterable[Owed] = all_owed(standing.goals.values())
    return {(o.kind, o.full_id, o.landmark): o for o in owed}
