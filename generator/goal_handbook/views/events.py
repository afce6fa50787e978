"""What happened to a goal as an event, the same on its page, in the list of changes, in a diff and in a log."""

from __future__ import annotations

import datetime
from decimal import Decimal

from ..changes import kinds
from ..changes.history import Version
from ..changes.kinds import Change
from ..model.goal import Goal, Landmark
from ..model.measure import LENGTHS
from ..model.records import (
    Accounting,
    Adjustment,
    CheckIn,
    Closing,
    Delivery,
    FieldChange,
    Record,
    RecordKind,
    RecordRef,
    Review,
    Session,
    edited_fields,
)
from ..model.terms import DROPPED, TermRef, Value, spell
from ..model.values import parse_day
from ..status.as_of import first_terms
from ..words import plural
from . import badge
from .components import ChangeView, Event
from .context import ViewContext


def record_event(context: ViewContext, goal: Goal | None, kind: RecordKind, record: Record, commit: str = "") -> Event:
    """Return the event of a record. `goal` gives its values their unit, and its landmarks their names."""
    prose = "\n\n".join(filter(None, (str(getattr(record, name, "")) for name in ("why", "note", "next"))))
    adjusted = record.changes if isinstance(record, Adjustment) else ()
    changes = tuple(change_view(context, goal, change) for change in adjusted)
    by = context.people(getattr(record, "by", ()))
    text = _text(context, goal, record)
    return Event(record.on, context.day(record.on), badge.EVENT[kind.name], text, changes, by, prose, commit)


def change_event(context: ViewContext, version: Version, change: Change) -> Event | None:
    """Return the event of a change that is more than a new record; None for what need not be shown."""
    goal = context.assessment.handbook.goals.get(change.full_id)
    day, on, commit = version.day, context.day(version.day) if version.id else "", version.id
    match change:
        case kinds.TermChanged() | kinds.LandmarkAdded() | kinds.LandmarkRemoved():
            look = badge.CHANGE["silent" if change.silent else "undone" if change.settled else "changed"]
            return Event(day, on, look, "", (_term_view(context, goal, change),), commit=commit, loud=change.silent)
        case kinds.RecordEdited() | kinds.RecordRemoved():
            look = badge.CHANGE["rewritten" if change.silent else "undone" if change.settled else "corrected"]
            return Event(day, on, look, _edit(context, goal, change), commit=commit, loud=change.silent)
        case kinds.GoalAdded():
            return Event(day, on, badge.CHANGE["goal-added"], _size(context, first_terms(change.goal)), commit=commit)
        case kinds.GoalRenamed():
            return Event(day, on, badge.CHANGE["goal-renamed"], f"formerly {change.former_id}", commit=commit)
        case kinds.GoalRemoved():
            look = badge.CHANGE["goal-removed"]
            return Event(day, on, look, change.goal.title, commit=commit, loud=change.silent)
        case _:
            return None


def change_view(context: ViewContext, goal: Goal | None, change: FieldChange) -> ChangeView:
    """Return one term or correction of an adjustment, in the goal's own words."""
    if change.term and change.term.is_whole_landmark:
        return ChangeView(
            f"landmark {_landmark_name(context, goal, change.landmark)}",
            "not there" if change.was in (None, DROPPED) else spell(change.was),
            "dropped" if change.now in (None, DROPPED) else spell(change.now),
        )
    name = _record_name(context, change.record) if change.record else _term_name(goal, change.term)
    return ChangeView(name, _value(context, goal, change.was), _value(context, goal, change.now))


def _term_view(context: ViewContext, goal: Goal | None, change: kinds.TermChange) -> ChangeView:
    if isinstance(change, kinds.TermChanged):
        was, now = _value(context, goal, change.was), _value(context, goal, change.now)
        return ChangeView(_term_name(goal, change.ref), was, now)
    name = f"landmark {_landmark_name(context, goal, change.landmark.id)}"
    terms = _terms(context, goal, change.landmark)
    added = isinstance(change, kinds.LandmarkAdded)
    return ChangeView(name, "not there" if added else terms, terms if added else "dropped")


