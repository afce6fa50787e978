"""Findings as a terminal shows them, and the one sanitizer for text that goes to a terminal."""

from __future__ import annotations

import sys

import pytest

from goal_handbook.findings import (
    EXCERPT_WIDTH,
    MAX_FINDINGS,
    Finding,
    Location,
    as_data,
    as_text,
    did_you_mean,
    first_of,
    in_reading_order,
    printable,
)
from goal_handbook.source.parse import read_document

FINDING = Finding("GH102", Location("x.yaml", 9, 5), 'unknown key "b"', 'did you mean "a"?', "    b: 1")


def test_a_finding_is_its_sentence_then_its_line_then_its_help() -> None:
    assert as_text(FINDING).split("\n") == [
        'x.yaml:9:5: GH102 unknown key "b"',
        "    9 |     b: 1",
        "      |     ^",
        '  help: did you mean "a"?',
    ]


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (Finding("GH114", Location("x.yaml"), "is a folder"), "x.yaml: GH114 is a folder"),
        (Finding("GH114", Location("x"), "is a folder", "remove it"), "x: GH114 is a folder\n  help: remove it"),
        (Finding("GH301", Location("x", 1, 2), "late", severity="warning"), "x:1:2: warning: GH301 late"),
        (Finding("GH1", Location("x"), "a\nb", "c\nd", "e"), "x: GH1 a\ufffdb\n  help: c\ufffdd"),
    ],
    ids=["no help", "the help is directly below", "a warning says so", "a line break cannot forge a line"],
)
def test_a_finding_without_a_line_has_no_excerpt(finding: Finding, text: str) -> None:
    assert (str(finding), as_text(finding)) == (text, text)


def test_a_long_line_is_cut_around_the_caret() -> None:
    line = "x" * 1_000 + "!" + "y" * 1_000
    _, excerpt, caret, _ = as_text(Finding("GH1", Location("x", 1, 1_001), "m", "h", line)).split("\n")
    assert (len(excerpt), excerpt[caret.index("^")]) == (len("    1 | ") + EXCERPT_WIDTH, "!")


def test_a_finding_as_data() -> None:
    assert as_data(FINDING) == {
        "code": "GH102",
        "severity": "error",
        "path": "x.yaml",
        "line": 9,
        "column": 5,
        "message": 'unknown key "b"',
        "help": 'did you mean "a"?',
    }


def test_findings_are_sorted_by_location_without_duplicates() -> None:
    first, second = Finding("GH2", Location("a", 2), "m"), Finding("GH1", Location("a", 10), "m")
    assert in_reading_order([second, first, second]) == [first, second]


def test_a_place_that_is_looked_for_later_is_the_same_as_its_location() -> None:
    document = read_document("x.yaml", b"a: 1\nb: {}\n")[0]
    location = document.location(("b",))
    at_once = document.finding("GH102", location, "m")
    later = [Finding("GH102", document.place(path), "m") for path in [("b",), ("b", "missing")]]
    assert in_reading_order([at_once, *later]) == [at_once]
    assert {as_text(finding) for finding in later} == {as_text(at_once)}
    assert Finding("GH102", document.place(("a",)), "m") != at_once


def test_after_a_hundred_findings_the_rest_is_counted() -> None:
    many = [Finding("GH1", Location("a", line), "m") for line in range(1, MAX_FINDINGS + 6)]
    shown = first_of(many)
    assert shown[:-1] == many[:MAX_FINDINGS]
    assert (shown[-1].message, shown[-1].help) == ("and 5 more like these", "fix these first")
    assert first_of(many[:MAX_FINDINGS]) == many[:MAX_FINDINGS]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("targt", 'did you mean "target"?'), ("zzz", ""), ("target" * 100, "")],
    ids=["a typo", "nothing similar", "too long for a typo"],
)
def test_the_nearest_known_word_is_suggested(word: str, expected: str) -> None:
    assert did_you_mean(word, ["target", "title"]) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain: ä, 目標, 🎯", "plain: ä, 目標, 🎯"),
        ("16.112\u00a0€", "16.112\u00a0€"),
        ("16\u202f112\u00a0€", "16\u202f112\u00a0€"),
        ("a\tb", "a b"),
        ("a\u3000b\u2003c\u205fd\u1680e", "a b c d e"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("\x9b31m", "\ufffd31m"),
        ("over\rwritten\x08\x7f", "over\ufffdwritten\ufffd\ufffd"),
        ("one\ntwo\u2028three\u2029four\x85", "one\ufffdtwo\ufffdthree\ufffdfour\ufffd"),
        ("\u202atxt\u202c\u202d\u202e\u202b", "\ufffdtxt\ufffd\ufffd\ufffd\ufffd"),
        ("\u2066a\u2069\u2067\u2068", "\ufffda\ufffd\ufffd\ufffd"),
        ("\u200e\u200f\u061c", "\ufffd\ufffd\ufffd"),
        ("\u200b\u200d\ufeff\u00ad", "\ufffd\ufffd\ufffd\ufffd"),
        ("\ud800 \ue000", "\ufffd \ufffd"),
        ("", ""),
    ],
    ids=[
        "letters, signs and emoji stay",
        "a no-break space stays",
        "a narrow no-break space stays",
        "a tab is a space",
        "other spaces are plain spaces",
        "escape sequences",
        "the one-character escape",
        "carriage return, backspace, delete",
        "line breaks of every kind",
        "bidirectional embeddings and overrides",
        "bidirectional isolates",
        "bidirectional marks",
        "invisible characters",
        "surrogates and private characters",
        "nothing",
    ],
)
def test_text_for_a_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_no_character_becomes_two_or_keeps_its_power() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    shown = printable(every)
    assert len(shown) == len(every)
    assert {c for c in shown if not c.isprintable()} == {"\u00a0", "\u202f"}
