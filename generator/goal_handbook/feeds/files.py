"""All files for other programs, in one place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..pages.page import TextFile
from ..pages.routes import CHANGES_FEED, DATA_SCHEMA, Addresses
from ..views.context import ViewContext
from .atom import changes_feed
from .badges import badge_files
from .calendars import calendar_files
from .readings import readings_files
from .schema import data_schema_text


def feed_files(context: ViewContext, addresses: Addresses) -> Iterator[TextFile]:
    """Yield every file, to be made. Each is as long as what it is about, however many others there are."""
    yield TextFile(CHANGES_FEED, partial(changes_feed, context, addresses))
    yield TextFile(DATA_SCHEMA, data_schema_text)
    yield from calendar_files(context, addresses)
    yield from badge_files(context)
    yield from readings_files(context)
