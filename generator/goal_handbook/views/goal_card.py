"""A goal's standing as the card pages show."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ..model.measure import Cadence
from ..status.cadence import CadenceRow, Cell
from ..status.coverage import Coverage
from ..status.landmark import LandmarkStanding
from ..status.pace import curve
from ..status.standing import GoalStanding
from . import badge
from .decisions import accounting_views, adjustment_views, agreement_view, checkin_notes, closing_line, review_views
from .parts import (
    Bound,
    Chart,
    Chip,
    CoverageView,
    GoalCard,
    Grid,
    GridCell,
    GridRow,
    Invested,
    LandmarkRow,
    Point,
    Progress,
    Support,
)
from .scene import Scene, days, plural

#: More supporters than these are counted, not listed, so that a page's size does not grow with the house.
SUPPORTERS_SHOWN = 12
#: How many periods of a cadence are shown; the sum counts them all.
PERIODS_SHOWN = 16


def goal_card(scene: Scene, standing: GoalStanding) -> GoalCard:
    """Everything a page may show of a goal."""
    goal, handbook = standing.goal, scene.standing.handbook
    supporters = handbook.supporters.get(standing.full_id, ())
    return GoalCard(
        ref=scene.ref(standing.full_id),
        anchor=goal.id,
        kind=goal.kind,
        chip=goal_chip(standing),
        confidence=standing.last_review.confidence or "" if standing.last_review else "",
        period=f"{scene.day(goal.start)} to {scene.day(goal.due)}",
        progress=_progress(scene, standing),
        chart=_chart(scene, standing),
        landmarks=tuple(landmark_row(scene, standing, s) for s in standing.landmarks),
        grid=_grid(scene, standing),
        coverage=_coverage(scene, standing),
        supports=tuple(
            Support(scene.ref(ref), _share(scene, standing, ref)) for ref in handbook.supports[standing.full_id]
        ),
        supporters=tuple(scene.ref(ref) for ref in supporters[:SUPPORTERS_SHOWN]),
        more_supporters=max(0, len(supporters) - SUPPORTERS_SHOWN),
        why=goal.why,
        fits=goal.fits,
        actions=goal.actions,
        agreement=agreement_view(scene, standing),
        accountings=accounting_views(scene, goal),
        adjustments=adjustment_views(scene, goal),
        reviews=review_views(scene, goal),
        notes=checkin_notes(scene, goal),
        invested=_invested(scene, standing),
        owed=scene.owed([standing]),
        closing=closing_line(scene, goal),
        review_due=scene.day(standing.review_due),
    )


def goal_chip(standing: GoalStanding) -> Chip:
    """The goal's badge, with its result where it is closed, and `recovering` where it is."""
    look = badge.GOAL[standing.status]
    if standing.goal.closed:
        return Chip(look, badge.RESULT[standing.goal.closed.result])
    return Chip(look, "recovering" if standing.recovering and standing.status == "at-risk" else "")


def landmark_row(scene: Scene, goal: GoalStanding, standing: LandmarkStanding) -> LandmarkRow:
    """A landmark on the timeline."""
    landmark, measure = standing.landmark, goal.goal.measure
    unit = measure.unit if measure else ""
    what = scene.fmt.amount(landmark.value, unit) if landmark.value is not None else landmark.deliver
    action = badge.ACTION[standing.accounting.action] if standing.accounting and standing.status == "accounted" else ""
    was = []
    if standing.was_value is not None:
        was.append(scene.fmt.amount(standing.was_value, unit))
    if standing.was_deliver:
        was.append(standing.was_deliver)
    if standing.was_due:
        was.append(f"by {scene.day(standing.was_due)}")
    return LandmarkRow(
        id=landmark.id,
        title=landmark.title,
        what=what,
        due=landmark.due,
        due_text=scene.day(landmark.due),
        chip=Chip(badge.LANDMARK[standing.status], action),
        detail=_landmark_detail(scene, standing),
        was=" ".join(was),
    )


