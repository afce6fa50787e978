"""A year of a handbook in commits: every silent change is caught with file and line, and no honest one is flagged.

Each step is checked as a pull request is: the files as they are against the commit before. What the gate refuses is
committed anyway (somebody pushed), so that later steps can correct it.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from .story import Story

MOSES, TEAM, BOOK = "sellers/moses-frase.yaml", "teams/central.yaml", "handbook.yaml"
NEW_BUSINESS = "  - id: negotiation\n"


class Step(NamedTuple):
    """A step of the year: its day, what is done, and what the gate says, as code and part of the line it points at."""

    day: str
    what: str
    do: Callable[[Story], None]
    expected: tuple[tuple[str, str], ...] = ()


def edit(path: str, old: str, new: str) -> Callable[[Story], None]:
    return lambda story: story.edit(path, old, new)


def both(*steps: Callable[[Story], None]) -> Callable[[Story], None]:
    def do(story: Story) -> None:
        for step in steps:
            step(story)

    return do


def put_back(story: Story) -> None:
    """As `git revert` does: the commit before the last, once more."""
    story.git("checkout", "HEAD~1", "--", "goals")


def at_goal(text: str) -> Callable[[Story], None]:
    """More lines for Moses's first goal, before his second."""
    return lambda story: story.edit(MOSES, NEW_BUSINESS, text + NEW_BUSINESS)


def adjustment(on: str, *changes: str, why: str = "why: A competitor took two accounts.") -> str:
    listed = "".join(f"          - {{{change}}}\n" for change in changes)
    return f"      - on: {on}\n        by: [moses-frase, dustin-brinkmann]\n        {why}\n        changes:\n{listed}"


def adjust(on: str, *changes: str, why: str = "why: A competitor took two accounts.") -> Callable[[Story], None]:
    """One more adjustment of Moses's first goal."""

    def do(story: Story) -> None:
        if "    adjustments:\n" not in story.read(MOSES):
            at_goal("    adjustments:\n")(story)
        story.edit(MOSES, "    adjustments:\n", "    adjustments:\n" + adjustment(on, *changes, why=why))

    return do


def agree(on: str) -> Callable[[Story], None]:
    signed = f"      - {{on: {on}, by: [moses-frase, dustin-brinkmann]}}\n"
    return edit(MOSES, "    agreed:\n", "    agreed:\n" + signed)


def rename_moses(story: Story) -> None:
    text = story.read(MOSES).replace("moses-frase", "moses-f").replace("name: Moses Frase\n", "name: Moses F\n")
    story.write("sellers/moses-f.yaml", text + "formerly: [moses-frase]\n")
    (story.goals / MOSES).unlink()


def name_him_back(story: Story) -> None:
    text = story.read("sellers/moses-f.yaml").replace("moses-f,", "moses-frase,").replace("[moses-frase]", "[moses-f]")
    story.write(MOSES, text.replace("who: moses-f\n", "who: moses-frase\n").replace("Moses F\n", "Moses Frase\n"))
    (story.goals / "sellers/moses-f.yaml").unlink()


def rename_the_team(story: Story) -> None:
    text = story.read(TEAM).replace("name: Central\n", "name: Centre\nformerly: [central]\n")
    story.write("teams/centre.yaml", text)
    (story.goals / TEAM).unlink()
    story.edit(MOSES, "team: central", "team: centre")
    story.edit(MOSES, "supports: central/revenue", "supports: centre/revenue")


def in_another_style(story: Story) -> None:
    """The same values in block style, with comments, other quotes, underscores and Windows' line ends."""
    text = story.read(MOSES)
    text = text.replace(
        "measure: {unit: money, target: 230_000}", "measure:  # as ever\n      target: 230000\n      unit: 'money'"
    )
    story.write(MOSES, "# Moses\n" + text.replace("\n", "\r\n"))


def second_team(story: Story) -> None:
    story.write("teams/west.yaml", "name: West\nleader: dustin-brinkmann\n")
    story.edit(MOSES, "team: centre", "team: [{id: centre}, {id: west, from: 2017-08-25}]")


