"""Calendars to subscribe to (RFC 5545): one for all, and one for each team, leader and seller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from ..model.people import AnyOwner
from ..pages.page import TextFile, in_pieces
from ..pages.routes import CALENDAR, Addresses, calendar_of, owner_route
from ..views.context import ViewContext
from ..views.schedule import ScheduleEntry, schedule
from .content_lines import content_line, text_line
from .identity import stable_id
from .text import allowed, one_line

#: A calendar must hold something (RFC 5545, 3.6), and this shows nothing.
_NOTHING = (
    "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n"
    "TZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)
_BEGIN = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Goal Handbook//Goal Handbook//EN\r\nMETHOD:PUBLISH\r\n"
_DAILY = "REFRESH-INTERVAL;VALUE=DURATION:P1D\r\nX-PUBLISHED-TTL:P1D\r\n"
_END = "END:VCALENDAR\r\n"


def calendar_files(context: ViewContext, addresses: Addresses) -> Iterator[TextFile]:
    """Yield every calendar."""
    handbook, calendars = context.assessment.handbook, _Calendars(context, addresses)
    yield in_pieces(CALENDAR, calendars.everybodys)
    for owner in handbook.owners.values():
        yield TextFile(calendar_of(owner_route(owner.kind, owner.id)), partial(calendars.owners, owner))


@dataclass
class _Calendars:
    """Makes calendars. An event is written once, however many of them it is in."""

    context: ViewContext
    addresses: Addresses

    def everybodys(self) -> Iterator[str]:
        return _calendar(self.context.assessment.handbook.settings.name, (event for event, _ in self._events))

    def owners(self, owner: AnyOwner) -> str:
        title = f"{owner.name} ({self.context.assessment.handbook.settings.name})"
        return "".join(_calendar(title, self._by_owner.get(owner.id, ())))

    @cached_property
    def _events(self) -> list[tuple[str, Iterable[str]]]:
        """Every event, and whose calendars it is in."""
        stamp = f"{self.context.assessment.as_of:%Y%m%d}T000000Z"
        entries = schedule(self.context)
        return [(_event(self.context, entry, self.addresses, stamp), entry.calendars) for entry in entries]

    @cached_property
    def _by_owner(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for event, calendars in self._events:
            for owner_id in calendars:
                found.setdefault(owner_id, []).append(event)
        return found


def _calendar(title: str, events: Iterable[str]) -> Iterator[str]:
    yield _BEGIN
    yield from (text_line(name, one_line(title)) for name in ("NAME", "X-WR-CALNAME"))  # RFC 7986's, and what most read
    yield _DAILY
    is_empty = True
    for event in events:
        yield event
        is_empty = False
    if is_empty:
        yield _NOTHING
    yield _END


def _event(context: ViewContext, entry: ScheduleEntry, addresses: Addresses, stamp: str) -> str:
    """An event of one whole day. Its time stamp is the status date, so that the same goals give the same bytes.

    It does not make anybody busy (`TRANSPARENT`).
    """
    summary = text_line("SUMMARY", one_line(entry.summary))
    description = text_line("DESCRIPTION", allowed(entry.description))
    url = content_line("URL", addresses.permanent(entry.full_id)) if addresses.site else ""
    return (
        f"BEGIN:VEVENT\r\n{summary}DTSTART;VALUE=DATE:{entry.day:%Y%m%d}\r\nDTSTAMP:{stamp}\r\n"
        f"UID:{stable_id(context, entry.key)}\r\n{description}TRANSP:TRANSPARENT\r\n{url}END:VEVENT\r\n"
    )
