"""A goal as the card that pages show."""

from __future__ import annotations

from fractions import Fraction

from ..model.people import Capacity
from ..model.records import Review
from ..status.as_of import OriginalTerms
from ..status.assessment import GoalState
from ..status.landmark import LandmarkState
from ..words import N_
from . import badge
from .chart_view import chart_view
from .checkin import check_in_form
from .components import CapacityView, Chip, CoverageView, GoalCard, Invested, LandmarkRow, Support
from .context import ViewContext, distance
from .grid import cadence_grid
from .progress import bar_percent, progress_view
from .records import closing_line, past_of
from .timeline import history_summary

#: More people than these are counted, not listed, so that a page does not grow with the organisation.
_SUPPORTED_BY_SHOWN = 12


def goal_card(context: ViewContext, state: GoalState) -> GoalCard:
    """Return everything a page may show of a goal."""
    goal, handbook = state.goal, context.assessment.handbook
    supporters = tuple(dict.fromkeys(ref.partition("/")[0] for ref in handbook.supporters.get(state.full_id, ())))
    past = past_of(context, state)
    return GoalCard(
        ref=context.ref(state.full_id),
        anchor=goal.id,
        kind=goal.kind,
        kind_text=context.text(badge.KIND[goal.kind]),
        chip=goal_chip(context, state),
        confidence=confidence(context, state.last_review),
        period=context.text("{first} to {last}", first=context.day(goal.start), last=context.day(goal.due)),
        progress=progress_view(context, state),
        chart=chart_view(context, state),
        landmarks=tuple(landmark_row(context, state, landmark) for landmark in state.landmarks),
        grid=cadence_grid(context, state),
        coverage=_coverage(context, state),
        capacities=_capacities(context, state),
        supports=tuple(
            Support(context.ref(ref), _share(context, state, ref)) for ref in handbook.supports[state.full_id]
        ),
        supported_by=context.people(supporters[:_SUPPORTED_BY_SHOWN]),
        supported_by_more=max(0, len(supporters) - _SUPPORTED_BY_SHOWN),
        why=goal.why,
        fits=goal.fits,
        actions=goal.actions,
        agreement=past.agreement,
        accountings=past.accountings,
        history=past.history,
        history_summary=history_summary(context, goal),
        history_missing=not context.history.complete,
        invested=_invested(context, state),
        owed=context.owed([state]),
        closing=closing_line(context, goal),
        next_review=_next_review(context, state),
        shared_commit=past.shared_commit,
        check_in=check_in_form(context, state) if context.check_ins else None,
    )


def goal_chip(context: ViewContext, state: GoalState) -> Chip:
    """Return the goal's badge, with its result once it is closed, and `recovering` while it is."""
    look = badge.GOAL[state.status]
    if state.goal.closed:
        return Chip(look, context.text(badge.RESULT[state.goal.closed.result]))
    recovering = badge.ACTION["recover"]
    return Chip(look, context.text(recovering) if state.recovering and state.status == "at-risk" else "")


def landmark_row(context: ViewContext, goal: GoalState, state: LandmarkState) -> LandmarkRow:
    """Return a landmark of a goal as a row of a list."""
    landmark, measure = state.landmark, goal.goal.measure
    unit = measure.unit if measure else ""
    what = context.fmt.amount(landmark.value, unit) if landmark.value is not None else landmark.deliver
    action = badge.ACTION[state.accounting.action] if state.accounting and state.status == "accounted" else ""
    return LandmarkRow(
        id=landmark.id,
        title=landmark.title,
        what=what,
        due=landmark.due,
        due_text=context.day(landmark.due),
        chip=Chip(badge.LANDMARK[state.status], context.text(action)),
        detail="" if goal.goal.closed and not state.met_on else _landmark_detail(context, goal, state),
        was=_first_agreed(context, state.original, unit) if state.adjusted else "",
    )


def _first_agreed(context: ViewContext, original: OriginalTerms, unit: str) -> str:
    """The first agreed terms that an adjustment changed, in a line."""
    value = context.fmt.amount(original.value, unit) if original.value is not None else ""
    due = context.text("by {day}", day=context.day(original.due)) if original.due else ""
    return " ".join(filter(None, (value, original.deliver, due)))


def _landmark_detail(context: ViewContext, goal: GoalState, state: LandmarkState) -> str:
    match state.status:
        case "met" | "met-late":
            return ", ".join(filter(None, (context.day(state.met_on), _early_or_late(context, state))))
        case "missed":
            owed = context.text("accounting owed from today")
            if state.age:
                owed = context.plural("accounting owed for {n} day", "accounting owed for {n} days", state.age)
            late = context.text("overdue") if state.overdue else ""
            return ", ".join(filter(None, (shortfall(context, goal, state), owed, late)))
        case "accounted" if state.accounting:
            accounted = context.text("accounted for on {day}", day=context.day(state.accounting.on))
            return ", ".join(filter(None, (shortfall(context, goal, state), accounted)))
        case "unreported":
            return context.plural(
                "{reason}, {n} day after it was due",
                "{reason}, {n} days after it was due",
                state.age,
                reason=context.why_unreported(state),
            )
        case "due-soon" | "upcoming":
            when = distance(state.days_left, context.words)
            return context.text("{when}, within grace", when=when) if state.days_left < 0 else when
        case _:
            return ""