REVIEW = "{on: 2017-07-10, by: [moses-frase, dustin-brinkmann]}"
ACCOUNTING = """    accountings:
      - landmark: q2
        on: 2017-07-05
        by: [moses-frase, dustin-brinkmann]
        why: Two deals slipped to July.
        action: recover
        plan:
          - {do: Close Isdom, who: moses-frase, due: 2017-08-15}
"""

YEAR = (
    Step("2017-01-21", "a reading", edit(MOSES, "    checkins:\n", "    checkins:\n      - {on: 2017-01-20, value: 9_000}\n")),
    Step("2017-01-22", "a sentence made clearer", edit(MOSES, "A fifth over last year's pace", "A fifth more than last year")),
    Step(
        "2017-02-01",
        "the target lowered without an explanation",
        edit(MOSES, "target: 260_000", "target: 240_000"),
        (("GH601", "target: 240_000"),),
    ),
    Step(
        "2017-02-02",
        "the adjustment given later",
        adjust("2017-02-01", "field: target, was: 260_000, now: 240_000"),
        (("GH607", "on: 2017-02-01"),),
    ),
    Step("2017-02-03", "both agree again", agree("2017-02-03")),
    Step(
        "2017-03-01",
        "an honest adjustment, agreed",
        both(
            edit(MOSES, "target: 240_000", "target: 230_000"),
            adjust("2017-03-01", "field: target, was: 240000, now: 230_000"),
            agree("2017-03-01"),
        ),
    ),
    Step("2017-03-02", "a landmark put off", edit(MOSES, "due: 2017-06-30", "due: 2017-07-31"), (("GH601", "id: q2"),)),
    Step("2017-03-03", "put back", put_back),
    Step(
        "2017-03-10",
        "a landmark put off honestly, in two steps of one day",
        both(
            edit(MOSES, "due: 2017-06-30, value: 125_000", "due: 2017-07-15, value: 100_000"),
            adjust("2017-03-10", "field: landmarks.q2.due, was: 2017-06-30, now: 2017-07-07"),
            adjust(
                "2017-03-10",
                "field: landmarks.q2.due, was: 2017-07-07, now: 2017-07-15",
                "field: landmarks.q2.value, was: 125_000, now: 100_000",
            ),
            agree("2017-03-10"),
        ),
    ),
    Step(
        "2017-03-20",
        "a landmark taken out",
        edit(MOSES, "      - {id: q2, due: 2017-07-15, value: 100_000}\n", ""),
        (("GH601", "- {id: year"),),
    ),
    Step("2017-03-21", "put back", put_back),
    Step(
        "2017-03-22",
        "a landmark put in",
        edit(MOSES, "      - {id: year,", "      - {id: q3, due: 2017-09-30, value: 180_000}\n      - {id: year,"),
        (("GH601", "id: q3"),),
    ),
    Step(
        "2017-03-23",
        "explained the day after",
        both(adjust("2017-03-22", "field: landmarks.q3, was: none, now: added"), agree("2017-03-23")),
    ),
    Step("2017-04-01", "another unit", edit(MOSES, "unit: money", "unit: deals"), (("GH601", "unit: deals"),)),
    Step("2017-04-02", "put back", put_back),
    Step("2017-04-03", "another team goal", edit(MOSES, "supports: revenue", "supports: []"), (("GH601", "supports"),)),
    Step("2017-04-04", "put back", put_back),
    Step("2017-04-05", "the same team goal by its whole name", edit(MOSES, "supports: revenue", "supports: central/revenue")),
    Step(
        "2017-04-06",
        "the team's own number",
        edit(TEAM, "target: 250_000", "target: 240_000"),
        (("GH601", "target: 240_000"),),
    ),
    Step("2017-04-07", "put back", put_back),
    Step("2017-05-01", "a reading rewritten", edit(MOSES, "value: 60_000", "value: 70_000"), (("GH605", "70_000"),)),
    Step("2017-05-02", "put back", put_back),
    Step(
        "2017-05-03",
        "a reading corrected",
        both(
            edit(MOSES, "value: 60_000", "value: 62_000"),
            adjust("2017-05-03", "field: checkins.2017-03-31, was: 60_000, now: 62_000"),
            agree("2017-05-03"),
        ),
    ),
    Step(
        "2017-05-04",
        "a reading taken out",
        edit(MOSES, "      - {on: 2017-03-31, value: 62_000}\n", ""),
        (("GH605", "- {on: 2017-01-20"),),
    ),
    Step("2017-05-05", "put back", put_back),
    Step("2017-07-05", "an accounting", at_goal(ACCOUNTING)),
    Step("2017-08-14", "a step of its plan done", edit(MOSES, "due: 2017-08-15}", "due: 2017-08-15, done: 2017-08-14}")),
    Step("2017-08-15", "its reason rewritten", edit(MOSES, "Two deals slipped", "One deal slipped"), (("GH604", "landmark: q2"),)),
    Step("2017-08-16", "put back", put_back),
    Step("2017-08-17", "a review taken out", edit(MOSES, f"    reviews:\n      - {REVIEW}\n", ""), (("GH604", "- id: new-business"),)),
    Step("2017-08-18", "put back", put_back),
    Step("2017-08-19", "a signature taken out", edit(MOSES, "      - {on: 2017-05-03, by: [moses-frase, dustin-brinkmann]}\n", ""), (("GH604", "- {on: 2017-03-23"),)),
    Step("2017-08-20", "put back", put_back),
    Step("2017-08-21", "the whole file in another style", in_another_style),
    Step("2017-08-22", "the seller renamed", rename_moses),
    Step("2017-08-23", "and named as before", name_him_back),
    Step("2017-08-24", "the team renamed", rename_the_team),
    Step("2017-08-25", "the seller moves to another team", second_team),
    Step("2017-09-01", "a goal taken out", lambda s: s.write(MOSES, s.read(MOSES).partition("  - id: negotiation")[0]), (("GH606", "goals:"),)),
    Step("2017-09-02", "put back", put_back),
    Step("2017-09-03", "a goal closed", lambda s: s.write(MOSES, s.read(MOSES).replace("formerly:", "    closed: {on: 2017-09-03, result: partly}\r\nformerly:"))),
    Step("2017-09-04", "more grace for everybody", edit(BOOK, "currency: USD", "currency: USD\ngrace_days: 30"), (("GH609", "grace_days: 30"),)),
    Step("2017-09-05", "a seller's file taken out", lambda s: (s.goals / MOSES).unlink(), (("GH606", ""), ("GH606", ""))),
    Step("2017-09-06", "put back", put_back),
)  # fmt: skip


