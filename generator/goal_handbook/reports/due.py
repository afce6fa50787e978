"""What is owed and what is coming up, person by person: for a terminal, a chat message, or a Monday email."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ..frozen import frozen
from ..status.assessment import GoalState, behind
from ..status.coming import Coming, LandmarkDue, OwedNow, StepDue, coming, overdue_steps, owed_now, responsible
from ..views.components import GoalLink
from ..views.context import ViewContext, distance
from ..views.progress import behind_view
from ..words import days, plural, sentence_list
from .answer import Arguments, answer_to, command_line
from .markup import Style


@frozen
class DueItem:
    """Something of a goal that somebody has to see to: what it is (`badge`, `what`), when, and the command for it.

    `who` is the name of the person, or of a team that nobody leads. `overdue`: it has waited too long.
    """

    kind: str
    due: datetime.date
    due_text: str
    when: str
    ref: GoalLink
    what: str
    who: str
    command: Arguments
    badge: str = ""
    overdue: bool = False

    @property
    def sitting(self) -> Arguments:
        """Return the command that sees to this and to what the owner's other goals owe like it, if there is one."""
        alike = self.command[0] in _SITTINGS and len(self.command) == _ONE_GOAL
        return (self.command[0], "--owner", self.ref.full_id.partition("/")[0]) if alike else ()


#: The commands that take one goal, or with --owner all open goals of an owner.
_SITTINGS = {"review", "agree", "checkin"}
_ONE_GOAL = 2


@frozen
class BehindItem:
    """A goal that is off track or at risk, whose it is, and why."""

    state: GoalState
    badge: str
    ref: GoalLink
    what: str
    who: str


@frozen
class DueView:
    """What is owed and which steps of plans are overdue, the oldest first; who is `behind`, that is off track or at
    risk, the worst first; and what is due within `days` days."""

    as_of: str
    days: int
    owed: tuple[tuple[OwedNow, DueItem], ...]
    overdue_steps: tuple[DueItem, ...]
    behind: tuple[BehindItem, ...]
    coming: tuple[DueItem, ...]


def due_view(context: ViewContext, most_days: int, owner: str = "") -> DueView:
    """Return the view for everybody or for an owner: a seller, a team with its members, a leader with everybody below.

    Raises KeyError for an unknown owner.
    """
    goals = _goals_of(context, owner)
    return DueView(
        context.day(context.assessment.as_of),
        most_days,
        tuple((item, _owed(context, item)) for item in owed_now(goals)),
        tuple(_item(context, step, f"{days(step.step.days_overdue)} overdue", True) for step in overdue_steps(goals)),
        tuple(_behind(context, goal) for goal in behind(goals)),
        tuple(_item(context, item, _when(item)) for item in coming(goals, most_days)),
    )


def _goals_of(context: ViewContext, owner: str) -> tuple[GoalState, ...]:
    assessment = context.assessment
    if not owner:
        return tuple(assessment.goals.values())
    if owner in assessment.handbook.teams:
        return assessment.in_team[owner]
    return (*assessment.by_owner[owner], *assessment.led_by.get(owner, ()))


def _owed(context: ViewContext, item: OwedNow) -> DueItem:
    shown = context.owed_item(item.owed)
    return DueItem(
        item.owed.kind, item.due, context.day(item.due), shown.age, shown.ref, shown.what, _who(context, item),
        answer_to(item), shown.badge.label, shown.overdue,
    )  # fmt: skip


def _item(context: ViewContext, item: Coming, when: str, overdue: bool = False) -> DueItem:
    if isinstance(item, LandmarkDue):
        what = context.landmark(item.goal.goal, item.landmark.landmark.id)
    else:
        what = context.step(item.step) if isinstance(item, StepDue) else "review"
    return DueItem(
        item.kind, item.due, context.day(item.due), when, context.ref(item.goal.full_id), what, _who(context, item),
        answer_to(item), overdue=overdue,
    )  # fmt: skip


def _behind(context: ViewContext, goal: GoalState) -> BehindItem:
    shown = behind_view(context, goal)
    handbook = context.assessment.handbook
    leader = handbook.leader_of(goal.owner_id) if goal.owner_id in handbook.teams else None
    return BehindItem(goal, shown.badge.label, shown.ref, shown.what, (leader or handbook.owners[goal.owner_id]).name)


def _who(context: ViewContext, item: Coming) -> str:
    """The name of whoever has to see to it, the goal's owner where that is nobody."""
    owners = context.assessment.handbook.owners
    return owners[responsible(context.assessment, item) or item.goal.owner_id].name


def _when(item: Coming) -> str:
    return f"{distance(item.days_left)}{', within grace' if item.days_left < 0 else ''}"


