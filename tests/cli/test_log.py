"""`goals log`: everything that happened to a goal, safe to print on any terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from ..changes.story import Story

HANDBOOK = """
format: 1
name: MavenTech
period: {name: 2017, start: 2017-01-01, end: 2017-12-31}
currency: EUR
locale: LOCALE
rules: {GH3: off, GH4: off, GH5: off}
"""
SELLER = """
name: Ana Abel
team: north
goals:
  - id: revenue
    title: Close 20,000
    measure: {unit: money, target: 20_000}
    landmarks: [{id: year, due: 2017-12-31, value: 20_000}]
    checkins: [{on: 2017-03-31, value: 16_112, note: NOTE}]
"""


def report(command: str, folder: Path) -> str:
    """What a command prints about the goal, as a terminal shows it (`color`: click removes nothing)."""
    arguments = [command, "ana/revenue", "--dir", str(folder), "--as-of", "2017-04-15"]
    result = CliRunner().invoke(main, arguments, color=True)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def handbook(goals: Callable[..., Path]) -> Callable[[str, str], Path]:
    """Writes a handbook in a locale, with a note on a reading."""

    def write(locale: str, note: str) -> Path:
        seller = SELLER.replace("NOTE", note)
        files = {"handbook.yaml": HANDBOOK.replace("LOCALE", locale), "teams/north.yaml": "name: North\n"}
        return goals({**files, "sellers/ana.yaml": seller})

    return write


@pytest.mark.parametrize("command", ["log", "status"])
@pytest.mark.parametrize(
    ("locale", "amount"),
    [("de_DE", "16.112\xa0€"), ("sv_SE", "16\xa0112\xa0€"), ("fr_FR", "16\u202f112\xa0€"), ("en_US", "€16,112")],
)
def test_amounts_keep_the_no_break_spaces_of_their_locale(
    handbook: Callable[[str, str], Path], command: str, locale: str, amount: str
) -> None:
    text = report(command, handbook(locale, "Two deals."))
    assert amount in text
    assert "\N{REPLACEMENT CHARACTER}" not in text


@pytest.mark.parametrize("evil", ["\\u202E", "\\u2066", "\\u200B"])
def test_what_could_reorder_or_hide_text_is_replaced(handbook: Callable[[str, str], Path], evil: str) -> None:
    text = report("log", handbook("en_US", f'"Two {evil}deals."'))
    assert "Two \N{REPLACEMENT CHARACTER}deals." in text
    assert all(c.isprintable() or c == "\n" for c in text)


MOSES, GOAL = "sellers/moses-frase.yaml", "moses-frase/new-business"
LOWERED = (
    "      - {on: 2017-03-01, by: [dustin-brinkmann], why: Sold,"
    " changes: [{field: target, was: 260_000, now: 230_000}]}\n"
)
PUT_OFF = (
    "      - {on: 2017-03-01, by: [dustin-brinkmann], why: Frozen,"
    " changes: [{field: landmarks.q2.due, was: 2017-06-30, now: 2017-07-15}]}\n"
)
CORRECTED = (
    "      - {on: 2017-04-10, why: Booked twice, changes: [{field: checkins.2017-03-31, was: 60_000, now: 55_000}]}\n"
)
ACCOUNTED = (
    "    accountings:\n"
    "      - {landmark: q2, on: 2017-07-20, why: Frozen, action: recover, plan: [{do: Close Isdom}, {do: Call Rhea}]}\n"
)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """A repository with the house, where nothing is committed yet."""
    return Story(tmp_path)


def adjust(story: Story, old: str, new: str, *adjustments: str) -> None:
    """Change a line of Moses's first goal, with the adjustments that explain it."""
    story.edit(MOSES, old, new)
    if "    adjustments:\n" not in story.read(MOSES):
        story.edit(MOSES, "  - id: negotiation\n", "    adjustments:\n  - id: negotiation\n")
    story.edit(MOSES, "    adjustments:\n", "    adjustments:\n" + "".join(adjustments))


