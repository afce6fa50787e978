"""From an export to readings: what an import writes, and everything worth knowing about it. Nothing is written here."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ..findings import Finding
from ..model.handbook import Handbook
from ..source.readings import Row
from .credits import Credits, credits_of
from .currency import Currencies
from .days import Covered, Every, covered_by
from .export import Export
from .merge import Merged, days_held, merge, no_longer_exported, readings_after
from .people import People
from .split import Split
from .totals import Total, Totals, totals_of


@dataclass(frozen=True, slots=True)
class Options:
    """How an export counts.

    `pattern` names the goal, with `{owner}` for the owner's id; `per` says how often it gets a total, and `to_date`
    that it gets one on the last row's day too. `as_of` is the day the export was taken; `complete` says that it covers
    everyone. `splits` divide the deals of several people, `ignore` are people whose deals do not count, and `replace`
    lets the export correct readings.
    """

    pattern: str
    as_of: datetime.date
    per: Every = "month"
    to_date: bool = False
    complete: bool = False
    splits: tuple[Split, ...] = ()
    ignore: tuple[str, ...] = ()
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """The outcome of an import.

    `gone` are the latest readings of the goals that the file has and the export no longer speaks of; `later` is how
    many readings of the others are dated after the days it covers.
    """

    export: Export
    currencies: Currencies | None
    credits: Credits
    covered: Covered | None
    totals: Totals
    merged: Merged
    gone: tuple[Total, ...]
    later: int


def currencies_of(handbook: Handbook, pattern: str) -> Currencies | None:
    """Return the currencies that the goals of a pattern count, None if they do not count money."""
    goals = (handbook.goals[full_id] for full_id in People(handbook, pattern).goals())
    return Currencies.of(handbook.settings, goals)


def import_deals(
    export: Export, rows: Sequence[Row], handbook: Handbook, currencies: Currencies | None, options: Options, path: str
) -> tuple[Imported, list[Finding]]:
    """Return what importing an export (`path`) into a readings file with these rows comes to, and findings.

    `currencies` are those that `read_export` read it with. What the file contradicts is only known, and only among the
    findings, once every deal can be counted.
    """
    people = People(handbook, options.pattern, options.ignore)
    credits, findings = credits_of(export, people, currencies, options.splits, path)
    covered = covered_by(export.first_day, export.last_day, options.as_of)
    complete = people.goals() if options.complete else None
    totals = totals_of(credits, covered, handbook, options.per, days_held(rows), complete, options.to_date)
    merged, contradictions = merge(rows, totals.totals, options.replace, export.first_day)
    gone = tuple(no_longer_exported(rows, totals.totals, options.pattern))
    later = readings_after(rows, totals.totals, covered.last) if covered else 0
    imported = Imported(export, currencies, credits, covered, totals, merged, gone, later)
    return imported, contradictions if export.is_whole and not findings else findings
