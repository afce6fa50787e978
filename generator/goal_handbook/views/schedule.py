"""What calendars show: landmarks ahead, promised steps and reviews, each with its day and in whose calendars it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from ..frozen import frozen
from ..model.handbook import Handbook
from ..status.coming import Coming, LandmarkDue, ReviewDue, StepDue, scheduled
from ..words import N_
from .context import ViewContext
from .goal_card import goal_chip


@frozen
class ScheduleEntry:
    """An entry of calendars; `key` is the same for ever, however the entry is worded or moved.

    `calendars` are the ids of the owners whose calendars it is in.
    """

    key: str
    day: datetime.date
    summary: str
    description: str
    full_id: str
    calendars: tuple[str, ...]


def schedule(context: ViewContext) -> tuple[ScheduleEntry, ...]:
    """Return everything that has its day in a calendar, in order."""
    handbook = context.assessment.handbook
    lines = {t.id: (t.id, *(parent.id for parent in handbook.parent_teams(t))) for t in handbook.teams.values()}
    return tuple(_entry(context, lines, item) for item in scheduled(context.assessment.goals.values()))


def _entry(context: ViewContext, lines: Mapping[str, tuple[str, ...]], item: Coming) -> ScheduleEntry:
    state, goal, who = item.goal, item.goal.goal, _whose(item)
    status, key = context.chip(goal_chip(context, state)), f"{item.kind}/{state.full_id}"
    if isinstance(item, LandmarkDue):
        key, what = f"{key}/{item.name}", f"{status}: {context.landmark(goal, item.name)}"
    elif isinstance(item, StepDue):
        key, what = f"{key}/{item.key}", _step(context, item)
    else:
        late, due = N_("Review overdue: {goal}"), N_("Review due: {goal}")
        what = context.text(late if item.days_left < 0 else due, goal=goal.title)
    return ScheduleEntry(
        key,
        item.due,
        f"{what} ({context.person(who).name})",
        f"{goal.title} ({context.person(state.owner_id).name})\n"
        + context.text("{status}, status as of {day}", status=status, day=context.as_of),
        state.full_id,
        tuple(dict.fromkeys(_calendars(context.assessment.handbook, lines, item))),
    )


def _step(context: ViewContext, item: StepDue) -> str:
    late, due = N_("Overdue step: {step}"), N_("Step: {step}")
    return context.text(late if item.step.days_overdue else due, step=item.name)


def _whose(item: Coming) -> str:
    """The id of whoever promised a step, or of the goal's owner."""
    return (item.step.step.who if isinstance(item, StepDue) else None) or item.goal.owner_id


def _calendars(handbook: Handbook, lines: Mapping[str, tuple[str, ...]], item: Coming) -> Iterator[str]:
    """Theirs, those of the team whose goal it is and of its parents, and a review is in that of the nearest leader.

    `lines` has each team with its parents.
    """
    yield _whose(item)
    owner = item.goal.owner_id
    team = None if owner in handbook.leaders else handbook.teams.get(owner) or handbook.own_team(owner)
    if team:
        yield from lines[team.id]
        if isinstance(item, ReviewDue) and (leader := handbook.nearest_leaders.get(team.id)):
            yield leader
