"""The agenda for the next 1:1s: for each person, what has happened since the last one, and what to talk about."""

from __future__ import annotations

from collections.abc import Iterator

from ..frozen import frozen
from ..model.people import Leader, Seller
from ..status.assessment import GoalState, behind, worst
from ..status.coming import LandmarkDue, StepDue, landmarks_ahead, overdue_steps, questions_left, waiting_for
from ..status.landmark import LandmarkState
from ..status.meetings import Happened, happened_since
from . import badge
from .components import Chip, GoalLink, Person
from .context import DAYS_AHEAD, ViewContext, overdue
from .goal_card import landmark_row
from .progress import behind_view

#: How much of what has happened, and how many things to talk about, fit half an hour.
_NEWS_SHOWN = 2
_ITEMS_SHOWN = 8


@frozen
class AgendaItem:
    """Something to talk about: of which goal, and what, as plain text or as Markdown (`prose`)."""

    badge: badge.Badge
    ref: GoalLink
    what: str
    prose: str = ""


@frozen
class News:
    """What has happened to a goal since the last 1:1: a landmark was met or missed, or a step was taken."""

    badge: badge.Badge
    what: str
    on: str


@frozen
class AgendaRow:
    """What to talk about in somebody's next 1:1.

    `chip` is the worst status of their goals, `last` the day of the last 1:1 ("" without one), `news` the latest of
    what has happened since, `more` the number of items that are left out; `motivation` is "" unless leaders read it.
    """

    person: Person
    chip: Chip | None
    last: str
    news: tuple[News, ...]
    items: tuple[AgendaItem, ...]
    more: int
    motivation: str


def next_round(context: ViewContext, leader: Leader) -> list[Leader | Seller]:
    """Return whom a leader meets, who needs it most first: the leaders who report to them, and their own sellers."""
    return sorted(_people(context, leader), key=lambda person: context.assessment.need(person.id))


def _people(context: ViewContext, leader: Leader) -> Iterator[Leader | Seller]:
    handbook = context.assessment.handbook
    yield from handbook.leaders_led.get(leader.id, ())
    for seller in handbook.sellers_led.get(leader.id, ()):
        if seller.is_active_on(context.assessment.as_of):
            yield seller


def agenda_row(context: ViewContext, person: Leader | Seller, leader_id: str) -> AgendaRow:
    """Return what a leader talks about with a person.

    That is what is owed, what the leader has promised, steps that are overdue, goals off track or at risk, questions
    that the last reviews left, and landmarks ahead.
    """
    goals, last = context.assessment.by_owner[person.id], context.last_meetings.get(person.id)
    items = [AgendaItem(owed.badge, owed.ref, owed.what) for owed in context.owed(goals)]
    promised = [item for item in waiting_for(goals, person.id) if item.step.step.who == leader_id]
    items += [_step(context, item, badge.NEXT["promised"]) for item in promised]
    late = [item for item in overdue_steps(goals) if item not in promised]
    items += [_step(context, item, badge.LANDMARK["accounted"]) for item in late]
    items += [_behind(context, goal) for goal in behind(goals)]
    items += [AgendaItem(badge.NEXT["question"], context.ref(g.full_id), "", q) for g, q in questions_left(goals)]
    items += [_ahead(context, item) for item in landmarks_ahead(goals, DAYS_AHEAD)]
    status = worst(goals)
    return AgendaRow(
        context.person(person.id),
        Chip(badge.GOAL[status]) if status else None,
        context.day(last),
        tuple(news(context, item) for item in happened_since(goals, last)[:_NEWS_SHOWN]),
        tuple(items[:_ITEMS_SHOWN]),
        max(0, len(items) - _ITEMS_SHOWN),
        person.motivation if isinstance(person, Seller) else "",
    )


def _behind(context: ViewContext, goal: GoalState) -> AgendaItem:
    found = behind_view(context, goal)
    return AgendaItem(found.badge, found.ref, found.what)


def _step(context: ViewContext, item: StepDue, look: badge.Badge) -> AgendaItem:
    what = item.name if look == badge.NEXT["promised"] else context.step(item.step)
    if item.step.step.due:
        what = context.text("{step}: due on {day}", step=what, day=context.day(item.due))
    late = overdue(item.step.days_overdue, context.words)
    return AgendaItem(look, context.ref(item.goal.full_id), ", ".join(filter(None, (what, late))))


def _ahead(context: ViewContext, item: LandmarkDue) -> AgendaItem:
    row = landmark_row(context, item.goal, item.landmark)
    what = context.text("{what} by {day}", what=row.what, day=row.due_text)
    return AgendaItem(row.chip.badge, context.ref(item.goal.full_id), what)


def news(context: ViewContext, item: Happened) -> News:
    """Return what has happened in words."""
    if isinstance(item.what, LandmarkState):
        what = context.landmark(item.goal.goal, item.what.landmark.id)
        return News(badge.LANDMARK[item.what.status], what, context.day(item.day))
    return News(badge.EVENT["done"], item.what.step.do, context.day(item.day))
