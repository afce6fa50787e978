"""The example, served, and for each process of tests one browser with two tabs: with scripts and without."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from .site import Site, served
from .tab import Tab

#: Names of the browser on Debian, on Ubuntu, and on machines that have Google's.
NAMES = ("chromium", "chromium-browser", "google-chrome")
#: Nothing in it may ask the internet or the graphics card; as root it has no sandbox.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

#: The kinds of pages. Which page is looked at is decided by what is on them: the fullest.
KINDS = (
    "",
    "changes/",
    "changes/*/",
    "how-goals-are-set/",
    "landmarks/",
    "leaders/*/",
    "leaders/*/sheets/",
    "legend/",
    "manual/",
    "people/",
    "reviews/",
    "sellers/*/",
    "teams/",
    "teams/*/",
)


@pytest.fixture(scope="session")
def site(example_site: Path) -> Iterator[Site]:
    """The example's site, served on this machine."""
    with served(example_site) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium. Where there is none, its tests are skipped, but never where `CI` is set."""
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        needed = f"the tests of pages need Chromium: none of {', '.join(NAMES)} is installed"
        pytest.fail(needed) if os.environ.get("CI") else pytest.skip(needed)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tab(browser: Browser, site: Site) -> Tab:
    """A tab that runs scripts, in which nothing moves. A test begins with `tab.show`."""
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.set_default_timeout(60_000)
    return Tab(page, site.url)


@pytest.fixture(scope="session")
def plain(browser: Browser) -> Page:
    """A tab without scripts, for what does not need them. A test begins with its size."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_default_timeout(60_000)
    return page


@pytest.fixture(scope="session", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of page; all tests of one kind follow one another, so that its page is loaded once."""
    return str(request.param)


@pytest.fixture
def open_tab(kind: str, tab: Tab, site: Site) -> Tab:
    """The tab with the fullest page of a kind, as it was when it was loaded."""
    tab.show(site.kinds[kind])
    return tab
