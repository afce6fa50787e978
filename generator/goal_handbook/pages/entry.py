"""An event as a short piece of HTML, for programs that show a feed."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from ..views.components import Event
from .prose import render_prose


def event_html(event: Event) -> Markup:
    """Return what happened, what changed, and what people wrote about it."""
    return Markup("\n").join(_blocks(event))


def _blocks(event: Event) -> Iterator[Markup]:
    if event.text:
        yield Markup("<p>{}</p>").format(event.text)
    if event.changes:
        changes = (Markup("<li>{}: {} → {}</li>").format(c.field, c.was, c.now) for c in event.changes)
        yield Markup("<ul>{}</ul>").format(Markup("").join(changes))
    if event.prose:
        yield render_prose(event.prose)
