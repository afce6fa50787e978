"""The list of landmarks: every one by month, those of the current month and later first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from ..frozen import frozen
from ..status.assessment import count_landmarks
from ..status.coming import LandmarkDue
from ..status.landmark import LANDMARK_STATUSES, LandmarkStatus
from ..status.landmark_months import LandmarkMonth, landmarks_by_month
from . import badge
from .components import CountView, GoalLink, Heading, LandmarkRow
from .context import ViewContext
from .filters import LEADERS, Choices, FilterGroup, team_anchors, team_choices
from .goal_card import landmark_row
from .listing import ENTRIES, Place, Sheet, Stop, Turn, sheets, turn


@frozen
class LandmarkEntry:
    """A landmark in the list: whose, what, and its `day` without the year; `filters` are the anchors that keep it."""

    ref: GoalLink
    row: LandmarkRow
    day: str
    filters: tuple[str, ...]


@frozen
class MonthView:
    """The landmarks of a month; `anchor` is `2017-11`."""

    anchor: str
    title: str
    landmarks: tuple[LandmarkEntry, ...]


@frozen
class LandmarksView:
    """A page of the list: all of it, the months of a long one, or a sheet of one of its months.

    `ahead` is the current month with those that follow, `over` the months before it, the latest first: so the page
    opens at what matters, whatever filter is set.
    """

    place: Place
    title: str
    as_of: str
    total: int
    counts: tuple[CountView, ...]
    stops: tuple[Stop, ...]
    ahead: tuple[MonthView, ...]
    over: tuple[MonthView, ...]
    filters: tuple[FilterGroup, ...]
    turn: Turn | None = None

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return nothing: the months are a list of contents themselves."""
        return ()


def landmarks_views(context: ViewContext, entries: int = ENTRIES) -> Iterator[LandmarksView]:
    """Yield the pages of the list."""
    return (sheet.make() for sheet in landmarks_sheets(context, entries))


def landmarks_sheets(context: ViewContext, entries: int = ENTRIES) -> Iterator[Sheet[LandmarksView]]:
    """Yield the pages of the list, to be made: one for up to so many landmarks, else one of months and one for each.

    A month with more of them is in the order of the teams, so that a team's landmarks are together.
    """
    assessment = context.assessment
    months = landmarks_by_month(assessment.goals.values(), assessment.as_of)
    pages = _Pages(context, months, team_anchors(assessment.handbook))
    is_whole = sum(len(month.due) for month in months) <= entries
    yield Sheet(Place(), pages.title(), pages.whole if is_whole else pages.months_only)
    if is_whole:
        return
    for month in months:
        pieces = sheets(pages.by_team(month.due) if len(month.due) > entries else month.due, entries)
        for number, piece in enumerate(pieces, 1):
            place = Place(_anchor(month), number)
            yield Sheet(place, pages.title(month), partial(pages.sheet, month, piece, place, len(pieces)))


