"""What is true of the past by its date stays true: teams, leaves, rates, quarters and supports (GH611, GH601).

Each case is a change of one file, compared with the file before it on 31 July 2017, in a house with monthly reviews.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goal_handbook.changes.baseline import Baseline
from goal_handbook.source.load import load
from goal_handbook.workspace import evaluate

from .story import HOUSE

TODAY = date(2017, 7, 31)
MOSES, BOOK = "sellers/moses-frase.yaml", "handbook.yaml"


def case(sentence: str, *values: Any) -> Any:
    return pytest.param(*values, id=sentence)


def gate(tmp_path: Path, file: str, before: tuple[str, str], after: tuple[str, str]) -> list[str]:
    """What the gate says of a file that changes from one text to another; each is (what the house has, what instead)."""
    handbooks = []
    for name, (old, new) in {"before": before, "after": after}.items():
        goals = tmp_path / name
        shutil.copytree(HOUSE, goals)
        (goals / "teams" / "south.yaml").write_text("name: South\nleader: dustin-brinkmann\n", encoding="utf-8")
        text = (goals / file).read_text(encoding="utf-8")
        assert old in text
        (goals / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        handbooks.append(load(goals, "goals"))
    then, now = handbooks
    findings = evaluate(now, TODAY, TODAY, baseline=Baseline(then, TODAY)).findings
    return [f.code for f in findings if f.code in {"GH601", "GH611", "GH618"}]


TEAM = "team: central\n"
AWAY = "team: central\naway: [{from: 2017-05-01, to: 2017-05-31}]\n"
MOVED = "team: [{id: central}, {id: south, from: 2017-03-01}]\n"
LEAVE = "2017-05-01 to 2017-05-31"


def corrected(field: str, was: str, now: str, why: str = "The note came in July.") -> str:
    """A correction as a seller's file has it."""
    return (
        f"corrections: [{{on: 2017-07-31, by: dustin-brinkmann, why: {why}, field: {field}, was: {was}, now: {now}}}]\n"
    )


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        case("a new team without a day rewrites the past, and with it what a goal supports", TEAM, "team: south\n", ["GH611", "GH601"]),
        case("a move from today on does not", TEAM, "team: [{id: central}, {id: south, from: 2017-07-31}]\n", []),
        case("nor one that is planned", TEAM, "team: [{id: central}, {id: south, from: 2017-10-01}]\n", []),
        case("nor one written down within a month", TEAM, "team: [{id: central}, {id: south, from: 2017-07-01}]\n", []),
        case("one written down in summer that was in March does", TEAM, "team: [{id: central}, {id: south, from: 2017-03-01}]\n", ["GH611"]),
        case("a move that was taken back does", "team: [{id: south}, {id: central, from: 2017-03-01}]\n", TEAM, ["GH611", "GH601"]),
        case("a leave of the past does", TEAM, AWAY, ["GH611"]),
        case("a leave that was taken back does", AWAY, TEAM, ["GH611"]),
        case("a leave that begins today does not", TEAM, "team: central\naway: [{from: 2017-07-31, to: 2017-08-31}]\n", []),
        case("a leave that becomes longer does not", "team: central\naway: [{from: 2017-05-01, to: 2017-08-10}]\n", "team: central\naway: [{from: 2017-05-01, to: 2017-09-30}]\n", []),
        case("a last day of the past does", TEAM, f"{TEAM}left: 2017-02-28\n", ["GH611"]),
        case("one before the period does", TEAM, f"{TEAM}left: 2016-11-30\n", ["GH611"]),
        case("one that was taken back does", f"{TEAM}left: 2017-02-28\n", TEAM, ["GH611"]),
        case("one that was put off does", f"{TEAM}left: 2017-02-28\n", f"{TEAM}left: 2017-07-30\n", ["GH611"]),
        case("the last day of somebody who is gone since a month ago does", TEAM, f"{TEAM}left: 2017-06-28\n", ["GH611"]),
        case("one written down within a month does not", TEAM, f"{TEAM}left: 2017-06-30\n", []),
        case("nor one to come", TEAM, f"{TEAM}left: 2017-09-30\n", []),
        case("a leave found out late, with who says so and why, is a correction", TEAM, AWAY + corrected("away", "none", LEAVE), ["GH618"]),
        case("so is a move", TEAM, MOVED + corrected("team", "central", "[central, south from 2017-03-01]"), ["GH618"]),
        case("and a last day", TEAM, f"{TEAM}left: 2017-02-28\n" + corrected("left", "none", "2017-02-28"), ["GH618"]),
        case("and one that was put off", f"{TEAM}left: 2017-02-28\n", f"{TEAM}left: 2017-03-15\n" + corrected("left", "2017-02-28", "2017-03-15"), ["GH618"]),
        case("a leave that was none too", AWAY, TEAM + corrected("away", LEAVE, "none"), ["GH618"]),
        case("a correction of something else explains nothing", TEAM, AWAY + corrected("team", "central", "central"), ["GH611"]),
        case("nor one that says it was otherwise before", TEAM, AWAY + corrected("away", "2017-02-01 to 2017-02-02", LEAVE), ["GH611"]),
        case("nor one that says it is otherwise now", TEAM, AWAY + corrected("away", "none", "2017-05-01 to 2017-05-02"), ["GH611"]),
        case("nor one that gives no reason", TEAM, AWAY + corrected("away", "none", LEAVE, "Away."), ["GH611"]),
        case("nor one that was there before", TEAM + corrected("away", "none", LEAVE), AWAY + corrected("away", "none", LEAVE), ["GH611"]),
        case("a correction that was removed is a rewrite itself", AWAY + corrected("away", "none", LEAVE), AWAY, ["GH611"]),
        case("so is one that was edited", AWAY + corrected("away", "none", LEAVE), AWAY + corrected("away", "none", LEAVE, "We always knew."), ["GH611"]),
        case("a note about one does not", AWAY, AWAY.replace("31}", "31, note: Ill}"), []),
    ],
)  # fmt: skip
def test_who_was_where_stays(before: str, after: str, found: list[str], tmp_path: Path) -> None:
    assert gate(tmp_path, MOSES, (TEAM, before), (TEAM, after)) == found


