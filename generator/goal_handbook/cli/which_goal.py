"""Which goal, and which landmark of it: named, or asked for at a terminal."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from ..findings import did_you_mean
from .common import Unusable
from .prompts import Choice, Reader, ask, is_interactive, one_of

if TYPE_CHECKING:
    from ..model.goal import Goal, Landmark
    from ..model.handbook import Handbook
    from ..workspace import Workspace


def ask_which(
    workspace: Workspace,
    handbook: Handbook,
    landmark: Callable[[Landmark, datetime.date], bool] | None,
    goal: Callable[[Goal], bool],
) -> str:
    """Return which goal, or with `landmark` which landmark of those that it offers, found by people's names and titles.

    The goals that are offered are those for which `goal` is true, or all if there is none.

    Raises UsageError if nobody can be asked.
    """
    if not handbook.goals:
        raise Unusable("there are no goals yet", "add one with goals new goal")
    wanted = _offered(workspace, landmark) if landmark else []
    listed = _open_first(handbook)
    fitting = [full_id for full_id in listed if goal(handbook.goals[full_id])] or listed
    goals = [Choice(full_id, _titled(handbook, full_id)) for full_id in fitting]
    if wanted and is_interactive():
        return ask("OWNER/GOAL#LANDMARK", "Which landmark", None, _one_of_these(handbook, wanted), None, wanted)
    name = "OWNER/GOAL#LANDMARK" if landmark else "OWNER/GOAL"
    return ask(name, "Which goal", None, _one_of_these(handbook, goals), None, goals)


def _offered(workspace: Workspace, wanted: Callable[[Landmark, datetime.date], bool]) -> list[Choice]:
    """The landmarks that a command can be about, those that an accounting is owed for first."""
    from ..status.landmark import target_landmark

    handbook, found = workspace.handbook, []
    for full_id, goal in handbook.goals.items() if handbook else ():
        state = workspace.assessment.goals.get(full_id) if workspace.assessment else None
        owed = {owed.landmark for owed in state.owed if owed.kind == "accounting"} if state else set()
        for lm in [*goal.landmarks, *filter(None, [target_landmark(goal)])] if not goal.closed else ():
            if wanted(lm, workspace.as_of):
                what = f"due {lm.due}{', missed' if lm.id in owed else ''}"
                found.append((lm.id not in owed, lm.due, Choice(f"{full_id}#{lm.id}", what)))
    return [choice for _, _, choice in sorted(found, key=lambda one: one[:2])]


def _open_first(handbook: Handbook) -> list[str]:
    return sorted(handbook.goals, key=lambda full_id: bool(handbook.goals[full_id].closed))


def _titled(handbook: Handbook, full_id: str) -> str:
    return f"{handbook.owners[full_id.partition('/')[0]].name}: {handbook.goals[full_id].title}"


def _one_of_these(handbook: Handbook, choices: Sequence[Choice]) -> Reader:
    """Return a reader of a goal (and a landmark) that is named by its id, or by who is meant if they have only one."""

    def read(typed: str) -> str:
        if typed in {choice.value for choice in choices}:
            return typed
        full_id, mark, landmark = typed.partition("#")
        try:
            return f"{full_id_of(handbook.goals, full_id.strip())}{mark}{landmark}"
        except Unusable as unknown:
            raise click.BadParameter(unknown.message) from None

    return read


def ask_for_landmark(goal: Goal, landmarks: Sequence[Landmark], offered: Sequence[Landmark]) -> str:
    """Return which landmark of a goal, those that are offered first.

    If there is only one it is shown, and nobody is asked.
    """
    if len(offered or landmarks) == 1:
        [only] = offered or landmarks
        click.echo(f"Landmark: {only.id}")
        return only.id
    rest = [landmark for landmark in landmarks if landmark not in offered]
    choices = [Choice(lm.id, f"due {lm.due}") for lm in (*offered, *rest)]
    return ask("LANDMARK", f"Which landmark of {goal.title}", None, one_of(*(c.value for c in choices)), None, choices)


def full_id_of(goals: Mapping[str, Goal], name: str) -> str:
    """Return the full id of a goal; the goal's own part is enough if no other goal has it. Raises Unusable."""
    if name in goals:
        return name
    found = [full_id for full_id in goals if full_id.partition("/")[2] == name]
    if len(found) > 1:
        raise Unusable(f'{len(found)} goals are called "{name}"', f"name one of {', '.join(found[:_NAMED])}")
    if not found:
        known = [*goals, *(full_id.partition("/")[2] for full_id in goals)]
        raise Unusable(f'unknown goal "{name}"', did_you_mean(name, known) or "list them all with goals status")
    return found[0]


#: How many goals or people of a name an error lists.
_NAMED = 5


def unknown_landmark(full_id: str, name: str, known: list[str]) -> Unusable:
    """Return the error for a goal's landmark that is missing or unknown."""
    if not known:
        return Unusable(f"{full_id} has no landmarks")
    help = f"name one as {full_id}#ID; its landmarks are {', '.join(known)}"
    if not name:
        return Unusable("the landmark is missing", help)
    return Unusable(f'{full_id} has no landmark "{name}"', did_you_mean(name, known) or help)
