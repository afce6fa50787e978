"""A term that moved, in the goal's own words."""

from __future__ import annotations

import datetime
from decimal import Decimal

from ..model.goal import Goal
from ..model.records import GONE, Change
from ..model.values import parse_day
from ..status.as_of import term
from .components import ChangeView
from .context import ViewContext

_WORDS = {"checkins": "reading", "sessions": "session", "reviews": "review", "agreed": "agreement"}


def change_view(context: ViewContext, goal: Goal | None, change: Change) -> ChangeView:
    """One term or correction, with its values spelled; `goal` names its landmarks and its unit."""
    return ChangeView(
        _field(context, goal, change), *(_spelled(context, goal, change, t) for t in (change.was, change.now))
    )


def _field(context: ViewContext, goal: Goal | None, change: Change) -> str:
    if change.corrects:
        name, _, of = change.field.partition(".")
        day = context.day(parse_day(of)) if of[:1].isdigit() else of
        return " of ".join(filter(None, (_WORDS.get(name, name.removesuffix("s")), day)))
    names = {landmark.id: landmark.name for landmark in goal.landmarks} if goal else {}
    part = {"value": "", "": ""}.get(change.part, change.part)
    field = " ".join(w for w in (names.get(change.landmark, change.landmark), part) if w) or change.part
    return field.replace("cadence.", "")


def _spelled(context: ViewContext, goal: Goal | None, change: Change, text: str) -> str:
    if text in GONE:
        return "dropped" if text == "dropped" else "nothing"
    value = term(change.part, text)
    if isinstance(value, Decimal):
        return context.fmt.amount(value, goal.measure.unit if goal and goal.measure else "")
    return context.day(value) if isinstance(value, datetime.date) else text
