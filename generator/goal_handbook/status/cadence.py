"""How a cadence is kept: period by period, and seller by seller where it says so (status.md#a-goal)."""

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
    """One period (for one seller): `held` of `due` sessions. `open`: not ended yet; `away`: the seller was not in."""

    span: Span
    status: CellStatus
    held: int
    due: int
    days: tuple[datetime.date, ...] = ()


@dataclass(frozen=True, slots=True)
class CadenceRow:
    """The cells of one seller, or of the cadence as a whole (`seller` None)."""

    seller: Seller | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CadenceState:
    """The grid, and over the periods that ended `held` of `due` sessions; one period cannot make up for another."""

    rows: tuple[CadenceRow, ...]
    held: int
    due: int

    @property
    def ratio(self) -> Fraction | None:
        """Sessions held ÷ sessions due; None while none is due."""
        return Fraction(self.held, self.due) if self.due else None


def cadence_state(goal: Goal, sellers: Sequence[Seller], as_of: datetime.date) -> CadenceState | None:
    """How the goal's cadence was kept by `as_of`, or None where it has none. `sellers` are those it is kept with.

    Only periods that lie wholly between the goal's start and due count, and for a seller only those that
    `joined`–`left` covers.
    """
    if goal.measure is None or goal.measure.cadence is None:
        return None
    cadence = goal.measure.cadence
    current = span_of(as_of, cadence.per)
    spans = [s for s in whole_spans(goal.start, goal.due, cadence.per) if s <= current]
    people: Sequence[Seller | None] = sellers if cadence.with_ == "each-seller" else [None]
    rows = tuple(
        CadenceRow(person, tuple(_cell(goal, person, span, cadence.times, as_of) for span in spans))
        for person in people
    )
    ended = [cell for row in rows for cell in row.cells if cell.status in {"kept", "short", "missed"}]
    return CadenceState(rows, sum(min(c.held, c.due) for c in ended), sum(c.due for c in ended))


def _cell(goal: Goal, seller: Seller | None, span: Span, times: int, as_of: datetime.date) -> Cell:
    if seller and not _there(seller, span):
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


def _there(seller: Seller, span: Span) -> bool:
    return (seller.joined is None or seller.joined <= span.start) and (seller.left is None or seller.left >= span.end)