def _terms(context: ViewContext, goal: Goal | None, landmark: Landmark) -> str:
    """A landmark in a line: `$175,000 by Sep 30, 2017`."""
    what = _value(context, goal, landmark.value) if landmark.value is not None else landmark.deliver
    return f"{what} by {context.day(landmark.due)}"


def _landmark_name(context: ViewContext, goal: Goal | None, landmark_id: str) -> str:
    return context.landmark(goal, landmark_id) if goal else landmark_id


def _term_name(goal: Goal | None, ref: TermRef | None) -> str:
    """A term as people say it: `target`, `Course finished due`."""
    if ref is None or ref.term is None:
        return ref.name if ref else ""
    if not ref.landmark:
        return ref.name.removeprefix("cadence.")
    names = {landmark.id: landmark.name for landmark in goal.landmarks} if goal else {}
    part = "" if ref.term.name == "value" else ref.term.name
    return " ".join(filter(None, (names.get(ref.landmark, ref.landmark), part)))


def _record_name(context: ViewContext, ref: RecordRef) -> str:
    """A record as people say it: `reading of Jun 30, 2017`."""
    of = context.day(parse_day(ref.key)) if ref.kind.corrected_by == "on" else ref.key
    return f"{ref.kind.noun} of {of}" if of else ref.kind.noun


def _value(context: ViewContext, goal: Goal | None, value: Value) -> str:
    """A value as the handbook's locale writes it, in the goal's unit."""
    if value is None:
        return "nothing"
    if isinstance(value, Decimal):
        return context.fmt.amount(value, goal.measure.unit if goal and goal.measure else "")
    return context.day(value) if isinstance(value, datetime.date) else spell(value)


def _size(context: ViewContext, goal: Goal) -> str:
    """What a goal asks for: `$260,000 by Dec 31, 2017, 3 landmarks`."""
    target = f"{_value(context, goal, goal.target)} " if goal.target is not None else ""
    return f"{target}by {context.day(goal.due)}, {plural(len(goal.landmarks), 'landmark')}"


def _edit(context: ViewContext, goal: Goal | None, change: kinds.RecordChange) -> str:
    """`reading of Jun 30: $90,000 → $95,000`, or what was done to the record."""
    kind = change.kind
    what = f"{kind.noun} of {context.day(change.old.on)}" if kind.is_list else kind.noun
    if isinstance(change, kinds.RecordRemoved):
        return f"{what}: removed"
    was, now = _text(context, goal, change.old), _text(context, goal, change.new)
    if was != now:
        return f"{what}: {was} → {now}"
    return f"{what}: {', '.join(edited_fields(change.old, change.new))} rewritten"


def _text(context: ViewContext, goal: Goal | None, record: Record) -> str:
    """A record in a line, "" where its people and its note say it all."""
    match record:
        case CheckIn():
            return ", ".join(_reading(context, goal, record))
        case Session():
            people = ", ".join(person.name for person in context.people(record.with_))
            length = next((plural(n, unit.removesuffix("s")) for unit in LENGTHS if (n := getattr(record, unit))), "")
            return ", ".join(filter(None, (f"with {people}" if people else "", length)))
        case Accounting():
            plan = f", {plural(len(record.plan), 'step')} planned" if record.plan else ""
            return f"{_landmark_name(context, goal, record.landmark)}: {badge.ACTION[record.action]}{plan}"
        case Delivery():
            return _landmark_name(context, goal, record.landmark)
        case Closing():
            return badge.RESULT[record.result]
        case Review():
            return f"confidence {record.confidence}" if record.confidence else ""
        case _:
            return ""


def _reading(context: ViewContext, goal: Goal | None, checkin: CheckIn) -> list[str]:
    spent = checkin.spent
    parts = [_value(context, goal, checkin.value)] if checkin.value is not None else []
    if spent and spent.hours is not None:
        parts.append(context.fmt.count(spent.hours, "hour"))
    if spent and spent.money is not None:
        parts.append(context.fmt.amount(spent.money, "money"))
    return parts
