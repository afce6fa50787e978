"""A silent change that an adjustment explains in a later commit says which one; the list of changes has it once."""

from __future__ import annotations

from pathlib import Path

import pytest

from goal_handbook.changes.kinds import Accountable
from goal_handbook.git.history import read_history
from goal_handbook.source.load import load
from goal_handbook.status.assessment import assess
from goal_handbook.views.context import ViewContext
from goal_handbook.views.timeline import latest_events

from ..status.make import case, day
from .story import Story

MOSES = "sellers/moses-frase.yaml"
ADJUSTED = "    adjustments:\n      - {on: 2017-03-20, why: Two accounts lost, changes: [{field: target, was: 260_000, now: 240_000}]}\n"
AGREED = "      - {on: 2017-03-20, by: [moses-frase, dustin-brinkmann]}\n    checkins:\n"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """The target was lowered silently on 1 March."""
    story = Story(tmp_path)
    story.commit("agreed", "2017-01-20")
    story.edit(MOSES, "target: 260_000", "target: 240_000")
    story.commit("lowered", "2017-03-01")
    return story


@pytest.mark.parametrize(
    ("old", "new", "settled", "shown"),
    [
        case("nothing happened", "", "", [(False, None)], [("Changed silently", "")]),
        case(
            "it was adjusted", "    checkins:\n", f"{ADJUSTED}    checkins:\n",
            [(True, "2017-03-20")], [("Adjusted", "Mar 1, 2017")],
        ),
        case(
            "it was put back", "target: 240_000", "target: 260_000",
            [(True, None), (True, None)], [("Changed, later corrected", ""), ("Changed, later corrected", "")],
        ),
        case(
            "both agreed to it", "    checkins:\n", AGREED,
            [(True, None)], [("Agreed", ""), ("Changed, later corrected", "")],
        ),
    ],
)  # fmt: skip
def test_a_silent_change_knows_what_explained_it(
    story: Story, old: str, new: str, settled: list[tuple[bool, str | None]], shown: list[tuple[str, str]]
) -> None:
    story.edit(MOSES, old, new)
    story.commit("later", "2017-03-20")
    history, handbook = read_history(story.goals), load(story.goals).handbook
    assert handbook
    found = [c for version in history.versions for c in version.changes if isinstance(c, Accountable)]
    assert [(c.settled, c.settled_by and str(c.settled_by)) for c in found] == settled
    context = ViewContext(assess(handbook, day("2017-07-31")), history)
    entries = [entry for entry in latest_events(context, 20) if day("2017-02-28") < entry.event.day < day("2017-03-21")]
    assert [(entry.event.badge.label, entry.changed_before) for entry in entries] == shown
