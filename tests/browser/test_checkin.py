"""Check in from a phone: what is typed becomes a file that the forge proposes, and that file passes the check."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, ViewportSize, expect

from goal_handbook.cli import main

from ..site.conftest import run_build
from .site import served

#: A handbook in which there is nothing to fix; there, it is 31 July 2017.
HOUSE = Path(__file__).parent.parent / "rules" / "house"
MKDOCS = """
site_name: Test
theme: {{name: material, font: false, language: {language}}}
edit_uri: {edit}
plugins: [goal-handbook]
"""
GITHUB = "https://github.com/o/r/edit/main/docs/"
GITLAB = "https://gitlab.com/o/r/-/edit/main/docs/"
SELLER, GOAL = "sellers/moses-frase/", "moses-frase/new-business"
PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Proposed:
    """A file that a forge's page is opened with: its name in the repository, and its text, "" where it is pasted."""

    page: str
    name: str
    text: str

    @property
    def rows(self) -> list[list[str]]:
        """The rows of the file without its header."""
        return list(csv.reader(self.text.splitlines()))[1:]


def proposed(address: str) -> Proposed:
    """Return what the address of a forge's page proposes."""
    page, _, query = address.partition("?")
    fields = parse_qs(query, strict_parsing=True)
    (name,) = fields.get("filename") or fields["file_name"]
    return Proposed(page, name, fields.get("value", [""])[0])


def merge(root: Path, file: Proposed, pasted: str = "") -> int:
    """Add a proposed file to the repository, and return the exit code of the check."""
    path = root / file.name
    assert not path.exists()
    path.parent.mkdir(exist_ok=True)
    path.write_text(file.text or pasted, encoding="utf-8")
    return CliRunner().invoke(main, ["check", "--dir", str(root / "goals")]).exit_code


@dataclass(frozen=True)
class Form:
    """The form of a goal, open on a phone, and the repository its site was built from."""

    page: Page
    root: Path

    def fill(self, value: str, note: str = "", day: str = "2017-07-31") -> None:
        """Fill in the fields."""
        for name, text in (("value", value), ("day", day), ("note", note)):
            self.page.locator(f".gh-checkin__{name}").fill(text)

    def propose(self, value: str, note: str = "", day: str = "2017-07-31") -> Proposed:
        """Fill in the fields, press Enter, and return what the forge is asked for."""
        self.fill(value, note, day)
        with self.page.expect_request("https://github.com/**") as asked:
            self.page.locator(".gh-checkin__note").press("Enter")
        return proposed(asked.value.url)

    def objection(self, value: str) -> str:
        """Return what the browser says against a number, "" if nothing."""
        self.fill(value)
        said: str = self.page.locator(".gh-checkin__value").evaluate("field => field.validationMessage")
        return said


OpenForm = Callable[..., Form]


@pytest.fixture(scope="module")
def open_form(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenForm]:
    """Return a function that builds the site of a repository on a forge, and opens its form."""
    with ExitStack() as until_the_end:

        def open_one(edit: str = GITHUB, language: str = "en", **context: Any) -> Form:
            root = repository(tmp_path_factory.mktemp("house"), edit, language)
            site = until_the_end.enter_context(served(run_build(root).site))
            tab = browser.new_context(viewport=PHONE, reduced_motion="reduce", **context)
            until_the_end.callback(tab.close)
            page = tab.new_page()
            page.set_default_timeout(20_000)
            page.route(re.compile("https:"), lambda route: route.fulfill(status=204))  # the page stays where it is
            page.clock.set_fixed_time("2017-08-02T09:30:15")
            page.goto(site.url + SELLER)
            page.locator(".gh-checkin > summary").press("Enter")
            return Form(page, root)

        yield open_one


