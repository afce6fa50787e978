"""A cadence as a grid: who, in which period, and whether it was kept."""

from __future__ import annotations

from ..model.measure import Cadence
from ..status.assessment import GoalState
from ..status.cadence import CadenceRow, Cell
from . import badge
from .components import Grid, GridCell, GridRow
from .context import ViewContext

#: How many periods of a cadence are shown; the sum counts all of them.
_PERIODS_SHOWN = 16


def cadence_grid(context: ViewContext, state: GoalState) -> Grid | None:
    """Return the grid of a goal with a cadence, else None."""
    measure = state.goal.measure
    if state.cadence is None or measure is None or measure.cadence is None:
        return None
    total = max((len(row.cells) for row in state.cadence.rows), default=0)
    rows = tuple(_grid_row(context, row) for row in state.cadence.rows)
    spans = [cell.span for cell in state.cadence.rows[0].cells[-_PERIODS_SHOWN:]] if state.cadence.rows else []
    name = {"week": context.fmt.short_day, "month": context.fmt.short_month, "quarter": context.fmt.quarter}[
        measure.cadence.per
    ]
    shown = f"the last {_PERIODS_SHOWN} of {total} {measure.cadence.per}s" if total > _PERIODS_SHOWN else ""
    return Grid(cadence_rule(measure.cadence), tuple(name(s.start) for s in spans), rows, shown)


def _grid_row(context: ViewContext, row: CadenceRow) -> GridRow:
    return GridRow(
        context.person(row.seller.id) if row.seller else None,
        tuple(_grid_cell(context, cell) for cell in row.cells[-_PERIODS_SHOWN:]),
        f"{row.held} of {row.due}" if row.due else "",
    )


def _grid_cell(context: ViewContext, cell: Cell) -> GridCell:
    look = badge.CADENCE[cell.status]
    when = f"{context.fmt.short_day(cell.span.start)} to {context.fmt.short_day(cell.span.end)}"
    of = f" ({cell.held} of {cell.times})" if cell.status in {"short", "open"} or cell.held > 1 else ""
    text = str(cell.held) if cell.times > 1 or cell.held > 1 else ""
    return GridCell(look, f"{when}: {look.label.lower()}{of}", text, cell.status)


def cadence_rule(cadence: Cadence) -> str:
    """Return a cadence in words: `once a week with each seller, 30 to 45 minutes`."""
    times = {1: "once", 2: "twice"}.get(cadence.times, f"{cadence.times} times")
    whom = {"each-seller": " with each seller", "team": " with the team", "anyone": ""}[cadence.with_]
    low, high = cadence.minutes or (0, 0)
    length = f", {low} to {high} minutes" if low < high else f", {high} minutes" if high else ""
    return f"{times} a {cadence.per}{whom}{length}"
