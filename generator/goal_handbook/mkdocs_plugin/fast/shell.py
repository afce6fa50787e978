"""The theme's shell for each kind of page: learned from one page without content, and proved on real ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ...pages.page import SitePage
from ...pages.routes import Addresses
from ...views.components import Heading
from .index import Entry, entries_of
from .slots import CONTENT, NEXT, TOC, Form, Slots, UnknownForm, blank_of, mark, split

#: After the first page of each kind, one of so many is rendered by the theme as well, and compared.
_SAMPLED = 128

Pieces = list[str | tuple[int, Form]]


class Uncertified(Exception):
    """A page joined into its shell is not what the theme makes of it; the text says which page."""


class Theme(Protocol):
    """What renders pages as MkDocs does."""

    def render(self, page: SitePage, source: str) -> tuple[str, list[Entry]]:
        """Return a page as the theme renders it, and the search plugin's entries of it."""

    def write(self, page: Any) -> tuple[str, list[Entry]]:
        """Do the same for a page of MkDocs' that is in the navigation."""

    def toc_entry(self, heading: Heading) -> str:
        """Return what the theme makes of an entry of a table of contents. Raises UnknownForm."""


@dataclass
class Shells:
    """Joins pages into the theme's shells. Each kind of page is rendered by the theme twice, however many there are."""

    theme: Theme
    addresses: Addresses
    shells: dict[SitePage, Pieces] = field(default_factory=dict)
    entries: dict[object, Pieces] = field(default_factory=dict)
    joined: int = 0

    def join(self, page: SitePage, source: str) -> str:
        """Return a page as the theme would render it. Raises Uncertified."""
        blank = blank_of(page, source)
        shell = self.shells.get(blank.page)
        is_new = shell is None
        try:
            if shell is None:
                shell = self.shells[blank.page] = self._learn(blank.page)
            blank.values[TOC] = NEXT.join(map(self._entry, page.headings))
        except UnknownForm:
            raise Uncertified(page.route) from None
        html = fill(shell, blank.values)
        self.joined += 1
        if is_new or not self.joined % _SAMPLED:
            joined = html, entries_of(page, self.addresses.url(page.route))
            if joined != self.theme.render(page, source):
                raise Uncertified(page.route)
        return html

    def _learn(self, blank: SitePage) -> Pieces:
        output, _ = self.theme.render(blank, blank.source)
        if blank.headings:
            entries = r"(\s*)".join(re.escape(self.theme.toc_entry(heading)) for heading in blank.headings)
            output = re.sub(entries, lambda found: mark(TOC, "".join(found.groups())), output)
        pieces = split(output)
        if not any(isinstance(piece, tuple) and piece[0] == CONTENT for piece in pieces):
            raise UnknownForm("a page without its content")
        return pieces

    def _entry(self, heading: Heading) -> str:
        shape, slots = _shape(heading), Slots()
        blank = _blank(heading, slots)
        if shape not in self.entries:
            self.entries[shape] = split(self.theme.toc_entry(blank))
        return fill(self.entries[shape], slots.values)


def fill(pieces: Pieces, values: Sequence[str]) -> str:
    """Return a shell with these values in its slots."""
    return "".join([piece if isinstance(piece, str) else piece[1](values[piece[0]]) for piece in pieces])


def _shape(heading: Heading) -> object:
    return tuple(map(_shape, heading.children))


def _blank(heading: Heading, slots: Slots) -> Heading:
    anchor, title = slots.name(heading.anchor), slots.text(heading.title)
    return Heading(anchor, title, tuple(_blank(child, slots) for child in heading.children))
