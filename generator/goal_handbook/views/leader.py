"""The leader's page: the agenda for the next 1:1s, own next steps, support for the team, own growth."""

from __future__ import annotations

from ..frozen import frozen
from ..model.people import Leader, Seller
from ..status.assessment import all_owed, count_goals
from . import badge
from .agenda import AgendaRow, agenda_row, next_round
from .components import CountView, GoalCard, Heading, OwedView, Person, goal_headings, section_headings
from .context import ViewContext
from .goal_card import goal_card
from .next_steps import NextSteps, next_review, next_steps_view

_OWED_SHOWN = 20
#: A leader who meets more people than these has an agenda of those who need it most.
_AGENDA_SHOWN = 40


@frozen
class LeaderView:
    """Everything a leader's page shows."""

    person: Person
    as_of: str
    last_meeting: str
    next_review: str
    title: str
    managing_producer: bool
    teams: tuple[Person, ...]
    agenda: tuple[AgendaRow, ...]
    agenda_more: int
    next_steps: NextSteps
    counts: tuple[CountView, ...]
    owed: tuple[OwedView, ...]
    support: tuple[GoalCard, ...]
    improvement: tuple[GoalCard, ...]
    production: tuple[GoalCard, ...]
    teams_owe: tuple[OwedView, ...]
    teams_owe_total: int
    headings: tuple[Heading, ...]

    @property
    def sheets(self) -> int:
        """How many have a sheet for their next 1:1: the sellers on the agenda."""
        return sum(row.person.kind == "seller" for row in self.agenda)


def sellers_on_agenda(context: ViewContext, leader: Leader) -> tuple[Person, ...]:
    """Return the sellers on a leader's agenda, who each have a sheet for their next 1:1."""
    people = next_round(context, leader)[:_AGENDA_SHOWN]
    return tuple(context.person(person.id) for person in people if isinstance(person, Seller))


def leader_view(context: ViewContext, leader: Leader) -> LeaderView:
    """Return the view of a leader's page."""
    handbook, goals = context.assessment.handbook, context.assessment.by_owner[leader.id]
    cards = tuple(goal_card(context, g) for g in goals)
    teams_owe = all_owed(context.assessment.led_by.get(leader.id, ()))
    people, steps = next_round(context, leader), next_steps_view(context, leader.id)
    support = tuple(c for c in cards if c.kind == "support")
    improvement = tuple(c for c in cards if c.kind in {"improvement", "education", "skill"})
    production, text = tuple(c for c in cards if c.kind == "production"), context.text
    headings = section_headings(
        (Heading("_agenda", text("Next round of 1:1s")), people),
        (Heading("_next-steps", text("Next steps")), steps),
        (Heading("_support", text("Support for the team"), goal_headings(support)), support),
        (Heading("_improvement", text("Personal growth"), goal_headings(improvement)), improvement),
        (Heading("_production", text("Production"), goal_headings(production)), production),
        (Heading("_teams-owe", text("What the teams owe")), teams_owe),
    )
    return LeaderView(
        person=context.person(leader.id),
        as_of=context.as_of,
        last_meeting=context.day(context.last_meetings.get(leader.id)),
        next_review=next_review(context, goals),
        title=leader.title,
        managing_producer=leader.managing_producer,
        teams=context.people(t.id for t in handbook.led.get(leader.id, ())),
        agenda=tuple(agenda_row(context, person, leader.id) for person in people[:_AGENDA_SHOWN]),
        agenda_more=max(0, len(people) - _AGENDA_SHOWN),
        next_steps=steps,
        counts=context.counts(count_goals(goals), badge.GOAL),
        owed=context.owed(goals),
        support=support,
        improvement=improvement,
        production=production,
        teams_owe=tuple(context.owed_item(item) for item in teams_owe[:_OWED_SHOWN]),
        teams_owe_total=len(teams_owe),
        headings=headings,
    )
