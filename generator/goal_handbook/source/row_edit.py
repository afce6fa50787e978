"""Edits a readings file (CSV) by its rows: every other row stays as it was, byte for byte."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .csv_table import records

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class EditRow:
    """Give the reading of a goal on a day other values, by their columns; None takes its row out."""

    goal: str
    on: datetime.date
    values: Mapping[str, str] | None


def edited_rows(text: str, edits: Sequence[EditRow]) -> str:
    """Return the text of a readings file, which has no errors, with all edits made."""
    mark = _MARK if text.startswith(_MARK) else ""
    lines = list(io.StringIO(text.removeprefix(mark), newline=""))
    found = list(records("".join(lines)))
    header = [name.strip().lower() for name in found[0][1]]
    ends = [*(begins for begins, _ in found[1:]), len(lines) + 1]
    rows = zip(found, ends, strict=True)
    return mark + "".join(
        _edited(header, record, "".join(lines[begins - 1 : end - 1]), edits) for (begins, record), end in rows
    )


def _edited(header: Sequence[str], record: list[str], line: str, edits: Sequence[EditRow]) -> str:
    """The text of a row after the edits."""
    row = dict(zip(header, record, strict=False))
    subject = row.get("goal", "").strip(), row.get("on", "").strip()
    for edit in edits:
        if subject == (edit.goal, str(edit.on)):
            if edit.values is None:
                return ""
            row |= edit.values
            out = io.StringIO()
            csv.writer(out, lineterminator=line[len(line.rstrip("\r\n")) :]).writerow(row.values())
            line = out.getvalue()
    return line
