"""The example, served, and one browser for each process of tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.node import node_module

from .site import Site, served

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

OpenPage = Callable[..., Page]


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


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Return a function that opens an empty page; it takes the options of a browser context.

    Nothing in it moves, and it has `axe`.
    """
    contexts = []

    def open_one(width: int = 1440, height: int = 900, **options: object) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, reduced_motion="reduce", **options)  # type: ignore[arg-type]
        context.add_init_script(path=node_module("axe-core") / "axe.min.js")
        context.set_default_timeout(60_000)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
