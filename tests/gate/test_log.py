"""The log of an attack that was merged anyway tells what happened, and says that nobody said why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from ..changes.story import Story
from .cases import BASE_DAY, MOSES, Case, Edit, adjustment, agreement, both, edit, prepare, write
from .signing import LOWER, WITH_KEYS, copy, signed
from .test_decisions import ANA_SELLS, file_moved

GOAL = "moses-frase/new-business"
SILENTLY, REWRITTEN = "! Changed silently", "! Rewritten"
REVIEW = "      - {on: 2017-07-18, by: [moses-frase, dustin-brinkmann], confidence: low}\n"
REVIEWED = ((BASE_DAY, edit(MOSES, "    reviews:\n", f"    reviews:\n{REVIEW}")),)
ACCOUNTING = "    accountings:\n      - {landmark: q2, on: 2017-07-10, by: [moses-frase, dustin-brinkmann], action: recover, why: Two deals slipped}\n"
ACCOUNTED = ((BASE_DAY, edit(MOSES, "  - id: negotiation\n", ACCOUNTING + "  - id: negotiation\n")),)


@dataclass(frozen=True)
class Told:
    """An attack, and what the lines of the day on which it was merged say of it, beside other things."""

    what: str
    change: Edit
    lines: tuple[str, ...]
    main: tuple[tuple[str, Edit], ...] = ()
    goal: str = GOAL


Q2 = "      - {id: q2, due: 2017-06-30, value: 125_000}\n"
FORCED = (
    Told("a target lowered", edit(MOSES, "target: 260_000", "target: 200_000"), (f"{SILENTLY}  target: $260,000 → $200,000",)),
    Told("a landmark lowered", edit(MOSES, "value: 125_000", "value: 100_000"), (f"{SILENTLY}  q2: $125,000 → $100,000",)),
    Told("a landmark put off", edit(MOSES, "due: 2017-06-30, value: 125", "due: 2017-09-30, value: 125"), (f"{SILENTLY}  q2 due: Jun 30, 2017 → Sep 30, 2017",)),
    Told("a landmark taken out", edit(MOSES, Q2, ""), (f"{SILENTLY}  landmark q2: $125,000 by Jun 30, 2017 → dropped",)),
    Told("a landmark slipped in", edit(MOSES, Q2, Q2 + "      - {id: q3, due: 2017-09-30, value: 130_000}\n"), (f"{SILENTLY}  landmark $130,000: not there → $130,000 by Sep 30, 2017",)),
    Told("another unit", edit(MOSES, "unit: money", "unit: deals"), (f"{SILENTLY}  unit: money → deals",)),
    Told("another team's goal supported", edit(MOSES, "supports: revenue", "supports: {goal: revenue, share: 0.5}"), (SILENTLY,)),
    Told("a later end", edit(MOSES, "    measure:", "    due: 2017-12-15\n    measure:"), (f"{SILENTLY}  due: Dec 31, 2017 → Dec 15, 2017",)),
    Told("a reading raised", edit(MOSES, "value: 131_000", "value: 151_000"), (f"{REWRITTEN}  reading of Jun 30, 2017: $131,000 → $151,000",)),
    Told("a reading taken out", edit(MOSES, "      - {on: 2017-03-31, value: 60_000}\n", ""), (f"{REWRITTEN}  reading of Mar 31, 2017: removed",)),
    Told("a review rewritten", edit(MOSES, "confidence: low", "confidence: high"), (f"{REWRITTEN}  review of Jul 18, 2017: confidence low → confidence high",), REVIEWED),
    Told("an agreement taken out", edit(MOSES, "    agreed:\n      - {on: 2017-01-20, by: [moses-frase, dustin-brinkmann]}\n    checkins", "    checkins"), (f"{REWRITTEN}  agreement of Jan 20, 2017: removed",)),
    Told("an accounting made a drop", edit(MOSES, "action: recover", "action: drop"), (f"{REWRITTEN}  accounting of Jul 10, 2017: $125,000: recovering → $125,000: dropped",), ACCOUNTED),
    Told("a signature taken out", copy("unsigned.txt", MOSES), (f"{REWRITTEN}  agreement of Jul 21, 2017: removed",), (*WITH_KEYS, ("2017-07-21", both(copy(MOSES, "unsigned.txt"), signed(on="2017-07-21"))))),
    Told("an adjustment from what it never was", both(edit(MOSES, "target: 260_000", "target: 150_000"), adjustment("2017-07-30", "field: target, was: 250_000, now: 150_000"), agreement("2017-07-30")), (f"{SILENTLY}  target: $260,000 → $150,000",)),
    Told("both names typed by one", both(LOWER, agreement("2017-07-30")), ("both names came in one commit by dustin",)),
    Told("a target lowered as somebody becomes a leader", both(file_moved("sellers/ana-abel.yaml", "leaders/ana-abel.yaml"), edit(MOSES, "target: 260_000", "target: 200_000")), (f"{SILENTLY}  target: $260,000 → $200,000",), ((BASE_DAY, ANA_SELLS),)),
    Told("a renamed goal lowered", edit(MOSES, "id: new-business", "id: business\n    formerly: [new-business]"), (f"{SILENTLY}  target: $260,000 → $200,000",), ((BASE_DAY, edit(MOSES, "target: 260_000", "target: 200_000")),), goal="moses-frase/business"),
    Told("a target lowered while another file is broken", both(edit(MOSES, "target: 260_000", "target: 200_000"), write("teams/north.yaml", "name: North\n")), (f"{SILENTLY}  target: $260,000 → $200,000",)),
)  # fmt: skip


@pytest.mark.parametrize("told", FORCED, ids=lambda told: told.what)
def test_the_log_says_what_was_forced(told: Told, template: Path, tmp_path: Path) -> None:
    story = prepare(Case(told.what, told.change, main=told.main), template, tmp_path / "repository")
    story.commit("forced", "2017-07-31")
    log = log_of(story, told.goal)
    for line in told.lines:
        assert line in log, log


def test_a_merge_that_takes_back_an_adjustment_is_in_the_log(template: Path, tmp_path: Path) -> None:
    story = prepare(Case("", both(LOWER, agreement("2017-07-30"))), template, tmp_path / "repository")
    story.git("checkout", "--quiet", "main")
    story.commit("adjusted", "2017-07-30")
    story.git("checkout", "--quiet", "change")
    story.git("commit", "--quiet", "--allow-empty", "--message", "other")
    story.git("checkout", "--quiet", "main")
    story.git("merge", "--quiet", "--no-ff", "--no-commit", "change")
    story.git("checkout", "change", "--", "goals")
    story.commit("merged", "2017-07-31")
    log = log_of(story, GOAL)
    assert f"{SILENTLY}  target: $240,000 → $260,000" in log
    assert f"{REWRITTEN}  adjustment of Jul 30, 2017: removed" in log


def log_of(story: Story, goal: str) -> str:
    """What `goals log` says of a goal."""
    result = CliRunner().invoke(main, ["log", goal, "--dir", str(story.goals), "--as-of", "2017-07-31"])
    assert result.exit_code == 0, result.output
    return re.sub(r"  \[[0-9a-f]{8}\]\n    ", "  ", result.stdout)  # what happened, without the commit
