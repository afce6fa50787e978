"""The seller's page: what to do next, how far I am, and why my goals are what they are."""

from __future__ import annotations

from ..frozen import frozen
from ..model.people import Seller
from ..status.assessment import count_goals
from ..words import N_
from . import badge
from .components import CountView, GoalCard, Heading, OwedView, Person, goal_headings, section_headings
from .context import ViewContext
from .goal_card import goal_card
from .next_steps import NextSteps, next_review, next_steps_view
from .sheet import Sheet, sheet_view

#: The groups of goals on a page, in order: anchor, title and kinds.
_GROUPS = (
    ("_production", N_("Production"), ("production",)),
    ("_education-and-skill", N_("Education and skill"), ("education", "skill")),
    ("_further-goals", N_("Further goals"), ("improvement", "support")),
)


@frozen
class GoalGroup:
    """Goals of related kinds under one heading."""

    anchor: str
    title: str
    goals: tuple[GoalCard, ...]

    @property
    def heading(self) -> Heading:
        """Return the group's heading, with its goals' below it."""
        return Heading(self.anchor, self.title, goal_headings(self.goals))


@frozen
class SellerView:
    """Everything a seller's page shows. `motivation` is "" unless leaders read it."""

    person: Person
    as_of: str
    title: str
    team: Person | None
    leader: Person | None
    since: str
    joined: str
    away: str
    left: str
    last_meeting: str
    next_review: str
    motivation: str
    next_steps: NextSteps
    counts: tuple[CountView, ...]
    owed: tuple[OwedView, ...]
    groups: tuple[GoalGroup, ...]
    headings: tuple[Heading, ...]
    sheet: Sheet


def seller_view(context: ViewContext, seller: Seller) -> SellerView:
    """Return the view of a seller's page."""
    handbook, goals = context.assessment.handbook, context.assessment.by_owner[seller.id]
    team = seller.team_on(context.assessment.as_of)
    cards = tuple(goal_card(context, g) for g in goals)
    leader = handbook.leader_of(team)
    steps, groups = next_steps_view(context, seller.id), _goal_groups(context, cards)
    first = section_headings((Heading("_next-steps", context.text("Next steps")), steps))
    return SellerView(
        person=context.person(seller.id),
        as_of=context.as_of,
        title=seller.title,
        team=context.person(team) if team in handbook.teams else None,
        leader=context.person(leader.id) if leader else None,
        since=context.day(seller.moved_on(context.assessment.as_of)),
        joined=context.day(seller.joined),
        away=_away(context, seller),
        left=context.day(seller.left),
        last_meeting=context.day(context.last_meetings.get(seller.id)),
        next_review=next_review(context, goals),
        motivation=seller.motivation,
        next_steps=steps,
        counts=context.counts(count_goals(goals), badge.GOAL),
        owed=context.owed(goals),
        groups=groups,
        headings=(*first, *(group.heading for group in groups)),
        sheet=sheet_view(context, seller, cards),
    )


def _away(context: ViewContext, seller: Seller) -> str:
    """Return until when a seller who is away will be, with the reason if there is one; "" while they are there."""
    leave = seller.leave_on(context.assessment.as_of)
    if leave is None:
        return ""
    day = context.day(leave.to)
    if leave.note:
        return context.text("away until {day} ({reason})", day=day, reason=leave.note)
    return context.text("away until {day}", day=day)


def _goal_groups(context: ViewContext, cards: tuple[GoalCard, ...]) -> tuple[GoalGroup, ...]:
    """Return goal cards in the groups of their kinds; groups without goals are left out."""
    groups = (
        GoalGroup(anchor, context.text(title), tuple(c for c in cards if c.kind in kinds))
        for anchor, title, kinds in _GROUPS
    )
    return tuple(group for group in groups if group.goals)
