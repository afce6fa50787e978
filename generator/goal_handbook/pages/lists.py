"""The listings as pages: people, landmarks and changes. Long ones have a page for each of their parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from ..views.changes_page import ChangesView, changes_sheets
from ..views.context import ViewContext
from ..views.filters import FilterGroup
from ..views.landmarks import LandmarksView, landmarks_sheets
from ..views.listing import Place, Sheet
from ..views.people import PeopleView, people_sheets
from .page import Draft, SitePage
from .render import Renderer
from .routes import listing_route
from .search import title_only

#: What keeps a row, or a part with such a row, when a filter is the target of the address.
_FILTER = (
    ".gh-list:has(#{anchor}:target) :is(.gh-row, .gh-part)"
    ':not([data-f~="{anchor}"], :has([data-f~="{anchor}"])) {{ display: none }}\n'
)

#: What a page of a listing shows.
ViewT = TypeVar("ViewT", PeopleView, LandmarksView, ChangesView)


def list_pages(context: ViewContext, renderer: Renderer) -> Iterator[Draft]:
    """Yield the pages of all listings, to be made."""
    for people in people_sheets(context):
        yield _draft(renderer, "people", people, context.text("Everybody from A to Z"))
    for landmarks in landmarks_sheets(context):
        yield _draft(renderer, "landmarks", landmarks, context.text("Every landmark by month"))
    for changes in changes_sheets(context):
        yield _draft(renderer, "changes", changes, context.text("What was decided and what changed, by month"))


def filter_style(groups: tuple[FilterGroup, ...]) -> str:
    """Return the style sheet of the filters of a page."""
    return "".join(_FILTER.format(anchor=one.anchor) for group in groups for one in group.filters)


def _draft(renderer: Renderer, name: str, sheet: Sheet[ViewT], description: str) -> Draft:
    route = listing_route(name, sheet.place)
    return Draft(route, sheet.title, "", partial(_page, renderer, name, route, sheet.make, description))


def _page(renderer: Renderer, name: str, route: str, make: Callable[[], ViewT], description: str) -> SitePage:
    view = make()
    columns = ("navigation",) if view.headings else ("navigation", "toc")
    html = renderer.render(f"{name}.html", route, view=view)
    search = title_only(view.title) if view.place == Place() else None
    style = "" if isinstance(view, ChangesView) else filter_style(view.filters)
    return SitePage(route, view.title, description, html, view.headings, "", search, hide=columns, style=style)
