"""What a reviewer reads on a pull request: by person, what changed and why, and what that does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from ...changes import kinds
from ...changes.explanations import unexplained
from ...changes.history import Version
from ...changes.kinds import Change
from ...model.records import Adjustment
from ...model.terms import Value, spell
from ...status.agreement import still_to_agree
from ...status.assessment import Assessment, Owed, all_owed
from ...views import badge
from ...views.components import Event, GoalLink, OwedView, Person
from ...views.context import ViewContext
from ...views.events import change_event, record_event
from ...views.origin import origin_view
from ...words import plural

#: Of many readings or sessions of a goal only the last is shown, with how many there are.
_COUNTED = frozenset({"checkins", "sessions"})
#: What identifies something owed: its kind, the goal's full id, and the landmark's id.
OwedKey = tuple[str, str, str]
#: What a file says about somebody that is not repeated in a comment on a pull request.
_NOT_QUOTED = frozenset({"motivation", "aliases", "emails", "context.market"})
_OWNER_FIELDS = {"part_of": "larger team", "managing_producer": "managing producer"}


@dataclass(frozen=True, slots=True)
class GoalDiff:
    """What happened to a goal; `edited` names its texts that were rewritten."""

    full_id: str
    title: str
    events: tuple[Event, ...]
    edited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnerDiff:
    """What happened to somebody's goals, and to what the file says about them."""

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
    """A goal or a landmark with another status than before."""

    owner: str
    title: str
    landmark: str
    was: badge.Badge
    now: badge.Badge


