"""Our pages as MkDocs pages: a thin `Page` that carries finished HTML, and a navigation for each page."""

from __future__ import annotations

import html
import logging
import posixpath
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler

from ..pages.forge import new_file_of
from ..pages.page import Draft, NavEntry, SitePage
from ..pages.render import BadTemplate
from ..pages.routes import CHANGES, HOME, LANDMARKS, PEOPLE, REVIEWS, TEAMS, Addresses, commits_of
from ..views.components import Heading

#: A person and their goals are found before what the manual says about the same words.
BOOST = 2

#: Our template: it sets the page's title escaped, which the theme does not.
TEMPLATE = "goal-handbook-page.html"
#: The pages that the navigation shows after Home, in order.
TOP = (TEAMS, PEOPLE, LANDMARKS, REVIEWS, CHANGES)


class HandbookPage(Page):
    """A page that needs nothing of python-markdown: it is made when MkDocs would read its source.

    One that `is_made_late` is made when MkDocs comes to write it.
    """

    def __init__(self, draft: Draft, file: File, config: MkDocsConfig) -> None:
        self.draft = draft
        self.heads_section = self.is_made_late = False
        super().__init__(html.escape(draft.title), file, config)
        if self.edit_url:
            self.edit_url = _without_dots(self.edit_url)

    @property
    def is_index(self) -> bool:
        """Whether it is the index of the section it heads, as a team's page is for its team; a list is an entry."""
        return self.heads_section or self.site_page.route.removeprefix(self.site_page.folder) in {HOME, TEAMS}

    @cached_property
    def site_page(self) -> SitePage:
        """The page, finished. Raises PluginError for a bad template of the user's."""
        try:
            return self.draft.make()
        except BadTemplate as error:
            raise PluginError(str(error)) from None

    def again(self, draft: Draft) -> HandbookPage:
        """Return this page, in its place of the navigation, to be made from a newer draft."""
        self.draft = draft
        self.__dict__.pop("site_page", None)
        return self

    def read_source(self, config: MkDocsConfig) -> None:
        """Read nothing; make the page, unless it is made later, while others are being written."""
        self.markdown, self.content = "", ""
        self.meta = {"template": TEMPLATE}
        if not self.is_made_late:
            self.complete()

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render nothing."""

    def complete(self) -> None:
        """Take what is finished; escape what the theme prints raw."""
        page = self.site_page
        self.meta["description"] = html.escape(page.description)
        if page.search is None:
            self.meta["search"] = {"exclude": True}
        elif page.branch:
            self.meta["search"] = {"boost": BOOST}
        if page.tags:
            self.meta["tags"] = list(page.tags)
        if page.hide:
            self.meta["hide"] = list(page.hide)
        self.content = page.html
        self.toc = TableOfContents([anchor_link(heading) for heading in page.headings])
        self.present_anchor_ids = set(anchors_of(page.headings))


class NavLink(StructureItem):
    """An entry of a page's own navigation that is not that page."""

    is_section = False
    is_page = True
    is_link = False
    children = None
    toc: tuple[()] = ()
    meta: dict[str, Any] = {}  # noqa: RUF012 - as MkDocs' own

    def __init__(self, title: str, url: str, is_index: bool = False, is_active: bool = False) -> None:
        self.title, self.url, self.is_index = title, url, is_index
        self.active = is_active


def addresses_of(config: MkDocsConfig, goals: str) -> Addresses:
    """Return the addresses MkDocs has to know, the site's own and the forge's; `goals` is relative to the docs."""
    edit = config.edit_uri or (config.edit_uri_template or "").partition("{")[0]
    on_forge = urljoin(f"{(config.repo_url or '').rstrip('/')}/", edit)
    return Addresses(
        config.use_directory_urls,
        commits_of(config.repo_url or config.edit_uri or ""),
        config.site_url or "",
        new_file_of(on_forge, goals) if edit else None,
    )


def canonical_url(config: MkDocsConfig, url: str) -> tuple[str | None, str | None]:
    """Return a page's address on the web, and from the root of its server; None where the site has none yet."""
    if not config.site_url:
        return None, None
    whole = urljoin(f"{config.site_url.rstrip('/')}/", url)
    return whole, urlsplit(whole).path


def deferred(script: str) -> ExtraScriptValue:
    """Return a script as MkDocs puts it on every page; it runs once the page is read."""
    value = ExtraScriptValue(script)
    value.defer = True
    return value


def free_drafts(drafts: Iterable[Draft], files: Files, config: MkDocsConfig) -> list[Draft]:
    """Return the pages whose address is free.

    A home page of the user's own takes precedence; for any other file in the way, raises PluginError.
    """
    addresses = Addresses(config.use_directory_urls)
    users = {f.dest_uri: f for f in files if not f.inclusion.is_excluded()}  # type: ignore[no-untyped-call]
    free = []
    for draft in drafts:
        in_the_way = users.get(addresses.file(draft.route))
        if in_the_way is None:
            free.append(draft)
        elif draft.route != HOME:
            raise PluginError(f"{in_the_way.src_uri} has the address of a page of the handbook; rename it")
    return free


