"""At a real terminal: a goal's year with nothing but answers to prompts, after which the gate has nothing to refuse."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from ..changes.story import Story
from .screen import Terminal, without_breaks


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """A repository whose first commit is where the gate begins."""
    story = Story(tmp_path)
    shutil.rmtree(story.goals / "sellers")
    story.write("sellers/moses-frase.yaml", "name: Moses Frase\nteam: central\n")
    story.commit("The house", "2017-01-02")
    return story


def talk(story: Story, day: str, command: str, *answers: tuple[str, str]) -> str:
    """Run a command at a terminal on a day, answer its questions, and return its output."""
    terminal = Terminal(story.folder, day, command.split())
    for question, answer in answers:
        terminal.answer(question, answer)
    return terminal.end()


WRITE = ("Write this [yes]", "")


def test_a_goal_s_year_in_prompts_alone(story: Story) -> None:
    said = talk(
        story, "2017-01-20", "new goal",
        ("Whose goal is it", "moses-frasier"),
        ("Whose goal is it", "mose"),
        ("Title", "Close 260,000 of new business"),
        ("Kind [production]", ""),
        ("How is it measured [number]", ""),
        ("Number to reach", "260,000"),
        ("Of what", "money"),
        ("Why this goal", "A fifth over last year's pace."),
        ("Which team goal it supports", "revenux"),
        ("Which team goal it supports", "revenu"),
        ("Landmark 1, by when", "32.6.2017"),
        ("Landmark 1, by when", "2018-06-30"),
        ("Landmark 1, by when", "end of June"),
        ("Total to reach by then", "125k"),
        ("Landmark 2, by when", "Q4"),
        ("Total to reach by then", "260000"),
        ("Landmark 3, by when", ""),
        WRITE,
    )  # fmt: skip
    assert 'unknown owner "moses-frasier"\n  help: did you mean "moses-frase"?' in said
    assert 'unknown goal "revenux"\n  help: did you mean "revenue"?' in said
    assert "2018-06-30 is not in the handbook's period, 2017-01-01 to 2017-12-31" in said
    assert '"32.6.2017" is not a date' in said
    assert "- {id: june, due: 2017-06-30, value: 125_000}" in said
    talk(
        story,
        "2017-01-20",
        "agree close-260-000-of-new-business",
        ("Who agrees", "Moses Frase, dustin-brinkmann"),
        ("On which day", ""),
        ("A note", ""),
        WRITE,
    )
    story.commit("The goals of 2017", "2017-01-20")
    start = story.git("rev-parse", "HEAD")

    said = talk(
        story, "2017-07-31", "checkin",
        ("Which goal", "moses"),
        ("Total to date (money)", "a lot"),
        ("Total to date (money)", "100.000"),
        ("Total to date (money)", "100,000"),
        ("On which day", "30.6.2017"),
        ("A note", "Two deals slipped"),
        WRITE,
    )  # fmt: skip
    assert '"100.000" could be 100 or 100_000\n  help: write the one you mean' in said
    assert "no reading yet; expected now $147,745; target $260,000 by 2017-12-31" in said
    assert "80% of the agreed curve; needs accounting, was unreported" in said
    owed = CliRunner().invoke(main, ["check", "--dir", str(story.goals), "--as-of", "2017-07-31"]).stdout
    assert 'GH402 "june" was due on 2017-06-30 and missed' in owed
    said = talk(
        story, "2017-07-31", "account",
        ("Which landmark", "moses"),
        ("On which day", "2071-08-05"),
        ("On which day", ""),
        ("Who was there [moses-frase, dustin-brinkmann]", ""),
        ("Why was it missed", "The buyer's budget froze until September."),
        ("What now", "a"),
        WRITE,
    )  # fmt: skip
    assert "2071-08-05 is in the future" in said
    assert "next: goals adjust moses-frase/close-260-000-of-new-business --landmark june" in said
    said = talk(
        story, "2017-07-31", "adjust close-260-000-of-new-business",
        ("What changes", "target"),
        ("New target", "230,000"),
        ("On which day", ""),
        ("Move 1 landmark still ahead with it [proportional]", ""),
        ("Who decided it", "dustin-brinkmann"),
        ("Why: what has changed", "The account was sold to a competitor."),
        WRITE,
    )  # fmt: skip
    moved = "- {field: landmarks.december.value, was: 260_000, now: 230_000}"
    assert without_breaks(moved) in without_breaks(said)
    talk(
        story, "2017-08-01", "agree close-260-000-of-new-business",
        ("Who agrees", "moses-frase, dustin-brinkmann"),
        ("On which day", ""),
        ("A note", ""),
        WRITE,
    )  # fmt: skip
    result = CliRunner().invoke(main, ["check", "--dir", str(story.goals), "--since", start, "--as-of", "2017-08-01"])
    said_by_one = '"close-260-000-of-new-business" is agreed by both, but both names came in one change'
    assert (result.exit_code, result.stdout.count("GH6")) == (0, 1), result.stdout
    assert f"GH613 {said_by_one}" in result.stdout


def test_a_plan_and_a_correction_in_prompts_alone(story: Story) -> None:
    reading = "checkins: [{on: 2017-06-30, value: 100_000}]"
    landmark = "landmarks: [{id: june, due: 2017-06-30, value: 125_000}]"
    goal = f"  - id: sales\n    title: Sell\n    measure: {{unit: money, target: 260_000}}\n    {landmark}\n    {reading}\n"
    story.write("sellers/moses-frase.yaml", f"name: Moses Frase\nteam: central\ngoals:\n{goal}")
    talk(
        story, "2017-07-31", "account sales",
        ("On which day", ""),
        ("Who was there", "moses-frase, dustin-brinkmann"),
        ("Why was it missed", "Two deals slipped."),
        ("What now", "recover"),
        ("Step 1 of the plan", "Close Isdom"),
        ("Who does it", "moses"),
        ("By when", "15 Aug"),
        ("Step 2 of the plan", ""),
        WRITE,
    )  # fmt: skip
    said = talk(
        story,
        "2017-08-01",
        "step sales",
        ("Which step is done", "2"),
        ("Which step is done", "1"),
        ("Done on which day", ""),
        WRITE,
    )
    assert " 1. Close Isdom (moses-frase, by 2017-08-15)" in said
    assert 'there is no step "2": the plan has 1 step' in said
    step = "- {do: Close Isdom, who: moses-frase, due: 2017-08-15, done: 2017-08-01}"
    assert without_breaks(step) in without_breaks(said)
    said = talk(
        story, "2017-08-01", "correct sales",
        ("Which record", "check"),
        ("What is wrong [value]", ""),
        ("The right value", "110k"),
        ("On which day", ""),
        ("Who decided it", "dustin"),
        ("Why: what was wrong", "Isdom had signed in June."),
        WRITE,
    )  # fmt: skip
    assert "- {field: checkins.2017-06-30, was: 100_000, now: 110_000}" in said


def test_a_leader_s_half_hours_in_prompts_alone(story: Story) -> None:
    said = talk(
        story, "2017-01-20", "new goal",
        ("Whose goal is it", "dustin"),
        ("Title", "Half an hour with each seller"),
        ("Kind [support]", "s"),
        ("How is it measured [cadence]", ""),
        ("How often, e.g. 1 per week", "every two weeks"),
        ("How often, e.g. 1 per week", "weekly"),
        ("With whom [anyone]", "each seller"),
        ("Why this goal", "Goals are kept in small talks."),
        ("Which team goal it supports", ""),
        WRITE,
    )  # fmt: skip
    assert '"every two weeks" is not a cadence' in said
    assert 'it counts by week, month or quarter: write "2 per month"' in said
    assert "measure: {cadence: {times: 1, per: week, with: each-seller}}" in said
    said = talk(
        story, "2017-01-20", "session half-an-hour-with-each-seller",
        ("On which day", ""),
        ("With whom", "dustin"),
        ("With whom", "moses"),
        ("How many minutes", "30"),
        ("A note", ""),
        WRITE,
    )  # fmt: skip
    assert "a session with dustin-brinkmann does not count on 2017-01-20\n  help: it is kept with moses-frase" in said
    assert "- {on: 2017-01-20, with: moses-frase, minutes: 30}" in said


def test_a_transfer_in_prompts_alone(story: Story) -> None:
    story.write(
        "sellers/moses-frase.yaml",
        "name: Moses Frase\nteam: central\ngoals:\n  - {id: sales, title: Sell, supports: revenue}\n",
    )
    team = (
        story.read("teams/central.yaml")
        .replace("name: Central", "name: North")
        .replace("leader: dustin-brinkmann\n", "")
    )
    story.write("teams/north.yaml", team)
    said = talk(
        story, "2017-07-31", "move",
        ("Who moves", "mose"),
        ("To which team", "North"),
        ("First day there [2017-07-31]", "July 1"),
        ("1 open goal could support north instead [follow]", ""),
        ("Who decided it", "dustin"),
        ("Why [Moses Frase moved to North on 2017-07-01]", ""),
        WRITE,
    )  # fmt: skip
    assert "+    2 | team: [{id: central}, {id: north, from: 2017-07-01}]" in said
    assert "{goal: north/revenue, from: 2017-07-01}]" in said


def test_a_terminal_that_cannot_move_its_cursor_lists_the_choices_and_asks_line_by_line(story: Story) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "goal_handbook", "new", "seller"],
        cwd=story.folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1501502400", "TERM": "dumb"},
        encoding="utf-8",
        timeout=20,
    )
    for question, answer in [
        ("Name of the seller: ", "王芳"),
        ("  1  central  Central\r\nIn which team: ", "1"),
        ("Job title: ", ""),
        ("  3  edit the answers\r\nWrite this [yes]: ", "e"),
        ("Name of the seller [王芳]: ", ""),
        ("In which team [central]: ", ""),
        ("Job title: ", "Account executive"),
        ("Write this [yes]: ", ""),
    ]:
        child.expect_exact(question)
        child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, "\x1b" in str(child.before)) == (0, False), child.before
    assert "title: Account executive" in story.read("sellers/wang-fang.yaml")
