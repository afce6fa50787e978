"""The first page: the handbook at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from ..status.assessment import Owed, all_owed, count_goals, count_landmarks
from ..status.coming import LandmarkDue, landmarks_ahead
from ..words import plural
from . import badge
from .components import CountView, GoalLink, Heading, LandmarkRow, OwedView
from .context import DAYS_AHEAD, ViewContext
from .goal_card import landmark_row
from .team import TeamRow, team_row
from .timeline import TimelineEntry, latest_events

_OWED_SHOWN = 5
_LANDMARKS_SHOWN = 12
_CHANGES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class OwedGroup:
    """Everything of one kind that is owed: how many things, and the oldest of them."""

    badge: badge.Badge
    total: int
    overdue: int
    shown: tuple[OwedView, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A landmark that is due in the next days."""

    ref: GoalLink
    row: LandmarkRow


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything the first page shows. `owed_by_leaders` is what of `owed_total` is not in the teams' counts."""

    name: str
    period: str
    as_of: str
    goal_total: int
    counts: tuple[CountView, ...]
    landmark_total: int
    landmarks: tuple[CountView, ...]
    owed: tuple[OwedGroup, ...]
    owed_total: int
    teams: tuple[TeamRow, ...]
    owed_by_leaders: int
    ahead: tuple[Ahead, ...]
    ahead_total: int
    changes: tuple[TimelineEntry, ...]
    people: str

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings of the page's sections, which are always the same."""
        return (
            Heading("_owed", "What's owed"),
            Heading("_teams", "Teams"),
            Heading("_next", f"The next {DAYS_AHEAD} days"),
            Heading("_changes", "Latest changes"),
        )


def home_view(context: ViewContext) -> HomeView:
    """Return the view of the first page."""
    assessment, handbook = context.assessment, context.assessment.handbook
    goals = assessment.goals.values()
    landmarks = count_landmarks(goals)
    ahead = landmarks_ahead(goals, DAYS_AHEAD)
    owed, by_leaders = all_owed(goals), (g for i in handbook.leaders for g in assessment.by_owner[i])
    sellers = handbook.employed(handbook.sellers.values())
    people = f"{plural(len(sellers), 'seller')} in {plural(len(handbook.teams), 'team')}"
    return HomeView(
        name=handbook.settings.name,
        period=handbook.settings.period.name,
        as_of=context.day(assessment.as_of),
        goal_total=len(assessment.goals),
        counts=context.counts(count_goals(goals), badge.GOAL),
        landmark_total=sum(landmarks.values()),
        landmarks=context.counts(landmarks, badge.LANDMARK),
        owed=_owed_groups(context, owed),
        owed_total=len(owed),
        teams=tuple(team_row(context, team) for team in handbook.top_teams),
        owed_by_leaders=len(all_owed(by_leaders)),
        ahead=tuple(_ahead(context, item) for item in ahead[:_LANDMARKS_SHOWN]),
        ahead_total=len(ahead),
        changes=latest_events(context, _CHANGES_SHOWN),
        people=people,
    )


def _owed_groups(context: ViewContext, owed: list[Owed]) -> tuple[OwedGroup, ...]:
    groups = []
    for kind, look in badge.OWED.items():
        items = [o for o in owed if o.kind == kind]
        if kind == "handover" and not items:  # unlike the others, it is news only when somebody leaves
            continue
        shown = tuple(context.owed_item(o) for o in items[:_OWED_SHOWN])
        groups.append(OwedGroup(look, len(items), sum(o.overdue for o in items), shown))
    return tuple(groups)


def _ahead(context: ViewContext, item: LandmarkDue) -> Ahead:
    return Ahead(context.ref(item.goal.full_id), landmark_row(context, item.goal, item.landmark))