def page_of(draft: Draft, to_goals: str, config: MkDocsConfig) -> HandbookPage:
    """Return a page with its file, which is not in the navigation that MkDocs makes.

    `to_goals` is the way from the docs to the goals, in which its YAML file is, for the edit link.
    """
    file = File.generated(config, f"{draft.route}.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
    file.edit_uri = f"{to_goals}/{draft.source}" if draft.source else None
    return HandbookPage(draft, file, config)


def add_to_navigation(nav: Navigation, pages: Sequence[HandbookPage], config: MkDocsConfig) -> Navigation:
    """Return the user's navigation after Home and the pages of TOP, unless the user has placed (and named) them."""
    known = {id(page) for page in nav.pages}
    titles = placed(config.nav)
    for page in pages:
        if id(page) in known and (title := titles.get(page.file.src_uri)):
            page.title = html.escape(title)
    by_route = {page.draft.route: page for page in pages}
    home = by_route.get(HOME)
    at = 1 if nav.items and nav.items[0].is_page and getattr(nav.items[0], "is_homepage", False) else 0
    ours = [by_route[route] for route in TOP if route in by_route and id(by_route[route]) not in known]
    nav.items[at:at] = ours
    nav.pages[at:at] = ours
    if home and id(home) not in known:
        nav.items.insert(0, home)
        nav.pages.insert(0, home)
        nav.homepage = home
    return nav


def navigation_of(page: HandbookPage, nav: Navigation, url_of: Any) -> Navigation:
    """Return the navigation that a page shows: the site's top entries, and below Teams the page's own branch.

    On a page of the past our entries lead to the same day, on a part of a list that of the list is the active one.
    """
    trail: list[Section] = []
    items = [_with_branch(item, page, url_of, trail) for item in nav.items]
    if trail:
        page.parent = trail[-1]
        page.parent.active = True
    return Navigation(items, nav.pages)


def listed(files: Iterable[File]) -> list[File]:
    """Return the files of pages that search engines may list: none of the past."""
    return [f for f in files if not getattr(getattr(f.page, "draft", None), "stood_on", "")]


def is_quiet() -> bool:
    """Return whether MkDocs runs with `--quiet`."""
    return logging.getLogger("mkdocs").getEffectiveLevel() > logging.INFO


def refused(config: MkDocsConfig) -> bool:
    """Return whether a strict build has warnings by now, so that MkDocs will abort it."""
    engine = MkDocsConfig.__module__.partition(".")[0]  # ProperDocs has a logger of its own name
    handlers = logging.getLogger(engine).handlers
    return config.strict and any(isinstance(h, CountHandler) and h.get_counts() for h in handlers)


def _with_branch(item: StructureItem, page: HandbookPage, url_of: Any, trail: list[Section]) -> StructureItem:
    if isinstance(item, Section):
        children = [_with_branch(child, page, url_of, trail) for child in item.children]
        if all(a is b for a, b in zip(children, item.children, strict=True)):
            return item
        copy = Section(item.title, children)
        for child in children:
            child.parent = copy
        return copy
    if not isinstance(item, HandbookPage):
        return item
    route = page.site_page.folder + item.site_page.route
    if item.site_page.route != TEAMS or not page.site_page.branch:
        is_lists = item.site_page.route != HOME and _is_part(page.site_page.route, route)
        if route == item.site_page.route and not is_lists:
            return item
        return _link(item.title or "", route, page, url_of, is_active=is_lists)
    index = _link(item.title or "Teams", route, page, url_of, is_index=True)
    section = Section(item.title or "Teams", [index])
    trail.append(section)
    section.children += [_entry(e, page, url_of, section, trail) for e in page.site_page.branch]
    return section


def _is_part(route: str, of: str) -> bool:
    """Whether a page is a part of a list: `landmarks/2017-11` is one of `landmarks/index`."""
    folder, _, name = of.rpartition("/")
    return name == "index" and route != of and route.startswith(f"{folder}/")


def _link(
    title: str, route: str, page: HandbookPage, url_of: Any, is_index: bool = False, is_active: bool = False
) -> StructureItem:
    """An entry of a page's own navigation: the page itself where it leads there."""
    return page if route == page.site_page.route else NavLink(title, url_of(route), is_index, is_active)


def _entry(entry: NavEntry, page: HandbookPage, url_of: Any, parent: Section, trail: list[Section]) -> StructureItem:
    title = html.escape(entry.title)
    if not entry.children:
        return _link(title, entry.route, page, url_of)
    index = _link(title, entry.route, page, url_of, is_index=True)
    page.heads_section = page.heads_section or index is page
    section = Section(title, [index])
    section.parent = parent
    trail.append(section)
    section.children += [_entry(e, page, url_of, section, trail) for e in entry.children]
    return section


def placed(nav: Any) -> dict[str, str]:
    """Return the files that a user's `nav` names, and the title it gives to each, "" for none."""
    return dict(_placed(nav))


def _placed(nav: Any) -> Iterable[tuple[str, str]]:
    for entry in nav if isinstance(nav, list) else []:
        if isinstance(entry, str):
            yield entry, ""
        for title, value in entry.items() if isinstance(entry, dict) else ():
            if isinstance(value, str):
                yield value, title
            else:
                yield from _placed(value)


def _without_dots(url: str) -> str:
    """`…/docs/../goals/x.yaml` as `…/goals/x.yaml`."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=posixpath.normpath(parts.path))) if "/../" in parts.path else url


def anchor_link(heading: Heading, level: int = 2) -> AnchorLink:
    """Return a heading as an entry of MkDocs' table of contents."""
    link = AnchorLink(html.escape(heading.title), heading.anchor, level)
    link.children = [anchor_link(child, level + 1) for child in heading.children]
    return link


def anchors_of(headings: Sequence[Heading]) -> Iterable[str]:
    for heading in headings:
        yield heading.anchor
        yield from anchors_of(heading.children)
