"""The first page: the handbook at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..status.assessment import GoalState, all_owed, count_goals, count_landmarks
from ..status.landmark import LandmarkState
from . import badge
from .components import CountView, GoalRef, LandmarkRow, OwedView
from .context import AHEAD, ViewContext, plural
from .goal_card import landmark_row
from .team import PartRow, part_row
from .timeline import Happened, latest

OWED_SHOWN = 5
LANDMARKS_SHOWN = 12
CHANGES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class OwedGroup:
    """What is owed of one kind: how much, and the oldest."""

    badge: badge.Badge
    total: int
    overdue: int
    shown: tuple[OwedView, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A landmark of the next days."""

    ref: GoalRef
    row: LandmarkRow


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything the first page shows."""

    name: str
    period: str
    as_of: str
    goal_total: int
    counts: tuple[CountView, ...]
    landmark_total: int
    landmarks: tuple[CountView, ...]
    owed: tuple[OwedGroup, ...]
    teams: tuple[PartRow, ...]
    ahead: tuple[Ahead, ...]
    ahead_total: int
    changes: tuple[Happened, ...]
    people: str


def home_view(context: ViewContext) -> HomeView:
    """The view of the first page."""
    standing, handbook = context.assessment, context.assessment.handbook
    goals = standing.goals.values()
    landmarks = count_landmarks(goals)
    ahead = sorted(_ahead(context), key=lambda pair: (pair[1].landmark.due, pair[0].full_id, pair[1].landmark.id))
    people = f"{plural(len(handbook.sellers), 'seller')} in {plural(len(handbook.teams), 'team')}"
    return HomeView(
        name=handbook.settings.name,
        period=handbook.settings.period.name,
        as_of=context.day(standing.as_of),
        goal_total=len(standing.goals),
        counts=context.counts(count_goals(goals), badge.GOAL),
        landmark_total=sum(landmarks.values()),
        landmarks=context.counts(landmarks, badge.LANDMARK),
        owed=_owed(context),
        teams=tuple(part_row(context, team) for team in handbook.top_teams),
        ahead=tuple(Ahead(context.ref(g.full_id), landmark_row(context, g, s)) for g, s in ahead[:LANDMARKS_SHOWN]),
        ahead_total=len(ahead),
        changes=latest(context, CHANGES_SHOWN),
        people=people,
    )


def _owed(context: ViewContext) -> tuple[OwedGroup, ...]:
    owed = all_owed(context.assessment.goals.values())
    groups = []
    for kind, look in badge.OWED.items():
        items = [o for o in owed if o.kind == kind]
        groups.append(
            OwedGroup(
                look, len(items), sum(o.overdue for o in items), tuple(context.one_owed(o) for o in items[:OWED_SHOWN])
            )
        )
    return tuple(groups)


def _ahead(context: ViewContext) -> Iterator[tuple[GoalState, LandmarkState]]:
    as_of = context.assessment.as_of
    for goal in context.assessment.goals.values():
        if goal.goal.closed:
            continue
        for standing in goal.landmarks:
            if standing.status in {"due-soon", "upcoming"} and as_of <= standing.landmark.due <= as_of + AHEAD:
                yield goal, standing