def gate(story: Story, day: str, since: str = "HEAD") -> list[tuple[str, str]]:
    """What the gate says of the files as they are: the code, and the line it points at.

    Without GH613: one author writes the whole year.
    """
    arguments = ["check", "--dir", str(story.goals), "--since", since, "--as-of", day, "--format", "json"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code in {0, 1}, result.output
    findings = json.loads(result.stdout)["findings"]
    found = [
        (f["code"], story.line(f["path"], f["line"]))
        for f in findings
        if f["code"].startswith("GH6") and f["code"] != "GH613"
    ]
    errors = (f for f in findings if f["severity"] == "error" and not f["code"].startswith("GH6"))
    return found + [(f["code"], f["message"]) for f in errors]


def matches(found: list[tuple[str, str]], expected: tuple[tuple[str, str], ...]) -> bool:
    return len(found) == len(expected) and all(
        code == said and part in line
        for (code, line), (said, part) in zip(sorted(found), sorted(expected), strict=True)
    )


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[tuple[str, str]]]]:
    """What the gate said at each step of the year."""
    story = Story(tmp_path_factory.mktemp("year"))
    story.commit("The goals of 2017", "2017-01-20")
    said = {}
    for step in YEAR:
        step.do(story)
        said[step.day] = gate(story, step.day)
        story.commit(step.what, step.day)
    yield said


def test_the_year_has_forty_commits() -> None:
    assert len(YEAR) >= 40


@pytest.mark.parametrize("step", YEAR, ids=lambda step: f"{step.day} {step.what}")
def test_every_silent_change_is_caught_and_no_honest_one(year: dict[str, list[tuple[str, str]]], step: Step) -> None:
    assert matches(year[step.day], step.expected), year[step.day]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """The repository at its first commit."""
    story = Story(tmp_path)
    story.commit("The goals of 2017", "2017-01-20")
    return story


