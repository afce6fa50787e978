"""What happened to a goal as an event, the same on its page, in the list of changes, in a diff and in a log."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import islice

from ..changes import kinds
from ..changes.history import Version
from ..changes.kinds import Change
from ..model.goal import Goal, Landmark
from ..model.measure import LENGTHS
from ..model.records import (
    Accounting,
    Adjustment,
    Agreement,
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
from . import badge
from .components import ChangeView, Event
from .context import ViewContext, length
from .terms import name_of_record, name_of_term


def record_event(context: ViewContext, goal: Goal | None, kind: RecordKind, record: Record, commit: str = "") -> Event:
    """Return the event of a record. `goal` gives its values their unit, and its landmarks their names."""
    written = vars(record)
    prose = "\n\n".join(filter(None, (written.get(name) for name in ("why", "note", "next"))))
    adjusted = record.changes if isinstance(record, Adjustment) else ()
    changes = tuple(change_view(context, goal, change) for change in adjusted)
    by = context.people(written.get("by", ()))
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
            return Event(
                day, on, badge.CHANGE["goal-renamed"], context.text("formerly {id}", id=change.former_id), commit=commit
            )
        case kinds.GoalRemoved():
            look = badge.CHANGE["goal-removed"]
            return Event(day, on, look, change.goal.title, commit=commit, loud=change.silent)
        case _:
            return None


def change_view(context: ViewContext, goal: Goal | None, change: FieldChange) -> ChangeView:
    """Return one term or correction of an adjustment, in the goal's own words."""
    if change.term and change.term.is_whole_landmark:
        return ChangeView(
            context.text("landmark {name}", name=_landmark_name(context, goal, change.landmark)),
            context.text("not there") if change.was in (None, DROPPED) else spell(change.was),
            context.text("dropped") if change.now in (None, DROPPED) else spell(change.now),
        )
    name = _record_name(context, change.record) if change.record else _term_name(context, goal, change.term)
    return ChangeView(name, _value(context, goal, change.was), _value(context, goal, change.now))


def _term_view(context: ViewContext, goal: Goal | None, change: kinds.TermChange) -> ChangeView:
    if isinstance(change, kinds.TermChanged):
        was, now = _value(context, goal, change.was), _value(context, goal, change.now)
        return ChangeView(_term_name(context, goal, change.ref), was, now)
    name = context.text("landmark {name}", name=_landmark_name(context, goal, change.landmark.id))
    terms = _terms(context, goal, change.landmark)
    if isinstance(change, kinds.LandmarkAdded):
        return ChangeView(name, context.text("not there"), terms)
    return ChangeView(name, terms, context.text("dropped"))


def _terms(context: ViewContext, goal: Goal | None, landmark: Landmark) -> str:
    """A landmark in a line: `$175,000 by Sep 30, 2017`."""
    what = _value(context, goal, landmark.value) if landmark.value is not None else landmark.deliver
    return context.text("{what} by {day}", what=what, day=context.day(landmark.due))


def _landmark_name(context: ViewContext, goal: Goal | None, landmark_id: str) -> str:
    return context.landmark(goal, landmark_id) if goal else landmark_id


def _term_name(context: ViewContext, goal: Goal | None, ref: TermRef | None) -> str:
    """A term as people say it: `target`, `Course finished due`."""
    if ref is None or ref.term is None:
        return ref.name if ref else ""
    if not ref.landmark:
        return name_of_term(ref.name.removeprefix("cadence."), context.words)
    names = {landmark.id: landmark.name for landmark in goal.landmarks} if goal else {}
    part = "" if ref.term.name == "value" else name_of_term(ref.term.name, context.words)
    return " ".join(filter(None, (names.get(ref.landmark, ref.landmark), part)))


def _record_name(context: ViewContext, ref: RecordRef) -> str:
    """A record as people say it: `reading of Jun 30, 2017`."""
    noun = name_of_record(ref.kind, context.words)
    of = context.day(parse_day(ref.key)) if ref.kind.corrected_by == "on" else ref.key
    return context.text("{record} of {which}", record=noun, which=of) if of else noun


def _value(context: ViewContext, goal: Goal | None, value: Value) -> str:
    """A value as the handbook's locale writes it, in the goal's unit."""
    if value is None:
        return context.text("nothing")
    if isinstance(value, Decimal):
        return context.fmt.amount(value, goal.measure.unit if goal and goal.measure else "")
    return context.day(value) if isinstance(value, datetime.date) else spell(value)


def _size(context: ViewContext, goal: Goal) -> str:
    """What a goal asks for: `$260,000 by Dec 31, 2017, 3 landmarks`."""
    size = context.text("by {day}", day=context.day(goal.due))
    if goal.target is not None:
        size = context.text("{what} by {day}", what=_value(context, goal, goal.target), day=context.day(goal.due))
    if goal.shape == "cadence" and not goal.landmarks:
        return size
    return ", ".join([size, context.plural("{n} landmark", "{n} landmarks", len(goal.landmarks))])


def _edit(context: ViewContext, goal: Goal | None, change: kinds.RecordChange) -> str:
    """`reading of Jun 30: $90,000 → $95,000`, or what was done to the record."""
    what = name_of_record(change.kind, context.words)
    if change.kind.is_list:
        what = context.text("{record} of {which}", record=what, which=context.day(change.old.on))
    if isinstance(change, kinds.RecordRemoved):
        return context.text("{record}: removed", record=what)
    was, now = _text(context, goal, change.old), _text(context, goal, change.new)
    if was != now:
        return f"{what}: {was} → {now}"
    fields = ", ".join(name_of_term(name, context.words) for name in edited_fields(change.old, change.new))
    return context.text("{record}: {fields} rewritten", record=what, fields=fields)


def _text(context: ViewContext, goal: Goal | None, record: Record) -> str:
    """A record in a line, "" where its people and its note say it all."""
    match record:
        case Agreement():  # first, as there are most of them
            return ""
        case CheckIn():
            return ", ".join(_reading(context, goal, record))
        case Session():
            people = ", ".join(person.name for person in context.people(record.with_))
            lengths = (length(n, unit, context.words) for unit in LENGTHS if (n := getattr(record, unit)))
            with_whom = [context.text("with {people}", people=people)] if people else []
            return ", ".join([*with_whom, *islice(lengths, 1)])
        case Accounting():
            what = f"{_landmark_name(context, goal, record.landmark)}: {context.text(badge.ACTION[record.action])}"
            planned = len(record.plan)
            plan = [context.plural("{n} step planned", "{n} steps planned", planned)] if planned else []
            return ", ".join([what, *plan])
        case Delivery():
            return _landmark_name(context, goal, record.landmark)
        case Closing():
            return context.text(badge.RESULT[record.result])
        case Review():
            return context.text(badge.CONFIDENCE[record.confidence]) if record.confidence else ""
        case _:
            return ""


def _reading(context: ViewContext, goal: Goal | None, checkin: CheckIn) -> list[str]:
    spent = checkin.spent
    parts = [_value(context, goal, checkin.value)] if checkin.value is not None else []
    if spent and spent.hours is not None:
        parts.append(context.fmt.hours(spent.hours))
    if spent and spent.money is not None:
        parts.append(context.fmt.money(spent.money))
    return parts
