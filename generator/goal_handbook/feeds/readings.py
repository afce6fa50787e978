"""The readings of each goal as CSV (RFC 4180), for a spreadsheet."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from ..figures import rounded
from ..model.goal import Goal
from ..pages.page import TextFile
from ..pages.routes import readings_file
from ..status.assessment import GoalState
from ..status.curve_history import CurveHistory
from ..status.flow import is_rollup
from ..views.context import ViewContext
from .text import one_line

COLUMNS = ("day", "value", "expected", "gap", "source", "note")
#: A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
_FORMULA = re.compile(r"(^|;)(\s*)(?=[=+\-@＝＋－＠])")
_PLACES = 2
_ZERO = (Decimal(0),)


def readings_files(context: ViewContext) -> Iterator[TextFile]:
    """Yield the readings of every goal with a number or a level; without readings, the header."""
    owners = context.assessment.handbook.owners
    for full_id, state in context.assessment.goals.items():
        if state.curve:
            name = readings_file(owners[state.owner_id].kind, full_id)
            yield TextFile(name, partial(_readings, context, full_id))


def _readings(context: ViewContext, full_id: str) -> str:
    assessment = context.assessment
    return readings_csv(assessment.goals[full_id], assessment.curve_history(full_id))


def readings_csv(state: GoalState, history: CurveHistory | None) -> str:
    """Return a row for each day with a reading: what was reached, what was agreed for it then, and value - expected.

    The source is `reading` for what somebody wrote down, and `sum` for what follows from the goals that support it.
    """
    text = io.StringIO()
    writer = csv.writer(text)  # its line ends are those of RFC 4180
    writer.writerow(COLUMNS)
    source = "sum" if is_rollup(state.goal) else "reading"
    notes = _notes(state.goal) if source == "reading" else {}
    for reading in state.readings:
        expected, numbers = history.on(reading.on) if history else None, ("", "")
        if expected is not None:
            gap = rounded(reading.above(expected), _PLACES, _ZERO)
            numbers = _digits(rounded(expected, _PLACES, (reading.value,))), _digits(gap)
        writer.writerow((reading.on, _digits(reading.value), *numbers, source, _harmless(notes.get(reading.on, ""))))
    return text.getvalue()


def _notes(goal: Goal) -> dict[datetime.date, str]:
    """The note of each reading by its day; of two on one day the last, whose value counts."""
    return {checkin.on: checkin.note for checkin in goal.checkins if checkin.value is not None}


def _digits(value: Decimal) -> str:
    """A number without an exponent and without zeros at its end: `1200`, `-0.5`."""
    return f"{value.normalize():f}" if value else "0"


def _harmless(text: str) -> str:
    """Text in one line that a spreadsheet shows instead of running it, also one that divides cells at semicolons."""
    return _FORMULA.sub(r"\1\2'", one_line(text)) if text else ""
