"""The pages of snapshots: each a whole site in a folder of its day, with a strip of days on every page."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ..figures import Formatter
from ..model.handbook import Handbook
from ..pages.page import Draft, NavEntry, Site, SitePage
from ..pages.render import Renderer
from ..pages.routes import HOME, STYLE, day_folder, owner_route
from ..site import SiteSettings, site_of
from ..views.walk import Stop, WalkView, stops_of
from .take import Snapshot


def with_snapshots(site: Site, snapshots: Sequence[Snapshot], handbook: Handbook, settings: SiteSettings) -> Site:
    """Return today's site with a folder for each snapshot, and on all their pages the way from day to day.

    `handbook` is today's. Raises BadTemplate.
    """
    if not snapshots:
        return site
    fmt = Formatter(handbook.settings, settings.words)
    sites = {snapshot.day: _in_folder(_site_of(snapshot, settings), day_folder(snapshot.day)) for snapshot in snapshots}
    walk = _Walk(fmt, _names(handbook), {None: _routes(site), **{day: _routes(s) for day, s in sites.items()}})
    renderer = Renderer(settings.addresses, fmt, settings.overrides)
    drafts = [_with_strip(draft, renderer, walk.view(draft.route)) for draft in site.drafts]
    for snapshot in snapshots:
        for draft in sites[snapshot.day].drafts:
            view = _said(walk.view(draft.route, snapshot.day), snapshot, fmt, settings)
            drafts.append(_with_strip(draft, renderer, view))
    everything = (site, *sites.values())
    texts = tuple(file for one in everything for file in one.texts)
    moves = tuple(file for one in everything for file in one.moves)
    return Site(tuple(drafts), texts, moves, site.chapters)


def site_at(snapshot: Snapshot, settings: SiteSettings) -> Site:
    """Return a site of one snapshot alone, each page of which says which day it is of. Raises BadTemplate."""
    fmt = Formatter(snapshot.assessment.handbook.settings, settings.words)
    renderer = Renderer(settings.addresses, fmt, settings.overrides)
    site, view = _site_of(snapshot, settings), _said(WalkView((), None), snapshot, fmt, settings)
    return replace(site, drafts=tuple(_with_strip(replace(draft, source=""), renderer, view) for draft in site.drafts))


@dataclass(frozen=True)
class _Walk:
    """The way from day to day: the routes of each day's pages (today's for None), and the `names` of renamed ones."""

    fmt: Formatter
    names: Mapping[str, tuple[str, ...]]
    routes: Mapping[datetime.date | None, frozenset[str]]

    def view(self, route: str, here: datetime.date | None = None) -> WalkView:
        """Return the strip of a page: links to it on the other days, or to what a day without it has in its place."""
        name = route.removeprefix(day_folder(here)) if here else route
        days = [day for day in self.routes if day]
        stops = stops_of(self.fmt, days, here, lambda day: self._on(name, day))
        return WalkView(stops, Stop("", self._on(name, None), here is None))

    def _on(self, name: str, day: datetime.date | None) -> str:
        folder = day_folder(day) if day else ""
        called = (folder + one for one in (name, *self.names.get(name, ()), *_above(name)))
        return next((route for route in called if route in self.routes[day]), folder + HOME)


def _above(name: str) -> Iterator[str]:
    """The pages that a page is a part of, the nearest first, as `landmarks/2017-11` is one of `landmarks/index`."""
    while "/" in name:
        name = name.rpartition("/")[0]
        yield from (name, f"{name}/index")


def _names(handbook: Handbook) -> dict[str, tuple[str, ...]]:
    """All routes that the page of an owner had and has, by each of them, where there are several."""
    found: dict[str, tuple[str, ...]] = {}
    for owner in handbook.owners.values():
        if owner.formerly:
            names = tuple(owner_route(owner.kind, name) for name in (owner.id, *owner.formerly))
            found |= dict.fromkeys(names, names)
    return found


def _routes(site: Site) -> frozenset[str]:
    return frozenset(draft.route for draft in site.drafts)


def _site_of(snapshot: Snapshot, settings: SiteSettings) -> Site:
    return site_of(snapshot.assessment, snapshot.history, replace(settings, is_past=True))


def _said(view: WalkView, snapshot: Snapshot, fmt: Formatter, settings: SiteSettings) -> WalkView:
    """The strip with what a page of the past says about itself."""
    files_of = fmt.day(snapshot.files_of) if snapshot.files_of else ""
    is_for_team = settings.audience == "team"
    return replace(view, stood_on=fmt.day(snapshot.day), files_of=files_of, is_for_team=is_for_team)


def _with_strip(draft: Draft, renderer: Renderer, view: WalkView) -> Draft:
    return replace(draft, make=partial(_striped, draft, renderer, view), stood_on=view.stood_on)


def _striped(draft: Draft, renderer: Renderer, view: WalkView) -> SitePage:
    page = draft.make()
    html = renderer.render("walk.html", page.route, view=view) + page.html
    return replace(page, html=html, source=draft.source, stood_on=view.stood_on)


def _in_folder(site: Site, folder: str) -> Site:
    """A site moved into a folder. Its pages link to one another relatively, so nothing in them has to change."""
    drafts = (
        Draft(folder + draft.route, draft.title, "", partial(_page_in_folder, draft, folder)) for draft in site.drafts
    )
    texts = (replace(file, name=folder + file.name) for file in site.texts if file.name != STYLE)
    moves = (replace(file, name=folder + file.name) for file in site.moves)
    return Site(tuple(drafts), tuple(texts), tuple(moves), site.chapters)


def _page_in_folder(draft: Draft, folder: str) -> SitePage:
    page = draft.make()
    return replace(
        page,
        route=folder + page.route,
        folder=folder,
        source="",
        search=None,
        tags=(),
        branch=_below(page.branch, folder),
    )


def _below(branch: Sequence[NavEntry], folder: str) -> tuple[NavEntry, ...]:
    return tuple(NavEntry(e.title, folder + e.route, _below(e.children, folder)) for e in branch)
