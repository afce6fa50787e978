"""Which version of the files a day has, and which days have none."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path
from typing import Any

import pytest

from goal_handbook.findings import Finding
from goal_handbook.snapshots.take import quarter_ends, take_snapshots
from goal_handbook.source import load as loading
from goal_handbook.source.document import Document
from goal_handbook.source.parse import read_data

from ..changes.story import Story
from .book import DUSTIN, MOSES, TEAM, Step, add, day, edit, opened, remove, taken

GOAL = "  - id: a\n    title: A\n    kind: skill\n    landmarks: [{id: x, due: 2017-06-30, deliver: X}]\n"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """A handbook whose target was 250,000 on the first day, 260,000 from 10 March and 270,000 from 20 June."""
    story = Story(tmp_path)
    story.edit(MOSES, "target: 260_000", "target: 250_000")
    story.commit("first", "2017-01-20")
    story.edit(MOSES, "target: 250_000", "target: 260_000")
    story.commit("second", "2017-03-10")
    story.edit(MOSES, "target: 260_000", "target: 270_000")
    story.commit("third", "2017-06-20")
    return story


def target(story: Story, on: str) -> tuple[int, datetime.date | None]:
    """The target that the snapshot of a day shows, and the day of its files if the page says so."""
    (snapshot,) = taken(story, on).found
    value = snapshot.assessment.handbook.goals["moses-frase/new-business"].target
    return int(value or 0), snapshot.files_of


@pytest.mark.parametrize(
    ("on", "value"),
    [
        ("2017-01-20", 250_000),
        ("2017-03-09", 250_000),
        ("2017-03-10", 260_000),
        ("2017-06-19", 260_000),
        ("2017-06-20", 270_000),
        ("2017-07-31", 270_000),
    ],
)
def test_a_day_has_the_last_version_committed_by_its_end(story: Story, on: str, value: int) -> None:
    assert target(story, on) == (value, None)


def test_of_several_versions_of_a_day_the_last_one_counts(story: Story) -> None:
    for value in ("280_000", "290_000"):
        story.edit(MOSES, story.read(MOSES).partition("target: ")[2].partition("}")[0], value)
        story.commit("again", "2017-06-20")
    assert target(story, "2017-06-20") == (290_000, None)


def test_the_status_date_is_that_day(story: Story) -> None:
    (snapshot,) = taken(story, "2017-03-31").found
    assert snapshot.assessment.as_of == day("2017-03-31")
    goal = snapshot.assessment.goals["moses-frase/new-business"].goal
    assert [str(checkin.on) for checkin in goal.checkins] == ["2017-03-31"]
    assert [version.day for version in snapshot.history.versions] == [day("2017-01-20"), day("2017-03-10")]


@pytest.mark.parametrize(
    "broken",
    [
        edit(MOSES, "team: central", "team: [central"),
        edit(MOSES, "team: central", "team: nowhere"),
        add("teams/moses-frase.yaml", "name: Twice\n"),
        add("notes.yaml", "a: b\n"),
        remove("handbook.yaml"),
    ],
    ids=["invalid YAML", "an unknown team", "an id twice", "a file in the wrong place", "no settings"],
)
def test_for_files_with_errors_the_version_before_counts_and_the_page_says_so(story: Story, broken: Step) -> None:
    broken(story)
    story.commit("with errors", "2017-06-25")
    add(TEAM, "# more\n")(story)
    story.commit("still with errors", "2017-06-28")
    story.git("rm", "--quiet", "-r", "goals")
    story.git("checkout", "--quiet", "HEAD~2", "--", "goals")
    story.commit("repaired", "2017-07-02")
    assert target(story, "2017-06-30") == (270_000, day("2017-06-20"))
    assert target(story, "2017-07-02") == (270_000, None)


def test_without_any_version_without_errors_the_day_is_left_out(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.edit(MOSES, "team: central", "team: nowhere")
    story.commit("first", "2017-01-20")
    story.edit(MOSES, "team: nowhere", "team: central")
    story.commit("second", "2017-03-10")
    assert taken(story, "2017-02-28").left_out == ("2017-02-28 is left out: no version until then is without errors",)


def test_a_day_before_the_first_version_is_left_out(story: Story) -> None:
    found = taken(story, "2017-01-19", "2017-01-20")
    assert [snapshot.day for snapshot in found.found] == [day("2017-01-20")]
    assert found.left_out == ("2017-01-19 is left out: the first version is of 2017-01-20",)


def test_a_day_of_an_earlier_period_is_left_out(tmp_path: Path) -> None:
    story = Story(tmp_path)
    remove(DUSTIN)(story)
    story.write(TEAM, "name: Central\n")
    story.write(MOSES, f"name: Moses\nteam: central\ngoals:\n{GOAL}")
    story.commit("2017", "2017-01-20")
    add(MOSES, "    closed: {on: 2017-12-20, result: achieved}\n")(story)
    story.commit("the end", "2017-12-20")
    story.write(MOSES, f"name: Moses\nteam: central\ngoals:\n{GOAL}".replace("2017", "2018"))
    story.write("handbook.yaml", story.read("handbook.yaml").replace("2017", "2018"))
    story.commit("2018", "2018-01-10")
    workspace = opened(story, day("2018-02-01"))
    days = [day("2017-06-30"), day("2017-12-31"), day("2018-01-31")]
    found = take_snapshots(workspace, story.goals, days, "team")
    assert [snapshot.day for snapshot in found.found] == days[2:]
    assert found.left_out == tuple(f"{one} is left out: it belongs to an earlier period" for one in days[:2])


def test_in_a_shallow_clone_there_are_none(story: Story, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", story.folder.as_uri(), clone], check=True)
    story.goals = clone / "goals"
    assert taken(story, "2017-06-30").found == ()
    assert taken(story, "2017-06-30").left_out == ("this clone is shallow; get the rest with git fetch --unshallow",)


def test_without_git_there_are_none(story: Story) -> None:
    (story.folder / ".git").rename(story.folder / "no-git")
    (reason,) = taken(story, "2017-06-30").left_out
    assert reason.startswith("the goals have no history: ")


@pytest.mark.parametrize(
    ("as_of", "quarters", "ends"),
    [
        ("2017-03-31", "", []),
        ("2017-04-01", "", ["2017-03-31"]),
        ("2017-10-15", "", ["2017-03-31", "2017-06-30", "2017-09-30"]),
        ("2018-02-01", "", ["2017-03-31", "2017-06-30", "2017-09-30", "2017-12-31"]),
        ("2017-10-15", ", quarters: [2017-02-28, 2017-08-30, 2017-12-31]", ["2017-02-28", "2017-08-30"]),
    ],
)
def test_the_ends_of_quarters_are_those_before_the_status_date(
    story: Story, as_of: str, quarters: str, ends: list[str]
) -> None:
    story.edit("handbook.yaml", "end: 2017-12-31", f"end: 2017-12-31{quarters}")
    assert quarter_ends(opened(story, day(as_of))) == tuple(map(day, ends))


def test_what_is_the_same_on_several_days_is_read_once(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two git processes, however many days there are; of four files in three versions, two are not yet parsed."""
    workspace, parsed, asked = opened(story), [], []
    taken(story, "2017-06-30")  # the cache knows every version of a file from now on
    start = subprocess.Popen

    def read(path: str, data: bytes) -> tuple[Document, dict[str, Any] | None, list[Finding]]:
        parsed.append(path)
        return read_data(path, data)

    def popen(command: tuple[str, ...], **options: Any) -> Any:
        asked.append(command)
        return start(command, **options)

    monkeypatch.setattr(loading, "read_data", read)
    monkeypatch.setattr("goal_handbook.git.commands.subprocess.Popen", popen)
    days = [day(f"2017-{month:02}-28") for month in range(1, 8)]
    assert len(take_snapshots(workspace, story.goals, days, "team").found) == 7
    assert sorted(parsed) == [*["goals/handbook.yaml"] * 3, *[f"goals/{MOSES}"] * 2]
    assert len(asked) == 2
