"""Agreements as git shows them: the terms when both had signed, against the terms today."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from goal_handbook.changes.evidence import agreement_evidence
from goal_handbook.git.history import read_history
from goal_handbook.source.load import load
from goal_handbook.status.assessment import assess

from .story import Story

MOSES, GOAL = "sellers/moses-frase.yaml", "moses-frase/new-business"
SIGNED = "      - {on: 2017-01-20, by: [moses-frase, dustin-brinkmann]}\n"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """Agreed on 20 January, committed on the same day."""
    story = Story(tmp_path)
    story.commit("agreed", "2017-01-20")
    return story


def agreement(story: Story, day: str = "2017-07-31") -> tuple[str | None, datetime.date | None]:
    """The state of the agreement, and since when one is owed."""
    loaded = load(story.goals)
    assert loaded.handbook
    as_of = datetime.date.fromisoformat(day)
    state = assess(loaded.handbook, as_of, agreement_evidence(read_history(story.goals), loaded.handbook, as_of)).goals[
        GOAL
    ]
    since = next((owed.since for owed in state.owed if owed.kind == "agreement"), None)
    return state.agreement, since


def test_what_was_signed_and_never_changed_is_agreed(story: Story) -> None:
    assert agreement(story) == ("agreed", None)


def test_a_silent_change_makes_it_stale_from_its_commit_on(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    story.commit("lowered", "2017-03-01")
    assert agreement(story) == ("stale", datetime.date(2017, 3, 1))


def test_before_that_commit_it_was_agreed(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    story.commit("lowered", "2017-03-01")
    assert agreement(story, "2017-02-28") == ("agreed", None)


def test_put_back_it_is_agreed_again(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    story.commit("lowered", "2017-03-01")
    story.edit(MOSES, "target: 240_000", "target: 260_000")
    story.commit("put back", "2017-03-02")
    assert agreement(story) == ("agreed", None)


def test_signed_again_it_is_agreed(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    story.commit("lowered", "2017-03-01")
    story.edit(MOSES, SIGNED, SIGNED + SIGNED.replace("2017-01-20", "2017-03-02"))
    story.commit("signed", "2017-03-02")
    assert agreement(story) == ("agreed", None)


def test_a_backdated_adjustment_is_found_out(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    adjustment = "      - {on: 2017-01-10, why: X, changes: [{field: target, was: 260_000, now: 240_000}]}\n"
    story.edit(MOSES, "    checkins:\n", f"    adjustments:\n{adjustment}    checkins:\n")
    story.commit("as if it had been so", "2017-03-01")
    assert agreement(story) == ("stale", datetime.date(2017, 3, 1))


def test_whoever_signed_before_the_terms_changed_has_not_signed_them(story: Story) -> None:
    """The seller signs, the number moves, the leader signs."""
    story.edit(MOSES, SIGNED, SIGNED.replace("2017-01-20", "2017-02-01").replace(", dustin-brinkmann", ""))
    story.commit("the seller signs", "2017-02-01")
    story.edit(MOSES, "target: 260_000", "target: 280_000")
    story.commit("the number moves", "2017-02-02")
    story.edit(MOSES, "    agreed:\n", "    agreed:\n      - {on: 2017-02-03, by: dustin-brinkmann}\n")
    story.commit("the leader signs", "2017-02-03")
    assert agreement(story) == ("stale", datetime.date(2017, 2, 2))


def test_a_signature_put_back_is_as_old_as_it_was(story: Story) -> None:
    story.edit(MOSES, SIGNED, SIGNED.replace("2017-01-20", "2017-01-19"))
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    story.commit("lowered", "2017-03-01")
    story.edit(MOSES, SIGNED.replace("2017-01-20", "2017-01-19"), SIGNED)
    story.commit("the signature as it was", "2017-03-02")
    assert agreement(story) == ("stale", datetime.date(2017, 3, 1))


def test_a_team_goal_that_changed_asks_to_re_confirm(story: Story) -> None:
    story.edit("teams/central.yaml", "target: 250_000", "target: 255_000")
    story.commit("the team's number", "2017-03-01")
    assert agreement(story) == ("re-confirm", datetime.date(2017, 3, 1))


def test_a_reworded_text_is_not_a_term(story: Story) -> None:
    story.edit(MOSES, "A fifth over", "Twenty percent over")
    story.commit("a word", "2017-03-01")
    assert agreement(story) == ("agreed", None)


def test_what_is_not_committed_yet_is_judged_by_its_dates(story: Story) -> None:
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    assert agreement(story) == ("agreed", None)


def test_a_shallow_clone_proves_nothing_wrong(story: Story, tmp_path: Path) -> None:
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    story.commit("lowered", "2017-03-01")
    story.git("clone", "--quiet", "--depth", "1", f"file://{story.folder}", "shallow")
    clone = Story.__new__(Story)
    clone.folder, clone.goals = tmp_path / "shallow", tmp_path / "shallow" / "goals"
    assert not read_history(clone.goals).complete
    assert agreement(clone) == ("agreed", None)
