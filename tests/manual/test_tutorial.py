"""The tutorial can be followed from an empty folder to a published site, and shows what really happens."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

import pytest

from ..site.conftest import run_build
from .conftest import GitSettings
from .walkthrough import assert_can_be_followed, follow, is_shown

#: The day on which the page is followed.
DAY = datetime.date(2026, 3, 2)


@pytest.fixture
def forge(tmp_path: Path, empty: None, git_settings: GitSettings) -> Path:
    """A repository in the place of the one at the forge; Lea Lund works in an empty folder."""
    folder = tmp_path / "forge.git"
    subprocess.run(["git", "init", "--quiet", "--bare", folder], check=True)
    address = "https://github.com/our-company/our-goals.git"
    git_settings({"user.name": "Lea Lund", "user.email": "lea@example.com", f"url.{folder}.insteadOf": address})
    return folder


def noon(day: datetime.date) -> str:
    """The time of SOURCE_DATE_EPOCH for a day."""
    return str(int(datetime.datetime.combine(day, datetime.time(12), datetime.UTC).timestamp()))


def test_the_tutorial_leads_from_an_empty_folder_to_a_published_site(
    forge: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    page = pytestconfig.rootpath / "docs/manual/tutorial.md"
    assert f"export SOURCE_DATE_EPOCH={noon(DAY)}\n" in page.read_text(encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", noon(DAY))
    assert_can_be_followed(page, pytestconfig)
    command = ["git", "-C", str(forge), "log", "--format=%s", "main"]
    pushed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert (pushed[0], pushed[-1]) == ("Adjust Cleo's goal: two accounts are gone", "Start our handbook")
    built = run_build(Path.cwd())
    assert built.code == 0, built.output
    assert "Close 80,000 of new business" in built.page("sellers/cleo-conte")


@pytest.mark.parametrize("day", [datetime.date(2026, m, d) for m, d in ((1, 1), (6, 30), (10, 16))], ids=str)
def test_it_can_be_followed_without_its_date_until_a_handbook_begins_with_the_next_year(
    day: datetime.date, forge: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", noon(day))
    page = (pytestconfig.rootpath / "docs/manual/tutorial.md").read_text(encoding="utf-8")
    follow(page.replace(str(DAY), str(day)))
    assert Path.cwd().name == "our-goals"


@pytest.mark.parametrize(
    ("output", "shown", "is_right"),
    [
        ("a\nb\nc\n", "a\nb\nc\n", True),
        ("a\nb\nc\n", "a\n…\nc\n", True),
        ("a\nb\nc\n", "a\n…\n", True),
        ("a\nb\nc\n", "…\nc\n", True),
        ("a\nb\nc\n", "a\nc\n", False),
        ("a\nb\nc\n", "a\n…\nb\n", False),
        ("a\nb\nc\n", "", False),
    ],
)
def test_an_output_may_be_shown_in_part_but_not_wrongly(output: str, shown: str, is_right: bool) -> None:
    assert is_shown(output, shown) == is_right
