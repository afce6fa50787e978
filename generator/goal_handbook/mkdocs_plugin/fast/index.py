"""The search index's entries of our pages, as Material's search plugin would make them of their HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from ...pages.page import SitePage
from ...pages.search import SearchEntry
from ..adapter import BOOST

Entry = dict[str, Any]


def entries_of(page: SitePage, url: str) -> list[Entry]:
    """Return a page's entries, none for a page that the index leaves out."""
    more: Entry = {"tags": list(page.tags)} if page.tags else {}
    if page.branch:
        more["boost"] = BOOST
    return [
        {"location": _location(entry, url), "title": _title(entry), "text": _text(entry), **more}
        for entry in page.search or ()
    ]


def _location(entry: SearchEntry, url: str) -> str:
    return f"{url}#{entry.anchor}" if entry.anchor else url


def _title(entry: SearchEntry) -> str:
    return _said(entry.title).strip()


def _text(entry: SearchEntry) -> str:
    return "".join(f"<p>{_said(text)}</p>" for text in entry.paragraphs)


def _said(text: str) -> str:
    """A text as the plugin's parser collects it: in one line, white space alone as one space."""
    return " " if text.isspace() else escape(text.replace("\n", " "), quote=False)
