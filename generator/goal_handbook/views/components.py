"""The parts pages are made of: judged, counted and spelled already; prose is still Markdown."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from .badge import Badge, Tone


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody or some team, by id, name and kind."""

    id: str
    name: str
    kind: Literal["team", "seller", "leader", ""]


@dataclass(frozen=True, slots=True)
class GoalRef:
    """A goal named elsewhere."""

    full_id: str
    title: str
    owner: Person


@dataclass(frozen=True, slots=True)
class Chip:
    """A badge with words of its own beside its label: `Accounted · recovering`."""

    badge: Badge
    extra: str = ""


@dataclass(frozen=True, slots=True)
class LandmarkRow:
    """A landmark on the timeline: `what` is to be reached, `detail` how it stands, `was` its terms before."""

    id: str
    title: str
    what: str
    due: datetime.date
    due_text: str
    chip: Chip
    detail: str
    was: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a number stands: texts, and percents of the whole way for the bar (0 to 100)."""

    reading: str
    target: str
    on: str
    percent: int
    expected_percent: int | None
    pace: str
    note: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a chart, with its value as text."""

    day: datetime.date
    day_text: str
    value: float
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """The reading against the landmark curve; `corners` are the curve's, `marks` those of them that are landmarks.

    `from_zero`: a total to reach is drawn from zero, with its area; a level to hold is not.
    """

    title: str
    from_zero: bool
    corners: tuple[Point, ...]
    marks: tuple[Point, ...]
    readings: tuple[Point, ...]
    start: datetime.date
    end: datetime.date
    as_of: datetime.date


@dataclass(frozen=True, slots=True)
class GridCell:
    """One period of a cadence for one person."""

    badge: Badge
    title: str
    text: str
    status: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A person's periods, and how many of them were kept."""

    person: Person | None
    cells: tuple[GridCell, ...]
    sum: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A cadence as a grid of periods; `columns` are the periods' names, `rule` says what is to be done."""

    rule: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A capacity beside the goal it bounds."""

    badge: Badge
    what: str
    limit: str
    used: str
    note: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    """The reality check of a team goal."""

    chip: Chip
    ratio: str
    sentence: str
    bounds: tuple[Bound, ...]
    abilities: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a plan: open, done or overdue."""

    do: str
    who: Person | None
    due: str
    done: str
    late: str


@dataclass(frozen=True, slots=True)
class AccountingView:
    """An accounting: which landmark, why, what now."""

    landmark: str
    on: str
    by: tuple[Person, ...]
    why: str
    decided: Badge
    plan: tuple[Step, ...]
    commit: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A term that moved."""

    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: on which day, what (as a badge), to whom; `text` is a line, `prose` Markdown.

    `commit` is the commit that brought it, "" where it is not known or not committed. `loud` marks what moved in
    silence or rewrites the past.
    """

    day: datetime.date
    on: str
    badge: Badge
    text: str = ""
    changes: tuple[ChangeView, ...] = ()
    by: tuple[Person, ...] = ()
    prose: str = ""
    commit: str = ""
    loud: bool = False


@dataclass(frozen=True, slots=True)
class AgreementView:
    """The state of an agreement and who gave it when; each signature with its day, people, note and commit."""

    chip: Chip
    signatures: tuple[tuple[str, tuple[Person, ...], str, str], ...]


@dataclass(frozen=True, slots=True)
class Support:
    """A goal this one feeds, and the share of it that this one is."""

    ref: GoalRef
    share: str


@dataclass(frozen=True, slots=True)
class OwedView:
    """Something owed, with where to go."""

    badge: Badge
    ref: GoalRef
    what: str
    age: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Invested:
    """Time or money spent of what was set aside."""

    what: str
    spent: str
    set_aside: str
    percent: int
    tone: Tone


@dataclass(frozen=True, slots=True)
class CountView:
    """How many stand where."""

    badge: Badge
    count: int


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal with everything a page may show of it."""

    ref: GoalRef
    anchor: str
    kind: str
    chip: Chip
    confidence: str
    period: str
    progress: Progress | None
    chart: Chart | None
    landmarks: tuple[LandmarkRow, ...]
    grid: Grid | None
    coverage: CoverageView | None
    supports: tuple[Support, ...]
    fed_by: tuple[Person, ...]
    fed_by_more: int
    why: str
    fits: str
    actions: tuple[str, ...]
    agreement: AgreementView | None
    accountings: tuple[AccountingView, ...]
    history: tuple[Event, ...]
    history_summary: str
    history_missing: bool
    invested: tuple[Invested, ...]
    owed: tuple[OwedView, ...]
    closing: str
    review_due: str
