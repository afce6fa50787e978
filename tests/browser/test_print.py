"""Paper: a person's sheet for the 1:1 is one page that can be read, and nothing of any page is cut off."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

from .site import Site
from .tab import SCHEMES, Tab

#: The widths of paper between our margins of 12 mm, in pixels of CSS.
PAPER = {"A4": 703, "Letter": 725}
#: In points. A size is measured to a tenth.
SMALLEST = 9.5


def test_a_sellers_page_prints_as_one_sheet(site: Site, plain: Page) -> None:
    sheets: dict[str, int] = {}
    for address in site.of_kind("sellers/*/"):
        plain.goto(site.url + address)
        sheets |= {f"{address} on {paper}": len(printed(plain, paper)) for paper in PAPER}
    assert {address: count for address, count in sheets.items() if count != 1} == {}


def test_a_leaders_sheets_are_a_page_for_each_seller(site: Site, plain: Page) -> None:
    for address in site.of_kind("leaders/*/sheets/"):
        plain.goto(site.url + address)
        sellers = plain.locator(".gh-sheet").count()
        assert [len(printed(plain, paper)) for paper in PAPER] == [sellers, sellers], address


@pytest.mark.parametrize("kind", ["leaders/*/sheets/"], indirect=True)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("paper", PAPER)
def test_sheets_are_printed_in_letters_that_can_be_read(paper: str, scheme: str, open_tab: Tab) -> None:
    open_tab.wear(scheme)
    assert min(size for sheet in printed(open_tab.page, paper) for size in sizes(sheet)) >= SMALLEST


def test_it_prints_light_from_the_dark_and_is_not_cut_off(open_tab: Tab) -> None:
    open_tab.wear("dark")
    open_tab.page.emulate_media(media="print")
    problems = list(open_tab.page.evaluate(DARK))
    for paper, width in PAPER.items():
        open_tab.resize(width, 1000)
        problems += [f"on {paper}: {what}" for what in open_tab.page.evaluate(CUT_OFF)]
    assert problems == []


#: Words that are not at least three times as dark as white paper.
DARK = """() => {
    const channel = value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4
    const luminance = colour => {
        const [red, green, blue] = colour.match(/[\\d.]+/g).map(text => channel(text / (colour.startsWith("color(") ? 1 : 255)))
        return .2126 * red + .7152 * green + .0722 * blue
    }
    const light = element => 1.05 / (luminance(getComputedStyle(element).color) + .05) < 3
    const has_words = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    return [...document.querySelectorAll("article *")]
        .filter(element => has_words(element) && element.checkVisibility() && light(element))
        .map(element => `${element.className || element.tagName} is too light for paper: ${element.textContent.trim().slice(0, 40)}`)
        .slice(0, 3)
}"""

#: Boxes that have more in them than they show, or go beyond the edge of the paper.
CUT_OFF = """() => [...document.querySelectorAll("article *")]
    .filter(element => element.checkVisibility() && !element.closest("svg, .gh-sr, .gh-bar"))
    .filter(element => {
        const {display, overflowX} = getComputedStyle(element)
        if (display === "inline") return false
        const cuts = overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1
        return cuts || element.getBoundingClientRect().right > innerWidth + 1
    })
    .map(element => `${element.className || element.tagName} is cut off: ${element.textContent.trim().slice(0, 40)}`)
    .slice(0, 3)
"""


def printed(page: Page, paper: str) -> list[PageObject]:
    """Print a page, and return its sheets of paper."""
    return list(PdfReader(BytesIO(page.pdf(format=paper))).pages)


def sizes(sheet: PageObject) -> set[float]:
    """Return the sizes of letters on paper, in points, whatever the browser has shrunk to fit."""
    found = set()

    def note(text: str, current: list[float], matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            found.add(round(abs(size * matrix[3] * current[3]), 1))

    sheet.extract_text(visitor_text=note)
    return found
