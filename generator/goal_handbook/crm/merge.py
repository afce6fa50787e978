"""Merges new totals into a readings file: existing readings stay, new ones are added."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from ..findings import Finding
from ..model.values import parse_number
from ..source.readings import Row
from .totals import Total


def merge(rows: Iterable[Row], totals: Iterable[Total], replace: bool = False) -> tuple[str, int, list[Finding]]:
    """Return the file's new text, how many of its readings are new or changed, and a GH117 for each contradiction.

    Readings are sorted by goal and day. One that the file has with another value is a contradiction, unless `replace`.
    """
    held = {(row.goal, row.checkin.on): row for row in rows}
    kept = {key: (format(row.checkin.value or Decimal(0), "f"), row.checkin.note) for key, row in held.items()}
    findings: list[Finding] = []
    changed = 0
    for total in totals:
        key, value = (total.goal, total.on), format(total.value, "f")
        if key in kept:
            was, note = kept[key]
            if parse_number(was) == total.value:
                continue
            if not replace:
                message = f"{total.goal} was at {was} on {total.on}, but the export has {value}"
                help = "use --replace if the export is right"
                findings.append(Finding("GH117", held[key].location, message, help, held[key].excerpt))
                continue
            kept[key] = (value, note)
        else:
            kept[key] = (value, "")
        changed += 1
    notes = any(note for _, note in kept.values())
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("goal", "on", "value", "note") if notes else ("goal", "on", "value"))
    for (goal, on), (value, note) in sorted(kept.items()):
        writer.writerow((goal, on.isoformat(), value, note) if notes else (goal, on.isoformat(), value))
    return out.getvalue(), changed, findings
