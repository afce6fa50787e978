"""The tables of sellers and of teams: a row each, worst first, whose cells say where the status comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache, partial

from ..frozen import frozen
from ..model.people import Seller, Team
from ..status.assessment import GoalState, count_goals, main_goal, worst
from ..status.goal import GOAL_STATUSES, GoalStatus
from ..status.meetings import OneToOnes
from ..words import Words
from . import badge
from .components import Chip, CountView, GoalLink, Person
from .context import WEEK, ViewContext
from .goal_card import goal_chip

#: More rows than these are counted, not listed, so that a page does not grow with the organisation.
ROWS_SHOWN = 100


@frozen
class MonthSquare:
    """The status at a month's end; `title` says both."""

    badge: badge.Badge
    title: str


@frozen
class MainGoal:
    """The number that a seller or a team is measured by first; whatever does not apply is "".

    `attained` is its share of the target, `of_curve` that of the agreed curve, on the day `curve_on` if that is not the
    latest reading's. `needed` is what each week has to add, `best` what one has added so far at best, and `is_steep`
    says that more is needed than that.
    """

    ref: GoalLink
    chip: Chip
    months: tuple[MonthSquare, ...]
    reading: str
    target: str
    attained: str
    to_go: str
    of_curve: str
    curve_on: str
    needed: str
    best: str
    is_steep: bool


@frozen
class GoalCell:
    """One of a seller's other goals."""

    ref: GoalLink
    chip: Chip


@frozen
class SellerRow:
    """A seller in a table; `left` is the day they left, `held` how many 1:1s were held of those due."""

    person: Person
    left: str
    main: MainGoal | None
    others: tuple[GoalCell, ...]
    held: str
    owed: int


@frozen
class SellersTable:
    """Sellers, worst first, `more` that are not shown, and the months of the squares in words."""

    rows: tuple[SellerRow, ...]
    more: int
    months: str


@frozen
class TeamLine:
    """A team in a table, `depth` levels below the table's first ones.

    `coverage` is that of its main goal; `better` and `worse` are how many of the goals inside have changed since the
    end of last month.
    """

    person: Person
    depth: int
    leader: Person | None
    sellers: int
    main: MainGoal | None
    coverage: Chip | None
    better: int
    worse: int
    counts: tuple[CountView, ...]
    owed: int


@frozen
class TeamsTable:
    """Teams, worst first, `more` that are not shown, the months of the squares in words, and the end of the last."""

    rows: tuple[TeamLine, ...]
    more: int
    months: str
    since: str


def sellers_table(context: ViewContext, sellers: Sequence[Seller]) -> SellersTable:
    """Return sellers, given by name, as a table; those who have left and owe nothing come last."""
    ranked = sorted(sellers, key=partial(_seller_rank, context))
    rows = tuple(_seller_row(context, seller) for seller in ranked[:ROWS_SHOWN])
    return SellersTable(rows, len(sellers) - len(rows), _months(context))


def teams_table(
    context: ViewContext,
    teams: Sequence[Team],
    *,
    inside: Sequence[Team] = (),
    shown: int = ROWS_SHOWN,
    with_subteams: bool = False,
) -> TeamsTable:
    """Return teams, given by name, as a table, each followed by its subteams (with theirs) if asked for.

    At most `shown` of them are in it, below the teams they are all `inside`, the outermost first.
    """
    around = (_team_line(context, team, depth) for depth, team in enumerate(inside))
    rows = (*around, *_team_lines(context, _worst_first(context, teams)[:shown], with_subteams, len(inside)))
    return _teams_table(context, rows, max(0, len(teams) - shown))


def teams_in_order(context: ViewContext, teams: Sequence[Team]) -> TeamsTable:
    """Return teams as a table, in the order they are given in."""
    return _teams_table(context, tuple(_team_lines(context, teams, False, 0)), 0)


def _teams_table(context: ViewContext, rows: tuple[TeamLine, ...], more: int) -> TeamsTable:
    last = context.assessment.months[-1:]
    since = context.fmt.short_day(last[0].on) if last else ""
    return TeamsTable(rows, more, _months(context), since)


def main_goal_view(context: ViewContext, goals: Sequence[GoalState]) -> MainGoal | None:
    """Return the number an owner is measured by first, None without one."""
    state = main_goal(goals)
    if state is None or (goal := state.goal).measure is None or goal.target is None:
        return None
    fmt, unit, found = context.fmt, goal.measure.unit, state.attainment
    judged = state.progress.reading if state.progress else None
    is_open = found is not None and found.gap > 0 and not goal.closed
    needed = found.needed_on(context.assessment.as_of) if found and is_open else None
    rates = state.rates if needed is not None else None
    best = rates.best if rates and rates.best > 0 else None
    return MainGoal(
        ref=context.ref(state.full_id),
        chip=goal_chip(context, state),
        months=_squares(context, state),
        reading=fmt.reading(state.reading.value, unit, goal.numbers) if state.reading else "",
        target=fmt.amount(goal.target, unit),
        attained=fmt.percent(found.ratio) if found and found.ratio is not None else "",
        to_go=fmt.gap(found.gap, unit) if found and is_open else "",
        of_curve=fmt.percent(state.pace) if state.pace is not None else "",
        curve_on=fmt.short_day(judged.on) if judged and judged != state.reading else "",
        needed=fmt.gap(needed * WEEK, unit) if needed is not None else "",
        best=fmt.gap(best * WEEK, unit) if best is not None else "",
        is_steep=needed is not None and best is not None and needed > best,
    )


