"""Every word of ours on a page comes from the catalogue: the example in a language that brackets each of its messages.

What people wrote is in Greek letters there, and so are the locale's months: a Latin letter outside the brackets is a
word that nobody can translate.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from gettext import NullTranslations
from html.parser import HTMLParser
from pathlib import Path

import icalendar
import pytest

from goal_handbook.catalogue import extracted
from goal_handbook.changes.history import History
from goal_handbook.pages.page import Site
from goal_handbook.site import SiteSettings, build_site
from goal_handbook.source.load import load
from goal_handbook.status.assessment import assess
from goal_handbook.views.walk import Stop as Walked
from goal_handbook.views.walk import WalkView
from goal_handbook.words import Words

from .written import copy_with

ROOT = Path(__file__).parents[2]
GREEK = str.maketrans(string.ascii_letters, "αβψδεφγηιξκλμνοπϟρστθωςχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠϞΡΣΤΘΩϛΧΥΖ")
#: Parts of ids: an adjustment calls a landmark without a title by its own (`q3`, `year`).
IDS = {"q", "year"}
#: Attributes that are read or shown.
SHOWN = ("title", "aria-label", "data-label", "alt", "placeholder")
LATIN = re.compile(r"[A-Za-z]+")
#: Words that are the same in every language: ids, commands and the letter of a list.
NAMES = re.compile(r"<code.*?</code>|<style.*?</style>", re.DOTALL)


#: The messages of the catalogue; of those with a plural the singular and the plural.
MESSAGES = {message.id for message in extracted() if message.id}


class Brackets(NullTranslations):
    """A language in which each message of the catalogue is itself in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧" if message in MESSAGES else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        message = msgid1 if n == 1 else msgid2
        return f"⟦{message}⟧" if (msgid1, msgid2) in MESSAGES else message


class Shown(HTMLParser):
    """Collects what a page shows: all its text in order, and each attribute that is read to somebody."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts = [""]
        self.feed(NAMES.sub("", html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value or "" for name, value in attrs if name in SHOWN]
        self.texts[0] += " "

    def handle_data(self, data: str) -> None:
        self.texts[0] += data


def outside_brackets(text: str) -> Iterator[str]:
    """Yield the Latin words of a text that are in no brackets."""
    while (inner := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)) != text:
        text = inner
    yield from LATIN.findall(text)


def untranslated(*texts: str) -> set[str]:
    """Return the words that are not from the catalogue."""
    return {word for text in texts for shown in Shown(text).texts for word in outside_brackets(shown)}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The example for leaders, who see everything."""
    folder = copy_with(
        ROOT / "goals", tmp_path_factory.mktemp("goals"), lambda text: text.translate(GREEK), locale="el_GR"
    )
    loaded = load(folder)
    assert loaded.handbook and loaded.handbook.settings.as_of, loaded.findings
    assessment = assess(loaded.handbook, loaded.handbook.settings.as_of)
    settings = SiteSettings("leaders", words=Words("el", Brackets()))
    return build_site(loaded.handbook, assessment, History(), settings)


def kind_of(route: str) -> str:
    """The kind of a page: all sellers' pages are of one."""
    folder, _, name = route.rpartition("/")
    return folder.partition("/")[0] or name


def pages_by_kind(site: Site) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for page in site.pages:
        links = [link.title for link in (page.feed, page.calendar) if link]
        shown = [page.title, page.description, page.html, *links, *(heading.title for heading in page.headings)]
        found.setdefault(kind_of(page.route), []).extend(shown)
    return found


@pytest.mark.parametrize("kind", ["index", "teams", "people", "landmarks", "reviews", "changes", "sellers", "leaders"])
def test_every_word_on_a_page_is_from_the_catalogue(site: Site, kind: str) -> None:
    assert untranslated(*pages_by_kind(site)[kind]) - IDS == set()


def test_these_are_all_kinds_of_pages(site: Site) -> None:
    kinds = {"index", "teams", "people", "landmarks", "reviews", "changes", "sellers", "leaders", "legend"}
    assert set(pages_by_kind(site)) == kinds


def test_a_word_that_is_not_from_the_catalogue_is_found() -> None:
    page = '<p title="Gone">⟦Status as of <b>⟦{n}⟧</b>⟧ Αβγ 31 <em>and more</em></p>'
    assert untranslated(page) == {"Gone", "and", "more"}


def test_what_chapters_place_is_from_the_catalogue(site: Site) -> None:
    chapters = site.chapters
    blocks = [
        chapters.block("goals", ["kind=production"], "chapter", 2).html,
        chapters.block("goals", ["status=off-track", "owner=anna-snelling"], "chapter", 2).html,
        chapters.block("goal", ["moses-frase/new-business"], "chapter", 2).html,
        *(chapters.block("home", [part], "chapter", 2).html for part in ("groups", "teams", "owed", "next", "changes")),
    ]
    shown = [block.replace("kind=production", "").replace("status=off-track", "") for block in blocks]
    link = chapters.link("goal", "moses-frase/new-business", "chapter").badge
    assert untranslated(*shown, link, chapters.as_of("chapter")) - {"owner", "anna", "snelling"} == set()


def test_calendars_feed_and_badges_are_from_the_catalogue(site: Site) -> None:
    files = dict(site.files)
    calendar = icalendar.Calendar.from_ical(files["landmarks.ics"])
    entries = [str(event[key]) for event in calendar.walk("VEVENT") for key in ("summary", "description")]
    feed = re.findall(r"<title>(.*?)</title>", files["changes.xml"])
    badges = [text for name, text in files.items() if name.endswith(".svg")]
    assert entries and feed and badges
    assert untranslated(*entries, *feed, *badges) == set()


def test_the_strip_of_days_is_from_the_catalogue(site: Site) -> None:
    view = WalkView((Walked("31.3.", "at/2017-03-31/index", True),), Walked("", "index", False), "31.3.", "30.3.")
    assert untranslated(site.chapters.renderer.render("walk.html", "index", view=view)) == set()
