"""How far a goal is: the number or the cadence with its bar."""

from __future__ import annotations

from fractions import Fraction

from ..frozen import frozen
from ..model.measure import Measure
from ..status.assessment import GoalState
from ..status.attainment import share_of_way
from ..words import N_
from . import badge
from .components import BehindView, Progress
from .context import WEEK, ViewContext

#: How a level is held: whether it is, whether it is the final one or the one agreed by now, and whether less is better.
_LEVEL = {
    (True, True, True): N_("the level is held"),
    (True, True, False): N_("the level is held"),
    (True, False, True): N_("the level agreed by now is held"),
    (True, False, False): N_("the level agreed by now is held"),
    (False, True, True): N_("{gap} over the level to hold"),
    (False, True, False): N_("{gap} short of the level to hold"),
    (False, False, True): N_("{gap} over the level agreed by now"),
    (False, False, False): N_("{gap} short of the level agreed by now"),
}


@frozen
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
        return NumberView(context.text("no reading yet"), target, 0, None)
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
    is_recovering = state.recovering and state.status == "at-risk"
    recovering = context.text("recovering from a missed landmark") if is_recovering else ""
    what = ", ".join(filter(None, (_pace_and_day(context, state), recovering)))
    return BehindView(badge.GOAL[state.status], context.ref(state.full_id), what)


def facts(context: ViewContext, state: GoalState) -> tuple[str, ...]:
    """Return how much of the target is reached, what is missing, and how fast it has to go beside how fast it went."""
    found, fmt = state.attainment, context.fmt
    if found is None or found.ratio is None or state.goal.closed:
        return ()
    unit, share = found.measure.unit, fmt.percent(found.ratio)
    lines = [context.text("{share} of the target", share=share)]
    if found.gap > 0:
        lines = [context.text("{share} of the target, {gap} to go", share=share, gap=fmt.gap(found.gap, unit))]
    needed = found.needed_on(context.assessment.as_of)
    if needed is not None:
        a_week, since = fmt.gap(needed * WEEK, unit), context.day(found.reading.on)
        lines.append(context.text("{needed} a week needed from {day} on", needed=a_week, day=since))
    if needed is not None and (rates := state.rates):
        best, recent = (fmt.gap(rate * WEEK, unit) for rate in (rates.best, rates.recent))
        lines.append(context.text("best so far {best} a week, lately {recent}", best=best, recent=recent))
    return tuple(lines)


def _silent(context: ViewContext, state: GoalState) -> str:
    """Return since when nobody has said where the number is, "" while that is recent."""
    if state.silent_since is None:
        return ""
    if state.reading is None:
        return context.text("no reading since it began")
    return context.text("no news since {day}", day=context.day(state.silent_since))


def bar_percent(ratio: Fraction | None) -> int:
    """Return a ratio as whole percents for a bar, from 0 to 100 and cut towards zero; 0 for None."""
    if ratio is None:
        return 0
    part, whole = ratio.as_integer_ratio()
    return max(0, min(100, 100 * part // whole))


def _cadence_progress(context: ViewContext, state: GoalState) -> Progress | None:
    cadence = state.cadence
    if cadence is None or not cadence.due:
        return None
    held = context.plural("{n} session", "{n} sessions", cadence.held)
    due = context.text("{n} due", n=cadence.due)
    return Progress(held, due, "", bar_percent(cadence.ratio), None, _pace(context, state), "")


def _note(context: ViewContext, measure: Measure) -> str:
    """What to know beside the target: `or more, to hold; 58% last period`."""
    notes = []
    if measure.hold:
        more = measure.hold == "at_least"
        notes.append(context.text("or more, to hold") if more else context.text("or less, to hold"))
    if measure.over:
        notes.append(_over(context, measure.over))
    if measure.from_:
        notes.append(context.text("from {value}", value=context.fmt.amount(measure.from_, measure.unit)))
    if measure.last is not None:
        notes.append(context.text("{value} last period", value=context.fmt.amount(measure.last, measure.unit)))
    return "; ".join(notes)


def _over(context: ViewContext, over: str) -> str:
    """The time that a level covers: `over 3 months`."""
    if over == "period":
        return context.text("over the period")
    number, _, unit = over.partition(" ")
    match unit.removesuffix("s"):
        case "week":
            return context.plural("over {n} week", "over {n} weeks", int(number))
        case "month":
            return context.plural("over {n} month", "over {n} months", int(number))
        case "quarter":
            return context.plural("over {n} quarter", "over {n} quarters", int(number))
        case _:
            return context.plural("over {n} day", "over {n} days", int(number))


def _pace_and_day(context: ViewContext, state: GoalState) -> str:
    """Return the pace, and its day where that is not the latest reading's: not everybody has reported since."""
    found, reading = _pace(context, state), state.reading
    if not found or state.progress is None or state.progress.reading == reading:
        return found
    return context.text("as of {day}: {pace}", day=context.day(state.progress.reading.on), pace=found)


def _pace(context: ViewContext, state: GoalState) -> str:
    measure, reading = state.goal.measure, state.reading
    if state.pace is None:
        return ""
    if state.cadence:
        return context.text("{share} of the sessions due", share=context.fmt.percent(state.pace))
    if measure and measure.hold and state.expected is not None and reading:
        gap = context.fmt.gap(abs(reading.above(state.expected)), measure.unit)
        return context.text(_LEVEL[state.pace >= 1, state.expected == measure.target, measure.goes_down], gap=gap)
    share, catch_up = context.fmt.percent(state.pace), state.progress.catch_up if state.progress else None
    if catch_up and catch_up > 1:
        faster = N_("{share} of the agreed curve; the rest has to go {factor} times as fast as agreed")
        return context.text(faster, share=share, factor=context.fmt.factor(catch_up))
    return context.text("{share} of the agreed curve", share=share)
