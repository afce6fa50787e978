"""A list of goals that a chapter asks for in words, such as `team=central status=off-track,at-risk`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import get_args

from pydantic_core import PydanticCustomError

from ..findings import did_you_mean
from ..frozen import frozen
from ..model.handbook import Handbook
from ..model.terms import Kind
from ..model.values import message_and_help, parse_day
from ..status.assessment import GoalState
from ..status.goal import GOAL_STATUSES
from ..status.selection import Selection, select_goals
from .components import Chip, GoalLink, Progress
from .context import ViewContext
from .goal_card import goal_chip
from .names import Noun, Problem, find
from .progress import progress_view

#: More goals than these are counted, not listed, so that a page does not grow with the organisation.
GOALS_SHOWN = 50

_FILTERS = ("team", "owner", "kind", "status", "due-before")
_OWNERS: dict[str, Noun] = {"team": "team", "owner": "owner"}
_CHOICES = {"kind": get_args(Kind), "status": GOAL_STATUSES}


@frozen
class GoalRow:
    """A goal in a list: its progress if it has a number, or else how many of its landmarks are met."""

    ref: GoalLink
    chip: Chip
    progress: Progress | None
    landmarks: str
    due: str


@frozen
class GoalList:
    """The first of the selected goals, the worst first, and how many there are beside them."""

    rows: tuple[GoalRow, ...]
    more: int


def goal_list(context: ViewContext, selection: Selection) -> GoalList:
    """Return the list of the selected goals."""
    goals = select_goals(context.assessment, selection)
    rows = tuple(_row(context, state) for state in goals[:GOALS_SHOWN])
    return GoalList(rows, len(goals) - len(rows))


def _row(context: ViewContext, state: GoalState) -> GoalRow:
    met = sum(landmark.status in {"met", "met-late"} for landmark in state.landmarks)
    return GoalRow(
        context.ref(state.full_id),
        goal_chip(context, state),
        progress_view(context, state),
        context.plural("{met} of {n} landmark met", "{met} of {n} landmarks met", len(state.landmarks), met=met)
        if state.landmarks
        else "",
        context.day(state.goal.due),
    )


def read_query(handbook: Handbook, words: Iterable[str]) -> tuple[Selection, list[Problem]]:
    """Return the goals that words ask for, each `filter=value` or `filter=value,value`, and what is wrong with them."""
    found: dict[str, list[str]] = {name: [] for name in _FILTERS}
    problems: list[Problem] = []
    day: datetime.date | None = None
    for word in words:
        name, equals, values = word.partition("=")
        if name not in _FILTERS or not equals:
            problems.append(_unknown_filter(word, name))
        elif name == "due-before":
            day = _day(values, problems)
        else:
            found[name] += filter(None, (_value(handbook, name, value, problems) for value in values.split(",")))
    teams, owners, kinds, statuses = (tuple(found[name]) for name in ("team", "owner", "kind", "status"))
    return Selection(teams, owners, kinds, statuses, day), problems


def _unknown_filter(word: str, name: str) -> Problem:
    help = did_you_mean(name, _FILTERS) or f"write filter=value; the filters are {', '.join(_FILTERS)}"
    return Problem("GH705", word, f'unknown filter "{name}"', help)


def _value(handbook: Handbook, name: str, value: str, problems: list[Problem]) -> str:
    """Return the value that is meant, "" if there is none, and add what is wrong with it to the problems."""
    if name in _OWNERS:
        named = find(handbook, _OWNERS[name], value)
        problems += [named.problem] if named.problem else []
        return named.id
    if value in _CHOICES[name]:
        return value
    help = did_you_mean(value, _CHOICES[name]) or f"use one of {', '.join(_CHOICES[name])}"
    problems.append(Problem("GH705", value, f'unknown {name} "{value}"', help))
    return ""


def _day(value: str, problems: list[Problem]) -> datetime.date | None:
    try:
        return parse_day(value)
    except PydanticCustomError as error:
        problems.append(Problem("GH705", value, *message_and_help(error)))
        return None
