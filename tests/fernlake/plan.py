"""What Fernlake's files say, read as plain text by a YAML parser, and nothing else."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent.parent / "data" / "fernlake"
GOALS = FOLDER / "goals"

#: The plan's rate: what a Canadian dollar is worth in dollars.
RATE = {"CAD": Decimal("0.78"), "USD": Decimal(1)}
GRACE = datetime.timedelta(days=3)
DUE_SOON = 14
YEAR_START, YEAR_END = datetime.date(2017, 10, 30), datetime.date(2018, 10, 28)

Span = tuple[datetime.date, datetime.date]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def number(text: str) -> Decimal:
    return Decimal(text.replace("_", ""))


def several(value: Any) -> list[Any]:
    """A single value is a list of one."""
    return value if isinstance(value, list) else [value]


@dataclass(frozen=True)
class Landmark:
    """A value to reach, or something to deliver (`value` is None), by a day."""

    due: datetime.date
    value: Decimal | None
    done: datetime.date | None = None


@dataclass(frozen=True)
class Part:
    """What a goal gives to a sum: its `weight` (share x rate) of what was made from one day to another."""

    goal: Goal
    weight: Decimal
    since: datetime.date | None = None
    until: datetime.date | None = None

    def counts_on(self, day: datetime.date) -> bool:
        """Whether the sum counts what is made on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Goal:
    """A goal; `parts` are what its reading sums. `raw` is the mapping in the file."""

    full_id: str
    owner: Owner
    start: datetime.date
    due: datetime.date
    unit: str
    target: Decimal | None
    landmarks: dict[str, Landmark]
    raw: dict[str, Any]
    parts: list[Part] = field(default_factory=list)

    @property
    def measure(self) -> dict[str, Any]:
        found: dict[str, Any] = self.raw.get("measure", {})
        return found

    @property
    def shape(self) -> str:
        if "cadence" in self.measure:
            return "cadence"
        return "level" if "hold" in self.measure else "number" if self.measure else "deliverables"

    @property
    def is_sum(self) -> bool:
        return "rollup" in self.measure

    @property
    def closed_on(self) -> datetime.date | None:
        return day(self.raw["closed"]["on"]) if "closed" in self.raw else None

    def is_open_on(self, on: datetime.date) -> bool:
        return self.closed_on is None or self.closed_on > on

    def records(self, key: str, on: datetime.date) -> list[dict[str, Any]]:
        """What had been written down by a day."""
        return [record for record in self.raw.get(key, []) if day(record["on"]) <= on]


@dataclass(frozen=True)
class Owner:
    """A team, a seller or a leader."""

    id: str
    kind: str
    name: str
    raw: dict[str, Any]

    @property
    def joined(self) -> datetime.date:
        return day(self.raw.get("joined", "1900-01-01"))

    @property
    def left(self) -> datetime.date:
        return day(self.raw.get("left", "2199-12-31"))

    @property
    def away(self) -> list[Span]:
        return [(day(a["from"]), day(a["to"])) for a in self.raw.get("away", [])]

    def works_on(self, on: datetime.date) -> bool:
        return self.joined <= on <= self.left and not any(first <= on <= last for first, last in self.away)

    def team_on(self, on: datetime.date) -> str:
        found = ""
        for team in several(self.raw["team"]):
            if isinstance(team, str) or "from" not in team or day(team["from"]) <= on:
                found = team if isinstance(team, str) else team["id"]
        return found


def _read() -> tuple[dict[str, Owner], dict[str, Goal]]:
    owners: dict[str, Owner] = {}
    goals: dict[str, Goal] = {}
    for folder in ("teams", "leaders", "sellers"):
        for path in sorted((GOALS / folder).glob("*.yaml")):
            raw = yaml.BaseLoader(path.read_text(encoding="utf-8")).get_single_data()
            owner = Owner(path.stem, folder.removesuffix("s"), raw["name"], raw)
            owners[owner.id] = owner
            for goal in raw["goals"]:
                goals[f"{owner.id}/{goal['id']}"] = _goal(owner, goal)
    for goal in goals.values():
        for support in several(goal.raw.get("supports", [])):
            _feed(goals, goal, support if isinstance(support, dict) else {"goal": support})
    return owners, goals


def _goal(owner: Owner, raw: dict[str, Any]) -> Goal:
    measure = raw.get("measure", {})
    due = day(raw["due"]) if "due" in raw else YEAR_END
    target = number(measure["target"]) if "target" in measure else None
    landmarks = {
        lm["id"]: Landmark(
            day(lm["due"]), number(lm["value"]) if "value" in lm else None, day(lm["done"]) if "done" in lm else None
        )
        for lm in raw.get("landmarks", [])
    }
    if target is not None and all(lm.due != due for lm in landmarks.values()):
        landmarks["due"] = Landmark(due, target)  # the target is the last landmark
    unit = {"money": "USD"}.get(measure.get("unit", ""), measure.get("unit", ""))
    start = day(raw["start"]) if "start" in raw else YEAR_START
    return Goal(f"{owner.id}/{raw['id']}", owner, start, due, unit, target, landmarks, raw)


def _feed(goals: dict[str, Goal], goal: Goal, support: dict[str, str]) -> None:
    """Add a goal to its team's sum and, once, to the sum of the Americas."""
    name = support["goal"]
    fed = goals.get(name if "/" in name else f"{goal.owner.team_on(goal.start)}/{name}")
    if fed is None or not fed.is_sum or goal.shape != "number" or goal.is_sum:
        return
    since = day(support["from"]) if "from" in support else None
    until = day(support["until"]) if "until" in support else None
    part = Part(goal, Decimal(support.get("share", "1")) * RATE[goal.unit], since, until)
    fed.parts.append(part)
    if support.get("credit") != "double":
        goals["americas/revenue"].parts.append(part)


OWNERS, PLAN = _read()