def shortfall(context: ViewContext, goal: GoalState, state: LandmarkState) -> str:
    """Return by how much a landmark was missed: one percent and thirty both owe an accounting."""
    found, measure = state.attainment, goal.goal.measure
    if found is None or measure is None or found.gap <= 0:
        return ""
    gap = context.fmt.gap(found.gap, measure.unit)
    if found.ratio is None:
        return context.text("{gap} over", gap=gap) if measure.goes_down else context.text("{gap} short", gap=gap)
    over, short = N_("{gap} over ({share} of it reached)"), N_("{gap} short ({share} of it reached)")
    return context.text(over if measure.goes_down else short, gap=gap, share=context.fmt.percent(found.ratio))


def confidence(context: ViewContext, review: Review | None) -> str:
    """Return how confident people were in a review, "" where nobody said so."""
    return context.text(badge.CONFIDENCE[review.confidence]) if review and review.confidence else ""


def _early_or_late(context: ViewContext, state: LandmarkState) -> str:
    early = state.days_early or 0
    if early > 0:
        return context.plural("{n} day early", "{n} days early", early)
    return context.plural("{n} day late", "{n} days late", -early) if state.status == "met-late" else ""


def _next_review(context: ViewContext, state: GoalState) -> str:
    if state.review_days_left is None:
        return ""
    due = context.day(state.review_due)
    ahead = state.review_days_left >= 0
    return (
        context.text("next review by {day}", day=due) if ahead else context.text("a review was due on {day}", day=due)
    )


def _coverage(context: ViewContext, state: GoalState) -> CoverageView | None:
    if state.coverage is None or state.goal.measure is None or state.goal.target is None:
        return None
    coverage, unit, target = state.coverage, state.goal.measure.unit, state.goal.target
    return CoverageView(
        Chip(badge.COVERAGE[coverage.verdict]),
        context.fmt.percent(coverage.ratio),
        context.plural(
            "{n} goal adds up to {sum} of the {needed} it needs",
            "{n} goals add up to {sum} of the {needed} it needs",
            len(coverage.shares),
            sum=context.fmt.reading(coverage.total, unit, [coverage.needed]),
            needed=context.fmt.amount(coverage.needed, unit),
        ),
        context.fmt.reading(coverage.abilities, unit, [target]) if coverage.abilities is not None else "",
    )


def _capacities(context: ViewContext, state: GoalState) -> tuple[CapacityView, ...]:
    unit = state.goal.measure.unit if state.goal.measure else ""
    return tuple(
        CapacityView(
            badge.CAPACITY[use.over if use.compared else None],
            use.capacity.what,
            limit_text(context, use.capacity, use.capacity.unit or unit, unit),
            context.fmt.percent(use.used) if use.used is not None else "",
            use.capacity.note,
        )
        for use in state.capacities
    )


def limit_text(context: ViewContext, capacity: Capacity, unit: str, worth_unit: str) -> str:
    """Return a limit in its unit and, where each is worth something in the goal's, what it is worth in all."""
    limit = context.fmt.amount(capacity.limit, unit)
    if capacity.per is None or not worth_unit:
        return limit
    worth = context.fmt.amount(capacity.limit * capacity.per, worth_unit)
    return context.text("{limit}, worth {worth}", limit=limit, worth=worth)


def _share(context: ViewContext, state: GoalState, supported: str) -> str:
    """Return the part this goal is to add of what a supported one needs, as its coverage counts it; "" without one."""
    share = context.assessment.support_shares.get((state.full_id, supported))
    return context.fmt.percent(share) if share else ""


def _invested(context: ViewContext, state: GoalState) -> tuple[Invested, ...]:
    """Return the time and the money spent to date, of what was set aside."""
    invest = state.goal.invest
    if invest is None:
        return ()
    spent, rows = state.goal.spent, []
    time, amount = (context.text("Time"), context.fmt.hours), (context.text("Money"), context.fmt.money)
    for (what, spell), used, aside in ((time, spent.hours, invest.hours), (amount, spent.money, invest.money)):
        if aside is not None and used is not None:
            percent = bar_percent(Fraction(used) / Fraction(aside)) if aside else 0
            tone: badge.Tone = "warn" if used > aside else "calm"
            rows.append(Invested(what, spell(used), spell(aside), percent, tone))
    return tuple(rows)
