"""MkDocs' theme as the fast path asks it: a page rendered as MkDocs renders it, with what its plugins add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from ...pages.page import Draft, SitePage
from ...views.components import Heading
from ..adapter import anchor_link, page_of
from .index import Entry
from .slots import UnknownForm


@dataclass(frozen=True)
class MkDocsTheme:
    """Renders pages through MkDocs' theme and plugins; `index` is the search plugin's list of entries."""

    env: Any
    nav: Navigation
    files: Files
    config: MkDocsConfig
    documents: Sequence[File]
    to_goals: str
    index: list[Entry]

    def render(self, page: SitePage, source: str) -> tuple[str, list[Entry]]:
        """Return a page as MkDocs writes it, and the search plugin's entries of it."""
        made = self._page(page, source)
        known = len(self.index)
        context = self._context(made)
        template = self.env.get_template(str(made.meta["template"]))
        context = self.config.plugins.on_page_context(context, page=made, config=self.config, nav=self.nav)
        entries = self.index[known:]
        del self.index[known:]
        return str(template.render(context)), entries

    def toc_entry(self, heading: Heading) -> str:
        """Return what the theme makes of an entry of a table of contents. Raises UnknownForm."""
        try:
            template = self.env.get_template("partials/toc-item.html")
        except LookupError:
            raise UnknownForm("a table of contents that is not Material's") from None
        return str(template.render(toc_item=anchor_link(heading), config=self.config))

    def _page(self, page: SitePage, source: str) -> Page:
        draft = Draft(page.route, page.title, source, lambda: page, page.stood_on)
        made = page_of(draft, self.to_goals, self.config)
        made.read_source(self.config)
        made.render(self.config, self.files)
        made.active = True
        return made

    def _context(self, page: Page) -> Any:
        return get_context(self.nav, self.documents, self.config, page)