def repository(root: Path, edit: str, language: str) -> Path:
    """Write a handbook in a language, as a project whose pages are edited on a forge."""
    shutil.copytree(HOUSE, root / "goals")
    settings = root / "goals" / "handbook.yaml"
    text = settings.read_text(encoding="utf-8").replace("locale: en_US", f"locale: {language}")
    settings.write_text(text, encoding="utf-8")
    (root / "docs").mkdir()
    (root / "docs" / "chapter.md").write_text("# A chapter\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(MKDOCS.format(edit=edit, language=language), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def form(open_form: OpenForm) -> Form:
    """The form of an English handbook on GitHub."""
    return open_form()


@pytest.fixture(scope="module")
def german(open_form: OpenForm) -> Form:
    """The form of a German handbook on GitLab, which takes the name of a file and not its text."""
    return open_form(GITLAB, "de", permissions=["clipboard-read", "clipboard-write"])


def test_the_file_it_proposes_passes_the_check_and_moves_the_page(open_form: OpenForm) -> None:
    form = open_form()
    file = form.propose("148200.50", "Bioholding is in legal; two small ones closed, at last.")
    assert file == Proposed(
        "https://github.com/o/r/new/main",
        "goals/readings/2017-07-31-moses-frase-new-business-093015.csv",
        "goal,on,value,note\n"
        'moses-frase/new-business,2017-07-31,148200.50,"Bioholding is in legal; two small ones closed, at last."\n',
    )
    assert merge(form.root, file) == 0
    page = run_build(form.root).page(SELLER)
    assert "$148,200.50" in page
    assert "two small ones closed, at last." in page


def test_a_second_one_of_the_day_is_a_file_of_its_own_and_passes_too(open_form: OpenForm) -> None:
    form = open_form()
    assert merge(form.root, form.propose("148200")) == 0
    form.page.clock.set_fixed_time("2017-08-02T09:30:16")
    assert merge(form.root, form.propose("148200", "Counted again.")) == 0


def test_the_day_is_today_until_another_is_chosen(form: Form) -> None:
    form.page.reload()
    summary, day = form.page.locator(".gh-checkin > summary"), form.page.locator(".gh-checkin__day")
    summary.press("Enter")
    expect(day).to_have_value("2017-08-02")  # waits: the fold says later that it is open
    day.fill("2017-07-28")
    for _ in ("close", "open"):
        summary.press("Enter")
    expect(form.page.locator(".gh-checkin")).to_have_attribute("open", "")
    expect(day).to_have_value("2017-07-28")


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("148200", "148200"),
        ("148200.5", "148200.5"),
        (" 148200 ", "148200"),
        ("0", "0"),
        ("-3.5", "-3.5"),
        ("−3", "-3"),
    ],
)
def test_a_number_is_digits_and_a_mark(form: Form, typed: str, means: str) -> None:
    ((_, _, value),) = form.propose(typed).rows
    assert value == means


@pytest.mark.parametrize("typed", ["148200,50", "1200", "0,5"])
def test_in_german_the_mark_is_a_comma(german: Form, typed: str) -> None:
    german.fill(typed)
    german.page.get_by_text("Zeilen kopieren").click()
    lines = german.page.locator(".gh-checkin__paste .gh-checkin__lines").inner_text()
    assert lines.splitlines() == ["goal,on,value", f"{GOAL},2017-07-31,{typed.replace(',', '.')}"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "148,200",
        "1'200",
        "148 200",
        "1.2.3",
        "1e6",
        "12%",
        "$5",
        "--5",
        ".5",
        "5.",
        "1234567890123456",
        "=1",
        "5,x",
    ],
)
def test_anything_else_is_refused(form: Form, typed: str) -> None:
    assert form.objection(typed) != ""


@pytest.mark.parametrize("typed", ["148.200", "1.200,50"])
def test_in_german_a_point_is_refused_because_it_divides_thousands(german: Form, typed: str) -> None:
    assert german.objection(typed) != ""


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ('He said "no", twice', 'He said "no", twice'),
        ('",1\nana/other,2017-07-01,9\n"', '",1 ana/other,2017-07-01,9 "'),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("  +1", "'+1"),
        ("＝1", "'＝1"),
        ("fine;@SUM(1)", "fine;'@SUM(1)"),
        ("\t-1\r\n=2", "'-1 =2"),
        ("Zwölf & mehr #1 ?x=1%", "Zwölf & mehr #1 ?x=1%"),
    ],
)  # fmt: skip
def test_a_note_stays_in_its_field_and_is_never_a_formula(form: Form, note: str, kept: str) -> None:
    form.fill("5")
    form.page.locator(".gh-checkin__note").evaluate(
        "(field, text) => { field.type = 'hidden'; field.value = text }", note
    )
    with form.page.expect_request("https://github.com/**") as asked:
        form.page.locator(".gh-checkin__form button").click()
    form.page.locator(".gh-checkin__note").evaluate("field => { field.type = 'text' }")
    assert proposed(asked.value.url).rows == [[GOAL, "2017-07-31", "5", kept]]


def test_on_gitlab_the_lines_are_copied_to_be_pasted_and_pass_the_check(german: Form) -> None:
    german.fill("148200,50", "Endlich")
    german.page.get_by_text("Zeilen kopieren").click()
    pasted: str = german.page.evaluate("navigator.clipboard.readText()")
    link = german.page.locator(".gh-checkin__paste a").get_attribute("href") or ""
    file = proposed(link)
    assert (file.page, file.text) == ("https://gitlab.com/o/r/-/new/main", "")
    assert merge(german.root, file, pasted) == 0
    assert "148.200,50" in run_build(german.root).page(SELLER)


def test_without_its_script_the_page_has_a_link_in_which_only_the_number_is_missing(open_form: OpenForm) -> None:
    form = open_form(java_script_enabled=False)
    assert not form.page.locator(".gh-checkin__form").is_visible()
    file = proposed(form.page.locator(".gh-checkin__plain a").get_attribute("href") or "")
    assert merge(form.root, Proposed(file.page, file.name, file.text.replace("VALUE", "148200"))) == 0


def test_what_one_touches_is_large_enough_for_a_thumb(form: Form) -> None:
    touched = form.page.locator(".gh-checkin__form :is(input, button)").all()
    assert [box["height"] for one in touched if (box := one.bounding_box())] == [44, 44, 44, 44]
