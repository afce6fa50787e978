"""Every kind of page on a phone, a tablet and a desk, in light and in dark."""

from __future__ import annotations

from typing import Any, cast

import pytest
from playwright.sync_api import Page

from .conftest import OpenPage
from .site import Site

WIDTHS = (360, 768, 1440)
SCHEMES = {"light": "default", "dark": "slate"}
#: Where axe looks at each scheme: colours do not depend on the width, nor what there is to see on the scheme.
AXE_AT = {"light": 360, "dark": 1440}

#: What axe finds in Material's own parts, which are not ours to change: the rule, a selector, and why.
MATERIALS = (
    ("aria-dialog-name", ".md-search", "the dialog of the search has no name"),
    ("color-contrast", ".md-copyright", "grey on grey in the footer"),
    ("color-contrast", ".md-tabs__link", "tabs that are not the current one are translucent"),
    ("color-contrast", ".highlight", "the colours of code"),
    ("landmark-unique", ".md-nav", "navigations inside one another share a name"),
)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_page_of_each_kind_fits_is_accessible_and_asks_for_nothing_elsewhere(
    scheme: str, site: Site, open_page: OpenPage
) -> None:
    page = open_page(color_scheme=scheme)
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("response", lambda answer: found.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("request", lambda request: None if is_here(request.url, site) else found.append(f"asks {request.url}"))
    problems = []
    for kind, address in site.kinds.items():
        page.goto(site.url + address)
        assert page.get_attribute("body", "data-md-color-scheme") == SCHEMES[scheme]
        page.evaluate("document.querySelectorAll('article details').forEach(one => one.open = true)")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wrong = too_wide(page) + (inaccessible(page) if width == AXE_AT[scheme] else [])
            found += [f"{width} px: {what}" for what in wrong]
        problems += [f"{kind} ({address}): {what}" for what in found]
        found.clear()
    assert problems == []


def is_here(url: str, site: Site) -> bool:
    """Return whether an address is of the site, or no address of the web at all."""
    return url.startswith((site.url, "data:", "blob:"))


def too_wide(page: Page) -> list[str]:
    """Return what is wrong if the page scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls sideways by {wide} px"] if wide > 0 else []


def inaccessible(page: Page) -> list[str]:
    """Return the violations that axe finds in what is ours, as `rule: selector`."""
    result = cast(
        dict[str, Any],
        page.evaluate(
            """async known => {
                const result = await axe.run(document, {resultTypes: ["violations"]})
                const theirs = (rule, node) => known.some(
                    ([id, selector]) => id === rule && document.querySelector(node.target[0])?.closest(selector))
                return Object.fromEntries(result.violations
                    .map(({id, nodes}) => [id, nodes.filter(node => !theirs(id, node)).map(node => node.target[0])])
                    .filter(([, nodes]) => nodes.length))
            }""",
            [known[:2] for known in MATERIALS],
        ),
    )
    return [f"{rule}: {', '.join(nodes[:3])} ({len(nodes)})" for rule, nodes in result.items()]