def on_a_branch(story: Story, *steps: Callable[[Story], None]) -> None:
    """A branch with a commit for each step; main has a commit of its own meanwhile."""
    story.git("checkout", "--quiet", "-b", "work")
    for step in steps:
        step(story)
        story.commit("work", "2017-02-01")
    story.git("checkout", "--quiet", "main")
    edit(TEAM, "What the region needs", "What the region asks")(story)
    story.commit("meanwhile", "2017-02-02")


HONEST = (
    edit(MOSES, "target: 260_000", "target: 240_000"),
    both(adjust("2017-02-01", "field: target, was: 260_000, now: 240_000"), agree("2017-02-01")),
)


CORRECTED = both(
    edit(MOSES, "value: 60_000", "value: 62_000"),
    adjust("2017-05-03", "field: checkins.2017-03-31, was: 60_000, now: 62_000"),
)


def agreements_owed(story: Story, day: str) -> list[str]:
    """The codes of the warnings that ask for an agreement, with the gate and everything else."""
    arguments = ["check", "--dir", str(story.goals), "--since", "HEAD", "--as-of", day, "--format", "json"]
    found = json.loads(CliRunner().invoke(main, arguments).stdout)["findings"]
    return [f["code"] for f in found if f["code"] in {"GH407", "GH408", "GH607"}]


def test_a_correction_needs_no_new_agreement(story: Story) -> None:
    CORRECTED(story)
    assert (gate(story, "2017-05-03"), agreements_owed(story, "2017-05-03")) == ([], [])


def test_a_correction_does_not_hide_an_agreement_that_was_owed_before(story: Story) -> None:
    HONEST[0](story)
    adjust("2017-02-01", "field: target, was: 260_000, now: 240_000")(story)
    story.commit("adjusted, and not agreed again", "2017-02-01")
    CORRECTED(story)
    assert agreements_owed(story, "2017-05-03") == ["GH407"]


def test_a_merge_is_checked_as_a_whole(story: Story) -> None:
    on_a_branch(story, *HONEST)
    story.git("merge", "--quiet", "--no-ff", "work", "--message", "merge", day="2017-02-03")
    assert gate(story, "2017-02-03", "HEAD^1") == []


def test_what_a_branch_does_not_have_yet_is_not_its_change(story: Story) -> None:
    on_a_branch(story, *HONEST)
    HONEST[0](story)
    HONEST[1](story)
    story.commit("the same on main", "2017-02-04")
    story.git("checkout", "--quiet", "work")
    assert gate(story, "2017-02-04", "main") == []


def test_a_change_made_in_the_merge_itself_is_caught(story: Story) -> None:
    on_a_branch(story, *HONEST)
    story.git("merge", "--quiet", "--no-ff", "--no-commit", "work", day="2017-02-03")
    story.edit(TEAM, "target: 250_000", "target: 200_000")
    story.commit("merge", "2017-02-03")
    assert matches(gate(story, "2017-02-03", "HEAD^1"), (("GH601", "target: 200_000"),))


def test_a_squash_is_checked_as_a_whole(story: Story) -> None:
    on_a_branch(story, *HONEST, edit(MOSES, "due: 2017-06-30", "due: 2017-08-31"))
    story.git("merge", "--quiet", "--squash", "work")
    assert matches(gate(story, "2017-02-03"), (("GH601", "id: q2"),))


def test_what_a_squash_undoes_within_itself_never_was(story: Story) -> None:
    on_a_branch(story, edit(MOSES, "target: 260_000", "target: 2"), put_back)
    story.git("merge", "--quiet", "--squash", "work")
    assert gate(story, "2017-02-03") == []


def test_a_revert_of_an_adjustment_takes_out_a_decision(story: Story) -> None:
    for step in HONEST:
        step(story)
    story.commit("adjusted", "2017-02-01")
    story.git("revert", "--no-commit", "HEAD")
    found = gate(story, "2017-02-02")
    assert sorted(code for code, _ in found) == ["GH601", "GH604", "GH604"]


