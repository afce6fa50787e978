"""MkDocs' theme as the fast path asks it: a page rendered as MkDocs renders it, with what its plugins add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from ...pages.page import Draft, SitePage
from ...views.components import Heading
from ..adapter import HandbookPage, anchor_link, page_of
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
        draft = Draft(page.route, page.title, source, lambda: page, page.stood_on)
        return self.write(page_of(draft, self.to_goals, self.config))

    def write(self, page: HandbookPage) -> tuple[str, list[Entry]]:
        """Return a page that is in the navigation as MkDocs writes it, and the search plugin's entries of it."""
        page.read_source(self.config)
        page.render(self.config, self.files)
        page.active = True
        known = len(self.index)
        try:
            context = get_context(self.nav, self.documents, self.config, page)
            template = self.env.get_template(str(page.meta["template"]))
            context = self.config.plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)
            entries = self.index[known:]
            del self.index[known:]
            return str(template.render(context)), entries
        finally:
            page.active = False

    def toc_entry(self, heading: Heading) -> str:
        """Return what the theme makes of an entry of a table of contents. Raises UnknownForm."""
        try:
            template = self.env.get_template("partials/toc-item.html")
        except LookupError:
            raise UnknownForm("a table of contents that is not Material's") from None
        return str(template.render(toc_item=anchor_link(heading), config=self.config))
