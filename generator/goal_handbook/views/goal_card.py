"""A goal's standing as the card pages show."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

from ..status.assessment import GoalState
from ..status.coverage import Coverage
from ..status.landmark import LandmarkState
from ..status.pace import curve
from . import badge
from .components import Bound, Chart, Chip, CoverageView, GoalCard, Invested, LandmarkRow, Point, Progress, Support
from .context import ViewContext, days, plural
from .decisions import accounting_views, agreement_view, closing_line
from .grid import cadence_grid
from .timeline import goal_history, history_summary

#: More people than these are counted, not listed, so that a page's size does not grow with the house.
FED_BY_SHOWN = 12


def goal_card(context: ViewContext, standing: GoalState) -> GoalCard:
    """Everything a page may show of a goal."""
    goal, handbook = standing.goal, context.assessment.handbook
    fed_by = tuple(dict.fromkeys(ref.partition("/")[0] for ref in handbook.supporters.get(standing.full_id, ())))
    return GoalCard(
        ref=context.ref(standing.full_id),
        anchor=goal.id,
        kind=goal.kind,
        chip=goal_chip(standing),
        confidence=standing.last_review.confidence or "" if standing.last_review else "",
        period=f"{context.day(goal.start)} to {context.day(goal.due)}",
        progress=_progress(context, standing),
        chart=_chart(context, standing),
        landmarks=tuple(landmark_row(context, standing, s) for s in standing.landmarks),
        grid=cadence_grid(context, standing),
        coverage=_coverage(context, standing),
        supports=tuple(
            Support(context.ref(ref), _share(context, standing, ref)) for ref in handbook.supports[standing.full_id]
        ),
        fed_by=context.people(fed_by[:FED_BY_SHOWN]),
        fed_by_more=max(0, len(fed_by) - FED_BY_SHOWN),
        why=goal.why,
        fits=goal.fits,
        actions=goal.actions,
        agreement=agreement_view(context, standing),
        accountings=accounting_views(context, standing.full_id, goal),
        history=goal_history(context, standing),
        history_summary=history_summary(goal),
        history_missing=not context.history.complete,
        invested=_invested(context, standing),
        owed=context.owed([standing]),
        closing=closing_line(context, goal),
        review_due=context.day(standing.review_due),
    )


def goal_chip(standing: GoalState) -> Chip:
    """The goal's badge, with its result where it is closed, and `recovering` where it is."""
    look = badge.GOAL[standing.status]
    if standing.goal.closed:
        return Chip(look, badge.RESULT[standing.goal.closed.result])
    return Chip(look, "recovering" if standing.recovering and standing.status == "at-risk" else "")


def landmark_row(context: ViewContext, goal: GoalState, standing: LandmarkState) -> LandmarkRow:
    """A landmark on the timeline."""
    landmark, measure = standing.landmark, goal.goal.measure
    unit = measure.unit if measure else ""
    what = context.fmt.amount(landmark.value, unit) if landmark.value is not None else landmark.deliver
    action = badge.ACTION[standing.accounting.action] if standing.accounting and standing.status == "accounted" else ""
    was = []
    if standing.was_value is not None:
        was.append(context.fmt.amount(standing.was_value, unit))
    if standing.was_deliver:
        was.append(standing.was_deliver)
    if standing.was_due:
        was.append(f"by {context.day(standing.was_due)}")
    return LandmarkRow(
        id=landmark.id,
        title=landmark.title,
        what=what,
        due=landmark.due,
        due_text=context.day(landmark.due),
        chip=Chip(badge.LANDMARK[standing.status], action),
        detail="" if goal.goal.closed and not standing.met_on else _landmark_detail(context, standing),
        was=" ".join(was),
    )


def _landmark_detail(context: ViewContext, standing: LandmarkState) -> str:
    as_of, due = context.assessment.as_of, standing.landmark.due
    match standing.status:
        case "met" | "met-late" if standing.met_on:
            away = (standing.met_on - due).days
            when = f"{days(-away)} ahead" if away < 0 else f"{days(away)} late" if standing.status == "met-late" else ""
            return f"{context.day(standing.met_on)}{', ' + when if when else ''}"
        case "missed":
            return f"accounting owed for {days(standing.age)}{', overdue' if standing.overdue else ''}"
        case "accounted" if standing.accounting:
            return f"accounted for on {context.day(standing.accounting.on)}"
        case "unreported":
            return f"{context.silence(standing)}, {days(standing.age)} after it was due"
        case "due-soon" | "upcoming":
            ahead = (due - as_of).days
            return f"in {days(ahead)}" if ahead > 0 else "today" if ahead == 0 else f"{days(-ahead)} ago, within grace"
        case _:
            return ""


