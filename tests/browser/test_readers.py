"""Readers who need something else: colours of their own, larger text, another direction, or only a keyboard."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from .site import Site
from .tab import Tab
from .test_screens import too_wide

#: What says a status by its shape: a selector, and whether the shape is drawn before it.
SHAPES = (
    (".gh-badge", ""),
    (".gh-badge", "::before"),
    (".gh-cell", ""),
    (".gh-cell", "::before"),
    (".gh-bar", ""),
    (".gh-bar__fill", ""),
    (".gh-counts__part", ""),
    (".gh-timeline__item", "::before"),
    (".gh-next__item", ""),
)


def test_in_high_contrast_every_shape_can_be_seen(open_tab: Tab) -> None:
    open_tab.page.emulate_media(forced_colors="active")
    blank = [selector + part for selector, part in SHAPES if not all(seen(open_tab, selector, part))]
    assert blank == []


def test_every_shape_is_on_some_page(site: Site) -> None:
    pages = [site.file(address).read_text(encoding="utf-8") for address in site.kinds.values()]
    names = {selector.removeprefix(".") for selector, _ in SHAPES}
    assert {name for name in names if any(name in page for page in pages)} == names


def test_text_of_twice_the_size_fits_on_a_phone(open_tab: Tab) -> None:
    open_tab.resize(360, 740)
    open_tab.page.locator("html").evaluate("html => html.style.fontSize = '250%'")  # Material's own is 125%
    assert too_wide(open_tab.page) == []


@pytest.mark.parametrize("width", [360, 1440])
def test_from_right_to_left_a_page_is_mirrored(width: int, open_tab: Tab) -> None:
    open_tab.resize(width)
    there = open_tab.page.evaluate(STARTS, "ltr")
    mirrored = open_tab.page.evaluate(STARTS, "rtl")
    problems = too_wide(open_tab.page) + [
        f"{what} begins {at} px from the left, and {then} px from the right"
        for (what, at, _), (_, _, then) in zip(there, mirrored, strict=True)
        if abs(at - then) > 2
    ]
    assert problems == []


@pytest.mark.parametrize("width", [360, 1440])
def test_by_keyboard_everything_on_a_sellers_page_is_reached_in_order_and_seen(
    width: int, site: Site, tab: Tab
) -> None:
    tab.show(site.kinds["sellers/*/"])
    tab.resize(width)
    page = tab.page
    wanted = page.evaluate(FOCUSABLE)
    page.locator("article.md-typeset").evaluate("article => { article.tabIndex = -1; article.focus() }")
    reached = []
    for _ in wanted:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    assert [stop["name"] for stop in reached] == wanted
    assert [stop["name"] for stop in reached if not stop["visible"]] == []
    assert [after["name"] for before, after in pairwise(reached) if goes_back(before, after)] == []


def seen(tab: Tab, selector: str, part: str) -> list[bool]:
    """Return, for each such element that is shown, whether its shape can be seen."""
    return [bool(is_seen) for is_seen in tab.page.evaluate(VISIBLE, [selector, part])]


def goes_back(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Return whether a step of the keyboard goes up, though not to the top of the next column."""
    return bool(after["bottom"] <= before["top"] and after["left"] < before["right"])


#: For each element that is shown: whether one sees it where the browser takes its own two colours for everything.
VISIBLE = """([selector, part]) => {
    const canvas = document.body.appendChild(document.createElement("i"))
    canvas.style.cssText = "forced-color-adjust: none; background-color: Canvas"
    const background = getComputedStyle(canvas).backgroundColor
    canvas.remove()
    return [...document.querySelectorAll(`article ${selector}`)].filter(element => element.checkVisibility()).map(element => {
        const style = getComputedStyle(element, part || null)
        const edge = side => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0
            && style[`border${side}Color`] !== background
        const filled = style.forcedColorAdjust === "none" && style.backgroundColor !== background
            && style.backgroundColor !== "rgba(0, 0, 0, 0)"
        return filled || ["Top", "Bottom", "Left", "Right"].some(edge)
    })
}"""

#: Blocks of text in a direction of writing, and how far each is from the left and the right edge of the page.
STARTS = """direction => (document.documentElement.dir = document.body.dir = direction) && [...document.querySelectorAll("article :is(h1, h2, h3, p, ul, ol, table, .gh-goal, .gh-card)")]
    .filter(element => element.checkVisibility() && !element.closest(".gh-chart, .gh-scroll, .md-typeset__scrollwrap"))
    .map(element => {
        const {left, right} = element.getBoundingClientRect()
        const name = `${element.className || element.tagName} ${element.textContent.trim().slice(0, 20)}`
        return [name, Math.round(left), Math.round(document.documentElement.clientWidth - right)]
    })
"""

FOCUSABLE = """() => [...document.querySelectorAll("article :is(a[href], summary, [tabindex='0'])")]
    .filter(element => element.checkVisibility() && element.getBoundingClientRect().width)
    .map(element => element.textContent.trim().slice(0, 40))
"""

FOCUSED = """() => {
    const element = document.activeElement, style = getComputedStyle(element)
    const {left, right, top, bottom} = element.getBoundingClientRect()
    const visible = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
    return {name: element.textContent.trim().slice(0, 40), visible, left, right, top: top + scrollY, bottom: bottom + scrollY}
}"""
