"""Readings in bulk: `readings/*.csv` with the columns goal, on, value, note (format.md#the-folder)."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from ..findings import Finding, Location, did_you_mean, first_of
from ..model.records import CheckIn
from ..model.values import parse_day, parse_goal_ref, parse_number, parse_prose
from .csv_table import BadRow, lines_of, records
from .text import decode

COLUMNS = ("goal", "on", "value", "note")
READINGS_LIMIT = 4 * 1024 * 1024  # a hundred thousand rows


@dataclass(frozen=True, slots=True)
class Row:
    """One reading with the place of its row."""

    goal: str
    checkin: CheckIn
    location: Location
    excerpt: str


def read_readings(path: str, data: bytes) -> tuple[list[Row], list[Finding]]:
    """The rows of one file; a bad row is a finding GH115 with its line, the good ones are kept."""
    text, problem = decode(path, data, READINGS_LIMIT)
    if problem:
        return [], [problem]
    lines = lines_of(text)
    rows: list[Row] = []
    findings: list[Finding] = []

    def report(line: int, message: str, help: str) -> None:
        excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        findings.append(Finding("GH115", Location(path, line, 1), message, help, excerpt))

    rest = records(text)
    try:
        header = [name.strip().lower() for name in next(rest, (1, []))[1]]
        if problem_with := _header_problem(header, lines[0] if lines else ""):
            report(1, *problem_with)
            return [], findings
        for line, record in rest:
            if not any(record):
                continue
            if len(record) != len(header):
                report(
                    line, f"{len(record)} fields where the header has {len(header)}", "quote fields that hold a comma"
                )
                continue
            try:
                rows.append(_row(dict(zip(header, record, strict=True)), Location(path, line, 1), lines[line - 1]))
            except PydanticCustomError as error:
                report(line, error.message(), str((error.context or {}).get("help", "")))
    except BadRow as bad:
        report(bad.line, bad.message, bad.help)
    return rows, first_of(findings)


def _header_problem(header: list[str], line: str) -> tuple[str, str] | None:
    if len(header) == 1 and (";" in line or "\t" in line):
        return "the columns are separated by something else than commas", "save the file as CSV with commas"
    if len(set(header)) < len(header):
        return "a column stands in the header twice", "keep one of them"
    for name in header:
        if name not in COLUMNS:
            return f'unknown column "{name[:60]}"', did_you_mean(
                name, COLUMNS
            ) or "the columns are goal, on, value and note"
    missing = [name for name in COLUMNS[:3] if name not in header]
    return (f"the column {missing[0]} is missing", "begin the file with goal,on,value") if missing else None


def _row(record: dict[str, str], location: Location, excerpt: str) -> Row:
    goal = parse_goal_ref(record["goal"].strip())
    checkin = CheckIn.model_construct(
        on=parse_day(record["on"]),
        value=parse_number(record["value"]),
        note=parse_prose(record.get("note", "")),
        by=(),
        spent=None,
    )
    return Row(goal, checkin, location, excerpt)
