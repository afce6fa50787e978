"""The page of changes: what was decided and what changed, newest first, by month."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from .components import Heading
from .context import ViewContext
from .timeline import CHANGES_SHOWN, TimelineEntry, latest_events


@dataclass(frozen=True, slots=True)
class Month:
    """The changes of a month; `anchor` is `2017-10`."""

    anchor: str
    title: str
    changes: tuple[TimelineEntry, ...]

    @property
    def heading(self) -> Heading:
        """Return the month's heading."""
        return Heading(self.anchor, self.title)


@dataclass(frozen=True, slots=True)
class ChangesView:
    """Everything the page shows. `cut`: how many changes are shown if older ones are left out, else 0.

    `missing`: the history is incomplete.
    """

    as_of: str
    months: tuple[Month, ...]
    cut: int
    missing: bool

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings of the page's sections: its months."""
        return tuple(month.heading for month in self.months)


def changes_view(context: ViewContext) -> ChangesView:
    """Return the view of the page of changes."""
    found = latest_events(context, CHANGES_SHOWN + 1)
    months = tuple(
        Month(anchor, context.fmt.month(changes[0].event.day), changes)
        for anchor, group in groupby(found[:CHANGES_SHOWN], key=lambda one: one.event.day.isoformat()[:7])
        if (changes := tuple(group))
    )
    cut = CHANGES_SHOWN if len(found) > CHANGES_SHOWN else 0
    return ChangesView(context.day(context.assessment.as_of), months, cut, not context.history.complete)
