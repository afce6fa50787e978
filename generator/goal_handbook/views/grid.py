"""A cadence as a grid: who, in which period, and whether it was kept."""

from __future__ import annotations

from ..model.measure import LENGTHS, Cadence, Per
from ..status.assessment import GoalState
from ..status.cadence import CadenceRow, Cell
from ..status.calendar import Span, quarters
from ..words import plural, sentence_list
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
    shown = f"the last {_PERIODS_SHOWN} of {total} {measure.cadence.per}s" if total > _PERIODS_SHOWN else ""
    return Grid(
        cadence_rule(context, measure.cadence),
        tuple(_name(context, measure.cadence.per, s) for s in spans),
        rows,
        shown,
    )


def _name(context: ViewContext, per: Per, span: Span) -> str:
    """Return the head of a period's column: `Sep 4`, `Sep`, `Q3`; a quarter is the handbook's own."""
    if per == "quarter":
        own = quarters(context.assessment.handbook.settings.period)
        return f"Q{own.index(span) + 1}" if span in own else context.fmt.quarter(span.start)
    return context.fmt.short_day(span.start) if per == "week" else context.fmt.short_month(span.start)


def _grid_row(context: ViewContext, row: CadenceRow) -> GridRow:
    return GridRow(
        context.person(row.person.id) if row.person else None,
        tuple(_grid_cell(context, cell) for cell in row.cells[-_PERIODS_SHOWN:]),
        f"{row.held} of {row.due}" if row.due else "",
    )


def _grid_cell(context: ViewContext, cell: Cell) -> GridCell:
    look = badge.CADENCE[cell.status]
    when = f"{context.fmt.short_day(cell.span.start)} to {context.fmt.short_day(cell.span.end)}"
    of = f"{cell.held} of {cell.times}" if cell.status in {"short", "open"} or cell.held > 1 else ""
    counted = ", ".join(filter(None, (of, f"{cell.brief} too short" if cell.brief else "")))
    text = str(cell.held) if cell.times > 1 or cell.held > 1 else ""
    return GridCell(look, f"{when}: {look.label.lower()}{f' ({counted})' if counted else ''}", text, cell.status)


def cadence_rule(context: ViewContext, cadence: Cadence) -> str:
    """Return a cadence in words: `once a week with each seller, 30 to 45 minutes`."""
    length = next((_length(found, unit) for unit in LENGTHS if (found := getattr(cadence, unit))), "")
    return f"{_times(cadence.times)} a {cadence.per}{_whom(context, cadence)}{length}"


def _times(times: int | tuple[int, int]) -> str:
    if times == (1, 2):
        return "once or twice"
    if isinstance(times, tuple):
        return f"{times[0]} to {times[1]} times"
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


def _whom(context: ViewContext, cadence: Cadence) -> str:
    if isinstance(cadence.with_, tuple):
        return f" with {sentence_list(context.person(who).name for who in cadence.with_)}"
    return {"each-seller": " with each seller", "team": " with the team"}.get(cadence.with_, "")


def _length(found: tuple[int, int], unit: str) -> str:
    low, high = found
    longest = plural(high, unit.removesuffix("s"))
    return f", {low} to {longest}" if low < high else f", {longest}"
