"""Calendars to subscribe to (RFC 5545): one for all, and one for each team, leader and seller."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from icalendar import Calendar, Event, vText

from ..pages.routes import CALENDAR, Addresses, calendar_of, owner_route
from ..views.context import ViewContext
from ..views.schedule import ScheduleEntry, schedule
from .identity import stable_id
from .text import allowed, one_line

_DAILY = "P1D"
#: A calendar must hold something (RFC 5545, 3.6), and this shows nothing.
_NOTHING = (
    "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n"
    "TZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


def calendar_files(context: ViewContext, addresses: Addresses) -> Iterator[tuple[str, str]]:
    """Yield every calendar with its path. An event is written once, however many calendars it is in."""
    handbook = context.assessment.handbook
    everything: list[str] = []
    events: dict[str, list[str]] = {owner_id: [] for owner_id in handbook.owners}
    for entry in schedule(context):
        event = _event(context, entry, addresses)
        everything.append(event)
        for owner_id in entry.calendars:
            if owner_id in events:
                events[owner_id].append(event)
    yield CALENDAR, _calendar(handbook.settings.name, everything)
    for owner in handbook.owners.values():
        title = f"{owner.name} ({handbook.settings.name})"
        yield calendar_of(owner_route(owner.kind, owner.id)), _calendar(title, events[owner.id])


def _calendar(title: str, events: Iterable[str]) -> str:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Goal Handbook//Goal Handbook//EN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):  # the standard's (RFC 7986), and what most programs read
        calendar.add(name, one_line(title))
    calendar.add("refresh-interval", vText(_DAILY), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", _DAILY)
    last_line = "END:VCALENDAR\r\n"
    return str(calendar.to_ical(), "utf-8").removesuffix(last_line) + ("".join(events) or _NOTHING) + last_line


def _event(context: ViewContext, entry: ScheduleEntry, addresses: Addresses) -> str:
    """An event of one whole day. Its time stamp is the status date, so that the same goals give the same bytes."""
    event = Event()
    event.add("uid", str(stable_id(context, entry.key)))
    event.add("dtstamp", datetime.datetime.combine(context.assessment.as_of, datetime.time(), datetime.UTC))
    event.add("dtstart", entry.day)
    event.add("summary", one_line(entry.summary))
    event.add("description", allowed(entry.description))
    event.add("transp", "TRANSPARENT")  # it does not make anybody busy
    if addresses.site:
        event.add("url", addresses.permanent(entry.full_id))
    return str(event.to_ical(), "utf-8")
