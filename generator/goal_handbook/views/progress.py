"""How far a goal is: the number or the cadence with its bar."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..model.measure import Measure
from ..status.assessment import GoalState
from ..status.attainment import share_of_way
from ..words import plural
from . import badge
from .components import BehindView, Progress
from .context import WEEK, ViewContext


@dataclass(frozen=True, slots=True)
class NumberView:
    """The latest reading and the target, and for a bar the percents of the way that are covered and expected."""

    reading: str
    target: str
    percent: int
    expected_percent: int | None


def progress_view(context: ViewContext, state: GoalState) -> Progress | None:
    """Return how far the number is, or how a cadence was kept; None if there is nothing to count yet."""
    if state.cadence:
        return _cadence_progress(context, state)
    number, measure = number_view(context, state), state.goal.measure
    if number is None or measure is None:
        return None
    return Progress(
        number.reading,
        number.target,
        context.day(state.reading.on if state.reading else None),
        number.percent,
        number.expected_percent,
        _pace_and_day(context, state),
        _note(context, measure),
        facts(context, state),
        _silent(context, state),
    )


def number_view(context: ViewContext, state: GoalState) -> NumberView | None:
    """Return a number to reach or a level to hold beside its target; None without either."""
    goal, measure, reading = state.goal, state.goal.measure, state.reading
    if measure is None or goal.target is None:
        return None
    target = context.fmt.amount(goal.target, measure.unit)
    if reading is None:
        return NumberView("no reading yet", target, 0, None)
    drawn = state.progress.reading if state.progress else reading
    expected = share_of_way(measure, state.expected) if state.expected is not None else None
    return NumberView(
        context.fmt.reading(reading.value, measure.unit, goal.numbers),
        target,
        bar_percent(state.pace if measure.hold else share_of_way(measure, drawn.value)),
        bar_percent(expected) if expected is not None else None,
    )


def behind_view(context: ViewContext, state: GoalState) -> BehindView:
    """Return a goal that is off track or at risk, with what says so."""
    recovering = "recovering from a missed landmark" if state.recovering and state.status == "at-risk" else ""
    what = ", ".join(filter(None, (_pace_and_day(context, state), recovering)))
    return BehindView(badge.GOAL[state.status], context.ref(state.full_id), what)


def facts(context: ViewContext, state: GoalState) -> tuple[str, ...]:
    """Return how much of the target is reached, what is missing, and how fast it has to go beside how fast it went."""
    found, fmt = state.attainment, context.fmt
    if found is None or found.ratio is None or state.goal.closed:
        return ()
    unit, lines = found.measure.unit, [f"{fmt.percent(found.ratio)} of the target"]
    if found.gap > 0:
        lines[0] += f", {fmt.gap(found.gap, unit)} to go"
    needed = found.needed_on(context.assessment.as_of)
    if needed is not None:
        since = context.day(found.reading.on)
        lines.append(f"{fmt.gap(needed * WEEK, unit)} a week needed from {since} on")
    if state.rates and needed is not None:
        best, recent = (fmt.gap(rate * WEEK, unit) for rate in (state.rates.best, state.rates.recent))
        lines.append(f"best so far {best} a week, lately {recent}")
    return tuple(lines)


def _silent(context: ViewContext, state: GoalState) -> str:
    """Return since when nobody has said where the number is, "" while that is recent."""
    if state.silent_since is None:
        return ""
    return f"no news since {context.day(state.silent_since)}" if state.reading else "no reading since it began"


def bar_percent(ratio: Fraction | None) -> int:
    """Return a ratio as whole percents for a bar, from 0 to 100 and cut towards zero; 0 for None."""
    return max(0, min(100, int(ratio * 100))) if ratio is not None else 0


def _cadence_progress(context: ViewContext, state: GoalState) -> Progress | None:
    cadence = state.cadence
    if cadence is None or not cadence.due:
        return None
    held = plural(cadence.held, "session")
    return Progress(held, f"{cadence.due} due", "", bar_percent(cadence.ratio), None, _pace(context, state), "")


def _note(context: ViewContext, measure: Measure) -> str:
    """What to know beside the target: `or more, to hold; 58% last period`."""
    held = {"at_least": "or more, to hold", "at_most": "or less, to hold"}.get(measure.hold or "", "")
    over = f"over {'the period' if measure.over == 'period' else measure.over}" if measure.over else ""
    start = f"from {context.fmt.amount(measure.from_, measure.unit)}" if measure.from_ else ""
    last = f"{context.fmt.amount(measure.last, measure.unit)} last period" if measure.last is not None else ""
    return "; ".join(filter(None, (held, over, start, last)))


def _pace_and_day(context: ViewContext, state: GoalState) -> str:
    """Return the pace, and its day where that is not the latest reading's: not everybody has reported since."""
    found, reading = _pace(context, state), state.reading
    if not found or state.progress is None or state.progress.reading == reading:
        return found
    return f"as of {context.day(state.progress.reading.on)}: {found}"


def _pace(context: ViewContext, state: GoalState) -> str:
    measure, reading = state.goal.measure, state.reading
    if state.pace is None:
        return ""
    if state.cadence:
        return f"{context.fmt.percent(state.pace)} of the sessions due"
    if measure and measure.hold and state.expected is not None and reading:
        is_final = state.expected == measure.target
        if state.pace >= 1:
            return "the level is held" if is_final else "the level agreed by now is held"
        gap = context.fmt.gap(abs(Fraction(reading.value) - state.expected), measure.unit)
        level = "the level to hold" if is_final else "the level agreed by now"
        return f"{gap} {'over' if measure.goes_down else 'short of'} {level}"
    catch_up = state.progress.catch_up if state.progress else None
    faster = (
        f"; the rest has to go {context.fmt.factor(catch_up)} times as fast as agreed"
        if catch_up and catch_up > 1
        else ""
    )
    return f"{context.fmt.percent(state.pace)} of the agreed curve{faster}"
