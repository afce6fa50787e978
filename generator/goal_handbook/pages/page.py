"""A page of the site as one plain value, before any engine knows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ..frozen import frozen
from ..views.components import Heading
from .chapters import Chapters
from .search import SearchEntry


@frozen
class NavEntry:
    """An entry of the navigation, with those below it; `title` is plain text."""

    title: str
    route: str
    children: tuple[NavEntry, ...] = ()


@frozen
class Link:
    """An address and what it leads to, as plain text."""

    url: str
    title: str


@frozen
class SitePage:
    """A page: its route, title and description, its HTML and table of contents, and its YAML file below goals_dir.

    `search` is what the search index has instead of the page's own text, None for a page it leaves out;
    `tags` are words by which it is found before all others.
    `hide` names the theme's side columns that the page does without; `style` is CSS for this page alone. `feed` and
    `calendar` lead, as this page writes addresses, to the feed of changes and to the page's calendar, if there are any.

    `branch` is the part of the navigation that this page shows below "Teams": the way down to it and its siblings,
    never everyone, so that a page costs the same whether ten people have goals or ten thousand.

    A page of the past says which day it is of (`stood_on`, in words); beside today's it is in a `folder` of that day.
    """

    route: str
    title: str
    description: str
    html: str
    headings: tuple[Heading, ...]
    source: str
    search: tuple[SearchEntry, ...] | None = ()
    hide: tuple[str, ...] = ()
    branch: tuple[NavEntry, ...] = ()
    tags: tuple[str, ...] = ()
    feed: Link | None = None
    calendar: Link | None = None
    style: str = ""
    stood_on: str = ""
    folder: str = ""


@frozen
class Draft:
    """A page before it is made: what an engine has to know of all pages before it writes the first.

    `stood_on` is as the page's own; `make` makes the page, so that no more of a site is held than is being written.
    """

    route: str
    title: str
    source: str
    make: Callable[[], SitePage] = field(compare=False)
    stood_on: str = ""


@frozen
class TextFile:
    """A plain file: what makes its text when it is written; a long one can also be written in `pieces`."""

    name: str
    make: Callable[[], str] = field(compare=False)
    pieces: Callable[[], Iterable[str]] | None = field(default=None, compare=False)


def in_pieces(name: str, pieces: Callable[[], Iterable[str]]) -> TextFile:
    """Return a long file, which need never be held whole."""
    return TextFile(name, lambda: "".join(pieces()), pieces)


@dataclass(frozen=True)
class Site:
    """Everything the plugin hands to its engine, each to be made: pages, plain files, and pages that redirect.

    `chapters` makes what the user's own pages place.
    """

    drafts: tuple[Draft, ...]
    texts: tuple[TextFile, ...]
    moves: tuple[TextFile, ...]
    chapters: Chapters = field(compare=False)

    @cached_property
    def pages(self) -> tuple[SitePage, ...]:
        """All pages, made at once."""
        return tuple(draft.make() for draft in self.drafts)

    @cached_property
    def files(self) -> tuple[tuple[str, str], ...]:
        """All plain files, made at once, by name."""
        return tuple((file.name, file.make()) for file in self.texts)

    @cached_property
    def redirects(self) -> tuple[tuple[str, str], ...]:
        """All pages that redirect, made at once, by the name of their file."""
        return tuple((file.name, file.make()) for file in self.moves)
