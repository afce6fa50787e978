"""The page of changes: what was decided and what moved, newest first, by month."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from .context import ViewContext
from .timeline import CHANGES_SHOWN, Happened, latest


@dataclass(frozen=True, slots=True)
class Month:
    """The changes of a month; `anchor` is `2017-10`."""

    anchor: str
    title: str
    changes: tuple[Happened, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """Everything the page shows. `cut`: older ones are left out; `missing`: git has not told everything."""

    as_of: str
    months: tuple[Month, ...]
    cut: int
    missing: bool


def changes_view(context: ViewContext) -> ChangesView:
    """The view of the page of changes."""
    found = latest(context, CHANGES_SHOWN)
    months = tuple(
        Month(anchor, context.fmt.month(changes[0].event.day), changes)
        for anchor, group in groupby(found, key=lambda one: one.event.day.isoformat()[:7])
        if (changes := tuple(group))
    )
    cut = CHANGES_SHOWN if len(found) == CHANGES_SHOWN else 0
    return ChangesView(context.day(context.assessment.as_of), months, cut, not context.history.complete)
