"""`goals backtest`: what the bands would have said of a year of deals, and what came of it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import with_help
from ..words import plural, some_of
from .common import AS_OF, DIR, Unusable, goals_folder, print_findings, read, status_date
from .exports import Exports
from .import_options import ImportOptions, columns_of, reads_export, require, splits_of
from .remembered_imports import recalled

if TYPE_CHECKING:
    from ..status.backtest import Case

#: What a test needs to know, besides the columns.
_NEEDED = ("goal_pattern",)
#: How many of the goals that are left out are named.
_NAMED = 5


def _factors(_: click.Context, __: click.Parameter, given: str) -> tuple[Decimal, ...]:
    from pydantic_core import PydanticCustomError

    from ..model.values import message_and_help, parse_factor

    try:
        return tuple(parse_factor(word.strip()) for word in given.split(","))
    except PydanticCustomError as error:
        raise click.BadParameter(with_help(*message_and_help(error))) from None


@click.command()
@reads_export
@click.option(
    "--targets",
    default="1",
    callback=_factors,
    metavar="FACTORS",
    help="Try each goal with so many times its target as well, e.g. 0.8,1,1.2: more cases for a small team.",
)
@AS_OF
@DIR
def backtest(
    export: str, options: ImportOptions, directory: Path, targets: tuple[Decimal, ...], as_of: datetime.date | None
) -> None:
    """Show from past deals how often goals in each band were reached.

    For each month end of the period, every goal is put into the band that its catch-up factor says, and counted as
    reached or not by its total on its last day. Goals that the export does not cover to that day are left out. Nothing
    is written; set the bands with `catch_up` in handbook.yaml.
    """
    from ..crm.export import read_export
    from ..crm.importing import Options, currencies_of, import_deals
    from ..reports.backtest import backtest_lines
    from ..status.backtest import cases_of, outcomes, scaled
    from ..status.calendar import quarters, whole_spans
    from ..status.readings import Reading

    loaded, exports = read(directory), Exports(export, options.sql or "")
    if loaded.handbook is None:
        print_findings(loaded.findings)
        raise click.exceptions.Exit(1)
    handbook, settings = loaded.handbook, loaded.handbook.settings
    if options.import_name or options.missing(_NEEDED):
        options = recalled(options, settings.imports, exports.headings, goals_folder(directory))
    require(options, *_NEEDED)
    pattern = options.goal_pattern or ""
    currencies = currencies_of(handbook, pattern)
    deals, findings = read_export(exports.sheet(options.sheet or ""), columns_of(options), currencies)
    taken_on = max([status_date(loaded, as_of), *(deal.on for deal in deals.deals)])  # an example's as_of is earlier
    counted = Options(pattern, taken_on, "day", splits=splits_of(options.split), ignore=options.ignore)
    done, found = import_deals(deals, [], handbook, currencies, counted, exports.shown)
    if findings := [*findings, *found]:
        print_findings(findings)
        raise click.exceptions.Exit(1)
    totals: dict[str, list[Reading]] = {}
    for total in done.totals.totals:
        totals.setdefault(total.goal, []).append(Reading(total.on, total.value))
    unfinished = [full_id for full_id in totals if done.covered and handbook.goals[full_id].due > done.covered.last]
    for full_id in unfinished:
        del totals[full_id]
    if unfinished and done.covered:
        left_out = f"{plural(len(unfinished), 'goal')} not over by {done.covered.last}, where the export ends"
        if not totals:
            raise Unusable(f"nothing to test: {left_out}", "take an export of a period that is over")
        click.echo(f"left out: {left_out}: {some_of(unfinished, _NAMED)}", err=True)
    month_ends = [span.end for span in whole_spans(settings.period.start, settings.period.end, "month")]
    cases: list[Case] = []
    for full_id, series in totals.items():
        absences = handbook.owners[full_id.partition("/")[0]].absences
        for factor in targets:
            goal = scaled(handbook.goals[full_id], factor)
            cases += cases_of(full_id, goal, sorted(series), month_ends, settings.catch_up, absences)
    seasons = quarters(settings.period)
    for line in backtest_lines(outcomes(cases, seasons), seasons, settings.catch_up, len(totals)):
        click.echo(line)
