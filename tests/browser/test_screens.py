"""Every kind of page on a phone, a tablet and a desk, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from playwright.sync_api import Page

from tests.node import node_module

from .conftest import KINDS
from .site import Site
from .tab import SCHEMES, Tab

WIDTHS = (360, 768, 1440)

#: All its rules in light; in the dark the same things are there, in other colours.
AXE_LOOKS_AT: dict[str, tuple[str, ...]] = {"light": (), "dark": ("color-contrast", "link-in-text-block")}

#: What axe finds in Material's own parts, which are not ours to change: the rule, a selector, and why.
MATERIALS = (
    ("aria-dialog-name", ".md-search", "the dialog of the search has no name"),
    ("color-contrast", ".md-copyright", "grey on grey in the footer"),
    ("color-contrast", ".md-tabs__link", "tabs that are not the current one are translucent"),
    ("color-contrast", ".highlight", "the colours of code"),
    ("landmark-unique", ".md-nav", "navigations inside one another share a name"),
)


def test_these_are_all_the_kinds_of_pages(site: Site) -> None:
    assert tuple(site.kinds) == KINDS


def test_it_fits_complains_about_nothing_and_asks_for_nothing_elsewhere(open_tab: Tab) -> None:
    open_tab.page.evaluate(OPEN_ALL)
    found = [
        f"{scheme} at {width} px: {what}" for scheme, width in screens(open_tab) for what in too_wide(open_tab.page)
    ]
    assert found + open_tab.noise == []


def test_it_is_accessible(open_tab: Tab) -> None:
    open_tab.page.evaluate((node_module("axe-core") / "axe.min.js").read_text(encoding="utf-8"))
    open_tab.page.evaluate(OPEN_ALL)
    open_tab.page.evaluate(LEAVE_ONE_OF_EACH)
    found = [
        f"{scheme} at {width} px: {what}"
        for scheme, width in screens(open_tab)
        for what in inaccessible(open_tab.page, AXE_LOOKS_AT[scheme])
    ]
    assert found == []


def screens(tab: Tab) -> Iterator[tuple[str, int]]:
    """Switch the tab to each scheme and width, and yield which."""
    for scheme in SCHEMES:
        tab.wear(scheme)
        for width in WIDTHS:
            tab.resize(width)
            yield scheme, width


def too_wide(page: Page) -> list[str]:
    """Return what is wrong if the page scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls sideways by {wide} px"] if wide > 0 else []


def inaccessible(page: Page, rules: Sequence[str]) -> list[str]:
    """Return the violations that axe finds in what is ours, as `rule: selector`; by all its rules if `rules` is empty."""
    result = cast(dict[str, Any], page.evaluate(AXE, [[known[:2] for known in MATERIALS], rules]))
    return [f"{rule}: {', '.join(nodes[:3])} ({len(nodes)})" for rule, nodes in result.items()]


AXE = """async ([known, rules]) => {
    const result = await axe.run(document, {reporter: "no-passes", ...(rules.length && {runOnly: rules})})
    const theirs = (rule, node) => known.some(
        ([id, selector]) => id === rule && document.querySelector(node.target[0])?.closest(selector))
    return Object.fromEntries(result.violations
        .map(({id, nodes}) => [id, nodes.filter(node => !theirs(id, node)).map(node => node.target[0])])
        .filter(([, nodes]) => nodes.length))
}"""

OPEN_ALL = "() => document.querySelectorAll('article details').forEach(one => one.open = true)"

#: Of what differs only in its words and addresses, one is left in each place: axe would say the same of all of them.
LEAVE_ONE_OF_EACH = """() => {
    const same = new Set(["class", "role", "type", "scope", "hidden", "tabindex", "open"])
    const name = element => `${element.tagName} ${[...element.attributes]
        .map(({name, value}) => same.has(name) || !value ? `${name}=${value}` : name).join(" ")}`
    const shape = node => node.nodeType === Node.TEXT_NODE ? (node.data.trim() && "…")
        : node.nodeType === Node.ELEMENT_NODE ? `<${name(node)}>${[...node.childNodes].map(shape).join("")}</>` : ""
    const place = element => element.closest("article") === element ? "" : place(element.parentElement) + name(element.parentElement)
    const seen = new Set()
    for (const element of document.querySelectorAll("article :is(section, div, details, li, tr, p)")) {
        const what = element.isConnected && place(element) + shape(element)
        if (seen.has(what)) element.remove()
        else if (what) seen.add(what)
    }
}"""
