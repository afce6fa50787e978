"""What a build leaves to whoever writes pages of a newer site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...pages.page import Draft
from ...pages.routes import Addresses
from ..adapter import HandbookPage
from .index import Entry, entries_of
from .path import FastPath
from .shell import Shells, Uncertified


@dataclass(frozen=True)
class Base:
    """`routes` are those of all pages of ours, in order; `users` is what the search index says of all other pages.

    `search` is the search plugin, None without one.
    """

    addresses: Addresses
    shells: Shells
    routes: list[str]
    users: list[Entry]
    search: Any

    def page(self, draft: Draft, known: HandbookPage | None) -> tuple[str, list[Entry]]:
        """Return a page as MkDocs would write it, and its search entries; `known` is the one in the navigation."""
        if known:
            return self.shells.theme.write(known.again(draft))
        page = draft.make()
        try:
            html = self.shells.join(page, draft.source)
        except Uncertified:
            return self.shells.theme.render(page, draft.source)
        return html, entries_of(page, self.addresses.url(page.route))

    def search_index(self, entries: Mapping[str, list[Entry]]) -> str:
        """Return the search index with these entries of our pages, by route."""
        index = self.search.search_index
        index.entries[:] = self.users + [entry for route in self.routes for entry in entries[route]]
        return str(index.generate_search_index(None))


def base_of(fast: FastPath) -> Base:
    """Return what the fast path of a build that is complete leaves."""
    ours = {fast.addresses.url(route) for route in fast.routes}
    users = [entry for entry in fast.index if entry["location"].partition("#")[0] not in ours]
    return Base(fast.addresses, fast.shells, fast.routes, users, fast.search)
