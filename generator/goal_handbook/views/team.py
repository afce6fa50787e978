"""The team's page: the big picture, its goals, its sellers, what its leader does for it."""

from __future__ import annotations

from ..frozen import frozen
from ..model.handbook import full_ref
from ..model.people import Leader, Seller, Team
from ..status.assessment import all_owed, count_goals, count_landmarks
from ..status.coverage import ability_goal
from . import badge
from .components import CountView, GoalCard, GoalLink, Grid, Heading, OwedView, Person, goal_headings, section_headings
from .context import ViewContext
from .goal_card import goal_card, limit_text
from .grid import cadence_grid
from .heatmap import ROWS_SHOWN, MainGoal, SellersTable, TeamsTable, main_goal_view, sellers_table, teams_table

_OWED_SHOWN = 12


@frozen
class CapacityRow:
    """A limit of what production or customer service can handle, and the goal it limits, if it can be compared."""

    what: str
    limit: str
    goal: GoalLink | None
    not_compared: str
    note: str


@frozen
class AbilityRow:
    """What a member can realistically do. Only leaders see it."""

    person: Person
    estimate: str
    goal: GoalLink | None
    note: str


@frozen
class SupportGrid:
    """A leader's cadence with the sellers of one team, `more` of whom are not shown."""

    ref: GoalLink
    grid: Grid
    more: int


@frozen
class TeamView:
    """Everything a team's page shows. `main` is the number it is measured by first."""

    person: Person
    as_of: str
    leader: Person | None
    parent_teams: tuple[Person, ...]
    main: MainGoal | None
    subteams: TeamsTable
    market: str
    capacity: tuple[CapacityRow, ...]
    abilities: tuple[AbilityRow, ...]
    abilities_more: int
    goals: tuple[GoalCard, ...]
    members: SellersTable
    support: tuple[SupportGrid, ...]
    counts: tuple[CountView, ...]
    landmarks: tuple[CountView, ...]
    owed: tuple[OwedView, ...]
    owed_total: int
    headings: tuple[Heading, ...]


def team_view(context: ViewContext, team: Team) -> TeamView:
    """Return the view of a team's page."""
    handbook, inside = context.assessment.handbook, context.assessment.in_team[team.id]
    leader = handbook.leader_of(team.id)
    owed, abilities = all_owed(inside), _abilities(context, team)
    own = context.assessment.by_owner[team.id]
    subteams = teams_table(context, handbook.subteams.get(team.id, ()))
    members, goals = (
        sellers_table(context, handbook.members.get(team.id, ())),
        tuple(goal_card(context, g) for g in own),
    )
    support = _support(context, team) if leader and team in handbook.led.get(leader.id, ()) else ()
    capacity, text = _capacity(context, team), context.text
    # What needs attention first, and then why it is as it is.
    headings = section_headings(
        (Heading("_teams", text("Teams")), subteams.rows),
        (Heading("_sellers", text("Sellers")), members.rows),
        (Heading("_owed", text("What's owed")), owed),
        (Heading("_context", text("The big picture")), team.context.market or capacity or abilities),
        (Heading("_goals", text("Goals"), goal_headings(goals)), True),
        (Heading("_support", text("Support")), support),
    )
    return TeamView(
        person=context.person(team.id),
        as_of=context.as_of,
        leader=context.person(leader.id) if leader else None,
        parent_teams=context.people(t.id for t in reversed(handbook.parent_teams(team))),
        main=main_goal_view(context, own),
        subteams=subteams,
        market=team.context.market,
        capacity=capacity,
        abilities=abilities[:ROWS_SHOWN],
        abilities_more=len(abilities[ROWS_SHOWN:]),
        goals=goals,
        members=members,
        support=support,
        counts=context.counts(count_goals(inside), badge.GOAL),
        landmarks=context.counts(count_landmarks(inside), badge.LANDMARK),
        owed=tuple(context.owed_item(item) for item in owed[:_OWED_SHOWN]),
        owed_total=len(owed),
        headings=headings,
    )


def _capacity(context: ViewContext, team: Team) -> tuple[CapacityRow, ...]:
    goals = context.assessment.handbook.goals
    rows = []
    for capacity in team.context.capacity:
        full_id = full_ref(team.id, capacity.goal or "")
        limited = goals.get(full_id)
        unit = capacity.unit or (limited.measure.unit if limited and limited.measure else "")
        uses = context.assessment.goals[full_id].capacities if limited else ()
        compared = any(use.capacity is capacity and use.compared for use in uses)
        rows.append(
            CapacityRow(
                capacity.what,
                limit_text(context, capacity, unit, limited.measure.unit if limited and limited.measure else ""),
                context.ref(full_id) if limited else None,
                "" if compared else context.text("not compared"),
                capacity.note,
            )
        )
    return tuple(rows)


def _abilities(context: ViewContext, team: Team) -> tuple[AbilityRow, ...]:
    handbook, abilities = context.assessment.handbook, team.context.abilities
    goals, rows = handbook.goals, []
    for seller in handbook.by_name(filter(None, map(handbook.sellers.get, abilities))):
        ability = abilities[seller.id]
        full_id = ability_goal(team, ability)
        limited = goals.get(full_id)
        unit = limited.measure.unit if limited and limited.measure else ""
        rows.append(
            AbilityRow(
                context.person(seller.id),
                context.fmt.amount(ability.estimate, unit),
                context.ref(full_id) if limited else None,
                ability.note,
            )
        )
    return tuple(rows)


def _support(context: ViewContext, team: Team) -> tuple[SupportGrid, ...]:
    """Return the leader's cadences, each cut down to the people of this team and its subteams, if any of its are."""
    leader = context.assessment.handbook.leader_of(team.id)
    parts = {part.id for part in context.assessment.handbook.branch(team)}
    grids = []
    for state in context.assessment.by_owner[leader.id] if leader else ():
        everybody = state.cadence.rows if state.cadence else ()
        rows = [row for row in everybody if row.person is None or _teams_of(context, row.person) & parts]
        if (rows or not everybody) and (grid := cadence_grid(context, state, rows[:ROWS_SHOWN])):
            grids.append(SupportGrid(context.ref(state.full_id), grid, len(rows[ROWS_SHOWN:])))
    return tuple(grids)


def _teams_of(context: ViewContext, person: Seller | Leader) -> set[str]:
    """The teams a seller is or was in, or that a leader leads."""
    teams = person.team if isinstance(person, Seller) else context.assessment.handbook.led.get(person.id, ())
    return {team.id for team in teams}
