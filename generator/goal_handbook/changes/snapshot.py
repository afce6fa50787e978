"""What a version of a file says, in canonical spelling: terms, decisions, and the rest. Plain data, kept as JSON.

Two spellings of one value (`260_000` and `260000`, another order of keys) have the same outline, so that what
differs between two outlines has really changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from ..model.goal import Goal
from ..model.handbook import Handbook, Settings
from ..model.people import AnyOwner, Team
from ..model.records import GONE
from ..source.nodes import Document
from ..status.as_of import term

#: Raised whenever an outline made before is no longer what `outline_of` would make.
SNAPSHOT_VERSION = 1

Item = Mapping[str, Any]

#: Lists that only grow (format.md: "Decisions stay in the file, append-only"), and what tells their items apart.
DECISIONS: Mapping[str, tuple[str, ...]] = {
    "agreed": ("on", "by"),
    "checkins": ("on",),
    "sessions": ("on", "with"),
    "reviews": ("on", "by"),
    "accountings": ("landmark", "on"),
    "adjustments": ("on",),
    "done": ("landmark",),
    "closed": (),
}
_DETAILS = ("title", "kind", "why", "fits", "visibility")
_OWNER_DETAILS = ("name", "team", "leader", "part_of", "title", "joined", "left", "managing_producer", "motivation")


@dataclass(frozen=True, slots=True)
class GoalSnapshot:
    """A goal: `terms` by the names an adjustment gives them (`landmarks.q3.due`), `details`, and its decisions."""

    id: str
    terms: Mapping[str, str]
    details: Mapping[str, str]
    decisions: Mapping[str, list[Item]]
    formerly: tuple[str, ...] = ()

    @property
    def landmarks(self) -> set[str]:
        """The ids of its landmarks."""
        return {name.split(".")[1] for name in self.terms if name.startswith("landmarks.")}


@dataclass(frozen=True, slots=True)
class OwnerSnapshot:
    """A team's, seller's or leader's file."""

    kind: str
    details: Mapping[str, str]
    goals: Mapping[str, GoalSnapshot] = field(default_factory=dict)
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandbookSnapshot:
    """A version of a handbook, or what changed of it: handbook.yaml flat (`period.start`), and owners by id."""

    settings: Mapping[str, str]
    owners: Mapping[str, OwnerSnapshot]

    def date(self, term: str) -> str:
        """The day a goal starts or is due where its file does not say."""
        return self.settings.get("period.start" if term == "start" else "period.end", "")


def handbook_snapshot(handbook: Handbook, documents: Mapping[str, Document]) -> HandbookSnapshot:
    """The outline of a handbook that was read."""
    owners = {owner_id: owner_snapshot(owner, documents[owner_id]) for owner_id, owner in handbook.owners.items()}
    return HandbookSnapshot(settings_snapshot(handbook.settings), owners)


def owner_snapshot(owner: AnyOwner, document: Document) -> OwnerSnapshot:
    """The outline of an owner as its file says it: a period's dates that the file leaves out are left out."""
    details = {name: canonical(value) for name in _OWNER_DETAILS if (value := getattr(owner, name, None))}
    if isinstance(owner, Team):
        details |= {f"context.{name}": repr(value) for name, value in item_of(owner.context).items()}
    goals = {
        goal.id: goal_snapshot(goal, frozenset(n for n in ("start", "due") if document.at(("goals", i, n))))
        for i, goal in enumerate(owner.goals)
    }
    return OwnerSnapshot(owner.kind, details, goals, owner.formerly)


