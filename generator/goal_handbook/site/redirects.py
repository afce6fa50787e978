"""Files that redirect: each goal's permanent address, and every old id of an owner or a goal."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..model.handbook import Handbook
from ..pages.page import TextFile
from ..pages.redirect import redirect_page
from ..pages.routes import Addresses, PageUrls, goal_route, owner_route


def redirects(handbook: Handbook, addresses: Addresses, language: str) -> Iterator[TextFile]:
    """Yield each such file."""
    for old, route, anchor, title in _moves(handbook):
        url = PageUrls(addresses, old).to(route) + anchor
        yield TextFile(addresses.file(old), partial(redirect_page, url, title, language))


def _moves(handbook: Handbook) -> Iterator[tuple[str, str, str, str]]:
    """Yield the old route, the page that has it now, the anchor there and what it is called."""
    for old, owner_id in handbook.renamed_owners.items():
        owner = handbook.owners[owner_id]
        yield owner_route(owner.kind, old), owner_route(owner.kind, owner_id), "", owner.name
    for old, full_id in {**dict(zip(handbook.goals, handbook.goals, strict=True)), **handbook.renamed_goals}.items():
        owner_id, _, goal_id = full_id.partition("/")
        owner, title = handbook.owners[owner_id], handbook.goals[full_id].title
        yield goal_route(old), owner_route(owner.kind, owner_id), f"#{goal_id}", f"{title} – {owner.name}"
