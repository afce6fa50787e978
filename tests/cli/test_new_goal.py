"""`goals new goal`: landmarks by quarter, split or ramped, and goals of people who join during the period."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main
from goal_handbook.source.load import load

FISCAL = "start: 2011-05-31, end: 2012-05-29, quarters: [2011-08-30, 2011-11-30, 2012-02-28, 2012-05-29]"
CALENDAR = "start: 2017-01-01, end: 2017-12-31"
NUMBER = ("--title", "Sell", "--target", "250_000", "--unit", "money")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def new_hire(house: Path) -> Path:
    """Ana joined on 17 July."""
    text = "name: Ana Abel\nteam: central\njoined: 2017-07-17\n"
    (house / "sellers/ana-abel.yaml").write_text(text, encoding="utf-8")
    return house


def added(result: Result) -> list[str]:
    """The lines of the goal from its start or measure on, without their indentation."""
    assert result.exit_code == 0, result.output
    lines = [line.partition(" | ")[2].strip() for line in result.stdout.splitlines() if line.startswith("+")]
    return [line for line in lines if line.startswith(("start:", "- {id:"))]


WAYS = {
    "the target spread evenly over the quarters": (
        ("moses", *NUMBER, "--by-quarter"),
        [
            "- {id: q1, due: 2017-03-31, value: 62_500}",
            "- {id: q2, due: 2017-06-30, value: 125_000}",
            "- {id: q3, due: 2017-09-30, value: 187_500}",
            "- {id: q4, due: 2017-12-31, value: 250_000}",
        ],
    ),
    "the target split": (
        ("moses", *NUMBER, "--split", "10, 20, 30%, 40"),
        [
            "- {id: q1, due: 2017-03-31, value: 25_000}",
            "- {id: q2, due: 2017-06-30, value: 75_000}",
            "- {id: q3, due: 2017-09-30, value: 150_000}",
            "- {id: q4, due: 2017-12-31, value: 250_000}",
        ],
    ),
    "down from a number": (
        ("moses", "--title", "Answer sooner", "--from", "60", "--target", "40", "--unit", "hours", "--by-quarter"),
        [
            "- {id: q1, due: 2017-03-31, value: 55}",
            "- {id: q2, due: 2017-06-30, value: 50}",
            "- {id: q3, due: 2017-09-30, value: 45}",
            "- {id: q4, due: 2017-12-31, value: 40}",
        ],
    ),
    "a level in each quarter": (
        ("moses", "--title", "Discounts", "--target", "5", "--unit", "percent", "--hold", "at_most", "--by-quarter", "--start", "2017-07-01"),
        ["start: 2017-07-01", "- {id: q3, due: 2017-09-30, value: 5}", "- {id: q4, due: 2017-12-31, value: 5}"],
    ),
    "the quarters left for somebody who joins, by their days": (
        ("ana", *NUMBER, "--by-quarter"),
        ["start: 2017-07-17", "- {id: q3, due: 2017-09-30, value: 113_000}", "- {id: q4, due: 2017-12-31, value: 250_000}"],
    ),
    "a ramp from the first day": (
        ("ana", "--title", "Sell", "--target", "100_000", "--unit", "money", "--ramp", "25,50,75,100"),
        [
            "start: 2017-07-17",
            "- {id: august, due: 2017-08-16, value: 6280}",
            "- {id: september, due: 2017-09-16, value: 18_830}",
            "- {id: october, due: 2017-10-16, value: 37_650}",
            "- {id: november, due: 2017-11-16, value: 62_750}",
            "- {id: december, due: 2017-12-31, value: 100_000}",
        ],
    ),
    "a ramp that leaves out the full months": (
        ("ana", "--title", "Sell", "--target", "100_000", "--unit", "money", "--ramp", "25,50,75"),
        [
            "start: 2017-07-17",
            "- {id: august, due: 2017-08-16, value: 6280}",
            "- {id: september, due: 2017-09-16, value: 18_830}",
            "- {id: october, due: 2017-10-16, value: 37_650}",
            "- {id: december, due: 2017-12-31, value: 100_000}",
        ],
    ),
    "a ramp that begins with learning": (
        ("ana", "--title", "Sell", "--target", "90", "--unit", "deals", "--ramp", "0,50,100", "--start", "2017-10-01"),
        ["start: 2017-10-01", "- {id: november, due: 2017-11-30, value: 30}", "- {id: december, due: 2017-12-31, value: 90}"],
    ),
    "quarters by their names": (
        ("moses", *NUMBER, "--landmark", "Q2: 100_000", "--landmark", "end of q4: 250_000"),
        ["- {id: june, due: 2017-06-30, value: 100_000}", "- {id: december, due: 2017-12-31, value: 250_000}"],
    ),
    "something to deliver by somebody who joins": (
        ("ana", "--title", "Learn", "--kind", "education", "--landmark", "Q3: Exam"),
        ["start: 2017-07-17", "- {id: exam, due: 2017-09-30, deliver: Exam}"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "lines"), WAYS.values(), ids=WAYS)
def test_a_goal_has_its_landmarks(new_hire: Path, arguments: tuple[str, ...], lines: list[str]) -> None:
    assert added(run("new", "goal", *arguments)) == lines
    assert [finding for finding in load(new_hire).findings if finding.severity == "error"] == []


def test_the_quarters_are_those_of_the_handbook(new_hire: Path) -> None:
    for path in (*new_hire.glob("*/*.yaml"),):
        path.write_text(path.read_text(encoding="utf-8").partition("goals:")[0], encoding="utf-8")
    book = (new_hire / "handbook.yaml").read_text(encoding="utf-8").replace(CALENDAR, FISCAL)
    (new_hire / "handbook.yaml").write_text(book, encoding="utf-8")
    assert added(run("new", "goal", "moses", *NUMBER, "--by-quarter")) == [
        "- {id: q1, due: 2011-08-30, value: 62_500}",
        "- {id: q2, due: 2011-11-30, value: 125_000}",
        "- {id: q3, due: 2012-02-28, value: 187_500}",
        "- {id: q4, due: 2012-05-29, value: 250_000}",
    ]


REFUSED = {
    "a landmark before somebody joined": (
        ("ana", *NUMBER, "--landmark", "Q1: 50_000"),
        "2017-03-31 is before the goal starts on 2017-07-17\n  help: name a later day, or give the goal an earlier --start",
    ),
    "a start before somebody joined": (("ana", *NUMBER, "--start", "2017-03-01"), "Ana Abel joined on 2017-07-17"),
    "a start outside the period": (("moses", *NUMBER, "--start", "2018-03-01"), "2018-03-01 is not in the handbook's period"),
    "no such quarter": (("moses", *NUMBER, "--landmark", "Q5: 50_000"), "there is no Q5\n  help: 2017 has Q1, Q2, Q3, Q4"),
    "two ways at once": (("moses", *NUMBER, "--by-quarter", "--ramp", "50,100"), "use either --by-quarter or --ramp"),
    "nothing to spread": (("moses", "--title", "Learn", "--by-quarter"), "--by-quarter needs a number to spread: add --target"),
    "too few percentages": (("moses", *NUMBER, "--split", "40,60"), "2 percentages for 4 quarters\n  help: give one for each quarter from the goal's start on 2017-01-01"),
    "percentages that are not the whole": (("moses", *NUMBER, "--split", "10,20,30,50"), "the percentages add up to 110\n  help: let them add up to 100"),
    "a ramp to nowhere": (("ana", *NUMBER, "--ramp", "50,0"), '"50,0" are not percentages\n  help: write e.g. 25,50,75,100'),
    "more than a full month": (("ana", *NUMBER, "--ramp", "125,50,75"), "125 is more than a full month\n  help: write at most 100 for each month"),
    "a ramp that begins after the goal": (("ana", *NUMBER, "--start", "2017-12-01", "--ramp", "0,100"), "nothing is expected in any month of the goal"),
    "a ramp of words": (("ana", *NUMBER, "--ramp", "slow"), '"slow" is not a number'),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_says_why_and_writes_nothing(new_hire: Path, arguments: tuple[str, ...], message: str) -> None:
    before = {path: path.read_bytes() for path in new_hire.rglob("*.yaml")}
    result = run("new", "goal", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert {path: path.read_bytes() for path in new_hire.rglob("*.yaml")} == before


def test_what_a_goal_is_too_short_for_is_left_out_with_a_word_about_it(new_hire: Path) -> None:
    result = run("new", "goal", "ana", *NUMBER, "--start", "2017-11-01", "--ramp", "25,50,75,100")
    assert result.exit_code == 0, result.output
    assert "the goal has 2 months: 75 and 100 of the ramp not used" in result.stdout


@pytest.mark.parametrize(
    ("typed", "cadence"),
    [
        ("weekly", "times: 1, per: week"),
        ("every month", "times: 1, per: month"),
        ("quarterly", "times: 1, per: quarter"),
        ("twice a week", "times: 2, per: week"),
        ("3 x per quarter", "times: 3, per: quarter"),
    ],
)
def test_a_cadence_is_understood_as_people_say_it(new_hire: Path, typed: str, cadence: str) -> None:
    result = run("new", "goal", "moses", "--title", "Talk", "--cadence", typed, "--with", "each seller")
    assert f"measure: {{cadence: {{{cadence}, with: each-seller}}}}" in result.output


def test_every_two_weeks_is_not_what_a_cadence_counts(new_hire: Path) -> None:
    result = run("new", "goal", "moses", "--title", "Talk", "--cadence", "every two weeks")
    assert 'it counts by week, month or quarter: write "2 per month"' in result.stderr
