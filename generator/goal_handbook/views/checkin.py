"""What a check-in asks for: one number, and what to compare it with."""

from __future__ import annotations

from ..status.assessment import GoalState
from .components import CheckInForm
from .context import ViewContext


def check_in_form(context: ViewContext, state: GoalState) -> CheckInForm | None:
    """Return the form of a goal whose number people report, None for any other and for one that is not open."""
    goal, measure, today = state.goal, state.goal.measure, context.assessment.as_of
    if measure is None or not state.is_reported_on(today):
        return None
    unit = context.fmt.unit(measure.unit)
    what = context.text("The level now") if measure.hold else context.text("The total to date")
    expected = context.fmt.amount(state.curve.on(today), measure.unit) if state.curve else ""
    return CheckInForm(
        state.full_id,
        context.text("{what}, in {unit}", what=what, unit=unit) if unit else what,
        context.fmt.decimal_mark,
        _last(context, state),
        context.text("Expected by {day}: {value}", day=context.day(today), value=expected) if expected else "",
        goal.start.isoformat(),
        today.isoformat(),
        goal.due.isoformat(),
    )


def _last(context: ViewContext, state: GoalState) -> str:
    if state.reading is None or state.goal.measure is None:
        return ""
    value = context.fmt.reading(state.reading.value, state.goal.measure.unit, state.goal.numbers)
    return context.text("Last reading: {value} on {day}", value=value, day=context.day(state.reading.on))
