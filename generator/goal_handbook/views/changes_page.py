"""The list of changes: what was decided and what changed, by month; what changes something first."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import accumulate

from ..frozen import frozen
from .components import Heading, SharedCommit
from .context import ViewContext
from .listing import Place, Sheet, Stop, Turn, sheets, turn
from .origin import shared_commit, without_commit
from .timeline import Decision, TimelineEntry, decision_entry, decisions

#: A decision with its reasons is some 2 kB of HTML, so that a sheet is as long as one of the other lists.
DECISIONS = 100


@frozen
class MonthView:
    """What was decided in a month, or a sheet of it; `anchor` is `2017-10`.

    `changes` are adjustments, accountings, results and silent changes, newest first. Then come the agreements, and how
    many reviews there were. Below `heading` is that of the agreements. `whole` is where all of it begins, None where
    this is all. `shared_commit` is that of its entries, where nearly all came in one.
    """

    anchor: str
    title: str
    changes: tuple[TimelineEntry, ...]
    agreements: tuple[TimelineEntry, ...]
    reviews: int
    heading: Heading
    shared_commit: SharedCommit | None = None
    whole: Place | None = None


@frozen
class ChangesView:
    """A page of the list: the latest months, or a sheet of one month. `stops` are all months, the latest first.

    `missing`: the history is incomplete.
    """

    place: Place
    title: str
    as_of: str
    months: tuple[MonthView, ...]
    stops: tuple[Stop, ...]
    missing: bool
    turn: Turn | None = None

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings of the page's sections: its months."""
        return tuple(month.heading for month in self.months)


def changes_views(context: ViewContext, entries: int = DECISIONS) -> Iterator[ChangesView]:
    """Yield the pages of the list."""
    return (sheet.make() for sheet in changes_sheets(context, entries))


def changes_sheets(context: ViewContext, entries: int = DECISIONS) -> Iterator[Sheet[ChangesView]]:
    """Yield the pages of the list, to be made: the latest months with up to so many decisions, then each month."""
    pages = _Pages(context, _by_month(context), _reviews_by_month(context), entries)
    yield Sheet(Place(), pages.title(), pages.latest)
    for month in pages.months:
        pieces = pages.pieces(month)
        for number, piece in enumerate(pieces, 1):
            make = partial(pages.sheet, month, piece, number, len(pieces))
            yield Sheet(Place(month, number), pages.title(month), make)


def _by_month(context: ViewContext) -> dict[str, list[Decision]]:
    """Decisions by month (`2017-10`): what changes something first, of these and of the agreements the newest."""
    found: dict[str, list[Decision]] = defaultdict(list)
    newest_first = sorted(decisions(context), key=lambda decision: decision.order, reverse=True)
    for decision in sorted(newest_first, key=_is_agreement):
        found[_month_of(decision.day)].append(decision)
    return found


def _reviews_by_month(context: ViewContext) -> Counter[str]:
    goals = context.assessment.goals.values()
    return Counter(_month_of(review.on) for state in goals for review in state.goal.reviews)


@dataclass(frozen=True)
class _Pages:
    """Makes pages of changes from the decisions and the number of reviews of each month."""

    context: ViewContext
    decided: Mapping[str, Sequence[Decision]]
    reviews: Mapping[str, int]
    entries: int

    @cached_property
    def months(self) -> Sequence[str]:
        """The months in which anything was decided or reviewed, the latest first."""
        return sorted({*self.decided, *self.reviews}, reverse=True)

    def pieces(self, month: str) -> Sequence[Sequence[Decision]]:
        """Return the decisions of a month in sheets; one without any where there were only reviews."""
        return sheets(self.decided.get(month, ()), self.entries) or [()]

    def title(self, month: str = "") -> str:
        """The title of the list, or of one of its months."""
        text, fmt = self.context.text, self.context.fmt
        return text("Changes in {month}", month=fmt.month(_first_day(month))) if month else text("Changes")

    def latest(self) -> ChangesView:
        """The latest months, as many as fit on a page; of one that alone is too long, the first sheet."""
        totals = accumulate(len(self.decided.get(month, ())) for month in self.months)
        fitting = [month for month, total in zip(self.months, totals, strict=True) if total <= self.entries]
        if not fitting and self.months:
            month = self.months[0]
            shown = [replace(self._month(month, self.pieces(month)[0]), whole=Place(month))]
        else:
            shown = [self._month(month, self.decided.get(month, ())) for month in fitting]
        return self._page(Place(), self.title(), tuple(shown))

    def sheet(self, month: str, piece: Sequence[Decision], number: int, of: int) -> ChangesView:
        """A month, or some of its decisions."""
        place, view = Place(month, number), self._month(month, piece)
        return replace(self._page(place, self.title(month), (view,)), turn=turn(place, of))

    def _page(self, place: Place, title: str, months: tuple[MonthView, ...]) -> ChangesView:
        as_of, missing = self.context.as_of, not self.context.history.complete
        stops = tuple(
            Stop(title, "", Place(month), len(self.decided.get(month, ())), month == place.part)
            for month, title in zip(self.months, self.context.fmt.months(map(_first_day, self.months)), strict=True)
        )
        return ChangesView(place, title, as_of, months, stops, missing)

    def _month(self, month: str, decided: Sequence[Decision]) -> MonthView:
        entries = [decision_entry(self.context, one) for one in decided]
        shared = shared_commit(self.context, (entry.event for entry in entries))
        if shared:
            entries = [replace(entry, event=without_commit(entry.event, shared)) for entry in entries]
        first_agreed = len(decided) - sum(map(_is_agreement, decided))
        changes, agreements = tuple(entries[:first_agreed]), tuple(entries[first_agreed:])
        title, agreed = (
            self.context.fmt.month(_first_day(month)),
            Heading(f"{month}-agreed", self.context.text("Agreements")),
        )
        heading = Heading(month, title, (agreed,) if agreements else ())
        return MonthView(month, title, changes, agreements, self.reviews.get(month, 0), heading, shared)


def _is_agreement(decision: Decision) -> bool:
    return decision.name == "agreed"


def _first_day(month: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{month}-01")


def _month_of(day: datetime.date) -> str:
    return day.isoformat()[:7]