@dataclass(frozen=True)
class _Pages:
    """Makes pages of landmarks, each with links to all months."""

    context: ViewContext
    months: Sequence[LandmarkMonth]
    anchors: Mapping[str, tuple[str, ...]]

    @cached_property
    def _teams(self) -> Choices:
        return team_choices(self.context.assessment.handbook, self.anchors, self.context.words)

    @cached_property
    def _statuses(self) -> Choices:
        labels = {status: self.context.text(badge.LANDMARK[status].label) for status in LANDMARK_STATUSES}
        return Choices(self.context.text("Status"), {f"status-{status}": label for status, label in labels.items()})

    @cached_property
    def _kinds(self) -> Choices:
        labels = {f"kind-{kind}": self.context.text(label) for kind, label in badge.KIND.items()}
        return Choices(self.context.text("Kind"), labels)

    @cached_property
    def _teams_of(self) -> dict[str, str]:
        """The team among whose goals an owner's are counted, by the owner; a leader's are in none."""
        handbook = self.context.assessment.handbook
        own = ((seller_id, handbook.own_team(seller_id)) for seller_id in handbook.sellers)
        return {seller_id: team.id for seller_id, team in own if team} | {
            team_id: team_id for team_id in handbook.teams
        }

    @cached_property
    def _counts(self) -> Mapping[LandmarkStatus, int]:
        return count_landmarks(self.context.assessment.goals.values())

    def title(self, month: LandmarkMonth | None = None) -> str:
        """The title of the list, or of one of its months."""
        text, fmt = self.context.text, self.context.fmt
        return text("Landmarks in {month}", month=fmt.month(month.span.start)) if month else text("Landmarks")

    def whole(self) -> LandmarksView:
        """The list on one page, whose months are links within it."""
        stops = tuple(
            replace(stop, anchor=_anchor(m), place=None) for stop, m in zip(self._stops(), self.months, strict=True)
        )
        ahead = [self._month(month, month.due) for month in self.months if not month.is_over]
        over = [self._month(month, month.due) for month in reversed(self.months) if month.is_over]
        return replace(self._page(Place(), self.title(), ahead, over), stops=stops)

    def months_only(self) -> LandmarksView:
        """The first page of a list whose months have pages of their own."""
        return self._page(Place(), self.title(), [], [])

    def sheet(self, month: LandmarkMonth, due: Sequence[LandmarkDue], place: Place, of: int) -> LandmarksView:
        """The landmarks of a month, or some of them."""
        view = self._month(month, due)
        page = self._page(place, self.title(month), [view], [])
        return replace(page, stops=self._stops(month), turn=turn(place, of))

    def by_team(self, due: Sequence[LandmarkDue]) -> Sequence[LandmarkDue]:
        """Landmarks in the order of the teams; those of nobody's team come last."""
        order = {team_id: at for at, team_id in enumerate(self.anchors)}
        return sorted(due, key=lambda item: order.get(self._teams_of.get(item.goal.owner_id, ""), len(order)))

    def _page(self, place: Place, title: str, ahead: list[MonthView], over: list[MonthView]) -> LandmarksView:
        carried = [entry.filters for month in (*ahead, *over) for entry in month.landmarks]
        return LandmarksView(
            place,
            title,
            self.context.as_of,
            sum(self._counts.values()),
            self.context.counts(self._counts, badge.LANDMARK),
            self._stops(),
            tuple(ahead),
            tuple(over),
            tuple(group for choices in (self._teams, self._statuses, self._kinds) for group in choices.of(carried)),
        )

    def _stops(self, here: LandmarkMonth | None = None) -> tuple[Stop, ...]:
        """Links to the months, with the one that is `here` marked, or the first that is not over."""
        current = here or next((month for month in self.months if not month.is_over), None)
        titles = self.context.fmt.months(month.span.start for month in self.months)
        return tuple(
            Stop(title, "", Place(_anchor(month)), len(month.due), month is current)
            for month, title in zip(self.months, titles, strict=True)
        )

    def _month(self, month: LandmarkMonth, due: Sequence[LandmarkDue]) -> MonthView:
        title = self.context.fmt.month(month.span.start)
        return MonthView(_anchor(month), title, tuple(self._entry(item) for item in due))

    def _entry(self, item: LandmarkDue) -> LandmarkEntry:
        row = landmark_row(self.context, item.goal, item.landmark)
        filters = (*self._whose(item.goal.owner_id), f"status-{item.landmark.status}", f"kind-{item.goal.goal.kind}")
        return LandmarkEntry(self.context.ref(item.goal.full_id), row, self.context.fmt.short_day(item.due), filters)

    def _whose(self, owner_id: str) -> tuple[str, ...]:
        if owner_id in self.context.assessment.handbook.leaders:
            return (LEADERS,)
        team = self._teams_of.get(owner_id)
        return self.anchors[team] if team else ()


def _anchor(month: LandmarkMonth) -> str:
    return month.span.start.isoformat()[:7]
