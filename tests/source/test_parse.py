"""Parsing: every value knows its line and column, counted in characters from 1, and errors are explained."""

from __future__ import annotations

import pytest

from goal_handbook.findings import Location
from goal_handbook.source.document import Document
from goal_handbook.source.nodes import NodePath, ScalarNode, to_data
from goal_handbook.source.parse import read_document


def read(text: str) -> Document:
    document, findings = read_document("x.yaml", text.encode("utf-8"))
    assert findings == []
    return document


SELLER = """\
# a comment
name: Moses Frase
goals:
  - id: new-business
    why: |
      First line
      second line
    fits: >-
      Folded
    measure: {unit: "money", target: 260_000}
    landmarks:
    - {id: q2, due: 2017-06-30}
    -   id: q3
        due:
          2017-09-30
  - {id: other, title:
      'In the next line'}
"""

LOCATIONS: list[tuple[NodePath, int, int]] = [
    (("name",), 2, 7),
    (("goals",), 4, 3),
    (("goals", 0), 4, 5),
    (("goals", 0, "id"), 4, 9),
    (("goals", 0, "why"), 5, 10),
    (("goals", 0, "fits"), 8, 11),
    (("goals", 0, "measure"), 10, 14),
    (("goals", 0, "measure", "unit"), 10, 21),
    (("goals", 0, "measure", "target"), 10, 38),
    (("goals", 0, "landmarks"), 12, 5),
    (("goals", 0, "landmarks", 0), 12, 7),
    (("goals", 0, "landmarks", 0, "due"), 12, 21),
    (("goals", 0, "landmarks", 1), 13, 9),
    (("goals", 0, "landmarks", 1, "id"), 13, 13),
    (("goals", 0, "landmarks", 1, "due"), 15, 11),
    (("goals", 1), 16, 5),
    (("goals", 1, "title"), 17, 7),
]


@pytest.mark.parametrize(
    "dress",
    [
        pytest.param(lambda text: text, id="unchanged"),
        pytest.param(lambda text: "\ufeff" + text, id="with a BOM"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="with CRLF"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="with CR"),
        pytest.param(lambda text: text.replace("# a comment", "# 🎉 \u202e\u2003"), id="after an emoji"),
        pytest.param(lambda text: text.rstrip("\n"), id="without a line break at the end"),
    ],
)
def test_values_are_located_by_line_and_column(dress: object) -> None:
    assert callable(dress)
    document = read(dress(SELLER))
    assert [(path, document.location(path)) for path, _, _ in LOCATIONS] == [
        (path, Location("x.yaml", line, column)) for path, line, column in LOCATIONS
    ]


def test_columns_count_characters_not_bytes_or_cells() -> None:
    document = read('a: {"🎉ü漢e\u0301": x, b: y}')
    assert document.location(("a", "b")) == Location("x.yaml", 1, 20)


def test_offsets_cut_the_value_out_of_the_file() -> None:
    text = '\ufeffname: "Grüße 🎉"\r\ntitle: Plain text # comment\r\nwhy: |\r\n  Block\r\n'
    document = read(text)
    cut = {}
    for key in ("name", "title", "why"):
        node = document.at((key,))
        assert isinstance(node, ScalarNode)
        cut[key] = document.text[node.start : node.end]
    assert cut == {"name": '"Grüße 🎉"', "title": "Plain text", "why": "|\r\n  Block\r\n"}


def test_a_missing_value_has_the_location_of_its_key() -> None:
    document = read("name: x\ntitle:\ngoals:\n  - id:\n")
    assert document.location(("title",)) == Location("x.yaml", 2, 1)
    assert document.location(("goals", 0, "id")) == Location("x.yaml", 4, 5)


def test_a_missing_part_has_the_location_of_what_is_around_it() -> None:
    document = read("name: x\ngoals:\n  - id: a\n")
    assert document.location(("goals", 0, "title")) == Location("x.yaml", 3, 5)
    assert document.location(("goals", 7)) == Location("x.yaml", 3, 3)
    assert document.location(("team",)) == Location("x.yaml", 1, 1)


def test_list_indexes_do_not_count_items_that_were_left_out() -> None:
    document = read("goals: [a, b, c, d, e]").without([("goals", 0), ("goals", 2)])
    assert [document.location(("goals", i)).column for i in range(3)] == [12, 18, 21]
    again = document.without([("goals", 1)])
    assert [again.location(("goals", i)).column for i in range(2)] == [12, 21]


def test_keys_that_begin_with_x_are_in_the_tree_but_not_in_the_data() -> None:
    document = read("name: Moses\nx-shoe-size: [44]\ngoals:\n  - {id: a, x-note: later}\n")
    assert document.location(("x-shoe-size", 0)) == Location("x.yaml", 2, 15)
    assert document.location(("goals", 0, "x-note")) == Location("x.yaml", 4, 21)
    assert document.root is not None
    assert to_data(document.root) == {"name": "Moses", "goals": [{"id": "a"}]}


@pytest.mark.parametrize(
    "text", ["No", "007", "1_200_000", "1:30", "1.10", "null", "~", "0x1F", "2017-02-31", "yes", ".5", "1e3"]
)
def test_a_plain_value_is_its_text(text: str) -> None:
    document = read(f"a: {text}")
    assert document.root is not None
    assert to_data(document.root) == {"a": text}


def test_a_key_without_a_value_is_left_out_but_empty_quotes_are_a_value() -> None:
    document = read('a:\nb: ""\nc: []\n')
    assert document.root is not None
    assert to_data(document.root) == {"b": "", "c": []}
    assert to_data(document.root, keep_all=True) == {"a": None, "b": "", "c": []}


def test_a_duplicate_key_is_reported_and_keeps_its_first_value() -> None:
    document, findings = read_document("x.yaml", b"a: 1\nb: 2\na: 3\n")
    assert document.root is not None
    assert to_data(document.root) == {"a": "1", "b": "2"}
    assert [(f.code, f.location.line) for f in findings] == [("GH109", 3)]


@pytest.mark.parametrize("opened", ["[", "{", "- ", "? ", '[{"":'], ids=["lists", "mappings", "dashes", "keys", "both"])
@pytest.mark.parametrize("depth", [21, 999, 1_001, 100_000])
def test_deep_nesting_is_one_finding_at_any_depth(opened: str, depth: int) -> None:
    """Newer versions of libyaml refuse 1,000 levels themselves, sometimes before the 21st has been read here."""
    document, findings = read_document("x.yaml", (opened * depth).encode())
    assert document.root is None
    assert [(f.code, f.message, f.location.line) for f in findings] == [("GH111", "nested deeper than 20 levels", 1)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("k: 1\n" * 100 + "[", ["GH109"] * 99 + ["GH101"]),
        ("k: 1\n" * 101 + "[", ["GH109"] * 101),
        ("- !a b\n" * 99, ["GH110"] * 99 + ["GH104"]),
    ],
    ids=["a syntax error after 99 findings", "100 findings are enough", "99 findings in a list"],
)
def test_findings_of_a_file_are_limited(text: str, codes: list[str]) -> None:
    _, findings = read_document("x.yaml", text.encode())
    assert [f.code for f in findings] == codes
    if len(codes) > 100:
        assert findings[-1].message == "too many errors; the rest of the file was not read"
