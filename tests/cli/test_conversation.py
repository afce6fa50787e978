"""At a terminal of 80 × 24: lines are edited, pasted lines answer one question, and no answer is lost."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from .screen import CTRL_C, DELETE, DOWN, HOME, UP, Terminal

#: Starts a command.
Start = Callable[..., Terminal]

GOAL = "moses-frase/new-business"
CHECKIN = "$131,000 on 2017-06-30; expected now $147,745; target $260,000 by 2017-12-31"


@pytest.fixture
def terminal(house: Path) -> Start:
    """Start a command in the house's folder on 31 July 2017."""
    return lambda *command: Terminal(house.parent, "2017-07-31", command)


def moses(house: Path) -> str:
    return (house / "sellers" / "moses-frase.yaml").read_text(encoding="utf-8")


def test_a_line_can_be_edited_and_an_earlier_answer_taken_again(house: Path, terminal: Start) -> None:
    at = terminal("account", f"{GOAL}#q2")
    at.answer("On which day")
    at.answer("Who was there", "1, dustin")
    at.answer("Why was it missed", "xTwo deals slipped", HOME, DELETE)
    at.answer("What now", DOWN)
    at.answer("Step 1 of the plan", "Call Isdom")
    at.answer("Who does it", "mos")
    at.answer("By when", "5 Aug")
    at.answer("Step 2 of the plan", UP, " again")
    at.answer("Who does it")
    at.answer("By when", UP)
    at.answer("Step 3 of the plan")
    at.answer("Write this")
    at.end()
    assert "by: [moses-frase, dustin-brinkmann]" in moses(house).partition("accountings:")[2]
    assert "why: Two deals slipped" in moses(house)
    assert "action: recover" in moses(house)
    assert "- {do: Call Isdom, who: moses-frase, due: 2017-08-05}" in moses(house)
    assert "- {do: Call Isdom again, due: 2017-08-05}" in moses(house)


def test_a_pasted_text_is_one_answer_whatever_lines_it_has(house: Path, terminal: Start) -> None:
    at = terminal("checkin", GOAL)
    at.answer("Total to date", "135k")
    at.answer("On which day")
    at.wait_for("A note")
    at.paste("Two deals slipped:\r\nIsdom\r\nand Xx-zobam\r\n")
    at.press("\r")
    at.answer("Write this", "y")
    at.end()
    assert 'note: "Two deals slipped: Isdom and Xx-zobam"' in moses(house)


def test_leaving_prints_the_command_that_goes_on_from_there(house: Path, terminal: Start) -> None:
    before = moses(house)
    at = terminal("checkin")
    at.answer("Which goal", "moses new")
    at.answer("Total to date", "135k")
    at.answer("On which day", "yesterday")
    at.answer("A note", "it's two deals", CTRL_C)
    said = at.end(1)
    assert moses(house) == before
    command = "goals checkin --on 2017-07-30 --note 'it'\"'\"'s two deals' "
    shown = said.partition("to continue from here:\n")[2].partition("Aborted!")[0].replace("\n", "")
    assert command + f"{GOAL} 135_000" == " ".join(shown.split())
    assert CliRunner().invoke(main, shlex.split(shown)[1:]).exit_code == 0
    assert "- {on: 2017-07-30, value: 135_000, note: it's two deals}" in moses(house)


def test_after_an_error_the_answers_are_there_too(house: Path, terminal: Start) -> None:
    at = terminal("checkin", GOAL)
    at.answer("Total to date", "135k")
    at.answer("On which day", "end of June")
    said = at.end(2)
    assert "to continue from your answers:\n  goals checkin moses-frase/new-business --on 2017-06-30 135_000" in said
    assert "already has a reading of 131_000 on 2017-06-30" in said.replace("\n", "")


