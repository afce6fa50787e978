"""Formatting: one order of keys and one spacing; every word and comment is kept; formatting twice changes nothing."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from goal_handbook.source.edit import CannotEdit, Edit, edited
from goal_handbook.source.formatter import formatted
from goal_handbook.source.key_order import order_of
from goal_handbook.source.nodes import to_data
from goal_handbook.source.parse import read_document
from goal_handbook.source.trivia import all_trivia

from .styles import SELLER, Style
from .test_corpora import yaml_test_suite
from .test_edit import EDITS

ORDER = order_of("sellers")

BEFORE = """\
# yaml-language-server: $schema=../.schema/seller.json
team:   central\t# since May
# as in the CRM
name: 'Moses'


goals:
- # the first
  title: "Close  it"
  x-crm: [ 1,2 ,3 ]
  # never change an id
  id: business
  landmarks:
  - {value: 5, due: 2017-06-30, id: q2 }

  # the rest of the year
  - { id: year,   # as agreed
      due: 2017-12-31, value: 9 }
  # Dustin asked
  why: |+
        Because.

         Indented.

  kind: production

# his second
- landmarks: [{id: a, due: 2017-08-31,
    deliver: Done}]
  title: Learn
    to sell
  id: skill
  # the end of it
# the end
"""

AFTER = """\
# yaml-language-server: $schema=../.schema/seller.json
# as in the CRM
name: 'Moses'
team: central  # since May

goals:
  # the first
  # never change an id
  - id: business
    title: "Close  it"
    x-crm: [1, 2, 3]
    kind: production
    # Dustin asked
    why: |+
      Because.

       Indented.

    landmarks:
      - {id: q2, due: 2017-06-30, value: 5}

      # the rest of the year
      - id: year   # as agreed
        due: 2017-12-31
        value: 9

  # his second
  - id: skill
    title: Learn
      to sell
    landmarks: [{id: a, due: 2017-08-31, deliver: Done}]
    # the end of it
