"""The feed of changes: what is in it, its ids, and that a feed reader understands it (RFC 4287)."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest

from goal_handbook.feeds.atom import changes_feed
from goal_handbook.model.handbook import Handbook
from goal_handbook.pages.routes import Addresses
from goal_handbook.views.news import NEWS_SHOWN

from ..status.make import adjustment, handbook
from .make import HOSTILE, as_shown, context_of, house

WEB = Addresses(site="https://goals.example.com/")
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(book: Handbook, addresses: Addresses = WEB) -> Any:
    """Return the feed as a feed reader reads it."""
    found = feedparser.parse(changes_feed(context_of(book), addresses))
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_it_holds_adjustments_accountings_and_results_newest_first() -> None:
    found = feed(house(closed={"on": "2017-07-08", "result": "partly", "note": "Enough"}))
    assert [(e.updated, e.title) for e in found.entries] == [
        ("2017-07-08T00:00:00Z", "Closed: Forty deals – Ana"),
        ("2017-07-05T00:00:00Z", "Accounted: Forty deals – Ana"),
        ("2017-05-01T00:00:00Z", "Adjusted: Forty deals – Ana"),
        ("2017-05-01T00:00:00Z", "Adjusted: Forty deals – Ana"),
    ]


def test_an_entry_says_what_changed_why_and_who_decided() -> None:
    accounted, adjusted, _ = feed(house()).entries
    assert [author.name for author in accounted.authors] == ["Ana", "Lea"]
    assert accounted.content[0].value == "<p>20 deals: recovering, 3 steps planned</p>\n<p>Two deals slipped</p>"
    assert adjusted.content[0].value == "<ul><li>target: 30 deals → 40 deals</li></ul>\n<p>So</p>"
    assert accounted.link == "https://goals.example.com/g/ana/g/"


def test_the_feed_names_the_handbook_its_page_and_itself() -> None:
    found = feed(house()).feed
    assert (found.title, found.author, found.updated) == ("Changes – House", "House", "2017-07-05T00:00:00Z")
    links = {link.rel: link.href for link in found.links}
    assert links == {"alternate": "https://goals.example.com/changes/", "self": "https://goals.example.com/changes.xml"}


def test_without_the_sites_address_links_are_relative_to_the_feed() -> None:
    found = feed(house(), Addresses())
    assert found.entries[0].link == "g/ana/g/"
    assert [(link.rel, link.href) for link in found.feed.links] == [("alternate", "changes/")]


def test_ids_are_unique_and_survive_edits_and_a_move_of_the_site() -> None:
    ids = [entry.id for entry in feed(house()).entries]
    assert len(set(ids)) == len(ids) == 3
    assert [e.id for e in feed(house(title="Fifty deals", why="Three deals slipped")).entries] == ids
    assert [e.id for e in feed(house(), Addresses(site="https://elsewhere.example.org/")).entries] == ids
    assert all(i.startswith("urn:uuid:") for i in ids)


def test_the_oldest_entries_make_room_for_the_latest() -> None:
    many = [adjustment(f"2017-0{m}-{d:02}", ("target", "1", "2")) for m in (1, 2, 3) for d in range(1, 29)]
    entries = feed(handbook({"ana": {"goals": [{"adjustments": many}]}})).entries
    assert len(entries) == NEWS_SHOWN == 50
    assert entries[0].updated == "2017-03-28T00:00:00Z"


def test_without_changes_it_is_a_valid_feed_of_the_status_date() -> None:
    found = feed(handbook({"ana": {}}))
    assert (found.entries, found.feed.updated) == ([], "2017-07-10T00:00:00Z")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    """Read by a strict XML parser, as a feed reader may sanitise what it is given."""
    root = ET.fromstring(changes_feed(context_of(house(title=text, why=text)), WEB))  # noqa: S314 - our own
    entry = root.findall(f"{ATOM}entry")[0]
    assert [child.tag.removeprefix(ATOM) for child in entry] == [
        "id",
        "title",
        "updated",
        "author",
        "author",
        "link",
        "content",
    ]
    assert entry.findtext(f"{ATOM}title") == as_shown(f"Accounted: {text} – Ana")
    assert "<script" not in (entry.findtext(f"{ATOM}content") or "")


def test_every_element_the_standard_asks_for_is_there_once() -> None:
    root = ET.fromstring(changes_feed(context_of(house()), WEB))  # noqa: S314 - our own
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