def test_answers_can_be_edited_before_anything_is_written(house: Path, terminal: Start) -> None:
    at = terminal("checkin", GOAL)
    at.wait_for(CHECKIN)
    at.answer("Total to date", "135k")
    at.answer("On which day")
    at.answer("A note", "Isdom")
    at.answer("Write this", "edit")
    at.answer("Total to date (money): 135_000", HOME, DELETE, DELETE, DELETE, "140")
    at.answer("On which day")
    at.answer("A note: Isdom", " signed")
    at.answer("Write this", "no")
    said = at.end(1)
    assert "goals checkin moses-frase/new-business --on 2017-07-31 --note 'Isdom signed'" in said
    assert "140_000" in said
    assert "Isdom" not in moses(house)


def test_with_an_option_only_what_is_needed_is_asked(house: Path, terminal: Start) -> None:
    at = terminal("checkin", GOAL, "--note", "Isdom", "--yes")
    at.answer("Total to date", "140k")
    assert "95% of the agreed curve, was 105%; at risk, was on track" in at.end()
    assert len(at.asked) == 1
    assert "- {on: 2017-07-31, value: 140_000, note: Isdom}" in moses(house)


def test_what_is_given_in_full_is_written_without_a_question(house: Path, terminal: Start) -> None:
    at = terminal("checkin", GOAL, "140k")
    assert "95% of the agreed curve, was 105%" in at.end()
    assert "- {on: 2017-07-31, value: 140_000}" in moses(house)


def test_a_day_that_can_be_two_is_asked_about(house: Path, terminal: Start) -> None:
    at = terminal("done", "moses-frase/negotiation#exam")
    at.answer("On which day", "3/4/2017")
    at.answer('"3/4/2017" can be two days: which one', DOWN, DOWN)
    at.answer("Write this")
    at.end()
    assert "deliver: Exam passed, done: 2017-04-03}" in moses(house)


def test_of_two_days_the_one_before_the_goal_begins_is_not_meant(house: Path, terminal: Start) -> None:
    new = "name: Ana\nteam: central\njoined: 2017-02-15\n"
    (house / "sellers" / "ana.yaml").write_text(new, encoding="utf-8")
    at = terminal("new", "goal", "ana")
    at.answer("Title", "Learn")
    at.answer("Kind", "education")
    for question in ("How is it measured [delivered]", "Why this goal", "Which team goal it supports"):
        at.answer(question)
    at.answer("Landmark 1, by when", "1/3/2017")
    at.wait_for("2017-03-01, as the other day is not possible")
    at.answer("What is delivered by then", "First call")
    at.answer("Landmark 2, by when")
    at.answer("Write this")
    at.end()


def test_quarters_are_one_answer(house: Path, terminal: Start) -> None:
    at = terminal("new", "goal", "moses")
    at.answer("Title", "Sell more")
    for _ in ("kind", "measure"):
        at.answer("[")
    at.answer("Number to reach", "200k")
    at.answer("Of what", "money")
    at.answer("Why this goal")
    at.answer("Which team goal it supports", "1")
    at.answer("Landmark 1, by when: a day, Q2, or quarters", "quarters")
    at.answer("Write this")
    at.end()
    assert "- {id: q3, due: 2017-09-30, value: 150_000}" in moses(house)
    assert "    supports: revenue\n" in moses(house).partition("Sell more")[2]


def test_the_missed_landmark_is_the_first_to_account_for(house: Path, terminal: Start) -> None:
    file = house / "sellers" / "moses-frase.yaml"
    file.write_text(moses(house).replace("value: 131_000", "value: 101_000"), encoding="utf-8")
    at = terminal("account")
    at.see("1  central/revenue#q2  due 2017-06-30, missed")
    at.see(f"2  {GOAL}#q2  due 2017-06-30, missed")
    at.press(DOWN, DOWN, "\r")
    at.answer("On which day", CTRL_C)
    assert f"goals account '{GOAL}#q2'" in at.end(1)


def test_what_somebody_else_writes_meanwhile_is_not_lost(house: Path, terminal: Start) -> None:
    at = terminal("checkin", GOAL)
    at.answer("Total to date", "135k")
    at.answer("On which day")
    at.answer("A note")
    at.wait_for("Write this")
    shutil.copy(house / "sellers" / "moses-frase.yaml", house / "sellers" / "other.yaml")
    at.press("\r")
    assert "the handbook was changed by someone else in the meantime" in at.end(2)
    assert "135_000" not in moses(house)
