"""One pass over an ordinary file gives the same data as its tree, and its marks the same places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.source.nodes import MappingNode, Node, NodePath, SequenceNode, to_data
from goal_handbook.source.one_pass import read_in_one_pass
from goal_handbook.source.parse import read_data, read_document

from .test_anything import EXAMPLE, SIGNS

DATA = Path(__file__).parent.parent / "data"
FILES = sorted((DATA / "every-key").rglob("*.yaml")) + sorted((DATA / "brinkmann").rglob("*.yaml"))
_PARTS = """a b x-a abilities << é "a" '' 1 : : : - { } [ ] , ? &a *a !t"""
PARTS = st.sampled_from(
    [f"{part} " for part in _PARTS.split()] + ["\n", "\n  ", "\n- ", ",", "#\n", "|\n  t", "---\n", "\r"]
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_that_people_write_are_ordinary(path: Path) -> None:
    check_same(path.read_text("utf-8"))
    assert read_in_one_pass(path.read_text("utf-8")) is not None


@given(st.lists(PARTS, max_size=14).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_keys_and_values(text: str) -> None:
    check_same(f"k: 1\n{text}")
    check_same(text)


@given(st.integers(0, len(EXAMPLE)), st.integers(0, 20), st.lists(SIGNS, max_size=5).map("".join))
@settings(max_examples=30, deadline=None)
def test_the_example_with_a_typing_error(at: int, deleted: int, typed: str) -> None:
    check_same(EXAMPLE[:at] + typed + EXAMPLE[at + deleted :])


UNUSUAL = (
    *("a: &b 1", "a: !b 1", "a: *b", "<<: 1", "a: 1\na: 2", "a:\na: 2", "[a]: 1", "- a", "a", "", "{a, b: 1}", "a: [1"),
    *("a: 1\n---\nb: 2", 'a: "\\x01"', '"a": 1', "&a {b: 1}", "a: 1\rb: 2", "a: \x85", f"a: {'[' * 20}{']' * 20}"),
    *(f"a: [{'1,' * 5_001}]", "? [a]\n: 1", "a: 1\n? b"),
)


@pytest.mark.parametrize("text", UNUSUAL)
def test_anything_unusual_is_left_to_the_tree(text: str) -> None:
    assert read_in_one_pass(text) is None


def check_same(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    expected, findings = read_document("x.yaml", data)
    document, found, its_findings = read_data("x.yaml", data)
    assert its_findings == findings
    assert found == (to_data(expected.root) if expected.root else None)
    assert document.root == expected.root
    if document.marks:
        assert findings == []
        for path in paths(expected.root, ()):
            for one in (path, (*path, "a"), (*path, 0), (*path, 9), (*path, "a", 0)):
                for left in (document, expected), (document.without([("a", 0)]), expected.without([("a", 0)])):
                    check_place(*left, one)


def check_place(document: object, expected: object, path: NodePath) -> None:
    for ask in ("location", "key_location", "has_value", "length"):
        assert getattr(document, ask)(path) == getattr(expected, ask)(path), (ask, path)


def paths(node: Node | None, path: NodePath) -> Iterator[NodePath]:
    yield path
    if isinstance(node, MappingNode):
        for key, (_, value) in node.entries.items():
            yield from paths(value, (*path, key))
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from paths(item, (*path, index))
