"""A difference as plain data, for `goals diff --format json`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from ...changes import kinds
from ...changes.kinds import Change
from ...model.terms import spell
from .model import Difference, is_silent

DIFF_SCHEMA = 1


def diff_data(difference: Difference, changes: Iterable[Change], as_of: datetime.date) -> dict[str, Any]:
    """Return the changes in canonical values, and what they do in words; docs/manual/history.md describes it."""
    return {
        "schema": DIFF_SCHEMA,
        "as_of": as_of.isoformat(),
        "adjusted": difference.adjusted,
        "silent": difference.silent,
        "not_shown": difference.not_shown,
        "changes": [change_data(change) for change in changes],
        "coverage": [
            {"owner": c.owner, "goal": c.title, "was": c.was, "now": c.now, "verdict": c.badge.label}
            for c in difference.coverage
        ],
        "statuses": [
            {"owner": s.owner, "goal": s.title, "landmark": s.landmark, "was": s.was.label, "now": s.now.label}
            for s in difference.statuses
        ],
        "to_agree": [
            {"goal": a.ref.full_id, "what": a.badge.label, "people": [person.id for person in a.people]}
            for a in difference.to_agree
        ],
        "owed": [
            {"goal": o.ref.full_id, "what": o.badge.label, "detail": o.what, "overdue": o.overdue}
            for o in difference.owed
        ],
    }


def change_data(change: Change) -> dict[str, Any]:
    """Return one change: `kind` is its class in words (`term-changed`), `field` what an adjustment would call it."""
    kind = re.sub(r"(?<!^)(?=[A-Z])", "-", type(change).__name__).lower()
    data: dict[str, Any] = {"kind": kind, "id": change.full_id, "silent": is_silent(change), **_about(change)}
    if isinstance(change, kinds.Accountable) and change.explained_by:
        data["explained_by"] = _plain(change.explained_by)
    return data


def _about(change: Change) -> dict[str, Any]:
    match change:
        case kinds.TermChanged():
            return {"field": change.ref.name, "was": spell(change.was), "now": spell(change.now)}
        case kinds.SettingChanged() | kinds.OwnerEdited() | kinds.DetailEdited():
            return _field(change)
        case kinds.LandmarkAdded():
            return {"field": change.ref.name, "new": _plain(change.landmark)}
        case kinds.LandmarkRemoved():
            return {"field": change.ref.name, "old": _plain(change.landmark)}
        case kinds.GoalAdded() | kinds.GoalRemoved():
            return {"title": change.goal.title}
        case kinds.OwnerAdded() | kinds.OwnerRemoved():
            return {"name": change.name}
        case kinds.OwnerRenamed() | kinds.GoalRenamed():
            return {"former_id": change.former_id}
        case kinds.RecordAdded():
            old = {"old": _plain(change.before)} if change.before else {}
            return {"field": change.kind.name, "new": _plain(change.record), **old}
        case kinds.RecordEdited():
            return {"field": change.kind.name, "old": _plain(change.old), "new": _plain(change.new)}
        case kinds.RecordRemoved():
            return {"field": change.kind.name, "old": _plain(change.old)}
        case kinds.FalseClaim():
            said = {"field": change.field, "was": spell(change.was), "now": spell(change.now)}
            return {**said, "actual": spell(change.actual), "adjustment": _plain(change.adjustment)}
        case _:
            return {}


def _field(change: kinds.SettingChanged | kinds.OwnerEdited | kinds.DetailEdited) -> dict[str, Any]:
    """A setting or a text before and after; of email addresses only that they changed."""
    values = {} if change.field == "emails" else {"was": spell(change.was), "now": spell(change.now)}
    return {"field": change.field, **values}


def _plain(model: BaseModel) -> dict[str, Any]:
    return model.model_dump(mode="json", exclude_defaults=True)