def _squares(context: ViewContext, state: GoalState) -> tuple[MonthSquare, ...]:
    return tuple(
        _square(context.words, context.fmt.short_day(month.on), month.statuses[state.full_id])
        for month in context.assessment.months
    )


@lru_cache(maxsize=1_024)
def _square(words: Words, day: str, status: GoalStatus) -> MonthSquare:
    look = badge.GOAL[status]
    return MonthSquare(look, f"{day}: {words.text(look.label)}")


def _months(context: ViewContext) -> str:
    """The months that have a square: `Apr, May and Jun`."""
    return context.words.sentence_list(context.fmt.short_month(month.on) for month in context.assessment.months)


def _seller_row(context: ViewContext, seller: Seller) -> SellerRow:
    goals, meetings = context.assessment.by_owner[seller.id], context.one_to_ones.get(seller.id)
    main = main_goal(goals)
    others = (state for state in goals if state is not main)
    return SellerRow(
        person=context.person(seller.id),
        left=context.day(seller.left) if _has_left(context, seller) else "",
        main=main_goal_view(context, goals),
        others=tuple(GoalCell(context.ref(state.full_id), goal_chip(context, state)) for state in others),
        held=_held(context, meetings),
        owed=_owed(goals),
    )


def _held(context: ViewContext, meetings: OneToOnes | None) -> str:
    if meetings is None or not meetings.due:
        return ""
    return context.text("{held} of {due}", held=meetings.held, due=meetings.due)


def _team_lines(context: ViewContext, teams: Sequence[Team], with_subteams: bool, depth: int) -> Iterator[TeamLine]:
    for team in teams:
        yield _team_line(context, team, depth)
        if with_subteams:
            subteams = _worst_first(context, context.assessment.handbook.subteams.get(team.id, ()))
            yield from _team_lines(context, subteams[:ROWS_SHOWN], with_subteams, depth + 1)


def _worst_first(context: ViewContext, teams: Iterable[Team]) -> list[Team]:
    return sorted(teams, key=partial(_team_rank, context))


def _team_line(context: ViewContext, team: Team, depth: int) -> TeamLine:
    handbook, inside = context.assessment.handbook, context.assessment.in_team[team.id]
    own, changed = context.assessment.by_owner[team.id], context.assessment.changed(inside)
    leader = handbook.leader_of(team.id)
    return TeamLine(
        person=context.person(team.id),
        depth=depth,
        leader=context.person(leader.id) if leader else None,
        sellers=len(handbook.employed(handbook.sellers_in(team))),
        main=main_goal_view(context, own),
        coverage=_coverage(context, main_goal(own)),
        better=changed.better,
        worse=changed.worse,
        counts=context.counts(count_goals(inside), badge.GOAL),
        owed=_owed(inside),
    )


def _coverage(context: ViewContext, main: GoalState | None) -> Chip | None:
    if main is None or main.coverage is None or main.goal.closed:
        return None
    return Chip(badge.COVERAGE[main.coverage.verdict], context.fmt.percent(main.coverage.ratio))


def _seller_rank(context: ViewContext, seller: Seller) -> tuple[object, ...]:
    """Who needs something first: by the worst status of all goals, then by how far the main number is behind."""
    goals = context.assessment.by_owner[seller.id]
    is_done = _has_left(context, seller) and not _owed(goals)
    return (is_done, *_rank(goals, main_goal(goals)))


def _team_rank(context: ViewContext, team: Team) -> tuple[int, bool, Fraction]:
    """A team by its main goal, as some goal of a large one is always off track; without one by all goals in it."""
    main = main_goal(context.assessment.by_owner[team.id])
    return _rank([main] if main else context.assessment.in_team[team.id], main)


def _rank(goals: Iterable[GoalState], main: GoalState | None) -> tuple[int, bool, Fraction]:
    """The worst status, then the pace: the lower the worse. Whoever has no goals, or no pace yet, is not behind."""
    status, pace = worst(goals), main.pace if main else None
    return GOAL_STATUSES.index(status) if status else len(GOAL_STATUSES), pace is None, pace or Fraction(0)


def _has_left(context: ViewContext, seller: Seller) -> bool:
    return not context.assessment.handbook.employed([seller])


def _owed(goals: Iterable[GoalState]) -> int:
    return sum(len(goal.owed) for goal in goals)