def events(story: Story) -> list[dict[str, Any]]:
    """What the log of Moses's first goal lists."""
    arguments = ["log", GOAL, "--dir", str(story.goals), "--as-of", "2017-07-31", "--format", "json"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    listed: list[dict[str, Any]] = json.loads(result.stdout)["events"]
    return listed


def commit_of(story: Story, what: str, on: str, text: str = "") -> str:
    """The commit that the log gives for one event."""
    found = [e["commit"] for e in events(story) if (e["what"], e["on"]) == (what, on) and text in e["note"]]
    assert len(found) == 1, events(story)
    return str(found[0])


def test_a_log_begins_with_the_terms_as_they_first_were(story: Story) -> None:
    first = story.commit("The goals of 2017", "2017-01-21")
    adjust(story, "target: 260_000", "target: 230_000", LOWERED)
    story.commit("adjusted", "2017-03-01")
    begin = events(story)[0]
    assert (begin["what"], begin["text"]) == ("New goal", "$260,000 by Dec 31, 2017, 2 landmarks")
    assert (begin["on"], begin["commit"]) == ("2017-01-21", first)


def test_a_log_begins_with_the_first_terms_also_if_they_were_adjusted_before_the_first_commit(story: Story) -> None:
    adjust(story, "target: 260_000", "target: 230_000", LOWERED)
    story.commit("The goals of 2017", "2017-04-01")
    begin = events(story)[0]
    assert (begin["what"], begin["text"]) == ("New goal", "$260,000 by Dec 31, 2017, 2 landmarks")


def test_a_log_begins_with_the_terms_that_were_changed_silently(story: Story) -> None:
    story.commit("The goals of 2017", "2017-01-21")
    story.edit(MOSES, "target: 260_000", "target: 230_000")
    story.commit("lowered", "2017-03-01")
    assert events(story)[0]["text"].startswith("$260,000")


@pytest.mark.parametrize(
    ("old", "new", "adjustments"),
    [
        ("target: 260_000", "target: 230_000", [LOWERED]),
        ("value: 60_000", "value: 55_000", [CORRECTED]),
        ("      - {on: 2017-03-31, value: 60_000}\n", "", [CORRECTED.replace("now: 55_000", "now: dropped")]),
    ],
    ids=["a term", "a reading corrected", "a reading removed"],
)
def test_a_log_shows_each_adjustment_once(story: Story, old: str, new: str, adjustments: list[str]) -> None:
    story.commit("The goals of 2017", "2017-01-21")
    adjust(story, old, new, *adjustments)
    story.commit("adjusted", "2017-04-10")
    assert [e["what"] for e in events(story) if e["what"] not in {"Agreed", "Reading", "Reviewed"}] == [
        "New goal", "Adjusted",
    ]  # fmt: skip


def test_a_decision_has_the_commit_that_brought_it(story: Story) -> None:
    first = story.commit("The goals of 2017", "2017-01-21")
    story.edit(MOSES, "on: 2017-07-10,", "on: 2017-07-10, note: Good,")
    story.commit("a note rewritten", "2017-07-11")
    assert commit_of(story, "Reviewed", "2017-07-10") == first


def test_an_accounting_has_the_commit_that_brought_it_and_not_that_of_a_step_done(story: Story) -> None:
    story.commit("The goals of 2017", "2017-01-21")
    story.edit(MOSES, "  - id: negotiation\n", f"{ACCOUNTED}  - id: negotiation\n")
    brought = story.commit("accounted for", "2017-07-20")
    story.edit(MOSES, "{do: Close Isdom}", "{do: Close Isdom, done: 2017-07-24}")
    story.edit(MOSES, "{do: Call Rhea}", "{do: Call Rhea, done: 2017-08-04}")
    story.commit("two steps done, one of them after the status date", "2017-07-24")
    assert commit_of(story, "Accounted", "2017-07-20") == brought


def test_two_adjustments_of_one_day_have_a_commit_each(story: Story) -> None:
    story.commit("The goals of 2017", "2017-01-21")
    adjust(story, "target: 260_000", "target: 230_000", LOWERED)
    lowered = story.commit("lowered", "2017-03-01")
    adjust(story, "due: 2017-06-30", "due: 2017-07-15", PUT_OFF)
    put_off = story.commit("put off", "2017-03-02")
    assert commit_of(story, "Adjusted", "2017-03-01", "Sold") == lowered
    assert commit_of(story, "Adjusted", "2017-03-01", "Frozen") == put_off


def test_what_was_removed_and_put_back_has_the_commit_that_first_brought_it(story: Story) -> None:
    first = story.commit("The goals of 2017", "2017-01-21")
    signed = "      - {on: 2017-01-20, by: [moses-frase, dustin-brinkmann]}\n"
    story.edit(MOSES, signed, "      - {on: 2017-01-19, by: [moses-frase, dustin-brinkmann]}\n")
    story.commit("dated back", "2017-02-01")
    story.edit(MOSES, "      - {on: 2017-01-19, by: [moses-frase, dustin-brinkmann]}\n", signed)
    story.commit("put back", "2017-02-02")
    assert commit_of(story, "Agreed", "2017-01-20") == first


def test_a_decision_that_is_not_committed_yet_has_no_commit(story: Story) -> None:
    story.commit("The goals of 2017", "2017-01-21")
    adjust(story, "target: 260_000", "target: 230_000", LOWERED)
    lowered = story.commit("lowered", "2017-03-01")
    adjust(story, "due: 2017-06-30", "due: 2017-07-15", PUT_OFF)
    assert commit_of(story, "Adjusted", "2017-03-01", "Sold") == lowered
    assert commit_of(story, "Adjusted", "2017-03-01", "Frozen") == ""
