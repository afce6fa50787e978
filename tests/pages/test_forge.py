"""Which page of which forge a reading is proposed on, by the address under which the docs are edited there."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from goal_handbook.pages.forge import NewFile, new_file_of
from goal_handbook.views.components import CheckInForm

FORM = CheckInForm("ana-abel/new-business", "", ".", "", "", "2027-01-01", "2027-03-05", "2027-12-31")


@pytest.mark.parametrize(
    ("edit", "goals", "page"),
    [
        ("https://github.com/o/r/edit/main/docs/", "../goals", NewFile("https://github.com/o/r/new/main", "filename", "value", "goals/readings")),
        ("https://github.com/o/r/blob/main/docs/", "../goals", NewFile("https://github.com/o/r/new/main", "filename", "value", "goals/readings")),
        ("https://git.house.example/o/r/edit/main/book/docs/", "../goals", NewFile("https://git.house.example/o/r/new/main", "filename", "value", "book/goals/readings")),
        ("https://github.com/o/r/edit/main/", "goals", NewFile("https://github.com/o/r/new/main", "filename", "value", "goals/readings")),
        ("https://gitlab.com/a/b/c/-/edit/main/docs/", "../goals", NewFile("https://gitlab.com/a/b/c/-/new/main", "file_name", "", "goals/readings")),
        ("https://gitlab.com/o/r/edit/main/docs/", "../goals", NewFile("https://gitlab.com/o/r/-/new/main", "file_name", "", "goals/readings")),
        ("https://code.house.example/o/r/-/edit/main/docs/", "../goals", NewFile("https://code.house.example/o/r/-/new/main", "file_name", "", "goals/readings")),
        ("https://codeberg.org/o/r/_edit/main/docs/", "../goals", NewFile("https://codeberg.org/o/r/_new/main/", "filename", "value", "goals/readings")),
    ],
)  # fmt: skip
def test_the_page_for_a_new_file(edit: str, goals: str, page: NewFile) -> None:
    assert new_file_of(edit, goals) == page


@pytest.mark.parametrize(
    ("edit", "goals"),
    [
        ("", "../goals"),
        ("edit/main/docs/", "../goals"),
        ("https://example.com/edit/main/docs/", "../goals"),
        ("https://bitbucket.org/o/r/src/main/docs/", "../goals"),
        ("https://dev.azure.com/o/p/_git/r/blob/main/docs/", "../goals"),
        ("https://github.com/o/r/edit/main/docs/", "../../elsewhere/goals"),
        ("javascript://github.com/o/r/edit/main/docs/", "../goals"),
    ],
)
def test_there_is_none_where_no_file_can_be_proposed(edit: str, goals: str) -> None:
    assert new_file_of(edit, goals) is None


def test_its_host_is_what_readers_know() -> None:
    page = new_file_of("https://me@github.com/o/r/edit/main/docs/", "../goals")
    assert page
    assert page.host == "github.com"


def test_without_a_script_the_link_has_everything_but_the_number() -> None:
    page = new_file_of("https://github.com/o/r/edit/main/docs/", "../goals")
    assert page
    assert parse_qs(urlsplit(page.link(FORM)).query) == {
        "filename": ["goals/readings/2027-03-05-ana-abel-new-business.csv"],
        "value": ["goal,on,value\nana-abel/new-business,2027-03-05,VALUE\n"],
    }


def test_a_forge_that_ignores_the_text_is_not_given_it() -> None:
    page = new_file_of("https://gitlab.com/o/r/-/edit/main/docs/", "../goals")
    assert page
    assert parse_qs(urlsplit(page.link(FORM)).query) == {
        "file_name": ["goals/readings/2027-03-05-ana-abel-new-business.csv"]
    }
