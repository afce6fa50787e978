"""Files for other programs in real builds: pages link to them, their links lead home, and nothing hidden is in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
import vobject

from .conftest import MKDOCS, Build
from .html_reader import read_page
from .test_audience import FILES as SECRETS
from .test_build import FILES

WEB = MKDOCS + "site_url: https://goals.example.com/our\n"
LEADERS = MKDOCS.replace("- goal-handbook", "- goal-handbook: {audience: leaders}")
ATOM, CALENDAR = "application/atom+xml", "text/calendar"


def alternates(page: Path) -> dict[str, str]:
    """Return the files a page says it is also available as, by their type."""
    links = (attributes for tag, attributes in read_page(page).elements if tag == "link")
    return {link["type"]: link["href"] for link in links if "alternate" in link.get("rel", "").split()}


@pytest.mark.parametrize(
    ("address", "feed", "calendar"),
    [
        ("index.html", "changes.xml", "landmarks.ics"),
        ("changes/index.html", "../changes.xml", "../landmarks.ics"),
        ("teams/north/index.html", "../../changes.xml", "../../teams/north/landmarks.ics"),
        ("leaders/lea/index.html", "../../changes.xml", "../../leaders/lea/landmarks.ics"),
        ("sellers/ana/index.html", "../../changes.xml", "../../sellers/ana/landmarks.ics"),
    ],
)
def test_a_page_links_to_the_feed_and_to_its_calendar(build: Build, address: str, feed: str, calendar: str) -> None:
    page = build(FILES).site / address
    assert alternates(page) == {ATOM: feed, CALENDAR: calendar}
    assert all((page.parent / link).resolve().is_file() for link in (feed, calendar))


def test_without_directory_addresses_so_it_does(build: Build) -> None:
    page = build(FILES, mkdocs=WEB + "use_directory_urls: false\n").site / "sellers" / "ana.html"
    assert alternates(page) == {ATOM: "../changes.xml", CALENDAR: "../sellers/ana/landmarks.ics"}
    calendar = (page.parent / "ana" / "landmarks.ics").read_bytes().decode()
    assert "https://goals.example.com/our/g/ana/deals.html" in calendar.replace("\r\n ", "")


def test_links_are_whole_where_the_sites_address_is_known_and_lead_to_a_file(build: Build) -> None:
    adjusted = "{on: 2017-02-01, why: A new line, changes: [{field: target, was: 30, now: 40}]}"
    ana = FILES["sellers/ana.yaml"].replace("checkins:", f"adjustments: [{adjusted}]\n            checkins:")
    site = build(FILES | {"sellers/ana.yaml": ana}, mkdocs=WEB).site
    entries = feedparser.parse(site / "changes.xml").entries
    urls = [event.url.value for event in events(site / "landmarks.ics")] + [entry.link for entry in entries]
    assert len(urls) > len(entries) > 0
    for url in urls:
        assert url.startswith("https://goals.example.com/our/g/")
        assert (site / url.removeprefix("https://goals.example.com/our/") / "index.html").is_file()


def events(path: Path) -> list[Any]:
    """Return the events of a calendar; its bytes are those of the standard."""
    data = path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    return list(vobject.readOne(data.decode()).contents.get("vevent", []))


def test_the_published_data_keeps_to_the_published_schema(build: Build) -> None:
    site = build(FILES).site
    data, schema = (
        json.loads((site / name).read_text(encoding="utf-8")) for name in ("handbook.json", "handbook.schema.json")
    )
    jsonschema.Draft202012Validator(schema).validate(data)


def files_with_canaries(site: Path) -> list[str]:
    """Return the files for other programs that hold what only leaders may read; calendars fold their lines."""
    found = []
    for pattern in ("**/*.ics", "**/*.csv", "**/*.svg", "*.xml", "*.json"):
        for path in sorted(site.glob(pattern)):
            text = path.read_bytes().decode().replace("\r\n ", "").lower()
            if "canary" in f"{path.relative_to(site)} {text}".lower():
                found.append(path.relative_to(site).as_posix())
    return found


def test_nothing_hidden_from_the_team_is_in_any_file(build: Build) -> None:
    assert files_with_canaries(build(SECRETS).site) == []


def test_the_leaders_files_hold_it(build: Build) -> None:
    found = files_with_canaries(build(SECRETS, mkdocs=LEADERS).site)
    assert {
        "landmarks.ics",
        "leaders/lea/landmarks.ics",
        "badges/ana/canary-growth.svg",
        "changes.xml",
        "handbook.json",
    } <= set(found)
