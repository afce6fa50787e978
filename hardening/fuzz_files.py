"""Files with typing errors are read, and an edit changes nothing but what it says."""

from __future__ import annotations

import copy
import datetime
import difflib
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st
from tests.source.styles import SELLER, Style

from goal_handbook.findings import Finding, as_data, as_text, printable
from goal_handbook.source.edit import Add, CannotEdit, Edit, Put, Remove, edited
from goal_handbook.source.formatter import formatted
from goal_handbook.source.key_order import order_of
from goal_handbook.source.load import load_files
from goal_handbook.workspace import evaluate

DAY = datetime.date(2017, 10, 15)
_HERE = Path(__file__).parent.parent
EVERY_KEY = _HERE / "tests" / "data" / "every-key"
FILES = {
    path.relative_to(EVERY_KEY).as_posix(): path.read_text(encoding="utf-8") for path in sorted(EVERY_KEY.rglob("*.*"))
}
#: What people type by mistake, and what has a meaning in YAML.
TYPED = st.lists(
    st.sampled_from([*"\t\n\r :-?,[]{}#&*!|>'\"%@`<=~_.0aA\x00\x85\u2028\ufeff", "- ", ": ", "\n  ", "<<: *a", "&a "])
    | st.text(max_size=3),
    max_size=4,
).map("".join)  # fmt: skip

Typo = tuple[str, int, int, str]


def typing_errors() -> st.SearchStrategy[list[Typo]]:
    """Return one to three mistakes: in which file and where, how much is deleted, and what is typed."""
    where = st.tuples(st.sampled_from(sorted(FILES)), st.integers(0, 4_000), st.integers(0, 30), TYPED)
    return st.lists(where, min_size=1, max_size=3)


def is_read(typos: list[Typo]) -> None:
    """Whatever is typed leads to findings that say where. Formatting it loses nothing, and is done once."""
    files = dict(FILES)
    for name, at, deleted, typed in typos:
        text, start = files[name], at % (len(files[name]) + 1)
        files[name] = text[:start] + typed + text[start + deleted :]
    loaded = load_files({name: text.encode("utf-8", "surrogatepass") for name, text in files.items()}, "goals")
    for finding in evaluate(loaded, DAY, DAY).findings:
        check(finding)
    for name, text in files.items():
        if name.endswith(".yaml"):
            is_formatted(name, text)


def check(finding: Finding) -> None:
    """A finding says where and what, and nothing that a terminal would obey."""
    shown = as_text(finding)
    assert finding.message
    assert finding.location.path.startswith("goals"), finding
    assert all(line == printable(line) for line in shown.split("\n")), shown
    assert as_data(finding)


def is_formatted(name: str, text: str) -> None:
    """What is formatted is not changed by formatting it again, and another reader finds the same in both."""
    order = order_of(name.partition("/")[0])
    try:
        once = formatted(text, order)
    except CannotEdit:
        return
    assert formatted(once, order) == once
    assert data_of(once) == data_of(text)


def data_of(text: str) -> Any:
    """Return what PyYAML's own reader finds in a file; every value is text, without the breaks at its end."""
    return _stripped(yaml.load(text, yaml.CBaseLoader))  # noqa: S506


def _stripped(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _stripped(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_stripped(value) for value in data]
    return data.rstrip("\n")


GOAL = ("goals", 0)
PATHS = [
    ("name",),
    *((*GOAL, key) for key in ("title", "why")),
    *((*GOAL, *steps) for steps in (("actions", 1), ("measure", "target"), ("landmarks", 0, "value"))),
    (*GOAL, "checkins", 0, "note"),
    ("goals", 1, "landmarks", 0, "deliver"),
    ("goals", 2, "measure", "cadence", "with"),
]
LISTS = [("goals", 0, "actions"), ("goals", 0, "reviews"), ("goals", 1, "checkins"), ("goals", 0, "landmarks")]
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=60).map(
    lambda text: " ".join(text.split()) or "x"
)


def edits() -> st.SearchStrategy[tuple[int, Edit]]:
    """Return the style that a file is written in, and an edit of it."""
    put = st.builds(Put, st.sampled_from(PATHS), TEXTS)
    add = st.builds(
        Add, st.sampled_from(LISTS), TEXTS | st.builds(lambda on, note: {"on": on, "note": note}, TEXTS, TEXTS)
    )
    remove = st.builds(Remove, st.sampled_from([*PATHS[2:], ("goals", 1), ("goals", 0, "landmarks", 1)]))
    return st.tuples(st.integers(0, 100_000), put | add | remove)


def changes_nothing_else(drawn: tuple[int, Edit]) -> None:
    """Another reader finds the edit made and all else as it was; each comment elsewhere is where it was."""
    style, edit = drawn
    text = Style(style).write(SELLER)
    try:
        after = edited(text, [edit], order_of("sellers"))
    except CannotEdit:
        return
    assert data_of(after) == _without_empty(expected(data_of(text), edit), edit)
    if isinstance(edit, Remove):
        return  # takes the comments of what it removes with it
    lines = text.splitlines()
    comments = [line for line in lines if line.lstrip().startswith("#")]
    kept = [line for line in after.splitlines() if line.lstrip().startswith("#")]
    assert comments == [line for line in kept if line in comments]
    gone = [line for line in difflib.ndiff(lines, after.splitlines()) if line.startswith("- ")]
    assert len(gone) <= 3, gone


def expected(data: Any, edit: Edit) -> Any:
    """Return what a file must hold after an edit."""
    data = copy.deepcopy(data)
    holder = data
    for step in edit.path[:-1]:
        holder = holder[step]
    last = edit.path[-1]
    if isinstance(edit, Put):
        holder[last] = edit.value
    elif isinstance(edit, Remove):
        del holder[last]
    elif isinstance(holder, dict):
        holder.setdefault(last, [])
        holder[last] = [*(holder[last] or []), edit.item]
    return data


def _without_empty(data: Any, edit: Edit) -> Any:
    """Return what is left where a removal leaves nothing in a list or a mapping: that goes too."""
    holder = data
    path = list(edit.path[:-1]) if isinstance(edit, Remove) else []
    while path:
        holder = data
        for step in path[:-1]:
            holder = holder[step]
        if holder[path[-1]]:
            break
        del holder[path[-1]]
        path.pop()
    return data
