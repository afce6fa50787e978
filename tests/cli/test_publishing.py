"""`goals init --visible-to` writes the publishing that fits."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main
from goal_handbook.cli.publishing import VISIBLE_TO

WORKFLOW, PIPELINE = ".github/workflows/publish.yml", ".gitlab/publish.yml"


def started(folder: Path, *arguments: str) -> dict[str, str]:
    """Start a handbook, and return what publishes it, by path."""
    result = CliRunner().invoke(main, ["init", str(folder), *arguments])
    assert result.exit_code == 0, result.output
    return {path: (folder / path).read_text(encoding="utf-8") for path in (WORKFLOW, PIPELINE)}


@pytest.mark.parametrize(
    ("visible_to", "workflow", "pipeline"),
    [
        ("members", "retention-days", "\npages:\n"),
        ("company", "cloudflareaccess.com", "\npages:\n"),
        ("network", "rsync", "rsync"),
        ("everyone", "actions/deploy-pages@", "\npages:\n"),
    ],
)
def test_the_site_is_published_to_those_who_may_see_it(
    tmp_path: Path, visible_to: str, workflow: str, pipeline: str
) -> None:
    made = started(tmp_path / "x", "--visible-to", visible_to)
    assert workflow in made[WORKFLOW]
    assert pipeline in made[PIPELINE]
    assert ("deploy" in made[WORKFLOW]) == (visible_to != "members")


def test_unless_somebody_says_otherwise_nothing_is_published(tmp_path: Path) -> None:
    assert started(tmp_path / "x") == started(tmp_path / "y", "--visible-to", "members")


def test_another_answer_is_refused_with_those_there_are(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "x"), "--visible-to", "nobody"])
    assert result.exit_code == 2
    assert all(f"'{answer}'" in result.stderr for answer in VISIBLE_TO)
    assert not (tmp_path / "x").exists()