def test_rows_of_a_csv_file_are_readings_too(story: Story) -> None:
    story.write("readings/crm.csv", "goal,on,value\nmoses-frase/new-business,2017-04-30,80000\n")
    assert gate(story, "2017-05-01") == []
    story.commit("import", "2017-05-01")
    story.write("readings/crm.csv", "goal,on,value\nmoses-frase/new-business,2017-04-30,90000\n")
    assert matches(gate(story, "2017-05-02"), (("GH605", "2017-04-30,90000"),))
    story.write("readings/crm.csv", "goal,on,value\n")
    assert matches(gate(story, "2017-05-02"), (("GH605", "goal,on,value"),))
    (story.goals / "readings/crm.csv").unlink()
    edit(MOSES, "    checkins:\n", "    checkins:\n      - {on: 2017-04-30, value: 80_000}\n")(story)
    assert gate(story, "2017-05-02") == []


def test_a_new_period_end_changes_the_dates_that_goals_leave_to_it(story: Story) -> None:
    story.edit(BOOK, "end: 2017-12-31", "end: 2018-03-31")
    assert matches(gate(story, "2017-05-02"), (("GH601", "period:"),))
    story.git("checkout", "--", "goals")
    story.edit(BOOK, "start: 2017-01-01, end: 2017-12-31", "start: 2018-01-01, end: 2018-12-31")
    found = [code for code, _ in gate(story, "2018-01-02") if code != "GH116"]
    assert sorted(found) == ["GH601", "GH601", "GH609"]  # the goals of 2017 are open, so that both of their days moved


def test_a_later_first_day_at_work_moves_the_start_of_goals_that_leave_it_to_the_seller(story: Story) -> None:
    story.edit(MOSES, "team: central", "team: central\njoined: 2015-05-04")
    assert gate(story, "2017-02-02") == []  # the goals began with the period, and still do
    story.commit("since when", "2017-02-02")
    story.edit(MOSES, "joined: 2015-05-04", "joined: 2017-02-01")
    assert matches(gate(story, "2017-02-03"), (("GH601", "id: new-business"), ("GH601", "id: negotiation")))
    story.edit(MOSES, "  - id: negotiation", "  - id: negotiation\n    start: 2017-01-01")
    adjust("2017-02-03", "field: start, was: 2017-01-01, now: 2017-02-01")(story)
    agree("2017-02-03")(story)
    assert gate(story, "2017-02-03") == []
    story.commit("a new hire after all", "2017-02-03")
    assert gate(story, "2017-02-04") == []


