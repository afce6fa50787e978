"""Badges: SVG that says a status in any README, in words and with room for every script."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from goal_handbook.feeds.badges import badge_files, badge_svg
from goal_handbook.model.handbook import Handbook
from goal_handbook.pages.style import icons, tones
from goal_handbook.views import badge
from goal_handbook.views.readme_badge import ReadmeBadge

from ..pages.test_style import contrast
from ..status.make import case
from .make import HOSTILE, as_shown, context_of, house

SVG = "{http://www.w3.org/2000/svg}"


def badges(book: Handbook) -> dict[str, ET.Element]:
    """Return every badge by its path."""
    return {f.name: ET.fromstring(f.make()) for f in badge_files(context_of(book))}  # noqa: S314 - our own


def words(svg: ET.Element) -> list[str]:
    """Return the texts that are drawn."""
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def test_every_goal_and_every_owner_has_one() -> None:
    assert {path: words(svg) for path, svg in badges(house()).items()} == {
        "badges/lea/g.svg": ["A goal", "Not started"],
        "badges/ana/g.svg": ["Forty deals", "Off track"],
        "badges/ana/course.svg": ["A course", "Not started"],
        "badges/north.svg": ["North", "No goals"],
        "badges/west.svg": ["West", "No goals"],
        "badges/lea.svg": ["Lea", "Not started"],
        "badges/ana.svg": ["Ana", "Off track"],
        "badges/ben.svg": ["Ben", "No goals"],
    }


def test_a_closed_goal_shows_its_result() -> None:
    found = badges(house(closed={"on": "2017-07-08", "result": "partly"}))
    assert words(found["badges/ana/g.svg"]) == ["Forty deals", "Closed · partly achieved"]


def test_it_has_a_name_for_those_who_do_not_see_it() -> None:
    svg = badges(house())["badges/ana/g.svg"]
    name = "Forty deals: Off track, status as of Jul 10, 2017"
    assert (svg.get("role"), svg.get("aria-label"), svg.findtext(f"{SVG}title")) == ("img", name, name)


@pytest.mark.parametrize("look", badge.GOAL.values(), ids=badge.GOAL.keys())
def test_every_status_has_an_icon_and_white_on_a_colour_it_can_be_read_on(look: badge.Badge) -> None:
    assert contrast("#ffffff", tones()[look.tone]) >= 4.5
    svg = ET.fromstring(badge_svg(ReadmeBadge("Ana", look.label, look, "Ana")))  # noqa: S314 - our own
    shapes = [path.get("d") for path in svg.iter(f"{SVG}path")]
    assert shapes[1] and shapes[1] in icons()[look.icon]


def test_statuses_that_mean_something_else_have_different_icons() -> None:
    assert len({look.icon for look in badge.GOAL.values()}) == len(badge.GOAL)


@pytest.mark.parametrize(
    ("text", "least"),
    [
        case("narrow letters", "illicit", 24),
        case("capitals", "WWWWWW", 55),
        case("Chinese", "目標達成", 44),
        case("accents that are drawn over their letter", "e\u0301e\u0301e\u0301", 19),
        case("Arabic", "مرحبا", 25),
    ],
)
def test_a_text_has_room_in_any_script(text: str, least: int) -> None:
    """`textLength` fits it into its place, whichever font draws it; the place is about as wide as it is."""
    svg = ET.fromstring(badge_svg(ReadmeBadge(text, "At risk", badge.GOAL["at-risk"], "")))  # noqa: S314 - our own
    subject, status = svg.iter(f"{SVG}text")
    for element in (subject, status):
        assert element.get("lengthAdjust") == "spacingAndGlyphs"
        middle, width = float(element.get("x", "")), float(element.get("textLength", ""))
        assert 0 < middle - width / 2 < middle + width / 2 < float(svg.get("width", ""))
    assert least <= float(subject.get("textLength", "")) <= 2 * least


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    svg = badges(house(title=text))["badges/ana/g.svg"]
    assert [element.tag.removeprefix(SVG) for element in svg] == ["title", "rect", "path", "path", "g"]
    shown = as_shown(text)
    assert svg.findtext(f"{SVG}title") == f"{shown}: Off track, status as of Jul 10, 2017"
    drawn, _ = words(svg)
    assert drawn == shown or (drawn.endswith("…") and shown.startswith(drawn[:-1]) and len(drawn) <= 60)