def _progress(context: ViewContext, standing: GoalState) -> Progress | None:
    """Where the number stands, or how often a cadence was kept; None where there is nothing to count yet."""
    goal, measure, reading = standing.goal, standing.goal.measure, standing.reading
    if standing.cadence:
        held, due = standing.cadence.held, standing.cadence.due
        return (
            Progress(
                plural(held, "session"),
                f"{due} due",
                "",
                _percent(standing.cadence.ratio),
                None,
                _pace(context, standing),
                "",
            )
            if due
            else None
        )
    if measure is None or goal.target is None:
        return None
    target = context.fmt.amount(goal.target, measure.unit)
    held_word = {"at_least": "or more, to hold", "at_most": "or less, to hold"}.get(measure.hold or "", "")
    from_word = f"from {context.fmt.amount(measure.from_, measure.unit)}" if measure.from_ else ""
    note = " ".join(w for w in (held_word, from_word) if w)
    if reading is None:
        return Progress("no reading yet", target, "", 0, None, "", note)
    whole = goal.target - measure.start_value
    if measure.hold:
        percent, expected = _percent(standing.pace), None
    else:
        percent = _percent(Fraction(reading.value - measure.start_value) / Fraction(whole)) if whole else 100
        expected = (
            _percent((standing.expected - Fraction(measure.start_value)) / Fraction(whole))
            if whole and standing.expected is not None
            else None
        )
    return Progress(
        context.fmt.amount(reading.value, measure.unit),
        target,
        context.day(reading.on),
        percent,
        expected,
        _pace(context, standing),
        note,
    )


def _pace(context: ViewContext, standing: GoalState) -> str:
    goal, measure, reading = standing.goal, standing.goal.measure, standing.reading
    if standing.pace is None:
        return ""
    if standing.cadence:
        return f"{context.fmt.percent(standing.pace)} of the sessions due"
    if measure and measure.hold and goal.target is not None and reading:
        if measure.satisfied(reading.value, goal.target):
            return "the level is held"
        gap = context.fmt.amount(abs(reading.value - goal.target), measure.unit)
        return f"{gap} {'over' if measure.goes_down else 'short of'} the level to hold"
    return f"{context.fmt.percent(standing.pace)} of the agreed curve"


def _percent(ratio: Fraction | None) -> int:
    return max(0, min(100, int(ratio * 100))) if ratio is not None else 0


def _chart(context: ViewContext, standing: GoalState) -> Chart | None:
    """Readings against the landmark curve; None with less than two readings, which a sentence says better."""
    goal, measure = standing.goal, standing.goal.measure
    if measure is None or goal.target is None or len(standing.readings) < 2:
        return None

    def point(day: datetime.date, value: Decimal, label: str = "") -> Point:
        return Point(day, context.day(day), float(value), context.fmt.amount(value, measure.unit), label)

    corners = tuple(point(day, value) for day, value in curve(goal, standing.landmarks))
    marks = tuple(
        point(s.landmark.due, s.landmark.value, s.landmark.name)
        for s in standing.landmarks
        if s.landmark.value is not None and s.status != "dropped"
    )
    readings = tuple(point(r.on, r.value) for r in standing.readings)
    end = max(goal.due, readings[-1].day, *(m.day for m in marks)) if marks else max(goal.due, readings[-1].day)
    return Chart(
        goal.title,
        measure.hold is None,
        corners,
        marks,
        readings,
        min(goal.start, readings[0].day),
        end,
        context.assessment.as_of,
    )


def _coverage(context: ViewContext, standing: GoalState) -> CoverageView | None:
    if standing.coverage is None or standing.goal.measure is None or standing.goal.target is None:
        return None
    cover, unit = standing.coverage, standing.goal.measure.unit
    return CoverageView(
        Chip(badge.COVERAGE[cover.verdict]),
        context.fmt.percent(cover.ratio),
        f"{plural(len(cover.shares), 'seller goal adds', 'seller goals add')} up to"
        f" {context.fmt.amount(cover.total, unit)}"
        f" of {context.fmt.amount(standing.goal.target, unit)}",
        _bounds(context, cover, unit),
        context.fmt.amount(cover.abilities, unit) if cover.abilities is not None else "",
    )


def _bounds(context: ViewContext, cover: Coverage, unit: str) -> tuple[Bound, ...]:
    return tuple(
        Bound(
            badge.CAPACITY[b.over],
            b.capacity.what,
            context.fmt.amount(b.capacity.limit, b.capacity.unit or unit),
            context.fmt.percent(b.used) if b.used is not None else "",
            b.capacity.note,
        )
        for b in cover.bounds
    )


def _share(context: ViewContext, standing: GoalState, supported: str) -> str:
    """The share of a supported goal's target that this goal is, where both count the same."""
    whole, part = context.assessment.handbook.goals[supported], standing.goal
    if not (whole.measure and part.measure and whole.target and part.target and whole.shape == part.shape == "number"):
        return ""
    return (
        context.fmt.percent(Fraction(part.target) / Fraction(whole.target))
        if whole.measure.unit == part.measure.unit
        else ""
    )


def _invested(context: ViewContext, standing: GoalState) -> tuple[Invested, ...]:
    """Time and money spent, to date, of what was set aside."""
    goal = standing.goal
    if goal.invest is None:
        return ()
    spent = [c.spent for c in sorted(goal.checkins, key=lambda c: c.on) if c.spent]
    hours = max((s.hours for s in spent if s.hours is not None), default=Decimal(0))
    money = max((s.money for s in spent if s.money is not None), default=Decimal(0))
    rows = []
    for what, used, aside, unit in (
        ("Time", hours, goal.invest.hours, "hours"),
        ("Money", money, goal.invest.money, "money"),
    ):
        if aside is not None:
            percent = _percent(Fraction(used) / Fraction(aside)) if aside else 0
            tone: badge.Tone = "warn" if used > aside else "calm"
            rows.append(Invested(what, context.fmt.amount(used, unit), context.fmt.amount(aside, unit), percent, tone))
    return tuple(rows)
