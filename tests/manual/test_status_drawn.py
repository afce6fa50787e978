"""The drawn examples of the status rules are what the program says and draws (`--refresh` draws them again)."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from .picture import picture
from .walkthrough import assert_can_be_followed, follow

HOUSE = {
    "handbook.yaml": "format: 1\nname: Our company\nperiod: {name: 2026, start: 2026-01-01, end: 2026-12-31}\ncurrency: USD\nlocale: en_US\nreview_every: quarter\n",
    "teams/north.yaml": "name: North\nleader: lea-lund\n",
    "leaders/lea-lund.yaml": "name: Lea Lund\n",
}
SECTIONS = ("missed", "accounted", "on-track", "at-risk", "level", "adjusted", "sum")


@pytest.fixture
def page(empty: None, pytestconfig: pytest.Config) -> Path:
    """The page with the examples, to follow in a handbook without goals."""
    for name, text in HOUSE.items():
        path = Path("goals", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    Path("goals", "sellers").mkdir()
    return pytestconfig.rootpath / "docs/manual/status-drawn.md"


def test_the_examples_say_what_the_program_says(page: Path, pytestconfig: pytest.Config) -> None:
    assert_can_be_followed(page, pytestconfig)


def test_every_picture_shows_the_goal_above_it(page: Path, pytestconfig: pytest.Config) -> None:
    drawn = []
    for section in page.read_text(encoding="utf-8").split("\n## ")[1:]:
        follow(section)
        (command,) = re.findall(r"^goals status (\S+) --as-of (\S+)$", section, re.MULTILINE)
        (name,) = re.findall(r"\(\.\./assets/status/(.+)\.svg\)", section)
        svg = picture(Path("goals"), command[0], datetime.date.fromisoformat(command[1]))
        file = page.parent.parent / "assets" / "status" / f"{name}.svg"
        if pytestconfig.getoption("--refresh"):
            file.write_text(svg, encoding="utf-8")
        assert file.read_text(encoding="utf-8") == svg, name
        drawn.append(name)
    assert drawn == list(SECTIONS)
    assert sorted(path.stem for path in (page.parent.parent / "assets" / "status").iterdir()) == sorted(SECTIONS)
