"""New totals into a readings file that may be there already: what it says stays, what is new is added."""

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
    """The file's new text, how many readings are new or changed in it, and readings the export contradicts (GH117).

    Sorted by goal and day. A reading that stands in the file with another value stays unless `replace`.
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
                findings.append(
                    Finding(
                        "GH117",
                        held[key].location,
                        f"{total.goal} stood at {was} on {total.on}, the export says {value}",
                        "pass --replace if the export is right",
                        held[key].excerpt,
                    )
                )
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
