"""The tutorial can be followed from an empty folder to a published site, and shows what really happens."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ..site.conftest import run_build
from .walkthrough import assert_can_be_followed, is_shown

MONDAY = "1772452800"  # 2 March 2026


def test_the_tutorial_leads_from_an_empty_folder_to_a_published_site(
    tmp_path: Path, git_settings: Callable[..., None], monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    forge = tmp_path / "forge.git"
    subprocess.run(["git", "init", "--quiet", "--bare", forge], check=True)
    address = "https://github.com/our-company/our-goals.git"
    git_settings({"user.name": "Lea Lund", "user.email": "lea@example.com", f"url.{forge}.insteadOf": address})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MONDAY)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert_can_be_followed(pytestconfig.rootpath / "docs/manual/tutorial.md", pytestconfig)
    command = ["git", "-C", str(forge), "log", "--format=%s", "main"]
    pushed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert (pushed[0], pushed[-1]) == ("Adjust Cleo's goal: two accounts are gone", "Start our handbook")
    built = run_build(Path.cwd())
    assert built.code == 0, built.output
    assert "Close 80,000 of new business" in built.page("sellers/cleo-conte")


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