def _landmark_detail(scene: Scene, standing: LandmarkStanding) -> str:
    as_of, due = scene.standing.as_of, standing.landmark.due
    match standing.status:
        case "met" | "met-late" if standing.met_on:
            away = (standing.met_on - due).days
            when = f"{days(-away)} ahead" if away < 0 else f"{days(away)} late" if standing.status == "met-late" else ""
            return f"{scene.day(standing.met_on)}{', ' + when if when else ''}"
        case "missed":
            return f"accounting owed for {days(standing.age)}{', overdue' if standing.overdue else ''}"
        case "accounted" if standing.accounting:
            return f"accounted for on {scene.day(standing.accounting.on)}"
        case "unreported":
            return f"no reading since it was due {days(standing.age)} ago"
        case "due-soon" | "upcoming":
            ahead = (due - as_of).days
            return f"in {days(ahead)}" if ahead > 0 else "today" if ahead == 0 else f"{days(-ahead)} ago, within grace"
        case _:
            return ""


def _progress(scene: Scene, standing: GoalStanding) -> Progress | None:
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
                _pace(scene, standing),
                "",
            )
            if due
            else None
        )
    if measure is None or goal.target is None:
        return None
    target = scene.fmt.amount(goal.target, measure.unit)
    held_word = {"at_least": "or more, to hold", "at_most": "or less, to hold"}.get(measure.hold or "", "")
    from_word = f"from {scene.fmt.amount(measure.from_, measure.unit)}" if measure.from_ else ""
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
        scene.fmt.amount(reading.value, measure.unit),
        target,
        scene.day(reading.on),
        percent,
        expected,
        _pace(scene, standing),
        note,
    )


def _pace(scene: Scene, standing: GoalStanding) -> str:
    if standing.pace is None:
        return ""
    if standing.cadence:
        return f"{scene.fmt.percent(standing.pace)} of the sessions due"
    if standing.goal.shape == "hold":
        return f"{scene.fmt.percent(standing.pace)} of the level to hold"
    return f"{scene.fmt.percent(standing.pace)} of the agreed curve"


def _percent(ratio: Fraction | None) -> int:
    return max(0, min(100, int(ratio * 100))) if ratio is not None else 0


def _chart(scene: Scene, standing: GoalStanding) -> Chart | None:
    """Readings against the landmark curve; None with less than two readings, which a sentence says better."""
    goal, measure = standing.goal, standing.goal.measure
    if measure is None or goal.target is None or len(standing.readings) < 2:
        return None

    def point(day: object, value: Decimal, label: str = "") -> Point:
        return Point(day, float(value), scene.fmt.amount(value, measure.unit), label)  # type: ignore[arg-type]

    corners = tuple(point(day, value) for day, value in curve(goal, standing.landmarks))
    marks = tuple(
        point(s.landmark.due, s.landmark.value, s.landmark.name)
        for s in standing.landmarks
        if s.landmark.value is not None and s.status != "dropped"
    )
    readings = tuple(point(r.on, r.value) for r in standing.readings)
    end = max(goal.due, readings[-1].day, *(m.day for m in marks)) if marks else max(goal.due, readings[-1].day)
    return Chart(goal.title, corners, marks, readings, min(goal.start, readings[0].day), end, scene.standing.as_of)


def _grid(scene: Scene, standing: GoalStanding) -> Grid | None:
    measure = standing.goal.measure
    if standing.cadence is None or measure is None or measure.cadence is None:
        return None
    total = max((len(row.cells) for row in standing.cadence.rows), default=0)
    rows = tuple(_grid_row(scene, row) for row in standing.cadence.rows)
    spans = [cell.span for cell in standing.cadence.rows[0].cells[-PERIODS_SHOWN:]] if standing.cadence.rows else []
    name = {"week": scene.fmt.short_day, "month": scene.fmt.short_month, "quarter": scene.fmt.quarter}[
        measure.cadence.per
    ]
    shown = f"the last {PERIODS_SHOWN} of {total} {measure.cadence.per}s" if total > PERIODS_SHOWN else ""
    held, due = standing.cadence.held, standing.cadence.due
    return Grid(
        cadence_rule(measure.cadence), tuple(name(s.start) for s in spans), rows, f"{held} of {due} held", shown
    )


