"""`mkdocs serve`: after every kind of edit it answers what a build would write, without another build of MkDocs."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from mkdocs.commands.build import build as build_site_of
from mkdocs.config import load_config

from goal_handbook.mkdocs_plugin.plugin import GoalHandbookPlugin

from .conftest import MKDOCS, Build

ANA = """
    name: Ana
    team: north
    goals:
      - {id: deals, title: Forty deals, kind: production, measure: {unit: deals, target: 40}, checkins: [{on: 2017-03-31, value: 8}]}
      - {id: late, title: A late paper, kind: skill, landmarks: [{id: a, due: 2017-06-01, deliver: A paper}]}
"""
FILES = {
    "teams/north.yaml": "name: North\nleader: lea\n",
    "leaders/lea.yaml": "name: Lea\n",
    "sellers/ana.yaml": ANA,
    "sellers/bo.yaml": "name: Bo\nteam: north\ngoals:\n  - {id: book, title: Read, kind: skill}\n",
}
DATED = MKDOCS.replace("- goal-handbook", "- goal-handbook: {as_of: 2017-07-01}")
#: What is edited, and to what; None deletes the file.
EDITS: dict[str, dict[str, str | None]] = {
    "a title": {"sellers/ana.yaml": ANA.replace("Forty deals", "Fifty <deals>")},
    "a name": {"sellers/ana.yaml": ANA.replace("name: Ana", "name: Äna")},
    "a team's name": {"teams/north.yaml": "name: Far north\nleader: lea\n"},
    "a goal more": {"sellers/ana.yaml": f"{ANA}      - {{id: more, title: More, kind: skill}}\n"},
    "a goal less": {"sellers/ana.yaml": ANA.rpartition("      - ")[0]},
    "a goal by another id": {"sellers/ana.yaml": ANA.replace("id: late,", "id: paper, formerly: [late],")},
    "two files": {"sellers/ana.yaml": ANA.replace("Forty", "Sixty"), "leaders/lea.yaml": "name: Léa\n"},
}
REBUILT: dict[str, dict[str, str | None]] = {
    "a person more": {"sellers/cy.yaml": "name: Cy\nteam: north\n"},
    "a person less": {"sellers/bo.yaml": None},
}


class Served(NamedTuple):
    """A handbook under `serve`, without its server: the plugin after a first build, and the two folders."""

    plugin: GoalHandbookPlugin
    goals: Path
    site: Path

    def edit(self, files: dict[str, str | None]) -> bool:
        """Edit files; returns whether that is shown without a build."""
        for name, text in files.items():
            path = self.goals / name
            path.unlink() if text is None else path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        return self.plugin.read_again()

    def files(self) -> dict[str, bytes]:
        """Everything that is answered, by the name of the file."""
        preview = self.plugin.preview
        assert preview
        names = {path.relative_to(self.site).as_posix() for path in self.site.rglob("*") if path.is_file()}
        made = {name: preview.make(name) for name in (preview.version.makers if preview.version else ())}
        written = {n: (self.site / n).read_bytes() for n in names - made.keys() if not preview.is_gone(n)}
        return {**written, **{name: text for name, text in made.items() if text is not None}}


@pytest.fixture(autouse=True)
def nothing_is_served_afterwards(tmp_path: Path) -> Iterator[None]:
    """MkDocs keeps a plugin that it has started for all later builds of its process."""
    yield
    plugin = load_config(str(tmp_path / "mkdocs.yml")).plugins["goal-handbook"]
    assert isinstance(plugin, GoalHandbookPlugin)
    plugin.on_startup(command="build", dirty=False)


@pytest.fixture
def served(goals: Callable[..., Path], build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Served:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    build(FILES, DATED)
    return start(tmp_path)


def start(root: Path) -> Served:
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "served"))
    plugin = config.plugins["goal-handbook"]
    assert isinstance(plugin, GoalHandbookPlugin)
    plugin.on_startup(command="serve", dirty=False)
    build_site_of(config)
    return Served(plugin, root / "goals", root / "served")


def built(build: Build, files: dict[str, str | None]) -> dict[str, bytes]:
    texts = {**FILES, **files}
    site = build({name: text for name, text in texts.items() if text is not None}, DATED).site
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_is_answered_as_a_build_would_write_it(
    served: Served, build: Build, edit: dict[str, str | None]
) -> None:
    assert served.edit(edit)
    edited = served.files()
    assert served.edit(dict(FILES))
    restored = served.files()
    assert edited == built(build, edit)
    assert restored == built(build, {})


@pytest.mark.parametrize("edit", REBUILT.values(), ids=REBUILT)
def test_another_page_is_left_to_a_build(served: Served, edit: dict[str, str | None]) -> None:
    assert not served.edit(edit)


def test_a_chapter_that_places_goals_is_left_to_a_build(build: Build, tmp_path: Path) -> None:
    build(FILES, DATED, {"our-year.md": "# Our year\n\n::: goal ana/deals\n"})
    assert not start(tmp_path).edit(EDITS["a title"])


def test_after_a_broken_file_the_last_good_state_is_answered_until_it_is_repaired(
    served: Served, build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    before = served.files()
    assert served.edit({"sellers/ana.yaml": "name: [\n"})
    assert "goals/sellers/ana.yaml" in capsys.readouterr().err
    assert served.files() == before
    assert served.edit(EDITS["a title"])
    assert served.files() == built(build, EDITS["a title"])


def test_a_warning_that_the_handbook_makes_an_error_is_one_while_serving_too(served: Served) -> None:
    before = served.plugin.good
    handbook = (served.goals / "handbook.yaml").read_text(encoding="utf-8")
    assert served.edit({"handbook.yaml": handbook.replace("GH3: off", "GH3: error")})
    assert served.plugin.good is before
