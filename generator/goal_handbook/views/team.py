"""The team's page: the big picture, its goals, its sellers, what its leader does for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..model.handbook import full_ref
from ..model.people import Seller, Team
from ..status.assessment import GoalState, all_owed, count_goals, count_landmarks, worst
from ..status.coverage import ability_goal
from . import badge
from .badge import Tone
from .components import Chip, CountView, GoalCard, GoalRef, Grid, OwedView, Person
from .context import ViewContext
from .goal_card import goal_card, goal_chip
from .grid import cadence_grid

OWED_SHOWN = 12


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """What production or service can carry."""

    what: str
    limit: str
    goal: GoalRef | None
    note: str


@dataclass(frozen=True, slots=True)
class AbilityRow:
    """What a member can realistically do; leaders' audience only."""

    person: Person
    estimate: str
    goal: GoalRef | None
    note: str


@dataclass(frozen=True, slots=True)
class MainNumber:
    """Where the first production goal with a number stands; percent of the whole way, and its own status's tone."""

    reading: str
    target: str
    percent: int
    tone: Tone


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A seller in the team's table: the worst status, and the main number."""

    person: Person
    title: str
    left: str
    chip: Chip | None
    main: MainNumber | None
    goals: int
    owed: int


@dataclass(frozen=True, slots=True)
class PartRow:
    """A smaller team as a card."""

    person: Person
    leader: Person | None
    sellers: int
    counts: tuple[CountView, ...]
    main: MainNumber | None
    owed: int


@dataclass(frozen=True, slots=True)
class SupportGrid:
    """A leader's cadence, this team's sellers only."""

    ref: GoalRef
    grid: Grid


@dataclass(frozen=True, slots=True)
class TeamView:
    """Everything a team's page shows."""

    person: Person
    as_of: str
    leader: Person | None
    larger: tuple[Person, ...]
    parts: tuple[PartRow, ...]
    market: str
    capacity: tuple[CapacityRow, ...]
    abilities: tuple[AbilityRow, ...]
    goals: tuple[GoalCard, ...]
    members: tuple[MemberRow, ...]
    support: tuple[SupportGrid, ...]
    counts: tuple[CountView, ...]
    landmarks: tuple[CountView, ...]
    owed: tuple[OwedView, ...]
    owed_total: int


def team_view(context: ViewContext, team: Team) -> TeamView:
    """The view of a team's page."""
    handbook, inside = context.assessment.handbook, context.assessment.in_team[team.id]
    leader = handbook.leader_of(team.id)
    owed = all_owed(inside)
    return TeamView(
        person=context.person(team.id),
        as_of=context.day(context.assessment.as_of),
        leader=context.person(leader.id) if leader else None,
        larger=context.people(t.id for t in reversed(handbook.larger_teams(team))),
        parts=tuple(part_row(context, t) for t in handbook.parts.get(team.id, ())),
        market=team.context.market,
        capacity=_capacity(context, team),
        abilities=_abilities(context, team),
        goals=tuple(goal_card(context, g) for g in context.assessment.by_owner[team.id]),
        members=tuple(_member(context, s) for s in handbook.members.get(team.id, ())),
        support=_support(context, team) if leader and team in handbook.led.get(leader.id, ()) else (),
        counts=context.counts(count_goals(inside), badge.GOAL),
        landmarks=context.counts(count_landmarks(inside), badge.LANDMARK),
        owed=tuple(context.one_owed(item) for item in owed[:OWED_SHOWN]),
        owed_total=len(owed),
    )


def part_row(context: ViewContext, team: Team) -> PartRow:
    """A team as a card on a larger team's page, or on the first page."""
    handbook, inside = context.assessment.handbook, context.assessment.in_team[team.id]
    own = context.assessment.by_owner[team.id]
    leader = handbook.leader_of(team.id)
    return PartRow(
        context.person(team.id),
        context.person(leader.id) if leader else None,
        _sellers_in(context, team, frozenset()),
        context.counts(count_goals(inside), badge.GOAL),
        _main_number(context, own),
        owed=sum(len(g.owed) for g in inside),
    )


def _sellers_in(context: ViewContext, team: Team, above: frozenset[str]) -> int:
    handbook = context.assessment.handbook
    parts = [t for t in handbook.parts.get(team.id, ()) if t.id not in above]
    return len(handbook.members.get(team.id, ())) + sum(_sellers_in(context, t, above | {team.id}) for t in parts)


def _main_number(context: ViewContext, goals: tuple[GoalState, ...]) -> MainNumber | None:
    """The first production goal with a number, or None where there is none."""
    for standing in goals:
        card = standing.goal
        if card.kind == "production" and card.shape == "number" and card.measure and card.target is not None:
            value = standing.reading.value if standing.reading else None
            reading = context.fmt.amount(value, card.measure.unit) if value is not None else "no reading"
            whole = card.target - card.measure.start_value
            percent = int(100 * (value - card.measure.start_value) / whole) if value is not None and whole else 0
            return MainNumber(
                reading,
                context.fmt.amount(card.target, card.measure.unit),
                max(0, min(100, percent)),
                badge.GOAL[standing.status].tone,
            )
    return None


def _member(context: ViewContext, seller: Seller) -> MemberRow:
    goals = context.assessment.by_owner[seller.id]
    status = worst(goals)
    lead = next((g for g in goals if g.status == status), None)
    return MemberRow(
        context.person(seller.id),
        seller.title,
        context.day(seller.left),
        goal_chip(lead) if lead else None,
        _main_number(context, goals),
        goals=len(goals),
        owed=sum(len(g.owed) for g in goals),
    )


def _capacity(context: ViewContext, team: Team) -> tuple[CapacityRow, ...]:
    goals = context.assessment.handbook.goals
    rows = []
    for capacity in team.context.capacity:
        full_id = full_ref(team.id, capacity.goal or "")
        bounded = goals.get(full_id)
        unit = capacity.unit or (bounded.measure.unit if bounded and bounded.measure else "")
        rows.append(
            CapacityRow(
                capacity.what,
                context.fmt.amount(capacity.limit, unit),
                context.ref(full_id) if bounded else None,
                capacity.note,
            )
        )
    return tuple(rows)


def _abilities(context: ViewContext, team: Team) -> tuple[AbilityRow, ...]:
    goals = context.assessment.handbook.goals
    rows = []
    for seller, ability in sorted(team.context.abilities.items()):
        full_id = ability_goal(team, ability)
        bounded = goals.get(full_id)
        unit = bounded.measure.unit if bounded and bounded.measure else ""
        rows.append(
            AbilityRow(
                context.person(seller),
                context.fmt.amount(ability.estimate, unit),
                context.ref(full_id) if bounded else None,
                ability.note,
            )
        )
    return tuple(rows)


def _support(context: ViewContext, team: Team) -> tuple[SupportGrid, ...]:
    """The leader's cadences with each seller, cut to this team's."""
    leader = context.assessment.handbook.leader_of(team.id)
    members = {s.id for s in context.assessment.handbook.members.get(team.id, ())}
    grids = []
    for standing in context.assessment.by_owner[leader.id] if leader else ():
        if grid := cadence_grid(context, standing):
            rows = tuple(r for r in grid.rows if r.person is None or r.person.id in members)
            grids.append(SupportGrid(context.ref(standing.full_id), replace(grid, rows=rows)))
    return tuple(grids)
