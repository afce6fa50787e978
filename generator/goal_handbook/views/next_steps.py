"""Next steps: what somebody owes and what is due next, each in a line."""

from __future__ import annotations

from collections.abc import Iterable

from ..frozen import frozen
from ..status.assessment import GoalState
from ..status.attainment import attainment_of
from ..status.coming import Coming, LandmarkDue, OwedNow, ReviewDue, SessionsDue, StepDue, waiting_for
from . import badge
from .components import GoalLink, Person
from .context import WEEK, ViewContext, distance, overdue

#: More than these are folded away: nobody takes ten steps at a time.
SHOWN = 6


@frozen
class NextStep:
    """A line of a list of next steps: on which day, how far away that is, what to do, and for which goal.

    `text` is plain text, and `prose` Markdown beside it. `owner` is whose goal it is, None where that is plain.
    """

    badge: badge.Badge
    day: str
    distance: str
    overdue: bool
    text: str
    prose: str
    ref: GoalLink
    owner: Person | None = None


@frozen
class WaitingFor:
    """A step that somebody else has promised for one of these goals."""

    text: str
    who: Person
    day: str
    overdue: str
    ref: GoalLink


@frozen
class NextSteps:
    """Somebody's next steps: those to show at once, the rest, and what they wait for others to do."""

    first: tuple[NextStep, ...]
    more: tuple[NextStep, ...]
    waiting: tuple[WaitingFor, ...]

    def __bool__(self) -> bool:
        return bool(self.first or self.waiting)


def next_steps_view(context: ViewContext, person_id: str) -> NextSteps:
    """Return the next steps of a seller or a leader."""
    steps = tuple(next_step(context, item, person_id) for item in context.next_steps(person_id))
    waiting = tuple(_waiting(context, item) for item in waiting_for(context.assessment.by_owner[person_id], person_id))
    return NextSteps(steps[:SHOWN], steps[SHOWN:], waiting)


def next_review(context: ViewContext, goals: Iterable[GoalState]) -> str:
    """Return the day of the first review that is still ahead, "" without one; those overdue are among what is owed."""
    ahead = (g.review_due for g in goals if g.at_work and g.review_due and (g.review_days_left or 0) >= 0)
    return context.day(min(ahead, default=None))


def next_step(context: ViewContext, item: Coming, person_id: str) -> NextStep:
    """Return one next step of a person in words."""
    ref = context.ref(item.goal.full_id)
    owner = ref.owner if ref.owner.id != person_id else None
    day, away = context.day(item.due), distance(item.days_left, context.words)
    match item:
        case OwedNow():
            owed = context.owed_item(item.owed)
            since = context.text("since today")
            if item.owed.days:
                since = context.plural("for {n} day", "for {n} days", item.owed.days)
            return NextStep(owed.badge, day, since, owed.overdue, owed.what, "", ref, owner)
        case LandmarkDue():
            text = ": ".join(filter(None, (context.landmark(item.goal.goal, item.name), _still(context, item))))
            away = context.text("{when}, within grace", when=away) if item.days_left < 0 else away
            return NextStep(badge.LANDMARK[item.landmark.status], day, away, False, text, "", ref, owner)
        case StepDue():
            if item.step.step.due is None:
                return NextStep(badge.NEXT["step"], context.text("any day"), "", False, item.name, "", ref, owner)
            late = overdue(item.step.days_overdue, context.words) or away
            return NextStep(badge.NEXT["step"], day, late, item.step.days_overdue > 0, item.name, "", ref, owner)
        case SessionsDue():
            text = context.plural("{n} session to hold", "{n} sessions to hold", item.left)
            if item.people:
                names = [person.name for person in context.people(item.people)]
                text = context.text("Meet {people}", people=context.words.some_of(names, 3))
            return NextStep(badge.NEXT["sessions"], day, away, False, text, "", ref, owner)
        case ReviewDue(question=""):
            text = context.text("Look at the goal together")
            return NextStep(badge.NEXT["review"], day, away, False, text, "", ref, owner)
        case _:
            question = item.question if isinstance(item, ReviewDue) else ""
            return NextStep(badge.NEXT["question"], day, away, False, "", question, ref, owner)


def _still(context: ViewContext, item: LandmarkDue) -> str:
    """What a landmark still needs: `$119,042 to go, $10,822 a week`."""
    goal, measure, landmark = item.goal, item.goal.goal.measure, item.landmark.landmark
    found = attainment_of(goal.goal, goal.reading, landmark.due, landmark.value)
    if found is None or measure is None:
        return ""
    if found.gap <= 0:
        return context.text("holds for now")
    needed = found.needed_on(context.assessment.as_of)
    gap = context.fmt.gap(found.gap, measure.unit)
    if needed is None:
        return context.text("{gap} to go", gap=gap)
    return context.text("{gap} to go, {needed} a week", gap=gap, needed=context.fmt.gap(needed * WEEK, measure.unit))


def _waiting(context: ViewContext, item: StepDue) -> WaitingFor:
    who = context.person(item.step.step.who or "")
    late = overdue(item.step.days_overdue, context.words)
    return WaitingFor(item.name, who, context.day(item.step.step.due), late, context.ref(item.goal.full_id))
