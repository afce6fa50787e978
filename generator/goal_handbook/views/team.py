"""The team's page: the big picture, its goals, its sellers, what its leader does for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..model.handbook import full_ref
from ..model.people import Seller, Team
from ..status.coverage import ability_goal
from ..status.standing import GoalStanding, all_owed, count_goals, count_landmarks, worst
from . import badge
from .badge import Tone
from .goal_card import goal_card, goal_chip
from .grid import cadence_grid
from .parts import Chip, CountView, GoalCard, GoalRef, Grid, OwedView, Person
from .scene import Scene

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


def team_view(scene: Scene, team: Team) -> TeamView:
    """The view of a team's page."""
    handbook, inside = scene.standing.handbook, scene.standing.in_team[team.id]
    leader = handbook.leader_of(team.id)
    owed = all_owed(inside)
    return TeamView(
        person=scene.person(team.id),
        as_of=scene.day(scene.standing.as_of),
        leader=scene.person(leader.id) if leader else None,
        larger=scene.people(t.id for t in reversed(handbook.larger_teams(team))),
        parts=tuple(part_row(scene, t) for t in handbook.parts.get(team.id, ())),
        market=team.context.market,
        capacity=_capacity(scene, team),
        abilities=_abilities(scene, team),
        goals=tuple(goal_card(scene, g) for g in scene.standing.by_owner[team.id]),
        members=tuple(_member(scene, s) for s in handbook.members.get(team.id, ())),
        support=_support(scene, team) if leader and team in handbook.led.get(leader.id, ()) else (),
        counts=scene.counts(count_goals(inside), badge.GOAL),
        landmarks=scene.counts(count_landmarks(inside), badge.LANDMARK),
        owed=tuple(scene.one_owed(item) for item in owed[:OWED_SHOWN]),
        owed_total=len(owed),
    )


def part_row(scene: Scene, team: Team) -> PartRow:
    """A team as a card on a larger team's page, or on the first page."""
    handbook, inside = scene.standing.handbook, scene.standing.in_team[team.id]
    own = scene.standing.by_owner[team.id]
    leader = handbook.leader_of(team.id)
    return PartRow(
        scene.person(team.id),
        scene.person(leader.id) if leader else None,
        _sellers_in(scene, team, frozenset()),
        scene.counts(count_goals(inside), badge.GOAL),
        _main_number(scene, own),
        owed=sum(len(g.owed) for g in inside),
    )


def _sellers_in(scene: Scene, team: Team, above: frozenset[str]) -> int:
    handbook = scene.standing.handbook
    parts = [t for t in handbook.parts.get(team.id, ()) if t.id not in above]
    return len(handbook.members.get(team.id, ())) + sum(_sellers_in(scene, t, above | {team.id}) for t in parts)


def _main_number(scene: Scene, goals: tuple[GoalStanding, ...]) -> MainNumber | None:
    """The first production goal with a number, or None where there is none."""
    for standing in goals:
        card = standing.goal
        if card.kind == "production" and card.shape == "number" and card.measure and card.target is not None:
            value = standing.reading.value if standing.reading else None
            reading = scene.fmt.amount(value, card.measure.unit) if value is not None else "no reading"
            whole = card.target - card.measure.start_value
            percent = int(100 * (value - card.measure.start_value) / whole) if value is not None and whole else 0
            return MainNumber(
                reading,
                scene.fmt.amount(card.target, card.measure.unit),
                max(0, min(100, percent)),
                badge.GOAL[standing.status].tone,
            )
    return None


def _member(scene: Scene, seller: Seller) -> MemberRow:
    goals = scene.standing.by_owner[seller.id]
    status = worst(goals)
    lead = next((g for g in goals if g.status == status), None)
    return MemberRow(
        scene.person(seller.id),
        seller.title,
        scene.day(seller.left),
        goal_chip(lead) if lead else None,
        _main_number(scene, goals),
        goals=len(goals),
        owed=sum(len(g.owed) for g in goals),
    )


def _capacity(scene: Scene, team: Team) -> tuple[CapacityRow, ...]:
    goals = scene.standing.handbook.goals
    rows = []
    for capacity in team.context.capacity:
        full_id = full_ref(team.id, capacity.goal or "")
        bounded = goals.get(full_id)
        unit = capacity.unit or (bounded.measure.unit if bounded and bounded.measure else "")
        rows.append(
            CapacityRow(
                capacity.what,
                scene.fmt.amount(capacity.limit, unit),
                scene.ref(full_id) if bounded else None,
                capacity.note,
            )
        )
    return tuple(rows)


def _abilities(scene: Scene, team: Team) -> tuple[AbilityRow, ...]:
    goals = scene.standing.handbook.goals
    rows = []
    for seller, ability in sorted(team.context.abilities.items()):
        full_id = ability_goal(team, ability)
        bounded = goals.get(full_id)
        unit = bounded.measure.unit if bounded and bounded.measure else ""
        rows.append(
            AbilityRow(
                scene.person(seller),
                scene.fmt.amount(ability.estimate, unit),
                scene.ref(full_id) if bounded else None,
                ability.note,
            )
        )
    return tuple(rows)


def _support(scene: Scene, team: Team) -> tuple[SupportGrid, ...]:
    """The leader's cadences with each seller, cut to this team's."""
    leader = scene.standing.handbook.leader_of(team.id)
    members = {s.id for s in scene.standing.handbook.members.get(team.id, ())}
    grids = []
    for standing in scene.standing.by_owner[leader.id] if leader else ():
        if grid := cadence_grid(scene, standing):
            rows = tuple(r for r in grid.rows if r.person is None or r.person.id in members)
            grids.append(SupportGrid(scene.ref(standing.full_id), replace(grid, rows=rows)))
    return tuple(grids)
