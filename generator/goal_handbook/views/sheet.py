"""The sheet for a 1:1: one printed page with what to talk about, and lines to write on."""

from __future__ import annotations

from collections.abc import Sequence

from ..frozen import frozen
from ..model.people import Seller
from ..status.meetings import happened_since
from .agenda import News, news
from .components import Event, GoalCard, LandmarkRow
from .context import ViewContext
from .goal_card import landmark_row
from .timeline import adjustments_of

#: What fits one page of A4 or Letter beside the lines to write on.
_GOALS_IN_FULL = 2
_GOALS_IN_ROWS = 6
_ADJUSTMENTS = 2
_NEWS = 4


@frozen
class SheetGoal:
    """A goal in full: its card, and the latest adjustments with their reasons."""

    card: GoalCard
    adjustments: tuple[Event, ...]


@frozen
class SheetRow:
    """A goal in a line: its card, and its next landmark if one is ahead."""

    card: GoalCard
    next: LandmarkRow | None


@frozen
class Sheet:
    """What the sheet of a seller shows beside what is on top of their page. `more` goals are left out."""

    news: tuple[News, ...]
    goals: tuple[SheetGoal, ...]
    rows: tuple[SheetRow, ...]
    more: int


def sheet_view(context: ViewContext, seller: Seller, cards: Sequence[GoalCard]) -> Sheet:
    """Return the sheet of a seller, from the cards of their goals: open goals first, those of production before."""
    last = context.last_meetings.get(seller.id)
    states = {card.ref.full_id: context.assessment.goals[card.ref.full_id] for card in cards}
    by_weight = sorted(
        cards, key=lambda card: (states[card.ref.full_id].goal.closed is not None, card.kind != "production")
    )
    full, rest = by_weight[:_GOALS_IN_FULL], by_weight[_GOALS_IN_FULL:]
    return Sheet(
        news=tuple(news(context, item) for item in happened_since(states.values(), last)[:_NEWS]) if last else (),
        goals=tuple(SheetGoal(c, adjustments_of(context, states[c.ref.full_id])[:_ADJUSTMENTS]) for c in full),
        rows=tuple(_row(context, card) for card in rest[:_GOALS_IN_ROWS]),
        more=max(0, len(rest) - _GOALS_IN_ROWS),
    )


def _row(context: ViewContext, card: GoalCard) -> SheetRow:
    state = context.assessment.goals[card.ref.full_id]
    ahead = next((landmark for landmark in state.landmarks if landmark.is_pending), None)
    return SheetRow(card, landmark_row(context, state, ahead) if ahead else None)
