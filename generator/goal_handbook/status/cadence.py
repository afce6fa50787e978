"""How a cadence is kept: per period, and per person if it says with whom (status.md#a-goal)."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from typing import Literal

from ..frozen import frozen
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.measure import Cadence, Per
from ..model.people import AnyOwner, Leader, Seller
from ..model.records import Session
from .absence import is_mostly_away
from .calendar import Span, quarters, span_of, whole_spans

_DAY_OF = attrgetter("on")

CellStatus = Literal["kept", "short", "missed", "open", "away"]


@frozen
class Cell:
    """One period (for one person): `held` of `times` sessions, and `brief` ones that were too short to count.

    `open`: it has not ended yet; `away`: one of the two was not there, for all of it or for half of it.
    """

    span: Span
    status: CellStatus
    held: int
    times: int
    days: tuple[datetime.date, ...] = ()
    brief: int = 0


@frozen
class CadenceRow:
    """The cells of one person, or of the cadence as a whole (`person` is None)."""

    person: Seller | Leader | None
    cells: tuple[Cell, ...]

    @property
    def held(self) -> int:
        """Return how many of the sessions `due` were held; more than `times` in one period do not count."""
        return sum(min(cell.held, cell.times) for cell in self._ended)

    @property
    def due(self) -> int:
        """Return how many sessions were due in the periods that have ended."""
        return sum(cell.times for cell in self._ended)

    @property
    def _ended(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.status in {"kept", "short", "missed"}]


@frozen
class CadenceState:
    """The grid, and how many of the sessions `due` in periods that have ended were `held`.

    One period cannot make up for another. `planned` is how many there are until the goal is due.
    """

    rows: tuple[CadenceRow, ...]
    held: int
    due: int
    planned: int

    @property
    def ratio(self) -> Fraction | None:
        """Return sessions held ÷ sessions due, None while none are due."""
        return Fraction(self.held, self.due) if self.due else None


def cadence_state(handbook: Handbook, owner: AnyOwner, goal: Goal, as_of: datetime.date) -> CadenceState | None:
    """Return how an owner's goal with a cadence was kept by `as_of`, None if it has none.

    Only periods that lie entirely between the goal's start and due date count, and with a person only those for all of
    which the two worked together, and for at least half of which neither was away.
    """
    if goal.measure is None or goal.measure.cadence is None:
        return None
    cadence = goal.measure.cadence
    spans, begun = _spans(handbook, goal, cadence, as_of)
    with_whom = _With(handbook, owner, goal, cadence)
    rows = tuple(with_whom.row(person, begun, as_of) for person in with_whom.people(begun, as_of))
    planned = len(spans) * cadence.least_times * len(rows)
    return CadenceState(rows, sum(row.held for row in rows), sum(row.due for row in rows), planned)


@frozen
class Kept:
    """How many sessions of a cadence were held by a day, of how many that were due, and how many are planned."""

    held: int
    due: int
    planned: int


def kept_by(handbook: Handbook, owner: AnyOwner, goal: Goal, later: CadenceState, day: datetime.date) -> Kept:
    """Return how a goal's cadence was kept by a day, from its state on a later one; no term has changed in between."""
    if goal.measure is None or goal.measure.cadence is None:
        return Kept(0, 0, 0)
    cadence = goal.measure.cadence
    spans, begun = _spans(handbook, goal, cadence, day)
    ended = sum(span.end <= day for span in begun)
    cells = [cell for row in later.rows for cell in row.cells[:ended]]
    rows = _With(handbook, owner, goal, cadence).rows(begun, day)
    return Kept(
        held=sum(min(cell.held, cell.times) for cell in cells),
        due=sum(cell.times for cell in cells),
        planned=len(spans) * cadence.least_times * rows,
    )