def test_a_change_cannot_switch_off_the_rule_that_would_stop_it(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    story.edit(BOOK, "currency: USD", "currency: USD\nrules: {GH6: off}")
    found = gate(story, "2017-05-02")
    assert sorted(code for code, _ in found) == ["GH601", "GH609"]
    story.commit("pushed anyway", "2017-05-02")
    story.edit(MOSES, "target: 240_000", "target: 230_000")
    assert gate(story, "2017-05-03") == []


def test_a_backdated_adjustment_does_not_help_a_missed_landmark(story: Story) -> None:
    story.edit(MOSES, "value: 131_000", "value: 100_000")
    story.commit("Q2 is known", "2017-07-20")
    both(
        edit(MOSES, "due: 2017-06-30, value", "due: 2017-08-31, value"),
        adjust("2017-06-01", "field: landmarks.q2.due, was: 2017-06-30, now: 2017-08-31"),
        agree("2017-07-21"),
    )(story)
    assert sorted(code for code, _ in gate(story, "2017-07-21")) == ["GH603", "GH612"]


def test_a_landmark_added_on_the_last_day_does_not_hide_a_missed_target(story: Story) -> None:
    """The target is missed and lowered afterwards, with a landmark of the new number on the goal's last day."""
    landmarks = "    landmarks:\n      - {id: q2, due: 2017-06-30, value: 125_000}\n"
    story.edit(MOSES, landmarks + "      - {id: year, due: 2017-12-31, value: 260_000}\n", "    due: 2017-06-30\n")
    story.commit("the target is due", "2017-07-20")
    both(
        edit(MOSES, "target: 260_000}\n", "target: 131_000}\n" + landmarks.replace("125_000", "131_000")),
        adjust("2017-07-21", "field: target, was: 260_000, now: 131_000", "field: landmarks.q2, now: agreed"),
        agree("2017-07-21"),
    )(story)
    assert [code for code, _ in gate(story, "2017-07-21")] == ["GH603"]


def test_a_shallow_clone_says_so(story: Story, tmp_path: Path) -> None:
    for step in HONEST:
        step(story)
        story.commit("more", "2017-02-01")
    story.git("clone", "--quiet", "--depth", "1", f"file://{story.folder}", "shallow")
    result = CliRunner().invoke(
        main, ["log", "moses-frase/new-business", "--dir", str(tmp_path / "shallow"), "--as-of", "2017-02-02"]
    )
    assert result.exit_code == 0
    assert "this clone is shallow" in result.stderr
    assert "The history is incomplete" in result.stdout
    assert not re.search(r"\[[0-9a-f]{8}\]", result.stdout)  # no commit is better than a wrong one
    refused = CliRunner().invoke(main, ["check", "--dir", str(tmp_path / "shallow"), "--since", "HEAD~1"])
    assert (refused.exit_code, "git fetch --unshallow" in refused.stderr) == (2, True)


def test_without_git_there_is_no_history_and_no_complaint(story: Story) -> None:
    shutil.rmtree(story.folder / ".git")
    result = CliRunner().invoke(
        main, ["log", "moses-frase/new-business", "--dir", str(story.goals), "--as-of", "2017-02-02"]
    )
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Agreed" in result.stdout
    refused = CliRunner().invoke(main, ["check", "--dir", str(story.goals), "--since", "main"])
    assert (refused.exit_code, "not a git repository" in refused.stderr) == (2, True)


def test_the_change_that_begins_a_handbook_passes_and_says_so(story: Story) -> None:
    shutil.copytree(story.goals, story.folder / "plan")
    story.goals = story.folder / "plan"
    assert [code for code, _ in gate(story, "2017-02-02")] == ["GH609"]


def test_a_folder_that_has_moved_is_compared_with_what_it_was(story: Story) -> None:
    story.git("mv", "goals", "plan")
    story.goals = story.folder / "plan"
    assert gate(story, "2017-02-02") == []
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    assert matches(gate(story, "2017-02-02"), (("GH601", "target: 240_000"),))


def test_a_base_with_an_error_in_its_handbook_yaml_is_compared_as_it_could_last_be_read(story: Story) -> None:
    good = story.read(BOOK)
    story.write(BOOK, "format: 2\n")
    story.commit("broken", "2017-02-01")
    story.write(BOOK, good)
    assert gate(story, "2017-02-02") == []
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    assert matches(gate(story, "2017-02-02"), (("GH601", "target: 240_000"),))


def test_a_file_that_was_broken_for_a_while_hides_nothing(story: Story) -> None:
    good = story.read(MOSES)
    story.write(MOSES, good.replace("goals:", "goals: ["))
    story.commit("broken", "2017-02-01")
    story.write(MOSES, good.replace("target: 260_000", "target: 240_000"))
    assert matches(gate(story, "2017-02-02"), (("GH601", "target: 240_000"),))
    story.write(MOSES, good)
    assert gate(story, "2017-02-02") == []


def test_a_goal_that_was_broken_for_a_while_hides_nothing(story: Story) -> None:
    good = story.read(MOSES)
    story.write(MOSES, good.replace("unit: money", "unti: money"))
    story.commit("broken", "2017-02-01")
    story.write(MOSES, good.replace("target: 260_000", "target: 240_000"))
    assert matches(gate(story, "2017-02-02"), (("GH601", "target: 240_000"),))


def test_a_broken_file_is_reported_as_broken_and_not_as_removed_goals(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: lots")
    assert [code for code, _ in gate(story, "2017-02-02")] == ["GH105"]


def test_removing_a_signature_first_does_not_make_it_a_proposal(story: Story) -> None:
    story.edit(MOSES, "    agreed:\n      - {on: 2017-01-20, by: [moses-frase, dustin-brinkmann]}\n", "")
    assert [code for code, _ in gate(story, "2017-02-01")] == ["GH604"]
    story.commit("pushed anyway", "2017-02-01")
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    assert matches(gate(story, "2017-02-02"), (("GH601", "target: 240_000"),))


def test_removing_a_signature_first_does_not_make_its_goal_free_to_remove(story: Story) -> None:
    story.edit(MOSES, "    agreed:\n      - {on: 2017-01-20, by: [moses-frase, dustin-brinkmann]}\n", "")
    story.commit("pushed anyway", "2017-02-01")
    text = story.read(MOSES)
    story.write(MOSES, text.replace("id: new-business", "id: something-else"))
    assert "GH606" in [code for code, _ in gate(story, "2017-02-02")]


def test_a_setting_of_zero_is_not_the_default(story: Story) -> None:
    story.edit(BOOK, "currency: USD", "currency: USD\ngrace_days: 0")
    result = CliRunner().invoke(main, ["check", "--dir", str(story.goals), "--since", "HEAD", "--as-of", "2017-02-02"])
    assert "grace_days changed from 3 to 0" in result.stdout


SMUGGLED = {
    "a rename that moves the target too": lambda s: s.write(
        MOSES, s.read(MOSES).replace("id: new-business", "id: business\n    formerly: [new-business]").replace("target: 230_000", "target: 1_000")
    ),
    "another goal in its place": lambda s: s.write(
        MOSES, s.read(MOSES).replace("id: new-business", "id: other").replace("id: negotiation", "id: new-business")
    ),
    "an old adjustment again": lambda s: s.edit(MOSES, "target: 230_000", "target: 260_000"),
    "an adjustment of somebody else's goal": both(
        edit(TEAM, "target: 250_000", "target: 200_000"),
        adjust("2017-03-02", "field: target, was: 250_000, now: 200_000"),
    ),
    "a reading put on another day": lambda s: s.edit(MOSES, "on: 2017-06-30, value: 131_000", "on: 2017-06-29, value: 131_000"),
    "a reading in the place of another": lambda s: s.write("readings/x.csv", "goal,on,value\nmoses-frase/new-business,2017-03-31,99999\n"),
    "a file under another name": lambda s: (s.goals / MOSES).rename(s.goals / "sellers/moses.yaml"),
    "from seller to leader": lambda s: (s.goals / MOSES).rename(s.goals / "leaders/moses.yaml"),
}  # fmt: skip


@pytest.mark.parametrize("smuggle", SMUGGLED.values(), ids=SMUGGLED)
def test_what_is_smuggled_is_found(story: Story, smuggle: Callable[[Story], object]) -> None:
    both(
        edit(MOSES, "target: 260_000", "target: 230_000"),
        adjust("2017-03-01", "field: target, was: 260_000, now: 230_000"),
        agree("2017-03-01"),
    )(story)
    story.commit("adjusted", "2017-03-01")
    smuggle(story)
    result = CliRunner().invoke(main, ["check", "--dir", str(story.goals), "--since", "HEAD", "--as-of", "2017-03-02"])
    assert result.exit_code == 1, result.output
    assert re.search(r"GH(601|604|605|606|608|117|202)", result.stdout), result.stdout


@pytest.mark.parametrize("seed", range(60))
def test_whatever_two_versions_hold_there_is_an_answer(story: Story, seed: int) -> None:
    """Bytes changed at random on both sides: findings, never an exception."""
    dice = random.Random(seed)
    for _ in range(2):
        for path in sorted(story.goals.rglob("*.yaml")):
            data = bytearray(path.read_bytes())
            for _ in range(dice.choice((0, 0, 1, 3))):
                at = dice.randrange(len(data))
                data[at : at + dice.randrange(3)] = dice.choice(
                    (b"", b"x", b"\n", b": ", b"[", b"7", b"- ", b"\xff", b"id")
                )
            path.write_bytes(bytes(data))
        story.commit("anything", "2017-02-01")
    for command in (
        ["check", "--dir", str(story.goals), "--since", "HEAD~1"],
        ["diff", "HEAD~1", "--dir", str(story.goals)],
    ):
        result = CliRunner().invoke(main, [*command, "--as-of", "2017-02-02"])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        assert result.exit_code in {0, 1, 2}