def _grid_row(scene: Scene, row: CadenceRow) -> GridRow:
    ended = [c for c in row.cells if c.status in {"kept", "short", "missed"}]
    held, due = sum(min(c.held, c.due) for c in ended), sum(c.due for c in ended)
    return GridRow(
        scene.person(row.seller.id) if row.seller else None,
        tuple(_grid_cell(scene, cell) for cell in row.cells[-PERIODS_SHOWN:]),
        f"{held} of {due}" if due else "",
    )


def _grid_cell(scene: Scene, cell: Cell) -> GridCell:
    look = badge.CADENCE[cell.status]
    when = f"{scene.fmt.short_day(cell.span.start)} to {scene.fmt.short_day(cell.span.end)}"
    of = f" ({cell.held} of {cell.due})" if cell.status in {"short", "open"} or cell.held > 1 else ""
    return GridCell(
        look, f"{when}: {look.label.lower()}{of}", str(cell.held) if cell.due > 1 or cell.held > 1 else "", cell.status
    )


def cadence_rule(cadence: Cadence) -> str:
    """A cadence in words: `once a week with each seller, 30 to 45 minutes`."""
    times = {1: "once", 2: "twice"}.get(cadence.times, f"{cadence.times} times")
    whom = {"each-seller": " with each seller", "team": " with the team", "anyone": ""}[cadence.with_]
    length = f", {cadence.minutes[0]} to {cadence.minutes[1]} minutes" if cadence.minutes else ""
    return f"{times} a {cadence.per}{whom}{length}"


def _coverage(scene: Scene, standing: GoalStanding) -> CoverageView | None:
    if standing.coverage is None or standing.goal.measure is None or standing.goal.target is None:
        return None
    cover, unit = standing.coverage, standing.goal.measure.unit
    return CoverageView(
        Chip(badge.COVERAGE[cover.verdict]),
        scene.fmt.percent(cover.ratio),
        f"{plural(len(cover.shares), 'seller goal')} add up to {scene.fmt.amount(cover.total, unit)}"
        f" of {scene.fmt.amount(standing.goal.target, unit)}",
        min(150, int(cover.ratio * 100)),
        _bounds(scene, cover, unit),
        scene.fmt.amount(cover.abilities, unit) if cover.abilities is not None else "",
    )


def _bounds(scene: Scene, cover: Coverage, unit: str) -> tuple[Bound, ...]:
    return tuple(
        Bound(
            b.capacity.what,
            scene.fmt.amount(b.capacity.limit, b.capacity.unit or unit),
            scene.fmt.percent(b.used) if b.used is not None else "",
            min(150, int(b.used * 100)) if b.used is not None else 150,
            b.over,
            b.capacity.note,
        )
        for b in cover.bounds
    )


def _share(scene: Scene, standing: GoalStanding, supported: str) -> str:
    """The share of a supported goal's target that this goal is, where both count the same."""
    whole, part = scene.standing.handbook.goals[supported], standing.goal
    if not (whole.measure and part.measure and whole.target and part.target and whole.shape == part.shape == "number"):
        return ""
    return (
        scene.fmt.percent(Fraction(part.target) / Fraction(whole.target))
        if whole.measure.unit == part.measure.unit
        else ""
    )


def _invested(scene: Scene, standing: GoalStanding) -> tuple[Invested, ...]:
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
            rows.append(Invested(what, scene.fmt.amount(used, unit), scene.fmt.amount(aside, unit), percent))
    return tuple(rows)
