"""What `mkdocs serve` answers after an edit of the goals: each page and file is made when a browser asks for it.

A build of MkDocs has to come before: its theme, navigation and chapters are what the pages are joined into.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from ..pages.page import Draft, Site
from .adapter import HandbookPage
from .fast import Base
from .fast.index import Entry

SEARCH_INDEX = "search/search_index.json"
#: Seconds in which somebody else can have the lock while a long file is made.
_BREATH = 0.002
#: How many files are kept for whoever asks again.
_KEPT = 16


@dataclass(frozen=True)
class Version:
    """A newer site than MkDocs has built: what makes each file, the search entries so far, and the files made last."""

    site: Site
    makers: dict[str, Callable[[], str]]
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Preview:
    """The newest site. Whoever builds, reads or makes something of it holds the lock.

    `failed` says why MkDocs' last build failed; by then MkDocs has removed the pages that it served.
    """

    base: Base | None = None
    pages: dict[str, HandbookPage] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    version: Version | None = None
    failed: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)

    def built(self, base: Base | None, pages: tuple[HandbookPage, ...], site: Site) -> None:
        """Remember what MkDocs has just built; all files are where it has written them. `pages` are those it knows."""
        self.base, self.version = base, None
        self.pages = {page.draft.route: page for page in pages}
        self.names = frozenset(self._makers(site, {})) if base else frozenset()

    def takes(self, site: Site) -> bool:
        """Show a newer site from now on; returns whether MkDocs can do without another build.

        It cannot if it would see other pages, or their titles in the navigation.
        """
        if self.base is None or [draft.route for draft in site.drafts] != self.base.routes:
            return False
        if any(draft != self.pages[draft.route].draft for draft in site.drafts if draft.route in self.pages):
            return False
        entries: dict[str, list[Entry]] = {}
        self.version = Version(site, self._makers(site, entries), entries)
        return True

    def is_gone(self, name: str) -> bool:
        """Whether a file was there in the last build and is not there any more."""
        return self.version is not None and name in self.names and name not in self.version.makers

    def has(self, name: str) -> bool:
        """Whether a file is made here, and not where MkDocs has written it."""
        return self.version is not None and name in self.version.makers

    def make(self, name: str) -> bytes | None:
        """Return a file, None where it is not made here. Raises BadTemplate."""
        if name == SEARCH_INDEX:
            return self._make_index()
        with self.lock:
            return self._make(name)

    def _make(self, name: str) -> bytes | None:
        version = self.version
        if version is None or name not in version.makers:
            return None
        if name not in version.made:
            if len(version.made) >= _KEPT:
                del version.made[next(iter(version.made))]
            version.made[name] = version.makers[name]().encode("utf-8", errors="xmlcharrefreplace")
        return version.made[name]

    def _makers(self, site: Site, entries: dict[str, list[Entry]]) -> dict[str, Callable[[], str]]:
        base = self.base
        if base is None:
            return {}
        makers: dict[str, Callable[[], str]] = {text.name: text.make for text in (*site.texts, *site.moves)}
        makers |= {base.addresses.file(draft.route): partial(self._page, draft, entries) for draft in site.drafts}
        if base.search:
            makers[SEARCH_INDEX] = partial(base.search_index, entries)
        return makers

    def _page(self, draft: Draft, entries: dict[str, list[Entry]]) -> str:
        if self.base is None:
            return ""
        html, entries[draft.route] = self.base.page(draft, self.pages.get(draft.route))
        return html

    def _make_index(self) -> bytes | None:
        """Make every page for what the index says of it; whoever wants something else comes between two of them."""
        version: Version | None = None
        left: Iterator[Draft] = iter(())
        while True:
            with self.lock:
                if self.version is not version:
                    version, left = self.version, iter(self.version.site.drafts if self.version else ())
                draft = next((d for d in left if version and d.route not in version.entries), None)
                if draft is None or version is None:
                    return self._make(SEARCH_INDEX)
                self._page(draft, version.entries)
            time.sleep(_BREATH)
