"""Merges new totals into a readings file: existing readings stay, new ones are added."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..findings import Finding
from ..model.values import parse_number
from ..source.readings import Row
from .causes import Causes
from .totals import Total


@dataclass(frozen=True, slots=True, order=True)
class Replaced:
    """A reading of the file that has another value now."""

    goal: str
    on: datetime.date
    was: Decimal
    now: Decimal


@dataclass(frozen=True, slots=True)
class Merged:
    """A readings file with the totals of an export: its text, how many readings are new, and which were replaced."""

    text: str
    added: int
    replaced: tuple[Replaced, ...]

    @property
    def changed(self) -> int:
        """How many readings are new or have another value."""
        return self.added + len(self.replaced)


def merge(
    rows: Iterable[Row], totals: Iterable[Total], replace: bool = False, first_row: datetime.date | None = None
) -> tuple[Merged, list[Finding]]:
    """Return the merged file, and a GH117 for each goal that has a reading with another value than the export.

    Readings are sorted by goal and day. With `replace`, a contradiction is not one: the export is right. `first_row` is
    the first date in the export.
    """
    held: dict[tuple[str, datetime.date], Row] = {}
    causes = Causes("")
    for row in rows:
        other = held.setdefault((row.goal, row.checkin.on), row)
        if other.checkin.value != row.checkin.value:
            message = f"{row.goal} has two readings on {row.checkin.on}: {other.checkin.value} and {row.checkin.value}"
            help = f"delete the wrong one; the other is in {other.location}"
            causes.add(Finding("GH117", row.location, message, help, row.excerpt), message)
    kept = {key: (format(row.checkin.value or Decimal(0), "f"), row.checkin.note) for key, row in held.items()}
    replaced: list[Replaced] = []
    added = 0
    for total in totals:
        key, value = (total.goal, total.on), format(total.value, "f")
        was, note = kept.get(key, ("", ""))
        if was and parse_number(was) == total.value:
            continue
        if not was:
            added += 1
        elif replace:
            replaced.append(Replaced(total.goal, total.on, parse_number(was), total.value))
        else:
            message = f"{total.goal} was at {was} on {total.on}, but the export has {value}"
            help = 'if the export is right, use --replace --why "…"'
            if first_row and total.on < first_row:
                help = f"export all deals since the goal's start, not since {first_row}; {help}"
            causes.add(Finding("GH117", held[key].location, message, help, held[key].excerpt), f"{total.goal}: {help}")
            continue
        kept[key] = (value, note)
    return Merged(_text(kept), added, tuple(replaced)), causes.findings()


def held_elsewhere(rows: Iterable[Row], totals: Iterable[Total]) -> list[Finding]:
    """Return a GH117 for each goal with a total that contradicts a reading of another readings file (`rows`)."""
    held = {(row.goal, row.checkin.on): row for row in rows}
    causes = Causes("")
    for total in totals:
        row = held.get((total.goal, total.on))
        if row and row.checkin.value != total.value:
            was, value = (format(number or Decimal(0), "f") for number in (row.checkin.value, total.value))
            message = f"{total.goal} was at {was} on {total.on}, but the export has {value}"
            help = f"import into the file that has this goal's readings: --into {row.location.path}"
            causes.add(Finding("GH117", row.location, message, help, row.excerpt), f"{total.goal}: {help}")
    return causes.findings()


def _text(kept: Mapping[tuple[str, datetime.date], tuple[str, str]]) -> str:
    notes = any(note for _, note in kept.values())
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("goal", "on", "value", "note") if notes else ("goal", "on", "value"))
    for (goal, on), (value, note) in sorted(kept.items()):
        writer.writerow((goal, on.isoformat(), value, note) if notes else (goal, on.isoformat(), value))
    return out.getvalue()


def days_held(rows: Iterable[Row]) -> dict[str, list[datetime.date]]:
    """Return the days on which each goal of a readings file has a reading."""
    days: dict[str, list[datetime.date]] = {}
    for row in rows:
        days.setdefault(row.goal, []).append(row.checkin.on)
    return days


def no_longer_exported(rows: Sequence[Row], totals: Iterable[Total], pattern: str) -> list[Total]:
    """Return the latest reading of each goal that a readings file has, and the totals of an export do not."""
    here = {total.goal for total in totals}
    of_pattern = re.compile(re.escape(pattern).replace(re.escape("{owner}"), "[a-z0-9-]+") + r"\Z")
    latest: dict[str, Total] = {}
    for row in sorted(rows, key=lambda row: row.checkin.on):
        if row.goal not in here and of_pattern.match(row.goal):
            latest[row.goal] = Total(row.goal, row.checkin.on, row.checkin.value or Decimal(0))
    return sorted(latest.values())


def readings_after(rows: Iterable[Row], totals: Iterable[Total], last_day: datetime.date) -> int:
    """Return how many readings of goals with a total are dated after the last day an export covers."""
    here = {total.goal for total in totals}
    return sum(row.goal in here and row.checkin.on > last_day for row in rows)