def goal_snapshot(goal: Goal, written: frozenset[str] = frozenset({"start", "due"})) -> GoalSnapshot:
    """The outline of a goal; `written` are those of its dates that stand in the file."""
    terms: dict[str, str] = {name: canonical(getattr(goal, name)) for name in sorted(written)}
    if goal.supports:
        terms["supports"] = canonical(sorted(goal.supports))
    if goal.measure:
        terms |= _named("", item_of(goal.measure))
    for landmark in goal.landmarks:
        for part in ("due", "value", "deliver"):
            if (value := getattr(landmark, part)) not in {None, ""}:
                terms[f"landmarks.{landmark.id}.{part}"] = canonical(value)
    details = {name: str(value) for name in _DETAILS if (value := getattr(goal, name))}
    details |= {f"landmarks.{lm.id}.title": lm.title for lm in goal.landmarks if lm.title}
    details |= {"actions": "\n".join(goal.actions)} if goal.actions else {}
    details |= _named("invest.", item_of(goal.invest)) if goal.invest else {}
    return GoalSnapshot(goal.id, terms, details, _decisions(goal), goal.formerly)


def _decisions(goal: Goal) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {
        name: [item_of(item) for item in getattr(goal, name)] for name in DECISIONS if name not in {"done", "closed"}
    }
    found["done"] = [{"landmark": lm.id, "on": canonical(lm.done)} for lm in goal.landmarks if lm.done]
    found["closed"] = [item_of(goal.closed)] if goal.closed else []
    return {name: items for name, items in found.items() if items}


def settings_snapshot(settings: Settings) -> dict[str, str]:
    """handbook.yaml, flat: `period.start`, `pace.on_track`, `rules.GH301`."""
    return _named("", settings.model_dump(mode="python"))


def canonical(value: Any) -> str:
    """A value in the one spelling outlines use; "" for none."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (tuple, list)):
        return ", ".join(map(canonical, value))
    return str(value)


def canonical_term(part: str, text: str) -> str:
    """The `was` or `now` of an adjustment in the same spelling; "" for what was not there."""
    if text in GONE:
        return ""
    if part == "cadence.minutes":
        return ", ".join(word.strip() for word in text.strip("[]").split(","))
    value = term(part, text)
    return canonical(sorted(value) if isinstance(value, tuple) else value)


def key_of(name: str, item: Item) -> tuple[str, ...]:
    """What tells an item of a list apart from the others."""
    return tuple(str(item.get(part, "")) for part in DECISIONS[name])


def item_of(model: BaseModel) -> dict[str, Any]:
    """A decision (or another part of a goal) as an item: JSON with canonical texts; what is empty is left out."""
    fields = type(model).model_fields
    found = {(info.alias or name): _plain_value(getattr(model, name)) for name, info in fields.items()}
    return {name: value for name, value in found.items() if value not in ("", [], {})}


def _plain_value(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return item_of(value)
    if isinstance(value, dict):
        return {key: _plain_value(inner) for key, inner in value.items()}
    if isinstance(value, tuple) and any(isinstance(item, BaseModel) for item in value):
        return [_plain_value(item) for item in value]
    return canonical(value)


def _named(prefix: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Nested keys as one name each."""
    found: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            found |= _named(f"{prefix}{name}.", value)
        elif value is not None:
            found[f"{prefix}{name}"] = canonical(value)
    return found


def as_json(snapshot: OwnerSnapshot) -> dict[str, Any]:
    """The outline as JSON for the cache."""
    goals = [
        {"id": g.id, "terms": g.terms, "details": g.details, "decisions": g.decisions, "formerly": g.formerly}
        for g in snapshot.goals.values()
    ]
    return {"kind": snapshot.kind, "details": snapshot.details, "goals": goals, "formerly": snapshot.formerly}


def from_json(data: Mapping[str, Any]) -> OwnerSnapshot:
    """The outline from what `as_json` made."""
    goals: Iterable[Mapping[str, Any]] = data["goals"]
    return OwnerSnapshot(
        data["kind"],
        data["details"],
        {g["id"]: GoalSnapshot(g["id"], g["terms"], g["details"], g["decisions"], tuple(g["formerly"])) for g in goals},
        tuple(data["formerly"]),
    )
