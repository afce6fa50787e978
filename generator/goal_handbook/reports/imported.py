"""What an import did, line by line: what was read and written, and whatever a person should know about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..crm.export import Export
from ..crm.importing import Imported
from ..findings import printable
from ..model.values import plain_number
from ..words import plural, sentence_list

#: How many stages of deals that were not won are listed.
_STAGES_LISTED = 6


def import_report(done: Imported, into: str, dry_run: bool) -> Iterator[str]:
    """Yield the lines; `into` is the readings file as messages show it."""
    yield _summary(done, into, dry_run)
    yield from (
        printable(f"  {line}") for line in (*_read_as(done.export), *_counted(done), *_not_counted(done), *_left(done))
    )


def _summary(done: Imported, into: str, dry_run: bool) -> str:
    totals, merged = done.totals, done.merged
    if not totals.totals:
        return "no deal in the export counts"
    goals = len({total.goal for total in totals.totals})
    written = "would be written" if dry_run else "written"
    readings = (
        f"{plural(merged.changed, 'reading')} {written} to {into}"
        if merged.changed
        else f"{into} is already up to date"
    )
    return f"{plural(goals, 'goal')} read up to {totals.last_day}; {readings}"


def _read_as(export: Export) -> Iterator[str]:
    """Say what the export does not, and was found out: a mistake would be here."""
    if export.encoding == "Windows-1252":
        yield "read as Windows-1252 (Latin-1), because it is not UTF-8"
    if export.conventions.order:
        yield f"dates read with the {export.conventions.order} first"
    if export.conventions.decimal == "comma":
        yield "amounts read with a decimal comma"


def _not_counted(done: Imported) -> Iterator[str]:
    export, credits = done.export, done.credits
    for goal, rows in done.totals.outside_goal_dates.items():
        last = done.totals.handed_over.get(goal)
        dates = f"start and last day, {last}, after which it was handed over" if last else "start and due dates"
        yield f"not counted: {plural(rows, 'row')} for {goal} outside its {dates}"
    for person, rows in credits.ignored.items():
        yield f"not counted: {plural(rows, 'row')} of {person} (--ignore)"
    for person, rows in credits.ignored_parts.items():
        yield f"not counted: the part of {person} in {plural(rows, 'row')} that others share (--ignore)"
    if later := done.totals.counted.later:
        yield f"not counted: {plural(later, 'row')} after the status date"
    if export.left_out:
        yield f"not counted: {plural(sum(export.left_out.values()), 'row')} left out by --where"
    if export.not_won:
        yield f"not counted: {plural(sum(export.not_won.values()), 'row')} not won: {_stages(export.not_won)}"
    for goal, rows in done.totals.without_zeros.items():
        yield f"no totals of zero for {goal}: its owner has {plural(rows, 'row')} that did not count"
    if export.footer_lines:
        yield f"{plural(export.footer_lines, 'line')} of footer skipped"


def _stages(rows_by_stage: Mapping[str, int]) -> str:
    stages = [f"{stage} ({rows:,})" for stage, rows in sorted(rows_by_stage.items(), key=lambda s: (-s[1], s[0]))]
    return ", ".join(stages[:_STAGES_LISTED]) + ("…" if len(stages) > _STAGES_LISTED else "")


def _counted(done: Imported) -> Iterator[str]:
    """Say what the rows that count add up to, and what was divided, converted, or taken to be in a currency."""
    export, currencies, counted = done.export, done.currencies, done.totals.counted
    if counted.rows:
        amounts = sentence_list(
            f"{amount:,f}" if unit == "money" else f"{amount:,f} {unit}"
            for unit, amount in sorted(counted.amounts.items())
        )
        yield f"counted: {amounts} in {plural(counted.rows, 'row')}"
    if done.credits.shared:
        yield f"divided: {plural(done.credits.shared, 'row')} between several people (--split)"
    if currencies is None:
        return
    for (source, into), rows in sorted(done.credits.converted.items()):
        rates = [f"1 {c} = {currencies.rates[c]} {currencies.own}" for c in (source, into) if c in currencies.rates]
        yield f"converted: {plural(rows, 'row')} from {source} into {into} ({', '.join(rates)})"
    taken = f"taken to be in {currencies.own}" if currencies.own else "added as they are"
    if export.without_currency and export.has_currency_column:
        yield f"no currency given: {plural(export.without_currency, 'amount')} {taken}"
    elif export.without_currency:
        yield f"no column with a currency: {plural(export.without_currency, 'amount')} {taken}"


def _left(done: Imported) -> Iterator[str]:
    """Say which readings of the file were corrected, and which the export does not speak of."""
    replaced = done.merged.replaced
    if replaced:
        goals = len({reading.goal for reading in replaced})
        yield f"corrected: {plural(len(replaced), 'reading')}, explained in the adjustments of {plural(goals, 'goal')}"
    for reading in done.gone:
        yield f"no longer in the export: {reading.goal}, at {plain_number(reading.value)} on {reading.on}"
    if done.later and done.covered:
        yield f"not compared: {plural(done.later, 'reading')} after {done.covered.last}, where the export ends"
