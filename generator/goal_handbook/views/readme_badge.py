"""What a badge in somebody's README says: whose status it is, and the status in words."""

from __future__ import annotations

from ..frozen import frozen
from ..model.people import AnyOwner
from ..status.assessment import GoalState, worst
from ..words import N_
from . import badge
from .context import ViewContext
from .goal_card import goal_chip

_NO_GOALS = badge.Badge(N_("No goals"), "dash", "quiet", " ")


@frozen
class ReadmeBadge:
    """The `subject` on the left, the `status` on the right; `title` is both in a sentence, with the status date."""

    subject: str
    status: str
    look: badge.Badge
    title: str


def goal_badge(context: ViewContext, state: GoalState) -> ReadmeBadge:
    """Return the badge of a goal."""
    chip = goal_chip(context, state)
    return _readme_badge(context, state.goal.title, context.chip(chip), chip.badge)


def owner_badge(context: ViewContext, owner: AnyOwner) -> ReadmeBadge:
    """Return the badge of an owner: the worst status among their own goals."""
    status = worst(context.assessment.by_owner[owner.id])
    look = badge.GOAL[status] if status else _NO_GOALS
    return _readme_badge(context, owner.name, context.text(look.label), look)


def _readme_badge(context: ViewContext, subject: str, status: str, look: badge.Badge) -> ReadmeBadge:
    title = context.text("{subject}: {status}, status as of {day}", subject=subject, status=status, day=context.as_of)
    return ReadmeBadge(subject, status, look, title)
