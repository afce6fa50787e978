"""What a version of a file says: the model's own values, and which of its dates a goal gives itself.

Two spellings of one value (`260_000` and `260000`, another order of keys) read as the same model, so a difference
between two snapshots is a real change. A snapshot is kept as JSON, so that no version of a file is parsed twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner, Leader, Seller, Team
from ..model.records import LISTS
from ..model.settings import Settings
from ..model.support import Support
from ..model.terms import Value, term_fields, terms_of
from ..source.document import Document

#: Raised whenever a snapshot kept before no longer reads as it would be made today.
SNAPSHOT_VERSION = 9

_MODELS: Mapping[str, type[AnyOwner]] = {"teams": Team, "sellers": Seller, "leaders": Leader}
_DATES = ("start", "due")
#: The fields of a goal that are neither terms nor details.
_NO_DETAILS = frozenset({"id", "formerly", "measure", "landmarks", "closed", *LISTS})
#: The fields of an owner that are compared by themselves.
_NO_OWNER_DETAILS = frozenset({"id", "formerly", "goals", "context"})


@dataclass(frozen=True, slots=True)
class GoalSnapshot:
    """A goal in a version of its file; `written` names the dates that come from the file, not the period."""

    goal: Goal
    written: frozenset[str] = frozenset(_DATES)

    def terms(self) -> dict[str, Value]:
        """Return the agreed terms by the names adjustments use, without dates left to the period."""
        left_out = set(_DATES) - self.written
        return {ref.name: value for ref, value in terms_of(self.goal) if ref.name not in left_out}

    def details(self) -> dict[str, Value]:
        """Return everything else the goal says about itself, by name: it may change without an adjustment."""
        found = {ref.name: value for ref, value in terms_of(self.goal, agreed=False) if not ref.name.endswith(".done")}
        for name in type(self.goal).model_fields.keys() - _NO_DETAILS - term_fields():
            found |= flattened(name, getattr(self.goal, name))
        return found | flattened("measure.last", self.goal.measure.last if self.goal.measure else None)


@dataclass(frozen=True)
class OwnerSnapshot:
    """A team's, seller's or leader's file in a version; `written` tells of each goal which dates the file gives."""

    owner: AnyOwner
    written: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def goals(self) -> dict[str, GoalSnapshot]:
        """The goals by their id."""
        return {g.id: GoalSnapshot(g, self.written.get(g.id, frozenset(_DATES))) for g in self.owner.goals}

    def details(self) -> dict[str, Value]:
        """Return what the file says about the owner, by name."""
        found: dict[str, Value] = {}
        for name in type(self.owner).model_fields.keys() - _NO_OWNER_DETAILS:
            found |= flattened(name, getattr(self.owner, name))
        return found


@dataclass(frozen=True, slots=True)
class HandbookSnapshot:
    """A version of a handbook, or what changed of it: its settings, and the owners by id.

    `led` has the first team of each leader, where their goals look for a goal without an owner.
    """

    settings: Settings | None
    owners: Mapping[str, OwnerSnapshot]
    led: Mapping[str, str] = field(default_factory=dict)

    def own_team(self, owner: AnyOwner, goal: Goal, support: Support) -> str:
        """Return the id of the team in which an owner's goal looks for a goal without an owner, "" where none is known.

        For a seller it is the team on the first day of the support, as in format.md#clarifications.
        """
        if isinstance(owner, Seller):
            return owner.team_on(max(support.from_ or goal.start, goal.start))
        return (owner.part_of or "") if isinstance(owner, Team) else self.led.get(owner.id, "")

    def date(self, term: str, owner: AnyOwner) -> Value:
        """Return the day a goal of an owner starts or is due where the file does not say."""
        if self.settings is None:
            return None
        period = self.settings.period
        return period.start_for(getattr(owner, "joined", None)) if term == "start" else period.end


def handbook_snapshot(handbook: Handbook, documents: Mapping[str, Document]) -> HandbookSnapshot:
    """Take a snapshot of a handbook that was read from these documents."""
    return HandbookSnapshot(
        handbook.settings,
        {i: owner_snapshot(owner, documents[i]) for i, owner in handbook.owners.items()},
        first_led(handbook.teams.values()),
    )


def first_led(teams: Iterable[Team]) -> dict[str, str]:
    """Return the id of the first team, by name, that each leader leads."""
    in_order = sorted(teams, key=lambda team: (team.name, team.id), reverse=True)
    return {team.leader: team.id for team in in_order if team.leader}


def owner_snapshot(owner: AnyOwner, document: Document) -> OwnerSnapshot:
    """Take a snapshot of an owner as read from its document."""
    written = {
        goal.id: frozenset(date for date in _DATES if document.has_value(("goals", i, date)))
        for i, goal in enumerate(owner.goals)
    }
    return OwnerSnapshot(owner, written)


def flattened(name: str, value: Any) -> dict[str, Value]:
    """Return nested settings as one name each: `period.start`; what is empty is left out."""
    if isinstance(value, BaseModel):
        value = dict(value)
    if isinstance(value, Mapping):
        inner = (flattened(f"{name}.{key}" if name else str(key), item) for key, item in value.items())
        return {key: item for part in inner for key, item in part.items()}
    if isinstance(value, tuple):
        value = tuple(str(item) if isinstance(item, BaseModel) else item for item in value)
    return {} if value is None or value is False or value in ("", ()) else {name: value}


def goals_in(owners: Mapping[str, OwnerSnapshot]) -> Iterator[tuple[str, GoalSnapshot]]:
    """Yield every goal by its full id."""
    for owner_id, owner in owners.items():
        for goal_id, goal in owner.goals.items():
            yield f"{owner_id}/{goal_id}", goal


def as_json(snapshot: OwnerSnapshot) -> str:
    """Return the snapshot as JSON for the cache: the owner and each goal as a text of their own."""
    owner, goals = snapshot.owner, snapshot.goals.values()
    stored = {
        "owner": owner.model_dump_json(exclude={"goals"}, exclude_defaults=True),
        "goals": [one.goal.model_dump_json(exclude_defaults=True) for one in goals],
        "written": [sorted(one.written) for one in goals],
    }
    return json.dumps(stored, ensure_ascii=False)


@dataclass
class SnapshotReader:
    """Reads snapshots from what `as_json` wrote. A goal that is the same in many versions is read once."""

    _known: dict[tuple[type[BaseModel], str], Any] = field(default_factory=dict)

    def read(self, folder: str, text: str) -> OwnerSnapshot:
        """Return the snapshot of a file in `folder` (`sellers`). Raises ValueError."""
        stored = json.loads(text)
        goals = tuple(self._model(Goal, goal) for goal in stored["goals"])
        owner = self._model(_MODELS[folder], stored["owner"]).model_copy(update={"goals": goals})
        written = (frozenset(dates) for dates in stored["written"])
        return OwnerSnapshot(owner, dict(zip((goal.id for goal in goals), written, strict=True)))

    def _model(self, model: type[BaseModel], text: str) -> Any:
        if (model, text) not in self._known:
            self._known[model, text] = model.model_validate_json(text)
        return self._known[model, text]
