"""The listings as pages: people, landmarks and changes. Long ones have a page for each of their parts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..views.changes_page import ChangesView, changes_views
from ..views.context import ViewContext
from ..views.filters import FilterGroup
from ..views.landmarks import LandmarksView, landmarks_views
from ..views.listing import Place
from ..views.people import PeopleView, people_views
from .page import Draft, SitePage
from .render import Renderer
from .routes import listing_route
from .search import title_only

#: What keeps a row, or a part with such a row, when a filter is the target of the address.
_FILTER = (
    ".gh-list:has(#{anchor}:target) :is(.gh-row, .gh-part)"
    ':not([data-f~="{anchor}"], :has([data-f~="{anchor}"])) {{ display: none }}\n'
)


def list_pages(context: ViewContext, renderer: Renderer) -> Iterator[Draft]:
    """Yield the pages of all listings, to be made."""
    for people in people_views(context):
        yield _draft(renderer, "people", people, context.text("Everybody from A to Z"), people.filters)
    for landmarks in landmarks_views(context):
        yield _draft(renderer, "landmarks", landmarks, context.text("Every landmark by month"), landmarks.filters)
    for changes in changes_views(context):
        yield _draft(renderer, "changes", changes, context.text("What was decided and what changed, by month"))


def filter_style(groups: tuple[FilterGroup, ...]) -> str:
    """Return the style sheet of the filters of a page."""
    return "".join(_FILTER.format(anchor=one.anchor) for group in groups for one in group.filters)


def _draft(
    renderer: Renderer,
    name: str,
    view: PeopleView | LandmarksView | ChangesView,
    description: str,
    filters: tuple[FilterGroup, ...] = (),
) -> Draft:
    route = listing_route(name, view.place)
    return Draft(route, view.title, "", partial(_page, renderer, name, route, view, description, filters))


def _page(
    renderer: Renderer,
    name: str,
    route: str,
    view: PeopleView | LandmarksView | ChangesView,
    description: str,
    filters: tuple[FilterGroup, ...],
) -> SitePage:
    columns = ("navigation",) if view.headings else ("navigation", "toc")
    html = renderer.render(f"{name}.html", route, view=view)
    search = title_only(view.title) if view.place == Place() else None
    return SitePage(
        route, view.title, description, html, view.headings, "", search, hide=columns, style=filter_style(filters)
    )
