"""What happened to a goal, told the same way on its page, in the list of changes, in a diff and in a log."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from ..changes.history import Version
from ..changes.kinds import Move
from ..changes.snapshot import Item
from ..model.goal import Goal
from ..model.records import GONE, Change
from ..model.values import parse_day
from . import badge
from .change_view import change_view
from .components import ChangeView, Event
from .context import ViewContext, plural


def item_event(context: ViewContext, goal: Goal | None, name: str, item: Item, commit: str = "") -> Event:
    """A decision or a reading, as it stands in a goal's file. `goal` gives its values their unit."""
    day = parse_day(item["on"])
    prose = "\n\n".join(filter(None, (str(item.get("why", "")), str(item.get("note", "")), str(item.get("next", "")))))
    changes = tuple(
        _change(context, goal, c["field"], c.get("was", ""), c.get("now", "")) for c in item.get("changes", ())
    )
    by = context.people(who for who in str(item.get("by", "")).split(", ") if who)
    text = _TEXTS[name](context, goal, item) if name in _TEXTS else ""
    return Event(day, context.day(day), badge.EVENT[name], text, changes, by, prose, commit)


def move_event(context: ViewContext, version: Version, move: Move) -> Event | None:
    """What a version moved, where that is more than a decision added; None for what need not be told."""
    goal = context.assessment.handbook.goals.get(move.full_id)
    kind = "silent" if move.silent else "undone" if move.settled else "moved"
    on = "" if not version.id else context.day(version.day)
    if move.what in {"term", "landmark"}:
        changes = (_change(context, goal, move.field, move.was, move.now),)
        return Event(version.day, on, badge.MOVE[kind], "", changes, commit=version.id, loud=move.silent)
    if move.what == "decision" and move.how != "added":
        look = badge.MOVE["rewritten" if move.silent else "undone" if move.settled else "corrected"]
        return Event(version.day, on, look, _rewritten(context, goal, move), commit=version.id, loud=move.silent)
    if move.what == "goal":
        text = {"removed": move.was, "renamed": f"was called {move.was}"}.get(move.how) or _size(context, goal)
        loud = move.how == "removed" and move.silent
        return Event(version.day, on, badge.MOVE[f"goal-{move.how}"], text, commit=version.id, loud=loud)
    return None


def _size(context: ViewContext, goal: Goal | None) -> str:
    """What a goal asks for: `$260,000 by Dec 31, 2017, 3 landmarks`."""
    if goal is None:
        return ""
    target = _amount(context, goal, str(goal.target)) + " " if goal.target is not None else ""
    return f"{target}by {context.day(goal.due)}, {plural(len(goal.landmarks), 'landmark')}"


def _change(context: ViewContext, goal: Goal | None, field: str, was: str, now: str) -> ChangeView:
    if field.count(".") == 1 and field.startswith("landmarks."):
        landmark = context.landmark(goal, field.partition(".")[2]) if goal else field.partition(".")[2]
        before = "not there" if was in GONE else _landmark(context, goal, was)
        return ChangeView(f"landmark {landmark}", before, "dropped" if now in GONE else _landmark(context, goal, now))
    return change_view(context, goal, Change(field=field, was=was, now=now))


def _landmark(context: ViewContext, goal: Goal | None, text: str) -> str:
    """A landmark's line of an outline, `175000 by 2017-09-30`, as a page spells it."""
    match = re.fullmatch(r"(.*) by (\d{4}-\d{2}-\d{2})", text)
    if match is None:
        return text
    what = _amount(context, goal, match[1]) if re.fullmatch(r"-?[\d.]+", match[1]) else match[1]
    return f"{what} by {context.day(parse_day(match[2]))}"


def _rewritten(context: ViewContext, goal: Goal | None, move: Move) -> str:
    """`reading of Jun 30: 90,000 → 95,000`, or what was done to it."""
    old, new = move.old or {}, move.new
    what = _ITEMS[move.field]
    if "on" in old and move.field not in {"done", "closed"}:
        what += f" of {context.day(parse_day(old['on']))}"
    if new is None:
        return f"{what}: removed"
    was, now = ((_TEXTS[move.field](context, goal, i) if move.field in _TEXTS else "") for i in (old, new))
    if was != now:
        return f"{what}: {was} → {now}"
    return f"{what}: {', '.join(key for key in sorted({*old, *new}) if old.get(key) != new.get(key))} rewritten"


_ITEMS = {
    "agreed": "agreement",
    "checkins": "reading",
    "sessions": "session",
    "reviews": "review",
    "accountings": "accounting",
    "adjustments": "adjustment",
    "done": "day of delivery",
    "closed": "closing",
}


def _reading(context: ViewContext, goal: Goal | None, item: Item) -> str:
    spent: Mapping[str, str] = item.get("spent", {})
    parts = [_amount(context, goal, item["value"])] if "value" in item else []
    parts += [f"{context.fmt.number(Decimal(spent['hours']))} hours"] if "hours" in spent else []
    parts += [context.fmt.amount(Decimal(spent["money"]), "money")] if "money" in spent else []
    return ", ".join(parts)


def _amount(context: ViewContext, goal: Goal | None, value: str) -> str:
    return context.fmt.amount(Decimal(value), goal.measure.unit if goal and goal.measure else "")


def _session(context: ViewContext, goal: Goal | None, item: Item) -> str:
    people = ", ".join(p.name for p in context.people(w for w in str(item.get("with", "")).split(", ") if w))
    minutes = f"{item['minutes']} minutes" if "minutes" in item else ""
    return ", ".join(filter(None, (f"with {people}" if people else "", minutes)))


def _accounting(context: ViewContext, goal: Goal | None, item: Item) -> str:
    landmark = context.landmark(goal, item["landmark"]) if goal else item["landmark"]
    steps = item.get("plan", [])
    plan = f", {plural(len(steps), 'step')} planned" if steps else ""
    return f"{landmark}: {badge.ACTION[item['action']]}{plan}"


def _done(context: ViewContext, goal: Goal | None, item: Item) -> str:
    return context.landmark(goal, item["landmark"]) if goal else str(item["landmark"])


def _closed(context: ViewContext, goal: Goal | None, item: Item) -> str:
    return badge.RESULT[item["result"]]


def _review(context: ViewContext, goal: Goal | None, item: Item) -> str:
    return f"confidence {item['confidence']}" if "confidence" in item else ""


_TEXTS: Mapping[str, Callable[[ViewContext, Goal | None, Item], str]] = {
    "checkins": _reading,
    "sessions": _session,
    "accountings": _accounting,
    "done": _done,
    "closed": _closed,
    "reviews": _review,
}