# the end
"""


def test_keys_are_put_in_the_format_s_order_and_comments_move_with_them() -> None:
    assert formatted(BEFORE, ORDER) == AFTER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("why: >-   # so\n    a\n    b\n", "why: >-   # so\n  a\n  b\n", id="a comment after the sign"),
        pytest.param("why: |4\n      a\n    b\n", "why: |2\n    a\n  b\n", id="an explicit indentation"),
        pytest.param("why: |\n  a", "why: |-\n  a\n", id="no line break at the end of the file"),
        pytest.param(
            "why: |+\n  a\n\n\nname: x\n", "name: x\nwhy: |+\n  a\n\n\n", id="blank lines that are kept and moved"
        ),
        pytest.param("why: 'a\n\n     b\n  c'\n", "why: 'a\n\n  b\n  c'\n", id="quotes over several lines"),
        pytest.param('why: "a\\\n   \\  b"\n', 'why: "a\\\n  \\  b"\n', id="lines joined by a backslash"),
        pytest.param("why:\n  # so\n  a\n", "# so\nwhy: a\n", id="a comment between key and value"),
        pytest.param("? why\n: a\n", "why: a\n", id="a key after a question mark"),
        pytest.param("---\nwhy: a\n...\n", "why: a\n", id="document markers"),
        pytest.param(
            "by: [ # both\n  a, # she\n  b ]\n", "by: # both\n  - a # she\n  - b\n", id="brackets with comments"
        ),
        pytest.param("by: [ # none\n ]\n", "# none\nby: []\n", id="empty brackets with a comment"),
        pytest.param("by:\n- [a,\n b]\n-\n  - c\n", "by:\n  - [a, b]\n  - - c\n", id="lists in lists"),
        pytest.param("why:\nname: x\n", "name: x\nwhy:\n", id="no value"),
    ],
)
def test_whatever_yaml_allows_can_be_formatted(text: str, expected: str) -> None:
    order = {"": ["name", "by", "why"]}
    assert formatted(text, order) == expected
    assert formatted(expected, order) == expected


@pytest.mark.parametrize("seed", range(200))
def test_no_word_or_comment_is_lost_in_any_style_and_formatting_twice_changes_nothing(seed: int) -> None:
    text = Style(seed).write(SELLER)
    new = formatted(text, ORDER)
    assert data_of(new) == SELLER
    assert comments(new) == comments(text)
    assert formatted(new, ORDER) == new
    assert not new.endswith(("\n\n", "\r\n\r\n"))
    lines = new.splitlines()
    assert [line for line in lines if line != line.rstrip()] == []
    assert [line for line in lines if (len(line) - len(line.lstrip())) % 2] == []
    assert in_order(data_of(new), "")


@pytest.mark.parametrize("seed", range(200))
def test_comments_and_line_breaks_can_be_anywhere(seed: int) -> None:
    dice = random.Random(seed)
    lines = Style(seed).write(SELLER).splitlines(keepends=True)
    for _ in range(5):
        at = dice.randrange(len(lines))
        lines[at] = dice.choice(SCRIBBLES)(lines[at], dice)
    text = "".join(lines)
    if not read_document("x", text.encode())[1]:
        new = formatted(text, ORDER)
        assert (data_of(new), comments(new)) == (data_of(text), comments(text))
        assert formatted(new, ORDER) == new


#: A comment above, a blank line, a comment at the end; a line break after a comma, a brace, a colon, a dash.
SCRIBBLES: Sequence[Callable[[str, random.Random], str]] = (
    lambda line, dice: f"{' ' * dice.randrange(14)}# note\n{line}",
    lambda line, _: f"\n{line}",
    lambda line, _: f"{line.rstrip()}  # after\n",
    lambda line, _: line.replace(", ", f",\n{' ' * 30}", 1),
    lambda line, _: line.replace("{", "{ # in\n" + " " * 30, 1),
    lambda line, _: line.replace(": ", f":\n{' ' * 30}", 1),
    lambda line, _: line.replace("- ", f"-\n{' ' * (len(line) - len(line.lstrip()) + 2)}", 1),
)


def data_of(text: str) -> Any:
    document, findings = read_document("x", text.encode())
    assert (findings, document.root is None) == ([], False)
    return to_data(document.root, keep_all=True) if document.root else None


def comments(text: str) -> Counter[str]:
    document, _ = read_document("x", text.encode())
    return Counter(t.text for t in all_trivia(document.text, document.root) if t.text) if document.root else Counter()


def in_order(data: Any, name: str) -> bool:
    """Return whether all keys, at every depth, are in the format's order."""
    if isinstance(data, list):
        return all(in_order(item, name) for item in data)
    if not isinstance(data, dict):
        return True
    ranks = [list(ORDER[name]).index(key) for key in data]
    return ranks == sorted(ranks) and all(in_order(value, key) for key, value in data.items())


@pytest.mark.parametrize("seed", range(20))
def test_files_that_differ_only_in_the_order_of_keys_are_formatted_alike(seed: int) -> None:
    dice = random.Random(seed)
    texts = {json.dumps(shuffled(SELLER, dice), ensure_ascii=False) for _ in range(5)}
    assert (len(texts), len({formatted(text, ORDER) for text in texts})) == (5, 1)


def shuffled(data: Any, dice: random.Random) -> Any:
    if isinstance(data, list):
        return [shuffled(item, dice) for item in data]
    if not isinstance(data, dict):
        return data
    keys = sorted(data)
    dice.shuffle(keys)
    return {key: shuffled(data[key], dice) for key in keys}


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("seed", range(0, 200, 20))
def test_a_formatted_file_stays_formatted_after_an_edit(seed: int, name: str) -> None:
    edits: Sequence[Edit] = [EDITS[name]]
    after = edited(formatted(Style(seed).write(SELLER), ORDER), edits, ORDER)
    assert formatted(after, ORDER) == after


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in yaml_test_suite()])
def test_formatting_loses_nothing_of_any_yaml(text: str) -> None:
    try:
        new = formatted(text, ORDER)
    except CannotEdit:
        return
    assert (data_of(new), comments(new)) == (data_of(text), comments(text))
    assert formatted(new, ORDER) == new
