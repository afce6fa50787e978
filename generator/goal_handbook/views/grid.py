"""A cadence as a grid: who, in which period, and whether it was kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice

from ..model.measure import LENGTHS, Cadence, Per
from ..status.assessment import GoalState
from ..status.cadence import CadenceRow, Cell, CellStatus
from ..status.calendar import Span, quarters
from ..words import N_, Words
from . import badge
from .components import Grid, GridCell, GridRow
from .context import ViewContext, length

#: How many periods of a cadence are shown; the sum counts all of them.
_PERIODS_SHOWN = 16
_RULES: Mapping[Per, str] = {
    "week": N_("{times} a week"),
    "month": N_("{times} a month"),
    "quarter": N_("{times} a quarter"),
}
_SHOWN: Mapping[Per, str] = {
    "week": N_("the last {n} of {total} weeks"),
    "month": N_("the last {n} of {total} months"),
    "quarter": N_("the last {n} of {total} quarters"),
}


def cadence_grid(context: ViewContext, state: GoalState, shown: Sequence[CadenceRow] | None = None) -> Grid | None:
    """Return the grid of a goal with a cadence, else None. It has a row for everybody, or those that are `shown`."""
    measure = state.goal.measure
    if state.cadence is None or measure is None or measure.cadence is None:
        return None
    rows = state.cadence.rows
    total = max((len(row.cells) for row in rows), default=0)
    spans = [cell.span for cell in rows[0].cells[-_PERIODS_SHOWN:]] if rows else []
    latest = context.text(_SHOWN[measure.cadence.per], n=_PERIODS_SHOWN, total=total) if total > _PERIODS_SHOWN else ""
    return Grid(
        cadence_rule(context, measure.cadence),
        tuple(_name(context, measure.cadence.per, s) for s in spans),
        tuple(_grid_row(context, row) for row in (rows if shown is None else shown)),
        latest,
    )


def _name(context: ViewContext, per: Per, span: Span) -> str:
    """Return the head of a period's column: `Sep 4`, `Sep`, `Q3`; a quarter is the handbook's own."""
    if per == "quarter":
        own = quarters(context.assessment.handbook.settings.period)
        return context.text("Q{n}", n=own.index(span) + 1) if span in own else context.fmt.quarter(span.start)
    return context.fmt.short_day(span.start) if per == "week" else context.fmt.short_month(span.start)


def _grid_row(context: ViewContext, row: CadenceRow) -> GridRow:
    return GridRow(
        context.person(row.person.id) if row.person else None,
        tuple(_grid_cell(context, cell) for cell in row.cells[-_PERIODS_SHOWN:]),
        context.text("{held} of {due}", held=row.held, due=row.due) if row.due else "",
    )


def _grid_cell(context: ViewContext, cell: Cell) -> GridCell:
    first, last = context.fmt.short_day(cell.span.start), context.fmt.short_day(cell.span.end)
    return _cell_in_words(context.words, first, last, cell.status, cell.held, cell.times, cell.brief)


@lru_cache(maxsize=4_096)  # most people have kept most periods
def _cell_in_words(
    words: Words, first: str, last: str, status: CellStatus, held: int, times: int, brief: int
) -> GridCell:
    look, counted = badge.CADENCE[status], []
    if status in {"short", "open"} or held > 1:
        counted.append(words.text("{held} of {due}", held=held, due=times))
    if brief:
        counted.append(words.text("{n} too short", n=brief))
    text = str(held) if times > 1 or held > 1 else ""
    parts = [words.text("{first} to {last}: {status}", first=first, last=last, status=words.text(look.label))]
    return GridCell(look, " ".join([*parts, f"({', '.join(counted)})"] if counted else parts), text, status)


def cadence_rule(context: ViewContext, cadence: Cadence) -> str:
    """Return a cadence in words: `once a week with each seller, 30 to 45 minutes`."""
    rule = context.text(_RULES[cadence.per], times=_times(context, cadence.times))
    lasting = (_length(context, found, unit) for unit in LENGTHS if (found := getattr(cadence, unit)))
    return ", ".join([_with_whom(context, rule, cadence), *islice(lasting, 1)])


def _times(context: ViewContext, times: int | tuple[int, int]) -> str:
    match times:
        case 1:
            return context.text("once")
        case 2:
            return context.text("twice")
        case (1, 2):
            return context.text("once or twice")
        case (low, high):
            return context.text("{low} to {high} times", low=low, high=high)
        case _:
            return context.text("{n} times", n=times)


def _with_whom(context: ViewContext, rule: str, cadence: Cadence) -> str:
    if isinstance(cadence.with_, tuple):
        people = context.words.sentence_list(context.person(who).name for who in cadence.with_)
        return context.text("{rule} with {people}", rule=rule, people=people)
    match cadence.with_:
        case "each-seller":
            return context.text("{rule} with each seller", rule=rule)
        case "team":
            return context.text("{rule} with the team", rule=rule)
        case _:
            return rule


def _length(context: ViewContext, found: tuple[int, int], unit: str) -> str:
    low, high = found
    longest = length(high, unit, context.words)
    return context.text("{low} to {length}", low=low, length=longest) if low < high else longest
