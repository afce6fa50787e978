"""Reads readings in bulk: `readings/*.csv` with the columns goal, on, value and note (format.md#the-folder)."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from ..findings import Finding, Location, did_you_mean, first_of
from ..model.records import CheckIn
from ..model.values import message_and_help, parse_day, parse_goal_ref, parse_number, parse_prose
from ..words import plural
from .csv_table import BadRow, lines_of, records
from .text import decode

COLUMNS = ("goal", "on", "value", "note")
READINGS_LIMIT = 4 * 1024 * 1024  # a hundred thousand rows


@dataclass(frozen=True, slots=True)
class Row:
    """One reading, with the location and the text of its row."""

    goal: str
    checkin: CheckIn
    location: Location
    excerpt: str


def read_readings(path: str, data: bytes) -> tuple[list[Row], list[Finding]]:
    """Return the good rows of one file, and a finding GH115 with its line for each bad one."""
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
        at = [header.index(name) if name in header else len(header) for name in COLUMNS]
        for line, record in rest:
            if not any(record):
                continue
            if len(record) != len(header):
                message = f"this row has {plural(len(record), 'field')}, the header {len(header)}"
                separator = next((s for s in ";\t" if lines[line - 1].count(s) >= len(header) - 1), "")
                wrong = "separate its fields with commas, as the header does" if separator else ""
                report(line, message, wrong or "quote fields that contain a comma")
                continue
            try:
                fields = map([*record, ""].__getitem__, at)
                rows.append(_row(Location(path, line, 1), lines[line - 1], *fields))
            except PydanticCustomError as error:
                report(line, *message_and_help(error))
    except BadRow as bad:
        report(bad.line, bad.message, bad.help)
    return rows, first_of(findings)


def _header_problem(header: list[str], line: str) -> tuple[str, str] | None:
    if len(header) == 1 and (";" in line or "\t" in line):
        return "the columns are not separated by commas", "save the file as CSV with commas"
    if repeated := next((name for i, name in enumerate(header) if name in header[:i]), None):
        return f'duplicate column "{repeated[:60]}" in the header', "keep one of them"
    for name in header:
        if name not in COLUMNS:
            help = did_you_mean(name, COLUMNS) or "the columns are goal, on, value and note"
            return f'unknown column "{name[:60]}"', help
    missing = [name for name in COLUMNS[:3] if name not in header]
    return (f'missing column "{missing[0]}"', "begin the file with goal,on,value") if missing else None


def _row(location: Location, excerpt: str, goal: str, on: str, value: str, note: str) -> Row:
    full_id = parse_goal_ref(goal.strip())
    checkin = CheckIn.model_construct(
        on=parse_day(on), value=parse_number(value), note=parse_prose(note), by=(), spent=None
    )
    return Row(full_id, checkin, location, excerpt)
