"""What a feed of changes shows: adjustments, accountings, results and what changed silently, newest first."""

from __future__ import annotations

import datetime

from ..frozen import frozen
from .components import Event
from .context import ViewContext
from .timeline import TimelineEntry, latest_events

NEWS_SHOWN = 50
_RECORDS = frozenset({"adjustments", "accountings", "closed"})


@frozen
class NewsEntry:
    """An entry of the feed: its `key` is the same for ever, `full_id` is "" where the goal is gone."""

    key: str
    title: str
    event: Event
    full_id: str


@frozen
class NewsView:
    """The feed: its title, the handbook it is of, the day of its latest entry, and its entries."""

    title: str
    handbook: str
    updated: datetime.date
    entries: tuple[NewsEntry, ...]


def news_view(context: ViewContext) -> NewsView:
    """Return the view of the feed of changes."""
    name = context.assessment.handbook.settings.name
    entries = tuple(_entry(context, found) for found in latest_events(context, NEWS_SHOWN, _RECORDS))
    updated = entries[0].event.day if entries else context.assessment.as_of
    return NewsView(context.text("Changes – {handbook}", handbook=name), name, updated, entries)


def _entry(context: ViewContext, found: TimelineEntry) -> NewsEntry:
    goal = f"{found.ref.title} – {found.ref.owner.name}" if found.ref else found.title
    title = f"{context.text(found.event.badge.label)}: {goal}"
    return NewsEntry(found.key, title, found.event, found.ref.full_id if found.ref else "")
