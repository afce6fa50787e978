"""`goals diff` and `goals log`: what a reviewer reads, whole. `--refresh` rewrites the golden files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from ..changes.story import Story

HERE = Path(__file__).parent
MOSES, TEAM = "sellers/moses-frase.yaml", "teams/central.yaml"

ADJUSTED = """    adjustments:
      - on: 2017-07-12
        by: [moses-frase, dustin-brinkmann]
        why: "Two of the five accounts were sold to a competitor, @maventech/board; see #12 & <b>more</b>."
        changes:
          - {field: target, was: 260_000, now: 230_000}
          - {field: landmarks.q4, was: none, now: added}
    accountings:
      - landmark: q2
        on: 2017-07-12
        by: [moses-frase, dustin-brinkmann]
        why: The budget froze.
        action: recover
        plan: [{do: Close Isdom, who: moses-frase, due: 2017-08-15}]
"""


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """A main branch, and files with a bit of everything on top of it."""
    story = Story(tmp_path)
    story.edit(MOSES, "value: 131_000", "value: 100_000")
    story.commit("The goals of 2017", "2017-07-10")
    story.edit(MOSES, "target: 260_000", "target: 230_000")
    story.edit(MOSES, "      - {id: year,", "      - {id: q4, due: 2017-11-30, value: 200_000}\n      - {id: year,")
    story.edit(MOSES, "  - id: negotiation\n", f"{ADJUSTED}  - id: negotiation\n")
    story.edit(
        MOSES,
        "    checkins:\n",
        "    checkins:\n      - {on: 2017-07-15, value: 110_000}\n      - {on: 2017-07-22, value: 112_000}\n",
    )
    story.edit(MOSES, "course, due: 2017-05-31", "course, due: 2017-06-30")
    story.edit(MOSES, "Large buyers have", "Our largest buyers have")
    story.edit(TEAM, "id: year, due: 2017-12-31", "id: year, due: 2017-12-15")
    story.edit(TEAM, "name: Central\n", "name: Central *West* @all\n")
    story.edit("handbook.yaml", "currency: USD", "currency: USD\ngrace_days: 5")
    story.write(
        "sellers/anna.yaml", "name: Anna\nteam: central\ngoals:\n  - {id: calls, title: '`Calls` | 10', kind: skill}\n"
    )
    monkeypatch.chdir(tmp_path)
    return story


def says(*arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--as-of", "2017-07-31"], env={"SOURCE_DATE_EPOCH": None})
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize(("form", "golden"), [("markdown", "diff.md"), ("text", "diff.txt")])
def test_the_difference_reads_like_this(story: Story, form: str, golden: str, request: pytest.FixtureRequest) -> None:
    said, file = says("diff", "main", "--format", form), HERE / "golden" / golden
    if request.config.getoption("--refresh"):
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


def test_the_data_match_the_text(story: Story) -> None:
    data = json.loads(says("diff", "main", "--format", "json"))
    target = next(change for change in data["changes"] if change.get("field") == "target")
    assert (target["id"], target["was"], target["now"], target["silent"]) == (
        "moses-frase/new-business", "260000", "230000", False,
    )  # fmt: skip
    assert target["kind"] == "term-changed"
    assert target["explained_by"]["on"] == "2017-07-12"
    assert (data["adjusted"], data["silent"]) == (1, 2)


def test_a_commit_is_compared_as_the_files_are(story: Story) -> None:
    files = says("diff", "main")
    story.git("checkout", "--quiet", "-b", "work")
    story.commit("all of it", "2017-07-31")
    story.git("checkout", "--quiet", "main")
    assert says("diff", "main", "work") == files


def test_nothing_is_nothing(story: Story) -> None:
    story.commit("all of it", "2017-07-31")
    assert says("diff", "HEAD").endswith("Nothing.\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("GH-1 and gh-22", "GH-¦1 and gh-¦22"),
        ("o/r#3, !4", "o/r\\#¦3, \\!¦4"),
        ("http://x.y ftp://z", "http:¦//x.y ftp:¦//z"),
        ("www.x.y", "www¦.x.y"),
        ("ana@x.y", "ana@¦x.y"),
        ("3d3c42e5", "3d3c42¦e5"),
        ("1250000 in Q3-2017", "1250000 in Q3-2017"),
    ],
)
def test_no_text_becomes_a_link(story: Story, text: str, shown: str) -> None:
    story.edit(TEAM, "name: Central *West* @all\n", f"name: {json.dumps(text)}\n")
    said = says("diff", "main", "--format", "markdown")
    assert f"### {shown}\n".replace("¦", "&#8203;") in said


@pytest.mark.parametrize(
    "text", ["@maventech/board", "#12", "<b>", "`x`", "![a](http://x)", "[x](javascript:y)", "| a |"]
)
def test_no_text_calls_a_person_or_makes_markup(story: Story, text: str) -> None:
    story.edit(MOSES, "Our largest buyers have", "Large buyers have")
    story.edit(TEAM, "name: Central *West* @all\n", f"name: {json.dumps(text)}\n")
    said = says("diff", "main", "--format", "markdown")
    assert text not in said
    assert f"@{text.lstrip('@')}" not in said


def test_a_log_reads_like_this(story: Story, request: pytest.FixtureRequest) -> None:
    said, file = says("log", "moses-frase/new-business"), HERE / "golden" / "log.txt"
    commit = story.git("rev-parse", "HEAD")
    said = said.replace(commit[:8], "COMMIT..")
    if request.config.getoption("--refresh"):
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


def test_a_log_as_data_has_whole_commit_ids(story: Story) -> None:
    data = json.loads(says("log", "moses-frase/new-business", "--format", "json"))
    agreed = next(event for event in data["events"] if event["what"] == "Agreed")
    assert agreed["commit"] == story.git("rev-parse", "HEAD")
    assert agreed["by"] == ["moses-frase", "dustin-brinkmann"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["diff", "nowhere"], 'unknown commit "nowhere"'),
        (["diff", "main", "nowhere"], 'unknown commit "nowhere"'),
        (["diff", "--format", "json"], "Missing argument"),
        (["log", "moses-frase/new-busines"], 'did you mean "moses-frase/new-business"?'),
        (["check", "--since", "--output=x"], "unknown commit"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_reported(story: Story, arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_base_with_errors_is_reported(story: Story) -> None:
    story.commit("all of it", "2017-07-31")
    story.write("handbook.yaml", "format: 1\n")
    result = CliRunner().invoke(main, ["diff", "HEAD"])
    assert (result.exit_code, "versions with errors cannot be compared" in result.stderr) == (2, True)


def test_everything_is_new_where_a_handbook_begins(story: Story) -> None:
    story.git("mv", "goals", "plan")
    result = CliRunner().invoke(main, ["diff", "main", "--dir", "plan", "--as-of", "2017-07-31"])
    assert result.exit_code == 0, result.output
    assert "- New goal: " in result.stdout


def test_a_move_names_the_teams_before_and_after(story: Story) -> None:
    story.write("teams/north.yaml", "name: North\nleader: dustin-brinkmann\n")
    story.edit(MOSES, "team: central\n", "team: [{id: central}, {id: north, from: 2017-11-01}]\n")
    result = CliRunner().invoke(main, ["diff", "main", "--as-of", "2017-07-31"])
    assert "- team: Central *West* @all → Central *West* @all; North from 2017-11-01\n" in result.stdout


def test_what_was_owed_before_is_not_owed_now(story: Story) -> None:
    story.commit("All of this", "2017-07-11")
    story.edit(MOSES, "checkins:\n", "checkins:\n      - {on: 2017-07-29, value: 113_000}\n")
    result = CliRunner().invoke(main, ["diff", "main", "--as-of", "2017-07-31"])
    assert "Owed now" not in result.stdout, result.stdout
