"""The sheet for a 1:1: one printed page with what to talk about, and lines to write on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model.people import Seller
from ..status.meetings import happened_since
from .agenda import News, news
from .components import Event, GoalCard, LandmarkRow, Person
from .context import ViewContext
from .goal_card import landmark_row
from .next_steps import NextSteps, next_steps_view
from .timeline import adjustments_of

#: What fits one page of A4 or Letter beside the lines to write on.
_GOALS_IN_FULL = 2
_GOALS_IN_ROWS = 6
_ADJUSTMENTS = 2
_NEWS = 4


@dataclass(frozen=True, slots=True)
class SheetGoal:
    """A goal in full: its card, and the latest adjustments with their reasons."""

    card: GoalCard
    adjustments: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A goal in a line: its card, and its next landmark if one is ahead."""

    card: GoalCard
    next: LandmarkRow | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the sheet of a seller shows. `more` goals are left out."""

    person: Person
    title: str
    team: Person | None
    leader: Person | None
    as_of: str
    last_meeting: str
    news: tuple[News, ...]
    next_steps: NextSteps
    goals: tuple[SheetGoal, ...]
    rows: tuple[SheetRow, ...]
    more: int


def sheet_view(context: ViewContext, seller: Seller, cards: Sequence[GoalCard]) -> Sheet:
    """Return the sheet of a seller, from the cards of their goals: open goals first, those of production before."""
    assessment = context.assessment
    team, leader = seller.team_on(assessment.as_of), assessment.handbook.leader_of(seller.team_on(assessment.as_of))
    last = context.last_meetings.get(seller.id)
    states = {card.ref.full_id: assessment.goals[card.ref.full_id] for card in cards}
    by_weight = sorted(
        cards, key=lambda card: (states[card.ref.full_id].goal.closed is not None, card.kind != "production")
    )
    full, rest = by_weight[:_GOALS_IN_FULL], by_weight[_GOALS_IN_FULL:]
    return Sheet(
        person=context.person(seller.id),
        title=seller.title,
        team=context.person(team) if team in assessment.handbook.teams else None,
        leader=context.person(leader.id) if leader else None,
        as_of=context.as_of,
        last_meeting=context.day(last),
        news=tuple(news(context, item) for item in happened_since(states.values(), last)[:_NEWS]) if last else (),
        next_steps=next_steps_view(context, seller.id),
        goals=tuple(SheetGoal(c, adjustments_of(context, states[c.ref.full_id])[:_ADJUSTMENTS]) for c in full),
        rows=tuple(_row(context, card) for card in rest[:_GOALS_IN_ROWS]),
        more=max(0, len(rest) - _GOALS_IN_ROWS),
    )


def _row(context: ViewContext, card: GoalCard) -> SheetRow:
    state = context.assessment.goals[card.ref.full_id]
    ahead = next((landmark for landmark in state.landmarks if landmark.is_pending), None)
    return SheetRow(card, landmark_row(context, state, ahead) if ahead else None)
