"""Lines of calendar files: escaped, and broken where a program that knows RFC 5545 joins them again."""

from __future__ import annotations

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from goal_handbook.feeds.content_lines import content_line, text_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain", "NAME:plain\r\n"),
        ("a, b; c", "NAME:a\\, b\\; c\r\n"),
        ("one\ntwo", "NAME:one\\ntwo\r\n"),
        (r"C:\Nightly", "NAME:C:\\\\Nightly\r\n"),
        ('"quoted": as it is', 'NAME:"quoted": as it is\r\n'),
    ],
)
def test_what_has_a_meaning_in_a_line_is_escaped(text: str, line: str) -> None:
    assert text_line("NAME", text) == line


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("a" * 69, f"NAME:{'a' * 69}\r\n"),
        ("a" * 70, f"NAME:{'a' * 69}\r\n a\r\n"),
        ("a" * 143, f"NAME:{'a' * 69}\r\n {'a' * 74}\r\n"),
        ("a" * 144, f"NAME:{'a' * 69}\r\n {'a' * 74}\r\n a\r\n"),
        ("a" * 68 + "é" * 2, f"NAME:{'a' * 68}\r\n éé\r\n"),
        ("a" * 66 + "🏁" * 2, f"NAME:{'a' * 66}\r\n 🏁🏁\r\n"),
    ],
)
def test_a_long_line_goes_on_behind_a_space_and_no_character_is_cut(value: str, line: str) -> None:
    assert content_line("NAME", value) == line


def test_a_break_does_not_part_a_backslash_from_what_it_escapes() -> None:
    assert text_line("NAME", "a" * 68 + ",") == f"NAME:{'a' * 68}\r\n \\,\r\n"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\\nN,;"), min_size=1, max_size=300))
def test_another_program_reads_the_text_that_was_written(text: str) -> None:
    line = text_line("SUMMARY", text)
    assert all(len(part.encode()) <= 75 for part in line.split("\r\n"))
    event = vobject.readOne(f"BEGIN:VEVENT\r\n{line}END:VEVENT\r\n")
    assert event.summary.value == text
