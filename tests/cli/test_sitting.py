"""Several goals in one sitting: `goals review --owner`, `goals agree --owner`, `goals due --do`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

from .talk import talk

MOSES = "sellers/moses-frase.yaml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


def test_one_review_of_each_open_goal_is_written_at_once(house: Path) -> None:
    result = run("review", "--owner", "moses", "--by", "dustin-brinkmann", "--confidence", "high")
    assert result.exit_code == 0, result.output
    assert result.stdout.count("{on: 2017-07-31, by: [dustin-brinkmann], confidence: high}") == 2
    assert result.stdout.splitlines().count(f"goals/{MOSES}") == 1


def test_a_goal_or_an_owner_but_not_both(house: Path) -> None:
    for command in ("review", "agree"):
        result = run(command, "moses-frase/negotiation", "--owner", "moses-frase")
        assert (result.exit_code, "not both" in result.stderr) == (2, True)


def test_each_goal_of_a_sitting_has_its_own_words_and_can_be_skipped(house: Path) -> None:
    talk(
        house.parent, "review --owner moses-frase",
        ("On which day", ""), ("Reviewed by whom", "dustin-brinkmann"),
        ("Confidence: ", "medium"), ("A note", "Ahead of the curve"), ("next time", ""),
        ("Confidence: ", "skip"), ("Write this [yes]", ""),
    )  # fmt: skip
    text = (house / MOSES).read_text(encoding="utf-8")
    assert "confidence: medium, note: Ahead of the curve}" in text
    assert text.count("on: 2017-07-31") == 1


def test_a_sitting_that_is_left_prints_what_was_answered_as_commands(house: Path) -> None:
    said = talk(
        house.parent, "review --owner moses-frase",
        ("On which day", ""), ("Reviewed by whom", "dustin-brinkmann"),
        ("Confidence: ", "medium"), ("A note", "Ahead of the curve"), ("next time", ""),
        ("Confidence: ", "skip"), ("Write this [yes]", "no"),
        status=1,
    )  # fmt: skip
    goal, options = "moses-frase/new-business", "--on 2017-07-31 --by dustin-brinkmann --confidence medium"
    assert f"  goals review {goal} {options} --note 'Ahead of the curve'\n" in said
    assert "on: 2017-07-31" not in (house / MOSES).read_text(encoding="utf-8")


CTRL_C = "\x03"
BEGUN = (("On which day", ""), ("Reviewed by whom", "dustin-brinkmann"))
LEFT_AT = {
    "the first goal": ((), "--owner moses-frase --on 2017-07-31 --by dustin-brinkmann"),
    "a note": (
        (("Confidence: ", "medium"),),
        "moses-frase/new-business --on 2017-07-31 --by dustin-brinkmann --confidence medium",
    ),
    "what is next": (
        (("Confidence: ", "medium"), ("A note", "Ahead")),
        "moses-frase/new-business --on 2017-07-31 --by dustin-brinkmann --confidence medium --note Ahead",
    ),
}


@pytest.mark.parametrize(("answered", "options"), LEFT_AT.values(), ids=LEFT_AT)
def test_no_answer_is_lost_at_whatever_question_somebody_leaves(
    house: Path, answered: tuple[tuple[str, str], ...], options: str
) -> None:
    asked = ("Confidence: ", "A note", "next time")[len(answered)]
    said = talk(house.parent, "review --owner moses-frase", *BEGUN, *answered, (asked, CTRL_C), status=1)
    assert f"nothing was written; to continue from here:\n  goals review {options}\n" in said


def test_what_waits_for_somebody_s_word_is_agreed_in_one_sitting(house: Path) -> None:
    path = house / MOSES
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "agreed:" not in line and "on: 2017-01-20" not in line]
    path.write_text("".join(kept), encoding="utf-8")
    before = run("check", "--format", "json").output.count("GH406")
    assert run("agree", "--owner", "moses-frase", "--by", "moses-frase").exit_code == 0
    result = run("agree", "--owner", "moses-frase", "--by", "dustin-brinkmann")
    assert (before, result.exit_code, result.stdout.count("by: [dustin-brinkmann]")) == (2, 0, 2)
    again = run("agree", "--owner", "moses-frase", "--by", "dustin-brinkmann")
    assert (again.exit_code, "nothing to agree to" in again.stderr) == (2, True)


@pytest.fixture
def owing(house: Path) -> Path:
    """The house with two missed landmarks."""
    path = house / MOSES
    text = path.read_text(encoding="utf-8").replace("due: 2017-08-31, deliver", "due: 2017-07-20, deliver")
    path.write_text(text, encoding="utf-8")
    return house


def test_what_is_owed_is_asked_one_after_the_other_and_written_at_once(owing: Path) -> None:
    said = talk(
        owing.parent, "due --do",
        ("Record it now [yes]", "yes"),
        ("On which day", ""), ("Who was there", "moses-frase, dustin-brinkmann"), ("Why was it missed", "The course was moved"),
        ("What now", "drop"), ("Write this [yes]", ""),
    )  # fmt: skip
    assert "1 recorded, 0 things still owed" in said
    assert "action: drop" in (owing / MOSES).read_text(encoding="utf-8")


def test_each_can_be_skipped_and_q_stops(owing: Path) -> None:
    before = (owing / MOSES).read_text(encoding="utf-8")
    for answer in ("skip", "q"):
        said = talk(owing.parent, "due --do", ("Record it now", answer))
        assert "0 recorded, 1 thing still owed" in said
    assert (owing / MOSES).read_text(encoding="utf-8") == before


def test_without_a_terminal_nothing_is_asked(house: Path) -> None:
    for command, option in (("due", "--do"), ("checkin", "--owner=moses")):
        result = run(command, option)
        assert (result.exit_code, f"{option.partition('=')[0]} needs a terminal" in result.stderr) == (2, True)


def test_only_numbers_that_somebody_reads_are_asked_for(house: Path) -> None:
    said = talk(
        house.parent, "checkin --owner moses",
        ("On which day", ""), ("Total to date (money), empty to skip: ", "150k"), ("Write this [yes]", ""),
    )  # fmt: skip
    assert "Close 260,000 of new business: 102% of the agreed curve, was 105%; on track" in said
    assert "{on: 2017-07-31, value: 150_000}" in (house / MOSES).read_text(encoding="utf-8")
    for owner in ("dustin", "central"):  # without a number, and with a sum of others'
        said = talk(house.parent, f"checkin --owner {owner}", status=2)
        assert "has no open goal with a number" in said


def test_numbers_that_are_left_out_are_not_written(house: Path) -> None:
    said = talk(
        house.parent, "checkin --owner moses", ("On which day", ""), ("Total to date (money), empty to skip: ", "")
    )
    assert said.endswith("nothing was written\n")


PEOPLE = [
    ("moses", "moses-frase"),
    ("Frase", "moses-frase"),
    ("brink", "dustin-brinkmann"),
    ("lukasz", "lukasz"),
    ("ŁUKASZ Ørsted", "lukasz"),
]


@pytest.mark.parametrize(("typed", "found"), PEOPLE)
def test_people_are_found_by_parts_of_their_names_and_without_accents(house: Path, typed: str, found: str) -> None:
    (house / "sellers" / "lukasz.yaml").write_text(
        "name: Łukasz Ørsted\nteam: central\ngoals: [{id: a, title: A}]\n", encoding="utf-8"
    )
    assert f"({found}, " in run("status", typed).stdout


def test_of_several_people_each_is_listed(house: Path) -> None:
    (house / "sellers" / "moses-abel.yaml").write_text("name: Moses Abel\nteam: central\n", encoding="utf-8")
    result = run("status", "moses")
    assert (result.exit_code, "moses-abel (Moses Abel), moses-frase (Moses Frase)" in result.stderr) == (2, True)
