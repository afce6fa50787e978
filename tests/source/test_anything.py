"""Whatever bytes a file contains, they lead to findings and never to an exception."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.findings import as_data, as_text
from goal_handbook.source.load import load
from goal_handbook.source.parse import read_document
from goal_handbook.workspace import evaluate

DAY = datetime.date(2017, 10, 15)
HANDBOOK = "format: 1\nname: M\nperiod: {name: 2017, start: 2017-01-01, end: 2017-12-31}\n"
EXAMPLE = (Path(__file__).parent.parent / "data" / "brinkmann" / "sellers" / "moses-frase.yaml").read_text("utf-8")
SIGNS = st.sampled_from(
    [*"\t\n\r :-?,[]{}#&*!|>'\"%@`<=~_.0aA\x00\x1b\x7f\x85\u2028\ufeff\U0001f389", "- ", ": ", "\n  "]
)


def check_without_exception(path: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "handbook.yaml").write_text(HANDBOOK, encoding="utf-8")
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
        for finding in evaluate(load(folder, "goals"), DAY, DAY).findings:
            assert as_text(finding)
            assert as_data(finding)
            assert finding.message


@pytest.mark.parametrize("path", ["sellers/x.yaml", "teams/x.yaml", "handbook.yaml", "readings/x.csv"])
@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes(path: str, data: bytes) -> None:
    check_without_exception(path, data)


@pytest.mark.parametrize("path", ["sellers/x.yaml", "handbook.yaml", "readings/x.csv"])
@given(st.text(max_size=200) | st.lists(SIGNS, max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text(path: str, text: str) -> None:
    check_without_exception(path, text.encode("utf-8", "surrogatepass"))


@given(st.integers(0, len(EXAMPLE)), st.integers(0, 20), st.lists(SIGNS, max_size=5).map("".join))
@settings(max_examples=500, deadline=None)
def test_the_example_with_a_typing_error(at: int, deleted: int, typed: str) -> None:
    check_without_exception("sellers/x.yaml", (EXAMPLE[:at] + typed + EXAMPLE[at + deleted :]).encode("utf-8"))


@given(st.lists(SIGNS, max_size=60).map("".join))
@settings(max_examples=500, deadline=None)
def test_every_location_is_in_the_file(text: str) -> None:
    document, findings = read_document("x.yaml", text.encode("utf-8"))
    for finding in findings:
        if finding.location.line and document.text:
            assert finding.location.line <= len(document.lines)
            assert finding.location.column <= len(document.lines[finding.location.line - 1]) + 1
