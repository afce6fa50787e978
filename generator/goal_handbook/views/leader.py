"""The leader's page: support for the team, own growth, what the teams owe, the agenda for the next 1:1s."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.people import Leader, Seller
from ..status.assessment import GoalState, all_owed, behind, count_goals, worst
from ..status.coming import LandmarkDue, StepDue, landmarks_ahead, overdue_steps
from ..words import days
from . import badge
from .components import Chip, CountView, GoalCard, GoalLink, Heading, OwedView, Person, goal_headings, section_headings
from .context import DAYS_AHEAD, ViewContext
from .goal_card import goal_card, landmark_row
from .progress import behind_view

_OWED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something to talk about: of which goal, and what."""

    badge: badge.Badge
    ref: GoalLink
    what: str


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """What to talk about in somebody's next 1:1; `chip` is the worst status of their goals."""

    person: Person
    chip: Chip | None
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class LeaderView:
    """Everything a leader's page shows."""

    person: Person
    as_of: str
    title: str
    managing_producer: bool
    teams: tuple[Person, ...]
    counts: tuple[CountView, ...]
    owed: tuple[OwedView, ...]
    support: tuple[GoalCard, ...]
    improvement: tuple[GoalCard, ...]
    production: tuple[GoalCard, ...]
    teams_owe: tuple[OwedView, ...]
    teams_owe_total: int
    agenda: tuple[AgendaRow, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings of the page's sections, in order."""
        return section_headings(
            (Heading("_support", "Support for the team", goal_headings(self.support)), self.support),
            (Heading("_improvement", "Personal growth", goal_headings(self.improvement)), self.improvement),
            (Heading("_production", "Production", goal_headings(self.production)), self.production),
            (Heading("_agenda", "Next round of 1:1s"), self.agenda),
            (Heading("_teams-owe", "What the teams owe"), self.teams_owe),
        )


def leader_view(context: ViewContext, leader: Leader) -> LeaderView:
    """Return the view of a leader's page."""
    handbook, goals = context.assessment.handbook, context.assessment.by_owner[leader.id]
    cards = tuple(goal_card(context, g) for g in goals)
    led = handbook.led.get(leader.id, ())
    teams_owe = all_owed(context.assessment.led_by.get(leader.id, ()))
    return LeaderView(
        person=context.person(leader.id),
        as_of=context.day(context.assessment.as_of),
        title=leader.title,
        managing_producer=leader.managing_producer,
        teams=context.people(t.id for t in led),
        counts=context.counts(count_goals(goals), badge.GOAL),
        owed=context.owed(goals),
        support=tuple(c for c in cards if c.kind == "support"),
        improvement=tuple(c for c in cards if c.kind in {"improvement", "education", "skill"}),
        production=tuple(c for c in cards if c.kind == "production"),
        teams_owe=tuple(context.owed_item(item) for item in teams_owe[:_OWED_SHOWN]),
        teams_owe_total=len(teams_owe),
        agenda=tuple(_agenda(context, person) for person in _next_round(context, leader)),
    )


def _next_round(context: ViewContext, leader: Leader) -> Iterator[Leader | Seller]:
    """Yield whom a leader meets: the leaders who report to them, and the sellers whose nearest leader they are."""
    handbook = context.assessment.handbook
    yield from handbook.leaders_led.get(leader.id, ())
    for seller in handbook.sellers_led.get(leader.id, ()):
        if seller.is_active_on(context.assessment.as_of):
            yield seller


def _agenda(context: ViewContext, person: Leader | Seller) -> AgendaRow:
    """Return what to talk about: what is owed, overdue steps, goals off track or at risk, and landmarks ahead."""
    goals = context.assessment.by_owner[person.id]
    items = [AgendaItem(owed.badge, owed.ref, owed.what) for owed in context.owed(goals)]
    items += [_overdue(context, item) for item in overdue_steps(goals)]
    items += [_behind(context, goal) for goal in behind(goals)]
    items += [_ahead(context, item) for item in landmarks_ahead(goals, DAYS_AHEAD)]
    status = worst(goals)
    return AgendaRow(context.person(person.id), Chip(badge.GOAL[status]) if status else None, tuple(items))


def _behind(context: ViewContext, goal: GoalState) -> AgendaItem:
    found = behind_view(context, goal)
    return AgendaItem(found.badge, found.ref, found.what)


def _overdue(context: ViewContext, item: StepDue) -> AgendaItem:
    what = f"{context.step(item.step)}: due on {context.day(item.due)}, {days(item.step.days_overdue)} overdue"
    return AgendaItem(badge.LANDMARK["accounted"], context.ref(item.goal.full_id), what)


def _ahead(context: ViewContext, item: LandmarkDue) -> AgendaItem:
    row = landmark_row(context, item.goal, item.landmark)
    return AgendaItem(row.chip.badge, context.ref(item.goal.full_id), f"{row.what} by {row.due_text}")