CURRENCY = "currency: USD\n"
PERIOD = "end: 2017-12-31}"


@pytest.mark.parametrize(
    ("old", "before", "after", "found"),
    [
        case("another rate changes every sum so far", CURRENCY, CURRENCY + "rates: {CAD: 0.78}\n", CURRENCY + "rates: {CAD: 0.98}\n", ["GH611"]),
        case("a rate that is gone does too", CURRENCY, CURRENCY + "rates: {CAD: 0.78}\n", CURRENCY, ["GH611"]),
        case("a rate for one more currency does not", CURRENCY, CURRENCY + "rates: {CAD: 0.78}\n", CURRENCY + "rates: {CAD: 0.78, EUR: 1.1}\n", []),
        case("the same rate written otherwise does not", CURRENCY, CURRENCY + "rates: {CAD: 0.78}\n", CURRENCY + "rates: {CAD: 0.780}\n", []),
        case("another currency does", CURRENCY, CURRENCY, "currency: EUR\n", ["GH611"]),
        case("other quarters do", PERIOD, PERIOD, "end: 2017-12-31, quarters: [2017-04-02, 2017-07-02, 2017-10-01, 2017-12-31]}", ["GH611"]),
        case("the quarters it has anyway, written down, do not", PERIOD, PERIOD, "end: 2017-12-31, quarters: [2017-03-31, 2017-06-30, 2017-09-30, 2017-12-31]}", []),
    ],
)  # fmt: skip
def test_what_amounts_and_quarters_were_stays(
    old: str, before: str, after: str, found: list[str], tmp_path: Path
) -> None:
    assert gate(tmp_path, BOOK, (old, before), (old, after)) == found


SUPPORTS = "    supports: revenue\n"
HALF = "    supports: {goal: revenue, share: 0.5}\n"
ADJUSTED = """    adjustments:
      - on: 2017-07-31
        by: [moses-frase, dustin-brinkmann]
        why: Anna takes half of it over.
        changes: [{field: supports, was: revenue, now: revenue share 0.5}]
"""


@pytest.mark.parametrize(
    ("after", "found"),
    [
        case("half of it without a word is a silent change", HALF, ["GH601"]),
        case("until a day too", "    supports: {goal: revenue, until: 2017-06-30}\n", ["GH601"]),
        case("with an adjustment it is not", HALF + ADJUSTED, []),
        case("the same in other words is not", "    supports: [{goal: central/revenue, share: 1}]\n", []),
    ],
)
def test_what_a_goal_feeds_does_not_change_in_silence(after: str, found: list[str], tmp_path: Path) -> None:
    assert gate(tmp_path, MOSES, (SUPPORTS, SUPPORTS), (SUPPORTS, after)) == found


def test_before_the_period_has_begun_everything_may_still_change(tmp_path: Path) -> None:
    next_year = 'period: {name: "2018", start: 2018-01-01, end: 2018-12-31}'
    this_year = 'period: {name: "2017", start: 2017-01-01, end: 2017-12-31}'
    rates = [next_year + "\nrates: {CAD: 0.78}", next_year + "\nrates: {CAD: 0.98}"]
    assert gate(tmp_path, BOOK, (this_year, rates[0]), (this_year, rates[1])) == []
