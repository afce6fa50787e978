"""Edits by splicing: in every style of YAML, only the bytes of the edit change."""

from __future__ import annotations

import difflib

import pytest

from goal_handbook.source import nodes
from goal_handbook.source.edit import Add, CannotEdit, Edit, Put, Remove, edited
from goal_handbook.source.nodes import to_data
from goal_handbook.source.parse import read_document

from .styles import SELLER, Style

GOAL = ("goals", 0)
ORDER = {
    "goals": ["id", "title", "kind", "why", "supports", "actions", "measure", "landmarks", "agreed", "checkins", "reviews", "accountings", "adjustments", "closed"],
    "landmarks": ["id", "due", "value", "deliver", "done"],
}  # fmt: skip

PROSE = 'Two deals worth 21,000 slipped to July: the buyer\'s budget froze, "for now" # 1'
EDITS: dict[str, Edit] = {
    "another reading": Add((*GOAL, "checkins"), {"on": "2017-06-30", "value": "93_068"}),
    "the first reading": Add(("goals", 1, "checkins"), {"on": "2017-06-30", "note": "nearly: there"}),
    "a review in an empty list": Add((*GOAL, "reviews"), {"on": "2017-07-05", "by": ["moses"], "note": PROSE}),
    "an agreement": Add((*GOAL, "agreed"), {"on": "2017-07-14", "by": ["moses", "dustin"]}),
    "an accounting with a plan": Add((*GOAL, "accountings"), {"landmark": "q2", "on": "2017-07-05", "why": PROSE, "action": "recover", "plan": [{"do": "Close Isdom", "due": "2017-08-15"}]}),
    "a new target": Put((*GOAL, "measure", "target"), "220_000"),
    "a new due date": Put((*GOAL, "landmarks", 1, "due"), "2017-11-30"),
    "a delivered landmark": Put(("goals", 1, "landmarks", 0, "done"), "2017-08-30"),
    "another landmark": Add((*GOAL, "landmarks"), {"id": "q3", "due": "2017-09-30", "value": "175_000"}),
    "other supported goals": Put((*GOAL, "supports"), ["central/revenue", "win-rate"]),
    "a closing": Put((*GOAL, "closed"), {"on": "2017-12-31", "result": "partly", "note": "Nearly 🎉"}),
    "a title with every special character": Put((*GOAL, "title"), "- [x] {y}: 'a' \"b\" # & * ! | > % @ ` 🎉"),
    "a new name": Put(("name",), "Moses"),
    "another goal": Add(("goals",), {"id": "skill", "title": "Sell at list", "kind": "skill", "why": PROSE, "landmarks": [{"id": "a", "due": "2017-10-31", "deliver": "Done"}]}),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(200))
def test_only_the_lines_of_the_edit_change(seed: int) -> None:
    text = Style(seed).write(SELLER)
    before, findings = read_document("x", text.encode())
    assert (findings, before.root and to_data(before.root, keep_all=True)) == ([], SELLER)
    for name, edit in EDITS.items():
        after = edited(text, [edit], ORDER)
        removed, added = changed_lines(text, after)
        assert len(removed) <= (8 if name == "other supported goals" else 1), (name, removed, added)
        if isinstance(edit, Add):
            assert all(set("".join(line.split())) <= set("".join(added)) for line in removed), (name, removed, added)
        comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
        assert [line for line in comments if line not in after.splitlines()] == [], name
        assert "\r\n" not in text or after.count("\r\n") == after.count("\n"), name
        assert after.startswith("\ufeff") == text.startswith("\ufeff")


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that were removed and those that were added."""
    _, _, *diff = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), n=0)
    return [line[1:] for line in diff if line[0] == "-"], [line[1:] for line in diff if line[0] == "+"]


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_edits_build_on_each_other(seed: int) -> None:
    text = Style(seed).write(SELLER)
    after = edited(text, list(EDITS.values()), ORDER)
    again, findings = read_document("x", after.encode())
    assert findings == []
    assert again.root
    goal = to_data(again.root, keep_all=True)["goals"][0]
    assert (goal["measure"]["target"], len(goal["checkins"]), goal["closed"]["result"]) == ("220_000", 2, "partly")


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("name: [", Add(("goals",), "x")),
        ("name: x\n", Add(("goals", 0, "checkins"), "x")),
        ("goals: text\n", Add(("goals",), "x")),
        ("goals: []\n", Put(("goals", 0), "x")),
        ("goals: [x]\n", Remove(("goals", 1))),
        ("name: x\n", Remove(("goals", 0, "checkins", 0))),
        ("name: x\n", Remove(("name",))),
    ],
    ids=["a broken file", "no such goal", "not a list", "not a key", "no such item", "no such list", "the only key"],
)
def test_impossible_edits_are_refused(text: str, edit: Edit) -> None:
    with pytest.raises(CannotEdit):
        edited(text, [edit], {})


REMOVED: dict[str, nodes.NodePath] = {
    "the first action": (*GOAL, "actions", 0),
    "the last action": (*GOAL, "actions", 1),
    "the first landmark": (*GOAL, "landmarks", 0),
    "the last landmark": (*GOAL, "landmarks", 1),
    "the value of a landmark": (*GOAL, "landmarks", 1, "value"),
    "the only reading": (*GOAL, "checkins", 0),
    "a text": (*GOAL, "why"),
    "a measure": (*GOAL, "measure"),
    "the last key of a goal": ("goals", 1, "landmarks"),
    "a goal": ("goals", 1),
    "the last goal": ("goals", 2),
}


@pytest.mark.parametrize("seed", range(200))
def test_what_is_removed_is_one_piece_of_the_text(seed: int) -> None:
    text = Style(seed).write(SELLER)
    for name, path in REMOVED.items():
        after = edited(text, [Remove(path)], ORDER)
        same = next((i for i, c in enumerate(after) if c != text[i]), len(after))
        assert text.endswith(after[same:]), name
        assert len(after) < len(text), name


@pytest.mark.parametrize(
    "path", [("b", 0), ("c", 0), ("d", "e", "f"), ("g", 0, "h")], ids=lambda path: ".".join(map(str, path))
)
def test_what_would_be_empty_goes_too(path: nodes.NodePath) -> None:
    text = "a: 1\nb: [x]\nc:\n  - y\nd:\n  e: {f: z}\ng:\n  - h: 1\n"
    after, _ = read_document("x", edited(text, [Remove(path)], {}).encode())
    assert after.root
    assert list(after.root.entries) == [key for key in "abcdg" if key != path[0]]
