"""`mkdocs serve` as a browser sees it: a real server, whose answer to a waiting page says that there is something new."""

from __future__ import annotations

import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from goal_handbook.mkdocs_plugin.plugin import GoalHandbookPlugin

from .conftest import MKDOCS
from .test_serving import ANA, FILES

#: Seconds that nothing here takes.
PATIENCE = 60
PAGE = "sellers/ana/"
SERVED = MKDOCS.replace("- goal-handbook", "- goal-handbook: {as_of: 2017-07-01}").replace(
    "theme: {", "theme: {custom_dir: overrides, "
)
#: A template of the user's that works for everybody but one.
TEMPLATE = "<h1>{{ view.person.name }}</h1>{{ view.person.name.nothing.there if view.person.name == 'Eve' }}\n"


class Browser:
    """Looks at a server for a project; `reads` is set after each edit of the goals that the server has dealt with."""

    def __init__(self, root: Path) -> None:
        self.root, self.reads, self.builds, self.listens = root, threading.Event(), threading.Event(), threading.Event()
        self.server: LiveReloadServer

    def get(self, address: str) -> str:
        """Return what is answered, also where that is an error."""
        port = self.server.server_address[1]
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{address}", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return f"{error.code} {error.read().decode()}"

    def edit(self, name: str, text: str) -> None:
        """Write a file."""
        (self.root / name).write_text(text, encoding="utf-8")

    def edit_goals(self, text: str) -> None:
        """Write Ana's file, and wait until the server has read it."""
        self.reads.clear()
        self.edit("goals/sellers/ana.yaml", text)
        assert self.reads.wait(PATIENCE)

    def edit_home(self) -> None:
        """Write a chapter until MkDocs, which has just begun to watch, notices and builds again."""
        self.builds.clear()
        for number in range(PATIENCE):
            self.edit("docs/index.md", f"# Home again {number}\n")
            if self.builds.wait(1):
                return
        pytest.fail("MkDocs does not build again")

    def after(self, page: str) -> str:
        """Do what the script in a page does: wait for something newer, and load the page again."""
        found = re.search(r"livereload\((\d+), (\d+)\)", page)
        assert found, page
        assert int(self.get(f"livereload/{found[1]}/{found[2]}")) > int(found[1])
        return self.get(PAGE)


@pytest.fixture
def browser(goals: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    root = goals(FILES).parent
    browser = Browser(root)
    for name, text in {"mkdocs.yml": SERVED, "docs/index.md": "# Home\n", "overrides/nothing.txt": ""}.items():
        (root / name).parent.mkdir(exist_ok=True)
        browser.edit(name, text)
    yield from running(browser, monkeypatch)


def running(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    read_again = GoalHandbookPlugin.read_again

    class Server(LiveReloadServer):
        def server_activate(self) -> None:
            super().server_activate()
            browser.server = self
            builder = self.builder

            def build() -> None:
                browser.builds.set()
                builder()

            self.builder = build
            browser.listens.set()

    def read(self: GoalHandbookPlugin) -> bool:
        try:
            return read_again(self)
        finally:
            browser.reads.set()

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    monkeypatch.setattr(mkdocs_serve, "LiveReloadServer", Server)
    monkeypatch.setattr(GoalHandbookPlugin, "read_again", read)
    config_file = str(browser.root / "mkdocs.yml")
    thread = threading.Thread(target=mkdocs_serve.serve, args=(config_file,), kwargs={"dev_addr": "127.0.0.1:0"})
    thread.start()
    assert browser.listens.wait(PATIENCE)
    yield browser
    browser.server.shutdown()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    plugin = load_config(config_file).plugins["goal-handbook"]  # MkDocs keeps one that was started for all builds
    assert isinstance(plugin, GoalHandbookPlugin)
    plugin.on_startup(command="build", dirty=False)


def test_an_edit_is_on_the_page_that_waits_and_then_in_the_search(browser: Browser) -> None:
    page = browser.get(PAGE)
    assert "Forty deals" in page
    browser.edit_goals(ANA.replace("Forty", "Fifty"))
    assert "Fifty deals" in browser.after(page)
    assert "Fifty deals" in browser.get("search/search_index.json")


def test_a_broken_file_leaves_the_last_good_page_and_says_why_in_the_terminal(
    browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    page = browser.get(PAGE)
    browser.edit_goals("name: [\n")
    said = capsys.readouterr().err
    assert "goals/sellers/ana.yaml:2:1" in said
    assert "The site still shows the last good state." in said
    assert "Forty deals" in browser.get(PAGE)
    browser.edit_goals(ANA.replace("Forty", "Sixty"))
    assert "Sixty deals" in browser.after(page)


@pytest.mark.parametrize("builds_again", [False, True])
def test_a_template_that_fails_is_said_on_the_page_which_comes_back(browser: Browser, builds_again: bool) -> None:
    page = browser.get(PAGE)
    (browser.root / "overrides" / "goal-handbook").mkdir()
    browser.edit("overrides/goal-handbook/seller.html", TEMPLATE)
    if builds_again:
        browser.edit(
            "overrides/main.html", '{% extends "base.html" %}{% block htmltitle %}{{ page.url }}{% endblock %}'
        )
    browser.edit_home()  # so that MkDocs builds with it
    page = browser.after(page)
    assert "<h1>Ana</h1>" in page
    browser.edit_goals(ANA.replace("Ana", "Eve"))
    failed = browser.after(page)
    assert failed.startswith("500 ")
    assert "seller.html" in failed
    browser.edit_goals(ANA.replace("Ana", "Anna"))
    assert "<h1>Anna</h1>" in browser.after(failed)


@pytest.mark.parametrize("is_edited", [True, False])
def test_who_asks_while_mkdocs_builds_again_is_answered_with_the_new_page(browser: Browser, is_edited: bool) -> None:
    """MkDocs removes all that it has served before it builds."""
    if is_edited:
        browser.edit_goals(ANA.replace("Forty", "Fifty"))
    browser.edit_home()
    assert ("Fifty deals" if is_edited else "Forty deals") in browser.get(PAGE)
    assert "Home again" in browser.get("")
