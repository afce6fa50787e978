"""The manual is found after the handbook's own pages: it speaks of the same people and statuses, as examples."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

#: A list of names answers no question.
LEFT_OUT = ("manual/templates.md",)


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Say how much a page of the manual weighs in the search."""
    if page.file.src_uri in LEFT_OUT:
        page.meta["search"] = {"exclude": True}
    elif page.file.src_uri.startswith("manual/"):
        page.meta["search"] = {"boost": 0.2}
