"""The seller's page: where I stand, why my goal is what it is, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.people import Seller
from ..status.assessment import count_goals
from . import badge
from .components import CountView, GoalCard, OwedView, Person
from .context import ViewContext
from .goal_card import goal_card

#: Kinds in the order of a page's parts; production apart from education and skill (pages.md).
PARTS = (
    ("Production", ("production",)),
    ("Education and skill", ("education", "skill")),
    ("Further goals", ("improvement", "support")),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Goals of a kind under one heading."""

    title: str
    goals: tuple[GoalCard, ...]


@dataclass(frozen=True, slots=True)
class SellerView:
    """Everything a seller's page shows. `motivation` is there for leaders only."""

    person: Person
    as_of: str
    title: str
    team: Person | None
    leader: Person | None
    joined: str
    left: str
    motivation: str
    counts: tuple[CountView, ...]
    owed: tuple[OwedView, ...]
    parts: tuple[Part, ...]


def seller_view(context: ViewContext, seller: Seller) -> SellerView:
    """The view of a seller's page."""
    handbook, goals = context.assessment.handbook, context.assessment.by_owner[seller.id]
    leader = handbook.leader_of(seller.team)
    return SellerView(
        person=context.person(seller.id),
        as_of=context.day(context.assessment.as_of),
        title=seller.title,
        team=context.person(seller.team) if seller.team in handbook.teams else None,
        leader=context.person(leader.id) if leader else None,
        joined=context.day(seller.joined),
        left=context.day(seller.left),
        motivation=seller.motivation,
        counts=context.counts(count_goals(goals), badge.GOAL),
        owed=context.owed(goals),
        parts=goal_parts(tuple(goal_card(context, g) for g in goals)),
    )


def goal_parts(cards: tuple[GoalCard, ...]) -> tuple[Part, ...]:
    """Goal cards under the headings of their kinds; headings without goals are left out."""
    parts = (Part(title, tuple(c for c in cards if c.kind in kinds)) for title, kinds in PARTS)
    return tuple(part for part in parts if part.goals)