@dataclass(frozen=True, slots=True)
class ToAgree:
    """A goal that changed, or supports one, with those who have yet to agree to its terms; nobody is known if none."""

    ref: GoalLink
    badge: badge.Badge
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything a reviewer reads.

    `silent` counts the changes nothing explains, `adjusted` the goals adjusted, `not_shown` the changes that are not
    for this audience.
    """

    as_of: str
    owners: tuple[OwnerDiff, ...]
    settings: tuple[str, ...]
    coverage: tuple[CoverageDiff, ...]
    statuses: tuple[StatusDiff, ...]
    to_agree: tuple[ToAgree, ...]
    owed: tuple[OwedView, ...]
    no_longer_owed: tuple[OwedView, ...]
    adjusted: int
    silent: int
    not_shown: int = 0


def difference(before: ViewContext, after: ViewContext, changes: Sequence[Change], not_shown: int = 0) -> Difference:
    """Return the difference between two handbooks on one date, by the changes between them."""
    was, now = (_owed(context.assessment) for context in (before, after))
    adjusted = {c.full_id for c in changes if isinstance(c, kinds.RecordAdded) and isinstance(c.record, Adjustment)}
    return Difference(
        as_of=after.day(after.assessment.as_of),
        owners=tuple(_owners(before, after, changes)),
        settings=tuple(_setting(change) for change in changes if isinstance(change, kinds.SettingChanged)),
        coverage=tuple(_coverage(before, after)),
        statuses=tuple(_statuses(before, after)),
        to_agree=tuple(_to_agree(after, now, was, changes)),
        owed=tuple(after.owed_item(o) for key, o in now.items() if key not in was and o.kind != "agreement"),
        no_longer_owed=tuple(before.owed_item(o) for key, o in was.items() if key not in now),
        adjusted=len(adjusted),
        silent=sum(is_silent(change) for change in unexplained(changes)),
        not_shown=not_shown,
    )


def is_silent(change: Change) -> bool:
    """Return whether nothing explains a change, or an adjustment explains it wrongly."""
    if isinstance(change, kinds.FalseClaim):
        return not change.settled
    return isinstance(change, kinds.Accountable) and change.silent


def _setting(change: kinds.SettingChanged) -> str:
    was, now = (spell(value) or "not set" for value in (change.was, change.now))
    return f"{change.field.replace('.', ' ')}: {was} → {now}"


def _owners(before: ViewContext, after: ViewContext, changes: Sequence[Change]) -> Iterator[OwnerDiff]:
    by_owner: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_owner[change.owner_id].append(change)
    order = (*after.assessment.handbook.owners, *before.assessment.handbook.owners)
    for owner_id in dict.fromkeys(i for i in order if i in by_owner):
        context = after if owner_id in after.assessment.handbook.owners else before
        lines = tuple(line for change in by_owner[owner_id] if (line := _of_owner(context, change)))
        by_goal: dict[str, list[Change]] = defaultdict(list)
        for change in by_owner[owner_id]:
            if "/" in change.full_id:
                by_goal[change.full_id].append(change)
        goals = (_goal(before, after, full_id, its) for full_id, its in by_goal.items())
        shown = tuple(goal for goal in goals if goal.events or goal.edited)
        if lines or shown:
            yield OwnerDiff(context.person(owner_id), lines, shown)


def _of_owner(context: ViewContext, change: Change) -> str:
    """What happened to a file as a whole, or to what it says about its owner; else ""."""
    match change:
        case kinds.OwnerAdded():
            return "is new"
        case kinds.OwnerRemoved():
            return "was removed, with the file"
        case kinds.OwnerRenamed():
            return f"was called {change.former_id}"
        case kinds.OwnerEdited() if change.field in _NOT_QUOTED or (
            change.field.startswith("context.") and change.was == change.now
        ):
            return f"{change.field.removeprefix('context.')} was edited"
        case kinds.OwnerEdited():
            was, now = (_owner_value(context, change.field, value) for value in (change.was, change.now))
            name = _OWNER_FIELDS.get(change.field, change.field.removeprefix("context."))
            return f"{name}: {was} → {now}"
        case _:
            return ""


def _owner_value(context: ViewContext, field: str, value: Value) -> str:
    if value is None:
        return "none"
    if field == "team" and isinstance(value, tuple):
        teams = (str(team).partition(" ") for team in value)
        return "; ".join(f"{context.person(team).name}{space}{rest}" for team, space, rest in teams)
    return context.person(str(value)).name if field in {"part_of", "leader"} else spell(value)


def _goal(before: ViewContext, after: ViewContext, full_id: str, changes: Sequence[Change]) -> GoalDiff:
    context = after if full_id in after.assessment.handbook.goals else before
    goal = context.assessment.handbook.goals.get(full_id)
    here = Version("", context.assessment.as_of, "", ())
    events: list[Event] = []
    new = frozenset(change.record for change in changes if isinstance(change, kinds.RecordAdded))
    counted: dict[str, list[kinds.RecordAdded]] = defaultdict(list)
    for change in changes:
        if isinstance(change, kinds.RecordAdded) and change.kind.name in _COUNTED:
            counted[change.kind.name].append(change)
        elif isinstance(change, kinds.RecordAdded):
            event = record_event(context, goal, change.kind, change.record)
            events.append(replace(event, origin=origin_view(context, full_id, change.kind, change.record, new=new)))
        elif not (isinstance(change, kinds.Accountable) and change.explained_by):
            found = change_event(context, here, change)
            events += [found] if found else []
    for added in counted.values():
        last = max(added, key=lambda one: one.record.on)
        event = record_event(context, goal, last.kind, last.record)
        more = f" (the last of {plural(len(added), last.kind.noun)})" if len(added) > 1 else ""
        events.append(replace(event, text=event.text + more))
    edited = tuple(_detail(change) for change in changes if isinstance(change, kinds.DetailEdited))
    title = goal.title if goal else full_id.partition("/")[2]
    return GoalDiff(full_id, title, tuple(sorted(events, key=lambda e: (not e.loud, e.day))), edited)


def _detail(change: kinds.DetailEdited) -> str:
    """The name of what was edited; of a number, what it was and is."""
    name = change.field.replace(".", " ")
    if not any(isinstance(value, Decimal) for value in (change.was, change.now)):
        return name
    was, now = (spell(value) or "none" for value in (change.was, change.now))
    return f"{name} {was} → {now}"


def _coverage(before: ViewContext, after: ViewContext) -> Iterator[CoverageDiff]:
    for full_id, state in after.assessment.goals.items():
        old = before.assessment.goals.get(full_id)
        was = _percent(before, old.coverage.ratio if old and old.coverage else None)
        now = _percent(after, state.coverage.ratio if state.coverage else None)
        if state.coverage and now != was:
            ref = after.ref(full_id)
            yield CoverageDiff(ref.owner.name, ref.title, was, now, badge.COVERAGE[state.coverage.verdict])


def _percent(context: ViewContext, ratio: Fraction | None) -> str:
    return context.fmt.percent(ratio) if ratio is not None else ""


def _statuses(before: ViewContext, after: ViewContext) -> Iterator[StatusDiff]:
    for full_id, state in after.assessment.goals.items():
        old = before.assessment.goals.get(full_id)
        if old is None:
            continue
        ref = after.ref(full_id)
        if old.status != state.status:
            yield StatusDiff(ref.owner.name, ref.title, "", badge.GOAL[old.status], badge.GOAL[state.status])
        earlier = {s.landmark.id: s.status for s in old.landmarks}
        for landmark in state.landmarks:
            was = earlier.get(landmark.landmark.id)
            if was and was != landmark.status:
                name = after.landmark(state.goal, landmark.landmark.id)
                look = badge.LANDMARK[was], badge.LANDMARK[landmark.status]
                yield StatusDiff(ref.owner.name, ref.title, name, *look)


def _owed(assessment: Assessment) -> Mapping[OwedKey, Owed]:
    owed: Iterable[Owed] = all_owed(assessment.goals.values())
    return {(o.kind, o.full_id, o.landmark): o for o in owed}


def _to_agree(
    context: ViewContext, now: Mapping[OwedKey, Owed], was: Mapping[OwedKey, Owed], changes: Sequence[Change]
) -> Iterator[ToAgree]:
    """Yield the agreements owed to goals that changed, and those that were not owed before."""
    handbook = context.assessment.handbook
    changed = {change.full_id for change in changes}
    for key, owed in now.items():
        state = context.assessment.goals[owed.full_id]
        if owed.kind == "agreement" and state.agreed and state.agreement and (key not in was or key[1] in changed):
            team = handbook.own_team(state.owner_id)
            leader = handbook.leader_of(team.id) if team else None
            known = {"seller": state.owner_id, "leader": leader.id if leader else ""}
            ids = (known[party] for party in still_to_agree(handbook, owed.full_id, state.agreed))
            people = context.people(filter(None, ids))
            yield ToAgree(context.ref(owed.full_id), badge.AGREEMENT[state.agreement], people)
