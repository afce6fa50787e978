"""How a cadence is kept: per period, and per seller if it says `with: each-seller` (status.md#a-goal)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ..model.goal import Goal
from ..model.people import Seller
from .calendar import Span, span_of, whole_spans

CellStatus = Literal["kept", "short", "missed", "open", "away"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One period (for one seller): `held` of `times` sessions. `open`: it has not ended yet; `away`: the seller was not
    there for all of it."""

    span: Span
    status: CellStatus
    held: int
    times: int
    days: tuple[datetime.date, ...] = ()


@dataclass(frozen=True, slots=True)
class CadenceRow:
    """The cells of one seller, or of the cadence as a whole (`seller` is None)."""

    seller: Seller | None
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


@dataclass(frozen=True, slots=True)
class CadenceState:
    """The grid, and how many of the sessions `due` in periods that have ended were `held`.

    One period cannot make up for another.
    """

    rows: tuple[CadenceRow, ...]
    held: int
    due: int

    @property
    def ratio(self) -> Fraction | None:
        """Return sessions held ÷ sessions due, None while none are due."""
        return Fraction(self.held, self.due) if self.due else None


def cadence_state(goal: Goal, sellers: Sequence[Seller], as_of: datetime.date) -> CadenceState | None:
    """Return how the goal's cadence was kept by `as_of`, None if it has none. `sellers` are those it is kept with.

    Only periods that lie entirely between the goal's start and due date count, and for a seller only those for all of
    which the seller was there.
    """
    if goal.measure is None or goal.measure.cadence is None:
        return None
    cadence = goal.measure.cadence
    current = span_of(as_of, cadence.per)
    spans = [s for s in whole_spans(goal.start, goal.due, cadence.per) if s <= current]
    people: Sequence[Seller | None] = sellers if cadence.with_ == "each-seller" else [None]
    rows = tuple(
        CadenceRow(person, tuple(_cell(goal, person, span, cadence.least_times, as_of) for span in spans))
        for person in people
    )
    return CadenceState(rows, sum(row.held for row in rows), sum(row.due for row in rows))


def _cell(goal: Goal, seller: Seller | None, span: Span, times: int, as_of: datetime.date) -> Cell:
    if seller and not _is_active_throughout(seller, span):
        return Cell(span, "away", 0, 0)
    days = tuple(
        sorted(
            s.on for s in goal.sessions if span.start <= s.on <= span.end and (seller is None or seller.id in s.with_)
        )
    )
    if span.end > as_of:
        return Cell(span, "open", len(days), times, days)
    status: CellStatus = "kept" if len(days) >= times else "short" if days else "missed"
    return Cell(span, status, len(days), times, days)


def _is_active_throughout(seller: Seller, span: Span) -> bool:
    return seller.is_active_on(span.start) and seller.is_active_on(span.end)
