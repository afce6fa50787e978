"""A phone on the way to a 1:1: what matters is on the first screen, and one's own page is two taps from Home."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from statistics import median
from typing import Any

from playwright.sync_api import Page, ViewportSize

from .site import Site

#: A small phone, in pixels of CSS.
SCREEN = 740
PHONE: ViewportSize = {"width": 360, "height": SCREEN}


@dataclass(frozen=True)
class Way:
    """A way to a page: how often one taps, and how many screens one scrolls."""

    taps: int
    screens: float


def test_the_first_next_step_is_on_the_first_screen(site: Site, plain: Page) -> None:
    assert median(ends_of(".gh-next > li", "sellers/*/", site, plain)) <= SCREEN


def test_the_first_row_of_a_leaders_agenda_begins_on_the_first_screen(site: Site, plain: Page) -> None:
    assert median(ends_of(".gh-agenda__who > p", "leaders/*/", site, plain)) <= SCREEN


def test_ones_own_page_is_two_taps_from_home_and_less_than_two_screens_of_scrolling(site: Site, plain: Page) -> None:
    plain.set_viewport_size(PHONE)
    home = links_of(plain, site.url)
    links = {address: links_of(plain, address) for address in home if address.startswith(site.url)}
    ways = [shortest_way(site.url + seller, home, links) for seller in site.of_kind("sellers/*/")]
    assert median(way.taps for way in ways) <= 2
    assert median(way.screens for way in ways) <= 2


def ends_of(selector: str, kind: str, site: Site, plain: Page) -> list[float]:
    """Return how far down the first such element ends, on each page of a kind that has one."""
    plain.set_viewport_size(PHONE)
    ends = []
    for address in site.of_kind(kind):
        plain.goto(site.url + address)
        if box := plain.locator(selector).first.bounding_box():
            ends.append(box["y"] + box["height"])
    return ends


def links_of(page: Page, address: str) -> dict[str, float]:
    """Return the addresses that a page shows links to, without their anchors, and how many screens down each is."""
    page.goto(address)
    found: list[list[Any]] = page.evaluate(
        """() => [...document.links]
            .map(link => [link.href.split("#")[0], link.getBoundingClientRect(), link])
            .filter(([, box, link]) => box.left >= 0 && box.width > 0 && link.checkVisibility())
            .map(([address, box]) => [address, Math.max(0, box.bottom / innerHeight - 1)])
        """
    )
    links: dict[str, float] = {}
    for to, screens in found:
        links[to] = min(screens, links.get(to, screens))
    return links


def shortest_way(page: str, home: dict[str, float], links: dict[str, dict[str, float]]) -> Way:
    """Return the way with the fewest taps from Home to a page, and of these the one with the least scrolling.

    `home` are the links of Home, `links` those of the pages it links to. A longer way counts as three taps.
    """
    if page in home:
        return Way(1, home[page])
    over = [screens + links[via][page] for via, screens in home.items() if page in links.get(via, {})]
    return Way(2, min(over)) if over else Way(3, inf)
