"""A term that moved, in the goal's own words."""

from __future__ import annotations

import datetime
from decimal import Decimal

from ..model.decisions import GONE, Change
from ..model.goal import Goal
from ..model.values import parse_day
from ..status.seen import term
from .parts import ChangeView
from .scene import Scene

_WORDS = {"checkins": "reading", "sessions": "session", "reviews": "review", "agreed": "agreement"}


def change_view(scene: Scene, goal: Goal | None, change: Change) -> ChangeView:
    """One term or correction, with its values spelled; `goal` names its landmarks and its unit."""
    return ChangeView(
        _field(scene, goal, change), *(_spelled(scene, goal, change, t) for t in (change.was, change.now))
    )


def _field(scene: Scene, goal: Goal | None, change: Change) -> str:
    if change.corrects:
        name, _, of = change.field.partition(".")
        day = scene.day(parse_day(of)) if of[:1].isdigit() else of
        return " of ".join(filter(None, (_WORDS.get(name, name.removesuffix("s")), day)))
    names = {landmark.id: landmark.name for landmark in goal.landmarks} if goal else {}
    part = {"value": "", "": ""}.get(change.part, change.part)
    field = " ".join(w for w in (names.get(change.landmark, change.landmark), part) if w) or change.part
    return field.replace("cadence.", "")


def _spelled(scene: Scene, goal: Goal | None, change: Change, text: str) -> str:
    if text in GONE:
        return "dropped" if text == "dropped" else "nothing"
    value = term(change.part, text)
    if isinstance(value, Decimal):
        return scene.fmt.amount(value, goal.measure.unit if goal and goal.measure else "")
    return scene.day(value) if isinstance(value, datetime.date) else text
