"""What differs between two pages of one kind, taken out of them: each value leaves a mark in its slot.

A mark shows in the theme's output where the value goes, and what the theme does to it on the way: each mark of a text
holds characters that every kind of escaping changes in its own way.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import markupsafe

from ...pages.page import Link, NavEntry, SitePage
from ...views.components import Heading

#: The slots that every page has: its own HTML, and the entries of its table of contents.
CONTENT, TOC = 0, 1

#: Private characters of Unicode: no text of a theme has them.
_BEGIN, _END, NEXT = "\ue000", "\ue001", "\ue002"
_PROBE = " &\"'<  "
#: Part of an address, in which only letters and digits are sure to stay what they are.
_NAME = "goalhandbookslot{}z"
#: The theme looks for a heading in the HTML of a page, and makes one where there is none.
_HEADING = "<h1 data-slot>"
_MARK = re.compile(rf"(?:{_HEADING})?{_BEGIN}(\d+)([^{_END}]*){_END}|{_NAME.format('([0-9]+)')}")

#: The parts of a route that say what kind of page it is, wherever they are.
_KINDS = frozenset({"index", "sheets"})

Form = Callable[[str], str]


class UnknownForm(Exception):
    """The theme does something to a value that is not known here."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A page without what is its own: the same for all pages of a kind. `values` has the slots' content, by number."""

    page: SitePage
    values: list[str] = field(compare=False)


@dataclass
class Slots:
    """Takes values and gives marks for them. The same name gets the same mark: a page is among its own siblings."""

    values: list[str] = field(default_factory=lambda: ["", ""])
    names: dict[str, str] = field(default_factory=dict)

    def text(self, value: str) -> str:
        """Return the mark of a text that the theme escapes; "" stays "", for which themes look."""
        return f"{_BEGIN}{self._take(value)}{_PROBE}{_END}" if value else ""

    def name(self, value: str) -> str:
        """Return the mark of a part of an address."""
        if value not in self.names:
            self.names[value] = _NAME.format(self._take(value))
        return self.names[value]

    def route(self, route: str, folder: str) -> str:
        """Return a route with marks for its names: what is left says what kind of page it is, and how deep."""
        first, *names = route.removeprefix(folder).split("/")
        return folder + "/".join([first, *(n if n in _KINDS else self.name(n) for n in names)])

    def _take(self, value: str) -> int:
        self.values.append(value)
        return len(self.values) - 1


def blank_of(page: SitePage, source: str) -> Blank:
    """Return a page without what is its own; `source` is its YAML file, "" for none."""
    slots = Slots()
    slots.values[CONTENT] = page.html
    blank = replace(
        page,
        route=slots.route(page.route, page.folder),
        title=slots.text(page.title),
        description=slots.text(page.description),
        html=(_HEADING if "<h1" in page.html else "") + mark(CONTENT),
        headings=_first(page.headings, slots),
        source=_source(source, slots),
        search=None if page.search is None else (),
        branch=tuple(_entry(entry, slots, page.folder) for entry in page.branch),
        tags=(),
        feed=_link(page.feed, slots),
        calendar=_link(page.calendar, slots),
        style=slots.text(page.style) and mark(len(slots.values) - 1),
    )
    return Blank(blank, slots.values)


def mark(number: int, between: str = "") -> str:
    """Return the mark of HTML, which no theme escapes; of a list, what the theme puts between its entries."""
    return f"{_BEGIN}{number}{between}{_END}"


def split(output: str) -> list[str | tuple[int, Form]]:
    """Return the theme's output with each mark as its slot's number and what is done to the value there.

    Raises UnknownForm.
    """
    pieces: list[str | tuple[int, Form]] = []
    at = 0
    for found in _MARK.finditer(output):
        number, probe, name = found.groups()
        slot = int(number or name)
        form = _joined_by(probe) if slot == TOC else _FORMS.get(probe or "")
        if form is None:
            raise UnknownForm(probe)
        pieces += (output[at : found.start()], (slot, form))
        at = found.end()
    return [*pieces, output[at:]]


def _source(source: str, slots: Slots) -> str:
    folder, slash, file = source.rpartition("/")
    name, _, ending = file.partition(".")
    return f"{folder}{slash}{slots.name(name)}.{ending}" if slash else source


def _first(headings: tuple[Heading, ...], slots: Slots) -> tuple[Heading, ...]:
    """The first headings, in place of all: the list of them has a slot of its own.

    The first is also where the theme leads from the top of the page; between it and the second is what is between all.
    """
    return tuple(Heading(slots.name(h.anchor), slots.text(h.title)) for h in headings[:2])


def _entry(entry: NavEntry, slots: Slots, folder: str) -> NavEntry:
    below = tuple(_entry(child, slots, folder) for child in entry.children)
    return NavEntry(slots.text(entry.title), slots.route(entry.route, folder), below)


def _link(link: Link | None, slots: Slots) -> Link | None:
    return link and Link(slots.text(link.url), link.title)


def _joined_by(between: str) -> Form:
    return lambda entries: entries.replace(NEXT, between)


def _as_it_is(value: str) -> str:
    return value


def _in_one_line(value: str) -> str:
    """What Jinja's `striptags` does to a text that was escaped."""
    return " ".join(value.split())


def _by_html(value: str) -> str:
    return html.escape(value)


def _by_markupsafe(value: str) -> str:
    return str(markupsafe.escape(value))


def _in_one_line_by_markupsafe(value: str) -> str:
    return _by_markupsafe(_in_one_line(value))


#: What a theme can do to a text, by what becomes of the probe.
_FORMS: dict[str, Form] = {
    "": _as_it_is,
    _PROBE: _as_it_is,
    _by_html(_PROBE): _by_html,
    _by_markupsafe(_PROBE): _by_markupsafe,
    f" {_PROBE.strip()} ": _in_one_line,
    f" {_by_markupsafe(_PROBE.strip())} ": _in_one_line_by_markupsafe,
}
