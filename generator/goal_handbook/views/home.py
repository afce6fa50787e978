"""The first page: what needs something, what is under way, what is done; the teams; what comes next."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ..status.assessment import Owed, all_owed, count_goals
from ..status.coming import Coming, LandmarkDue, StepDue, coming
from ..status.goal import NEED_SOMETHING, GoalStatus
from ..words import N_
from . import badge
from .components import CountView, GoalLink, Heading, OwedView
from .context import ViewContext, distance
from .heatmap import TeamsTable
from .teams import top_table
from .timeline import TimelineEntry, latest_events

#: How many days the first page looks ahead.
HOME_DAYS = 14
_OWED_SHOWN = 5
_AHEAD_SHOWN = 16
_CHANGES_SHOWN = 8

#: The three groups of goals, with the statuses in each.
_GROUPS: tuple[tuple[str, tuple[GoalStatus, ...]], ...] = (
    (N_("Need something"), NEED_SOMETHING),
    (N_("Under way"), ("on-track", "not-started")),
    (N_("Done"), ("achieved", "closed")),
)


@dataclass(frozen=True, slots=True)
class StatusGroup:
    """Goals in the same situation: how many, how many of each status, and how that compares with last month's end."""

    title: str
    total: int
    since: str
    counts: tuple[CountView, ...]


@dataclass(frozen=True, slots=True)
class OwedGroup:
    """Everything of one kind that is owed: how many things, and how many of them for too long."""

    badge: badge.Badge
    total: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """A landmark or a step of a plan that is due: its badge, whose it is, and what."""

    badge: badge.Badge
    ref: GoalLink
    what: str


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A day of the next days, and what is due on it."""

    day: str
    distance: str
    items: tuple[Ahead, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything the first page shows.

    `oldest` are the things that have been owed for longest, and `owed_by_leaders` what of `owed_total` is not in the
    teams' counts. `reviews_ahead` is the number of reviews that are due in the next days.
    """

    name: str
    period: str
    people: str
    as_of: str
    groups: tuple[StatusGroup, ...]
    owed: tuple[OwedGroup, ...]
    owed_total: int
    oldest: tuple[OwedView, ...]
    teams: TeamsTable
    owed_by_leaders: int
    ahead: tuple[DayAhead, ...]
    ahead_total: int
    ahead_more: int
    reviews_ahead: int
    changes: tuple[TimelineEntry, ...]
    headings: tuple[Heading, ...]


def home_view(context: ViewContext) -> HomeView:
    """Return the view of the first page."""
    assessment, handbook = context.assessment, context.assessment.handbook
    goals = assessment.goals.values()
    ahead = coming(goals, HOME_DAYS)
    shown = [item for item in ahead if item.kind != "review"]
    owed, by_leaders = all_owed(goals), (g for i in handbook.leaders for g in assessment.by_owner[i])
    sellers = handbook.employed(handbook.sellers.values())
    return HomeView(
        name=handbook.settings.name,
        period=handbook.settings.period.name,
        people=context.text(
            "{sellers} in {teams}",
            sellers=context.plural("{n} seller", "{n} sellers", len(sellers)),
            teams=context.plural("{n} team", "{n} teams", len(handbook.teams)),
        ),
        as_of=context.as_of,
        groups=_status_groups(context),
        owed=_owed_groups(owed),
        owed_total=len(owed),
        oldest=tuple(context.owed_item(o) for o in sorted(owed, key=lambda o: -o.days)[:_OWED_SHOWN]),
        teams=top_table(context),
        owed_by_leaders=len(all_owed(by_leaders)),
        ahead=_by_day(context, shown[:_AHEAD_SHOWN]),
        ahead_total=len(shown),
        ahead_more=max(0, len(shown) - _AHEAD_SHOWN),
        reviews_ahead=len(ahead) - len(shown),
        changes=latest_events(context, _CHANGES_SHOWN),
        headings=(
            Heading("_teams", context.text("Teams")),
            Heading("_owed", context.text("What's owed")),
            Heading("_next", context.text("The next {n} days", n=HOME_DAYS)),
            Heading("_changes", context.text("Latest changes")),
        ),
    )


def _status_groups(context: ViewContext) -> tuple[StatusGroup, ...]:
    counts = count_goals(context.assessment.goals.values())
    last = context.assessment.months[-1:]
    groups = []
    for title, statuses in _GROUPS:
        inside = {status: counts[status] for status in statuses if status in counts}
        total = sum(inside.values())
        before = sum(status in statuses for status in last[0].statuses.values()) if last else total
        since = _compared(context, total - before, context.fmt.short_day(last[0].on)) if last else ""
        groups.append(StatusGroup(context.text(title), total, since, context.counts(inside, badge.GOAL)))
    return tuple(groups)


def _compared(context: ViewContext, more: int, day: str) -> str:
    """How a number compares with that of a day: `3 more than on Sep 30`."""
    if not more:
        return context.text("as many as on {day}", day=day)
    if more > 0:
        return context.text("{n} more than on {day}", n=more, day=day)
    return context.text("{n} fewer than on {day}", n=-more, day=day)


def _owed_groups(owed: list[Owed]) -> tuple[OwedGroup, ...]:
    by_kind = ((look, [o for o in owed if o.kind == kind]) for kind, look in badge.OWED.items())
    return tuple(OwedGroup(look, len(items), sum(o.overdue for o in items)) for look, items in by_kind if items)


def _by_day(context: ViewContext, items: Iterable[Coming]) -> tuple[DayAhead, ...]:
    def day(item: Coming) -> tuple[datetime.date, int]:
        return item.due, item.days_left

    return tuple(
        DayAhead(context.day(due), distance(left, context.words), tuple(_ahead(context, item) for item in same_day))
        for (due, left), same_day in groupby(items, key=day)
    )


def _ahead(context: ViewContext, item: Coming) -> Ahead:
    ref = context.ref(item.goal.full_id)
    if isinstance(item, StepDue):
        return Ahead(badge.NEXT["step"], ref, context.step(item.step))
    look = badge.LANDMARK[item.landmark.status] if isinstance(item, LandmarkDue) else badge.NEXT[item.kind]
    return Ahead(look, ref, context.landmark(item.goal.goal, item.name))
