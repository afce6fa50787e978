"""`goals correct` puts a record right, and says in an adjustment what it was and why; the gate accepts both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

from ..changes.story import Story

MOSES, DUSTIN = "sellers/moses-frase.yaml", "leaders/dustin-brinkmann.yaml"
GOAL, CSV = "moses-frase/new-business", "readings/crm.csv"
SESSIONS = """  - id: half-hours
    title: Half an hour each
    kind: support
    why: Goals are kept in small talks.
    measure: {cadence: {times: 1, per: week, with: each-seller}}
    sessions:
      - {on: 2017-07-03, with: moses-frase, minutes: 30}
      - {on: 2017-07-10, with: moses-frase, minutes: 30}
      - {on: 2017-07-10, with: anna-snelling, minutes: 35}
"""
ROWS = f"goal,on,value,note\n{GOAL},2017-04-30,80000,\n{GOAL},2017-05-31,95000,From the CRM\n"
ACCOUNTED = "    accountings:\n      - {landmark: q2, on: 2017-07-20, why: Frozen, action: recover}\n"
CLOSED = "    closed: {on: 2017-07-25, result: partly}\n"


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """A committed handbook with a record of each kind; today is 31 July 2017."""
    story = Story(tmp_path)
    story.edit(MOSES, "  - id: negotiation\n", f"{ACCOUNTED}  - id: negotiation\n")
    story.write(MOSES, story.read(MOSES) + CLOSED)
    story.write(DUSTIN, story.read(DUSTIN) + SESSIONS)
    story.write("sellers/anna-snelling.yaml", "name: Anna Snelling\nteam: central\n")
    story.write(CSV, ROWS)
    story.commit("The goals of 2017", "2017-07-26")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1501459200")
    return story


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


CORRECTS = {
    "a reading": ([GOAL, "checkins.2017-03-31", "--value", "65,000"], ["      - {on: 2017-03-31, value: 65_000}"], ["{field: checkins.2017-03-31, was: 60_000, now: 65_000}"]),
    "a reading that should not be there": ([GOAL, "checkins.2017-03-31", "--remove"], [], ["{field: checkins.2017-03-31, was: 60_000, now: dropped}"]),
    "the day of a reading": (
        [GOAL, "checkins.2017-03-31", "--date", "2017-03-30"],
        ["      - {on: 2017-03-30, value: 60_000}"],
        ["{field: checkins.2017-03-31, was: 60_000, now: dropped}", "{field: checkins.2017-03-30, was: none, now: 60_000}"],
    ),
    "a reading in a CSV file": ([GOAL, "checkins.2017-05-31", "--value", "97k"], [f"{GOAL},2017-05-31,97000,From the CRM"], ["{field: checkins.2017-05-31, was: 95_000, now: 97_000}"]),
    "a row that should not be there": ([GOAL, "checkins.2017-04-30", "--remove"], [], ["{field: checkins.2017-04-30, was: 80_000, now: dropped}"]),
    "the day of a row": (
        [GOAL, "checkins.2017-04-30", "--date", "2017-04-28"],
        [f"{GOAL},2017-04-28,80000,"],
        ["{field: checkins.2017-04-30, was: 80_000, now: dropped}", "{field: checkins.2017-04-28, was: none, now: 80_000}"],
    ),
    "the day of a review": ([GOAL, "reviews.2017-07-10", "--date", "2017-07-11"], ["      - {on: 2017-07-11, by: [moses-frase, dustin-brinkmann]}"], ["{field: reviews.2017-07-10, was: 2017-07-10, now: 2017-07-11}"]),
    "the day of a session": (["half-hours", "sessions.2017-07-03", "--date", "2017-07-04"], ["      - {on: 2017-07-04, with: moses-frase, minutes: 30}"], ["{field: sessions.2017-07-03, was: 2017-07-03, now: 2017-07-04}"]),
    "one of two sessions of a day": (["half-hours", "sessions.2017-07-10", "--with", "Anna Snelling", "--remove"], [], ["{field: sessions.2017-07-10, was: 2017-07-10 with anna-snelling, now: dropped}"]),
    "the day of a delivery": (["moses-frase/negotiation", "landmarks.course.done", "--date", "2017-05-23"], ["      - {id: course, due: 2017-05-31, deliver: Course finished, done: 2017-05-23}"], ["{field: landmarks.course.done, was: 2017-05-24, now: 2017-05-23}"]),
    "a delivery that was none": (["moses-frase/negotiation", "landmarks.course.done", "--remove"], ["      - {id: course, due: 2017-05-31, deliver: Course finished}"], ["{field: landmarks.course.done, was: 2017-05-24, now: dropped}"]),
    "the action of an accounting": ([GOAL, "accountings.q2", "--value", "a"], ["      - {landmark: q2, on: 2017-07-20, why: Frozen, action: adjust}"], ["{field: accountings.q2, was: recover, now: adjust}"]),
    "the result of a closing": (["moses-frase/negotiation", "closed", "--value", "missed"], ["    closed: {on: 2017-07-25, result: missed}"], ["{field: closed, was: partly, now: missed}"]),
    "a closing that was none": (["moses-frase/negotiation", "closed", "--remove"], [], ["{field: closed, was: partly, now: dropped}"]),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "lines", "changes"), CORRECTS.values(), ids=CORRECTS)
def test_a_record_and_its_correction_are_written_together(
    story: Story, arguments: list[str], lines: list[str], changes: list[str]
) -> None:
    result = run("correct", *arguments, "--why", "Booked on the wrong team", "--by", "Dustin")
    assert result.exit_code == 0, result.output
    shown = [line.partition(" | ")[2] for line in result.stdout.splitlines() if line.startswith("+")]
    adjustment = [
        "      - on: 2017-07-31",
        "        by: [dustin-brinkmann]",
        "        why: Booked on the wrong team",
        "        changes:",
    ]
    assert sorted(shown) == sorted(
        [*lines, "    adjustments:", *adjustment, *(f"          - {change}" for change in changes)]
    )
    report = run("check", "--since", "HEAD", "--as-of", "2017-07-31", "--format", "json")
    codes = [finding["code"] for finding in json.loads(report.stdout)["findings"]]
    assert [code for code in codes if code.startswith("GH6") or code in {"GH407", "GH408"}] == []


def test_a_reading_in_both_places_is_corrected_in_both(story: Story) -> None:
    story.edit(MOSES, "    checkins:\n", "    checkins:\n      - {on: 2017-04-30, value: 80_000}\n")
    result = run("correct", GOAL, "checkins.2017-04-30", "--value", "81_000", "--why", "x")
    assert result.exit_code == 0, result.output
    assert "{on: 2017-04-30, value: 81_000}" in story.read(MOSES)
    assert f"{GOAL},2017-04-30,81000,\n" in story.read(CSV)


def test_a_record_can_be_corrected_twice(story: Story) -> None:
    for value in ("65_000", "66_000"):
        result = run("correct", GOAL, "checkins.2017-03-31", "--value", value, "--why", f"It was {value} after all")
        assert result.exit_code == 0, result.output
    assert "was: 65_000, now: 66_000" in story.read(MOSES)
    assert "GH6" not in run("check", "--since", "HEAD", "--as-of", "2017-07-31").stdout


REFUSES = {
    "no such record": ([GOAL, "review.2017-07-10", "--remove"], 'has no record "review.2017-07-10"\n  help: did you mean "reviews.2017-07-10"?'),
    "a term": ([GOAL, "target", "--value", "1"], f'{GOAL} has no record "target"\n  help: name one of agreed.2017-01-20, checkins.2017-03-31'),
    "no record": ([GOAL, "--value", "1"], "Missing argument 'RECORD': which record: agreed.2017-01-20"),
    "nothing that is right": ([GOAL, "checkins.2017-03-31"], "say how to correct a reading: --value or --date or --remove"),
    "two things at once": ([GOAL, "checkins.2017-03-31", "--value", "1", "--remove"], "say how to correct a reading"),
    "a value of what has none": ([GOAL, "reviews.2017-07-10", "--value", "high"], "say how to correct a review: --date or --remove"),
    "no number": ([GOAL, "checkins.2017-03-31", "--value", "lots"], "Invalid value for '--value': \"lots\" is not a number"),
    "no action": ([GOAL, "accountings.q2", "--value", "wait"], '"wait" is not one of: recover, adjust, drop'),
    "what it says already": ([GOAL, "checkins.2017-03-31", "--value", "60,000"], "nothing to correct: checkins.2017-03-31 is already 60_000"),
    "the day it has already": ([GOAL, "reviews.2017-07-10", "--date", "2017-07-10"], "nothing to correct: reviews.2017-07-10 is already 2017-07-10"),
    "several of a day": (["half-hours", "sessions.2017-07-10", "--remove"], "there are 2 sessions on 2017-07-10: with moses-frase; anna-snelling\n  help: say which one: --with ID"),
    "with somebody else": (["half-hours", "sessions.2017-07-03", "--with", "anna-snelling", "--remove"], "sessions.2017-07-03 is not with anna-snelling"),
    "a day to come": ([GOAL, "reviews.2017-07-10", "--date", "2071-07-10"], "2071-07-10 is in the future"),
    "the day of another reading": ([GOAL, "checkins.2017-03-31", "--date", "2017-06-30"], "has two readings, 60000 and 131000"),
    "no reason": ([GOAL, "checkins.2017-03-31", "--remove", "--why", " "], "the text is empty"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), REFUSES.values(), ids=REFUSES)
def test_a_refusal_says_why_and_nothing_is_written(story: Story, arguments: list[str], message: str) -> None:
    before = {path: path.read_bytes() for path in story.goals.rglob("*") if path.is_file()}
    result = run("correct", *arguments, *([] if "--why" in arguments else ["--why", "x"]))
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert {path: path.read_bytes() for path in story.goals.rglob("*") if path.is_file()} == before


def test_a_correction_asks_why(story: Story) -> None:
    result = run("correct", GOAL, "checkins.2017-03-31", "--remove")
    assert (result.exit_code, "Missing option '--why': why: what was wrong" in result.stderr) == (2, True)
