"""The leader's page: support for the team, own growth, what the teams owe, the agenda for the next 1:1s."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.people import Leader, Seller
from ..status.assessment import all_owed, count_goals, worst
from . import badge
from .components import Chip, CountView, GoalCard, GoalRef, OwedView, Person
from .context import AHEAD, ViewContext, days
from .goal_card import goal_card, landmark_row

OWED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something to talk about: a badge, which goal, and what."""

    badge: badge.Badge
    ref: GoalRef
    what: str


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A seller's next 1:1."""

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


def leader_view(context: ViewContext, leader: Leader) -> LeaderView:
    """The view of a leader's page."""
    handbook, goals = context.assessment.handbook, context.assessment.by_owner[leader.id]
    cards = tuple(goal_card(context, g) for g in goals)
    led = handbook.led.get(leader.id, ())
    inside = {g.full_id: g for team in led for g in context.assessment.in_team[team.id]}
    teams_owe = all_owed(inside.values())
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
        teams_owe=tuple(context.one_owed(item) for item in teams_owe[:OWED_SHOWN]),
        teams_owe_total=len(teams_owe),
        agenda=tuple(_agenda(context, s) for s in handbook.sellers_led.get(leader.id, ()) if _is_there(context, s)),
    )


def _is_there(context: ViewContext, seller: Seller) -> bool:
    as_of = context.assessment.as_of
    return (seller.joined is None or seller.joined <= as_of) and (seller.left is None or seller.left >= as_of)


def _agenda(context: ViewContext, seller: Seller) -> AgendaRow:
    """What a seller and the leader should talk about next: what is owed, overdue steps of plans, landmarks near."""
    goals, as_of = context.assessment.by_owner[seller.id], context.assessment.as_of
    items = [AgendaItem(o.badge, o.ref, o.what) for o in context.owed(goals)]
    for standing in goals:
        if standing.goal.closed:
            continue
        ref = context.ref(standing.full_id)
        for accounting in standing.goal.accountings:
            items += (
                AgendaItem(
                    badge.LANDMARK["accounted"],
                    ref,
                    f"{s.do} (planned for {context.day(s.due)}, {days((as_of - s.due).days)} over)",
                )
                for s in accounting.plan
                if s.due and not s.done and s.due < as_of
            )
        for landmark in standing.landmarks:
            if landmark.status in {"due-soon", "upcoming"} and landmark.landmark.due <= as_of + AHEAD:
                row = landmark_row(context, standing, landmark)
                items.append(AgendaItem(row.chip.badge, ref, f"{row.what} by {row.due_text}"))
    status = worst(goals)
    return AgendaRow(context.person(seller.id), Chip(badge.GOAL[status]) if status else None, tuple(items))
