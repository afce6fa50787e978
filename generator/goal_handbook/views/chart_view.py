"""The chart of a goal: its readings against what was agreed at each time, and the table beside it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from ..model.measure import Measure
from ..status.assessment import GoalState
from ..status.curve_history import CurveHistory, Path, Version
from ..status.pace import span_of_curve
from ..words import N_
from . import badge
from .chart import BandPoint, Chart, DayMark, FanView, Gap, LabelledPoint, LandmarkPoint, Line, Point, TableRow
from .context import ViewContext

#: Older curves that were given up are not drawn on: three are as many as can be told apart.
_GIVEN_UP_SHOWN = 3


def chart_view(context: ViewContext, state: GoalState) -> Chart | None:
    """Return readings against the agreed curve; None with fewer than two readings, which need no chart."""
    goal, measure = state.goal, state.goal.measure
    if measure is None or state.curve is None or len(state.readings) < 2:
        return None
    assessment = context.assessment
    history = assessment.curve_history(state.full_id)
    if history is None:
        return None
    span, as_of = span_of_curve(goal, state.curve, state.readings), assessment.as_of
    fan = _fan(context, state, measure)
    return Chart(
        title=goal.title,
        description=tuple(_description(context, state, history, measure)),
        start=span.start,
        end=span.end,
        unit=measure.unit,
        noun=context.fmt.noun_left_out(measure.unit),
        agreed=tuple(map(_line, history.agreed())),
        given_up=tuple(map(_line, history.given_up()[-_GIVEN_UP_SHOWN:])),
        marks=tuple(_marks(context, state, measure)),
        replaced=tuple(_replaced(context, history, measure)),
        changes=tuple(_changes(context, history)),
        at_risk=tuple(
            tuple([BandPoint(p.day, _float(p.better), _float(p.worse)) for p in part])
            for part in history.at_risk(assessment.handbook.settings.catch_up, as_of)
        ),
        readings=tuple([Point(reading.on, float(reading.value)) for reading in state.readings]),
        gap=_gap(context, state, measure),
        fan=fan,
        wrong_side="" if not measure.hold else "above" if measure.goes_down else "below",
        filled=not measure.hold and not measure.goes_down and measure.start_value == 0,
        today=DayMark(as_of, context.fmt.short_day(as_of)) if as_of in span else None,
        table=tuple(_table(context, state, history, measure)),
    )


def _line(path: Path) -> Line:
    return tuple([Point(day, _float(value)) for day, value in path])


def _float(value: Fraction) -> float:
    """A number to draw: what `float` makes of it, in half the time."""
    above, below = value.as_integer_ratio()
    return above / below


def _marks(context: ViewContext, state: GoalState, measure: Measure) -> Iterable[LandmarkPoint]:
    for found in state.landmarks:
        value = found.landmark.value
        if value is not None and found.status != "dropped":
            text = context.fmt.compact(value, measure.unit)
            yield LandmarkPoint(found.landmark.due, float(value), text, badge.LANDMARK[found.status])


def _replaced(context: ViewContext, history: CurveHistory, measure: Measure) -> Iterable[LabelledPoint]:
    for found in history.replaced():
        text = context.text("was {value}", value=context.fmt.compact(found.value, measure.unit))
        yield LabelledPoint(found.due, float(found.value), text)


def _changes(context: ViewContext, history: CurveHistory) -> Iterable[DayMark]:
    for day in history.changed_on:
        yield DayMark(day, context.text("{day}: adjusted", day=context.fmt.short_day(day)))


def _gap(context: ViewContext, state: GoalState, measure: Measure) -> Gap | None:
    """The reading that the status is decided by, and how far it is from what is expected of it."""
    found = state.progress
    if found is None:
        return None
    gap = context.fmt.difference(found.reading.above(found.expected), measure.unit, compact=True)
    value = context.fmt.compact(found.reading.value, measure.unit, state.goal.numbers)
    return Gap(Point(found.reading.on, float(found.reading.value)), float(found.expected), (value, f"({gap})"))


def _fan(context: ViewContext, state: GoalState, measure: Measure) -> FanView | None:
    found = state.fan_on(context.assessment.as_of)
    if found is None:
        return None
    target = state.goal.numbers[-1:]
    lately, slowest, fastest = (
        context.fmt.compact(value, measure.unit, target) for value in (found.lately, found.slowest, found.fastest)
    )
    sentence = (
        N_("{lately} by {day} at the pace so far; {slowest} at the slowest so far, {fastest} at the fastest.")
        if found.from_start
        else N_(
            "{lately} by {day} at the pace of the last three months;"
            " {slowest} at the slowest so far, {fastest} at the fastest."
        )
    )
    return FanView(
        Point(found.since.on, float(found.since.value)),
        found.due,
        float(found.slowest),
        float(found.fastest),
        float(found.lately),
        (lately, context.text("at this pace")),
        context.text(sentence, lately=lately, day=context.day(found.due), slowest=slowest, fastest=fastest),
    )


def _description(context: ViewContext, state: GoalState, history: CurveHistory, measure: Measure) -> Iterable[str]:
    """The chart in sentences, for those who do not see it."""
    fmt, last = context.fmt, state.readings[-1]
    value = fmt.reading(last.value, measure.unit, state.goal.numbers)
    yield context.text("The latest reading is {value} on {day}.", value=value, day=context.day(last.on))
    if state.progress:
        expected = fmt.amount(state.progress.expected, measure.unit)
        day = context.day(state.progress.reading.on)
        yield context.text("{value} was expected on {day}.", value=expected, day=day)
    yield context.text("The agreed curve leads to {end}.", end=_end(context, history.versions[-1], measure.unit))
    for changed in history.changed_on:
        yield context.text("It was adjusted on {day}.", day=context.day(changed))


def _table(context: ViewContext, state: GoalState, history: CurveHistory, measure: Measure) -> list[TableRow]:
    """Readings and adjustments, newest first; of one day the adjustment is the older."""
    fmt, unit, numbers = context.fmt, measure.unit, state.goal.numbers
    rows = [_adjusted(context, before, after, unit) for before, after in pairwise(history.versions)]
    for reading in state.readings:
        day, value = context.day(reading.on), fmt.reading(reading.value, unit, numbers)
        expected = history.on(reading.on)
        if expected is None:
            rows.append(TableRow(reading.on, day, value))
        else:
            gap = fmt.difference(reading.above(expected), unit)
            rows.append(TableRow(reading.on, day, value, fmt.amount(expected, unit), gap))
    return sorted(rows, key=lambda row: row.day)[::-1]


def _adjusted(context: ViewContext, before: Version, after: Version, unit: str) -> TableRow:
    """The row of an adjustment: what became of the end of the curve, and of what was expected of the day."""
    day = after.since
    then, now = (context.fmt.amount(version.curve.on(day), unit) for version in (before, after))
    words = []
    if before.leads_to != after.leads_to:
        was, leads_to = (_end(context, version, unit) for version in (before, after))
        words.append(context.text("The agreed curve led to {was}; now it leads to {now}.", was=was, now=leads_to))
    if then != now:
        words.append(context.text("What was expected by this day went from {was} to {now}.", was=then, now=now))
    return TableRow(day, context.day(day), adjusted=tuple(words))


def _end(context: ViewContext, version: Version, unit: str) -> str:
    day, value = version.leads_to
    return context.text("{what} by {day}", what=context.fmt.amount(value, unit), day=context.day(day))