def _spans(
    handbook: Handbook, goal: Goal, cadence: Cadence, as_of: datetime.date
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The periods of a cadence, and those of them that have begun."""
    fiscal = quarters(handbook.settings.period) if cadence.per == "quarter" else ()
    current, spans = span_of(as_of, cadence.per, fiscal), _whole_spans(goal.start, goal.due, cadence.per, fiscal)
    return spans, tuple(span for span in spans if span <= current)


#: Most goals with a cadence begin and end with the period; 10,000 of them ask again and again.
@lru_cache(maxsize=256)
def _whole_spans(start: datetime.date, due: datetime.date, per: Per, fiscal: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(whole_spans(start, due, per, fiscal))


def with_people_of(handbook: Handbook, state: CadenceState) -> CadenceState:
    """Return the same grid with the people as a handbook has them."""
    sellers, leaders = handbook.sellers, handbook.leaders
    people = (row.person and (sellers.get(row.person.id) or leaders[row.person.id]) for row in state.rows)
    return replace(state, rows=tuple(map(CadenceRow, people, (row.cells for row in state.rows))))


def partners_on(handbook: Handbook, owner: AnyOwner, goal: Goal, day: datetime.date) -> tuple[str, ...] | None:
    """Return the ids of those a session on a day has to be with to count, by name; None where anybody will do."""
    cadence = goal.measure.cadence if goal.measure else None
    if cadence is None or cadence.with_ in {"team", "anyone"}:
        return None
    with_whom = _With(handbook, owner, goal, cadence)
    people = with_whom.people([Span(day, day)], handbook.day or goal.start)
    return tuple(person.id for person in people if person and with_whom.counts(person, day))


@frozen
class _With:
    """A cadence of an owner's goal, and the people it is kept with."""

    handbook: Handbook
    owner: AnyOwner
    goal: Goal
    cadence: Cadence

    def people(self, begun: Iterable[Span], as_of: datetime.date) -> Sequence[Seller | Leader | None]:
        """The people who each have a row, by name: those it is kept with on `as_of` or when a span began."""
        handbook = self.handbook
        if self.cadence.people:
            found = (handbook.sellers.get(who) or handbook.leaders.get(who) for who in self.cadence.people)
            return tuple(filter(None, found))
        return handbook.by_name(self.sellers(begun, as_of)) if self.cadence.with_ == "each-seller" else (None,)

    def rows(self, begun: Iterable[Span], as_of: datetime.date) -> int:
        """How many rows there are."""
        each_seller = self.cadence.with_ == "each-seller"
        return len(self.sellers(begun, as_of) if each_seller else self.people(begun, as_of))

    def sellers(self, begun: Iterable[Span], as_of: datetime.date) -> list[Seller]:
        """The sellers it is kept with, each in turn."""
        handbook, days = self.handbook, [as_of, *(span.start for span in begun)]
        teams = (self.owner.id, *handbook.teams_of.get(self.owner.id, ()))
        ever = {seller.id: seller for team in teams for seller in handbook.ever_members.get(team, ())}
        return [seller for seller in ever.values() if any(self.is_theirs(seller, day) for day in days)]

    def counts(self, person: Seller | Leader, day: datetime.date) -> bool:
        """Whether a session with one of the people counts on a day: they are named, or it is theirs then."""
        if self.cadence.people:
            return True
        return isinstance(person, Seller) and person.is_active_on(day) and self.is_theirs(person, day)

    def is_theirs(self, seller: Seller, day: datetime.date) -> bool:
        """Whether it is kept with a seller on a day: one the owner leads then, or a member of the team."""
        team = seller.team_on(day)
        return team == self.owner.id or self.handbook.nearest_leaders.get(team) == self.owner.id

    def row(self, person: Seller | Leader | None, spans: Sequence[Span], as_of: datetime.date) -> CadenceRow:
        theirs = [s for s in self.goal.sessions if person is None or person.id in s.with_]
        theirs.sort(key=_DAY_OF)
        held_on = [session.on for session in theirs]
        times, minutes = self.cadence.least_times, self.cadence.least_minutes
        cells = []
        for span in spans:
            if self.is_due(person, span):
                first, after = bisect_left(held_on, span.start), bisect_right(held_on, span.end)
                cells.append(_cell(theirs[first:after], span, as_of, times, minutes))
            else:
                cells.append(Cell(span, "away", 0, 0))
        return CadenceRow(person, tuple(cells))

    def is_due(self, person: Seller | Leader | None, span: Span) -> bool:
        """Whether a session is due in a period: both are there for it."""
        if is_mostly_away(self.owner.absences, span):
            return False
        if person is None:
            return True
        if is_mostly_away(person.absences, span):
            return False
        return not isinstance(person, Seller) or (self.is_with(person, span.start) and self.is_with(person, span.end))

    def is_with(self, seller: Seller, day: datetime.date) -> bool:
        """Whether it is kept with a seller on a day on which the seller is there."""
        return seller.is_active_on(day) and (bool(self.cadence.people) or self.is_theirs(seller, day))


def _cell(sessions: Sequence[Session], span: Span, as_of: datetime.date, times: int, minutes: int) -> Cell:
    """The cell of a period in which a session is due, by its sessions, oldest first.

    One counts if it is as long as the cadence asks for, or nobody wrote down how long it was.
    """
    days = tuple([s.on for s in sessions if s.length is None or s.length >= minutes])
    held, brief = len(days), len(sessions) - len(days)
    if span.end > as_of:
        return Cell(span, "open", held, times, days, brief)
    status: CellStatus = "kept" if held >= times else "short" if sessions else "missed"
    return Cell(span, status, held, times, days, brief)
