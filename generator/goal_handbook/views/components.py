"""The components pages are made of: values with everything judged, counted and worded; prose is still Markdown."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Literal

from ..frozen import frozen
from .badge import Badge, Tone
from .chart import Chart


@frozen
class Heading:
    """A heading of a page and entry of its table of contents; `title` is plain text."""

    anchor: str
    title: str
    children: tuple[Heading, ...] = ()


@frozen
class Person:
    """A person or a team, with id, name and kind; the kind is "" for a name that is not in the handbook."""

    id: str
    name: str
    kind: Literal["team", "seller", "leader", ""]


@frozen
class GoalLink:
    """A goal to link to."""

    full_id: str
    title: str
    owner: Person


@frozen
class Chip:
    """A badge with more words beside its label: `Accounted · recovering`."""

    badge: Badge
    extra: str = ""


@frozen
class LandmarkRow:
    """A landmark in a list: `what` to reach, `detail` to add to its status, and `was`, its first agreed terms."""

    id: str
    title: str
    what: str
    due: datetime.date
    due_text: str
    chip: Chip
    detail: str
    was: str


@frozen
class Progress:
    """How far a number or a cadence is, in words; for the bar, percents of the way to the target (0 to 100).

    The bar shows the day of `pace`, which for a sum is the last one on which everybody had reported.
    `facts` say what is missing and how fast it would have to go; `silent` says so where the reading is old.
    """

    reading: str
    target: str
    on: str
    percent: int
    expected_percent: int | None
    pace: str
    note: str
    facts: tuple[str, ...] = ()
    silent: str = ""


@frozen
class GridCell:
    """One period of a cadence for one person."""

    badge: Badge
    title: str
    text: str
    status: str


@frozen
class GridRow:
    """A person's periods, and how many sessions were held of those due. `person` is None for the cadence as a whole."""

    person: Person | None
    cells: tuple[GridCell, ...]
    sum: str


@frozen
class Grid:
    """A cadence as a grid of periods. `columns` names the periods, `rule` is the cadence in words."""

    rule: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    shown: str


@frozen
class CapacityView:
    """A capacity and how much of it a goal would use."""

    badge: Badge
    what: str
    limit: str
    used: str
    note: str


@frozen
class CoverageView:
    """The coverage of a team goal: its sellers' targets and the members' abilities."""

    chip: Chip
    ratio: str
    sentence: str
    abilities: str


@frozen
class StepView:
    """A step of a plan: open, done or overdue."""

    do: str
    who: Person | None
    due: str
    done: str
    overdue: str


@frozen
class OriginView:
    """Who committed a decision, and when, beside the day that was typed.

    `said_by_one` says that one author brought both names of an agreement; `words` says it all in a line.
    """

    author: str
    day: datetime.date
    words: str
    said_by_one: str = ""


@frozen
class SharedCommit:
    """The commit that all entries of a list came in or, if not `of_all`, those that name none.

    Its author and day are "" where nobody knows them.
    """

    commit: str
    author: str
    day: str
    of_all: bool


@frozen
class AccountingView:
    """An accounting: for which landmark, why it was missed, and what happens now."""

    landmark: str
    on: str
    by: tuple[Person, ...]
    why: str
    decided: Badge
    plan: tuple[StepView, ...]
    commit: str
    origin: OriginView | None = None


@frozen
class ChangeView:
    """A term that changed."""

    field: str
    was: str
    now: str


@frozen
class Event:
    """Something that happened to a goal: on which day, what (as a badge), by whom; `text` is a line, `prose` Markdown.

    `commit` is the commit that introduced it, "" if that is unknown or nothing is committed yet, and `origin`, for
    what people decide, its author and day. `loud` marks silent changes.
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
    origin: OriginView | None = None


@frozen
class SignatureView:
    """Who agreed, on which day, and what a signature under it is worth (`proof`, "" without one)."""

    on: str
    by: tuple[Person, ...]
    note: str
    commit: str
    origin: OriginView | None
    proof: Badge | None


@frozen
class AgreementView:
    """The status of an agreement, and who agreed.

    `met` is the day they last sat down; `understood` says in the seller's own words why this goal, and what to do.
    `verify` is the command that shows how to check the signatures, "" where there are none.
    """

    chip: Chip
    signatures: tuple[SignatureView, ...]
    met: str = ""
    understood: str = ""
    verify: str = ""


@frozen
class Support:
    """A goal that this one supports, and what part of what it needs this one is to add ("" if it adds nothing)."""

    ref: GoalLink
    share: str


@frozen
class OwedView:
    """Something that is owed, and for how long."""

    badge: Badge
    ref: GoalLink
    what: str
    age: str
    overdue: bool


@frozen
class BehindView:
    """A goal that is off track or at risk, and why."""

    badge: Badge
    ref: GoalLink
    what: str


@frozen
class Invested:
    """Time or money spent, of what was set aside."""

    what: str
    spent: str
    set_aside: str
    percent: int
    tone: Tone


@frozen
class CountView:
    """How many have a status."""

    badge: Badge
    count: int


@frozen
class CheckInForm:
    """The form for a reading of a goal. `mark` is before the decimals of a number; days are `YYYY-MM-DD`."""

    full_id: str
    label: str
    mark: str
    last: str
    expected: str
    start: str
    today: str
    due: str


@frozen
class GoalCard:
    """A goal with everything a page may show of it. `supported_by` lists the first of those who support it.

    `shared_commit` is that of the accountings, signatures and events, where nearly all came in one.
    """

    ref: GoalLink
    anchor: str
    kind: str
    kind_text: str
    chip: Chip
    confidence: str
    period: str
    progress: Progress | None
    chart: Chart | None
    landmarks: tuple[LandmarkRow, ...]
    grid: Grid | None
    coverage: CoverageView | None
    capacities: tuple[CapacityView, ...]
    supports: tuple[Support, ...]
    supported_by: tuple[Person, ...]
    supported_by_more: int
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
    next_review: str
    shared_commit: SharedCommit | None
    check_in: CheckInForm | None

    @property
    def heading(self) -> Heading:
        """The goal's own heading."""
        return Heading(self.anchor, self.ref.title)


def goal_headings(cards: Iterable[GoalCard]) -> tuple[Heading, ...]:
    """Return the headings of goals, for the section that holds them."""
    return tuple(card.heading for card in cards)


def section_headings(*sections: tuple[Heading, object]) -> tuple[Heading, ...]:
    """Return the headings of the sections that have content, given as pairs of heading and content."""
    return tuple(heading for heading, content in sections if content)
