"""The feed of changes for feed readers and chat channels (Atom, RFC 4287)."""

from __future__ import annotations

import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from ..pages.entry import event_html
from ..pages.routes import CHANGES, CHANGES_FEED, Addresses
from ..views.context import ViewContext
from ..views.news import NewsEntry, news_view
from .identity import stable_id
from .text import allowed, one_line


def changes_feed(context: ViewContext, addresses: Addresses) -> str:
    """Return the feed. Without the site's own address its links are relative, which readers resolve from the feed's."""
    view, changes_page = news_view(context), addresses.site + addresses.url(CHANGES)
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": context.words.language})
    _add(feed, "id", stable_id(context, "changes").urn)
    _add(feed, "title", one_line(view.title))
    _add(feed, "updated", _midnight(view.updated))
    _author(feed, view.handbook)
    SubElement(feed, "link", rel="alternate", type="text/html", href=changes_page)
    if addresses.site:
        SubElement(feed, "link", rel="self", type="application/atom+xml", href=addresses.site + CHANGES_FEED)
    for entry in view.entries:
        link = addresses.permanent(entry.full_id) if entry.full_id else changes_page
        _add_entry(feed, entry, stable_id(context, entry.key).urn, link)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'


def _add_entry(feed: Element, entry: NewsEntry, urn: str, link: str) -> None:
    found = SubElement(feed, "entry")
    _add(found, "id", urn)
    _add(found, "title", one_line(entry.title))
    _add(found, "updated", _midnight(entry.event.day))
    for person in entry.event.by:
        _author(found, person.name)
    SubElement(found, "link", rel="alternate", type="text/html", href=link)
    _add(found, "content", allowed(str(event_html(entry.event))), type="html")


def _author(parent: Element, name: str) -> None:
    _add(SubElement(parent, "author"), "name", one_line(name))


def _add(parent: Element, tag: str, text: str, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = text


def _midnight(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