def in_sittings(items: Iterable[DueItem]) -> list[tuple[DueItem, tuple[DueItem, ...]]]:
    """Return what is owed in the same order, what one sitting with an owner settles as one, each with what it is of."""
    found: dict[Arguments, list[DueItem]] = {}
    for number, item in enumerate(items):
        key = (item.badge, *item.sitting) if item.sitting else (str(number),)
        found.setdefault(key, []).append(item)
    return [(_as_one(alike), tuple(alike)) for alike in found.values()]


def _as_one(alike: Sequence[DueItem]) -> DueItem:
    """One thing for all of these, as old as the oldest of them; where they differ, it names the goals."""
    first = min(alike, key=lambda item: item.due)
    if len(alike) == 1:
        return first
    goals = replace(first.ref, title=plural(len(alike), "goal"))
    is_shared = all(item.what == first.what for item in alike)
    what = first.what if is_shared else sentence_list([item.ref.title for item in alike])
    return replace(first, ref=goals, what=what, command=first.sitting, overdue=any(item.overdue for item in alike))


def due_text(view: DueView, style: Style, options: Sequence[str] = ()) -> str:
    """Return the view as text in a medium, person by person, each line with its command.

    `options` are added to each command, such as `--dir our-goals`.
    """
    return "\n".join(_lines(view, style, options)) + "\n"


def _lines(view: DueView, style: Style, options: Sequence[str]) -> Iterator[str]:
    yield style.heading(f"Goals as of {style.escape(view.as_of)}", 2)
    yield f"{', '.join(_counts(view))}."
    people: dict[str, list[str]] = {}
    for item, _ in in_sittings(item for _, item in view.owed):
        age = style.strong(item.when) if item.overdue else item.when
        line = f"{item.badge}: {_goal(item, style)} – {style.escape(item.what)} ({age})"
        people.setdefault(item.who, []).append(_with_command(line, item.command, style, options))
    for item in view.overdue_steps:
        line = f"Step overdue: {_goal(item, style)} – {style.escape(item.what)} ({style.strong(item.when)})"
        people.setdefault(item.who, []).append(_with_command(line, item.command, style, options))
    for found in view.behind:
        line = f"{found.badge}: {_goal(found, style)} – {style.escape(found.what)}"
        people.setdefault(found.who, []).append(style.item(line))
    for item in view.coming:
        line = f"{style.escape(item.due_text)}, {item.when}: {_goal(item, style)} – {style.escape(item.what)}"
        people.setdefault(item.who, []).append(_with_command(line, item.command, style, options))
    for who, lines in people.items():
        yield ""
        yield style.heading(style.escape(who))
        yield from lines


def _with_command(line: str, command: Arguments, style: Style, options: Sequence[str]) -> str:
    """Return a line of the list with its command, on a line of its own where that can be copied from a terminal."""
    spelled = command_line((*command, *options))
    return f"{style.item(line)}\n    {spelled}" if style.medium == "terminal" else f"{style.item(line)} `{spelled}`"


def _goal(item: DueItem | BehindItem, style: Style) -> str:
    """The goal's title, after its owner's name where somebody else has to see to it."""
    owner, title = item.ref.owner.name, style.escape(item.ref.title)
    return title if owner == item.who else f"{style.escape(owner)}, {title}"


def _counts(view: DueView) -> Iterator[str]:
    yield f"{plural(len(view.owed), 'thing')} owed"
    if view.overdue_steps:
        yield f"{plural(len(view.overdue_steps), 'planned step')} overdue"
    if view.behind:
        yield f"{plural(len(view.behind), 'goal')} off track or at risk"
    yield f"{plural(len(view.coming), 'thing')} due within {days(view.days)}"


def due_data(view: DueView, as_of: datetime.date) -> dict[str, Any]:
    """Return the view as plain data."""
    owed = [
        {"kind": item.kind, "goal": item.ref.full_id, "landmark": now.owed.landmark}
        | {"since": now.owed.since.isoformat(), "days": now.owed.days, "overdue": item.overdue}
        | {"owner": item.ref.owner.name, "title": item.ref.title, **_for_whom(item)}
        for now, item in view.owed
    ]
    found = [
        {"goal": item.state.full_id, "status": item.state.status, "recovering": item.state.recovering}
        | {"owner": item.ref.owner.name, "title": item.ref.title, "what": item.what}
        for item in view.behind
    ]
    late_steps = [_step_data(item) for item in view.overdue_steps]
    coming_items = [
        {"kind": item.kind, **_step_data(item), "owner": item.ref.owner.name, "title": item.ref.title}
        for item in view.coming
    ]
    data = {"as_of": as_of.isoformat(), "days": view.days, "owed": owed}
    return data | {"late_steps": late_steps, "behind": found, "coming": coming_items}


def _step_data(item: DueItem) -> dict[str, Any]:
    return {"goal": item.ref.full_id, "on": item.due.isoformat(), "what": item.what, **_for_whom(item)}


def _for_whom(item: DueItem) -> dict[str, str]:
    return {"who": item.who, "command": command_line(item.command)}
