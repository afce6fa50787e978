"""`goals import`: a CRM export becomes readings."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from ..findings import Finding, printable, with_help
from ..words import plural
from .common import AS_OF, DIR, Unusable, goals_folder, print_findings, read, status_date, writing
from .edits import show

if TYPE_CHECKING:
    from ..crm.columns import Columns
    from ..crm.export import Export
    from ..crm.sheet import Sheet
    from ..crm.totals import Totals
    from ..model.measure import Per

#: How many stages of deals that were not won are listed.
_STAGES_LISTED = 6


def _where(_: click.Context, __: click.Parameter, conditions: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    for condition in conditions:
        if "=" not in condition:
            message = f'"{condition}" is not COLUMN=VALUE'
            raise click.BadParameter(with_help(message, "write e.g. deal_stage=Won"))
    return tuple((column, value) for column, _, value in (c.partition("=") for c in conditions))


def _pattern(_: click.Context, __: click.Parameter, pattern: str) -> str:
    if "{owner}" not in pattern or pattern.count("/") != 1:
        message = f'"{pattern}" does not name the owner and the goal'
        raise click.BadParameter(with_help(message, "write e.g. {owner}/new-business"))
    return pattern


@click.command("import")
@click.argument("export", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--goal-pattern",
    required=True,
    callback=_pattern,
    help="Which goal a deal counts for, e.g. '{owner}/new-business'.",
)
@click.option(
    "--preset",
    type=click.Choice(["hubspot", "salesforce", "pipedrive"]),
    help="The columns as this CRM exports them; the options below take precedence.",
)
@click.option("--owner-column", metavar="NAME", help="The column with the seller's name, alias or id.")
@click.option("--date-column", metavar="NAME", help="The column with the day a deal closed.")
@click.option("--value-column", metavar="NAME", help="The column with what it was worth.")
@click.option("--currency-column", metavar="NAME", help="The column with its currency, which must be the handbook's.")
@click.option("--sheet", default="", metavar="NAME", help="The sheet of a workbook; default: the first visible one.")
@click.option(
    "--where",
    multiple=True,
    callback=_where,
    metavar="COLUMN=VALUE",
    help="Count only rows with this value; can be repeated.",
)
@click.option(
    "--per",
    type=click.Choice(["week", "month", "quarter"]),
    default="month",
    show_default=True,
    help="Write a total at the end of each.",
)
@click.option(
    "--into",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The readings file, e.g. goals/readings/crm.csv.",
)
@click.option(
    "--complete",
    is_flag=True,
    help="The export covers everyone: an owner with the goal but no rows gets totals of zero.",
)
@click.option(
    "--ignore", multiple=True, metavar="NAME", help="A person in the export who has no goals here; can be repeated."
)
@click.option(
    "--date-format",
    default="",
    metavar="FORMAT",
    help="How the export writes dates, e.g. %m/%d/%Y; default: YYYY-MM-DD.",
)
@click.option("--decimal", type=click.Choice(["point", "comma"]), help="The decimal mark of numbers; default: point.")
@click.option("--replace", is_flag=True, help="If the file has a different value for a day, take the export's.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@AS_OF
@DIR
@click.pass_context
def import_(
    context: click.Context,
    export: Path,
    directory: Path,
    goal_pattern: str,
    preset: str | None,
    owner_column: str | None,
    date_column: str | None,
    value_column: str | None,
    currency_column: str | None,
    sheet: str,
    where: tuple[tuple[str, str], ...],
    per: str,
    into: Path,
    complete: bool,
    ignore: tuple[str, ...],
    date_format: str,
    decimal: str | None,
    replace: bool,
    dry_run: bool,
    as_of: datetime.date | None,
) -> None:
    """Turn a CRM export (CSV or .xlsx) into readings.

    A reading is a goal's total to date at the end of each period. Existing readings stay, and importing the same
    export again changes nothing. Nothing is written if a row cannot be read or a person cannot be matched.
    """
    from ..crm.export import read_export
    from ..crm.merge import merge
    from ..crm.totals import totals_of
    from ..source.atomic import write_text
    from ..source.readings import read_readings

    named = (owner_column, date_column, value_column)
    columns = dataclasses.replace(
        _columns(preset, named, currency_column), where=where, date_format=date_format, decimal=decimal or ""
    )
    loaded = read(directory)
    day = status_date(loaded, as_of)
    if loaded.handbook is None:
        print_findings(loaded.findings)
        context.exit(1)
    path = export.as_posix()
    opened = _opened(export, sheet)
    if isinstance(opened, Finding):
        print_findings([opened])
        click.echo("nothing was written", err=True)
        context.exit(1)
    deals, findings = read_export(opened, columns, loaded.handbook.settings.currency)
    totals, found = totals_of(deals, loaded.handbook, goal_pattern, path, cast("Per", per), day, complete, ignore)
    with writing(into, lock=goals_folder(directory)):  # two imports into one file: neither is lost
        before = into.read_bytes() if into.exists() else b""
        rows, unreadable = read_readings(into.as_posix(), before) if before else ([], [])
        text, changed, contradictions = merge(rows, totals.totals, replace)
        findings = [*findings, *found, *unreadable, *contradictions]
        if changed and not findings and not dry_run:
            write_text(into, text)
    if findings:
        print_findings(findings)
        click.echo("nothing was written", err=True)
        context.exit(1)
    if changed and dry_run:
        show(into, before.decode("utf-8-sig"), text)
    _report(totals, deals, changed, into, dry_run)


def _columns(preset: str | None, named: tuple[str | None, str | None, str | None], currency: str | None) -> Columns:
    """The columns of a preset, or those named, which take precedence. Raises UsageError if one is missing."""
    from ..crm.columns import PRESETS, Columns

    options = ("--owner-column", "--date-column", "--value-column")
    missing = [option for option, name in zip(options, named, strict=True) if not name]
    if not preset and missing:
        noun = "option" if len(missing) == 1 else "options"
        message = f"Missing {noun} {', '.join(missing)}"
        raise click.UsageError(with_help(message, "name the columns, or the CRM with --preset"))
    base = PRESETS[preset] if preset else Columns((), (), ())
    owner, date, value = named
    return dataclasses.replace(
        base,
        owner=(owner,) if owner else base.owner,
        date=(date,) if date else base.date,
        value=(value,) if value else base.value,
        currency=dict.fromkeys((value,) if value else base.value, currency) if currency else base.currency,
    )


def _opened(export: Path, name: str) -> Sheet | Finding:
    """The export as a sheet, or what is wrong with it. Raises Unusable."""
    from ..crm.sheet import EXPORT_LIMIT, csv_sheet
    from ..crm.workbook import SIGNATURE, workbook_sheet

    try:
        if export.stat().st_size > EXPORT_LIMIT:
            raise Unusable(f"{export} is larger than {EXPORT_LIMIT // 1024**2} MiB", "export a shorter period")
        data = export.read_bytes()
        if data.startswith(SIGNATURE):
            return workbook_sheet(export.as_posix(), data, name)
        return csv_sheet(export.as_posix(), data)
    except ModuleNotFoundError:
        raise Unusable(
            f"{export} is a workbook, and openpyxl is not installed",
            "run pip install 'goal-handbook[xlsx]', or export CSV",
        ) from None
    except OSError as error:
        raise Unusable(f"{export}: {error.strerror or error}") from None


def _report(totals: Totals, deals: Export, changed: int, into: Path, dry_run: bool) -> None:
    """Print what was imported, and what did not count."""
    goals = len({total.goal for total in totals.totals})
    last = max((total.on for total in totals.totals), default=None)
    written = "would be written" if dry_run else "written"
    done = f"{plural(changed, 'reading')} {written} to {into}" if changed else f"{into} is already up to date"
    click.echo(f"{plural(goals, 'goal')} read up to {last}; {done}" if last else "no deal in the export counts")
    for goal, rows in totals.outside_goal_dates.items():
        click.echo(f"  not counted: {plural(rows, 'row')} for {goal} outside its start and due dates")
    for person, rows in totals.ignored.items():
        click.echo(printable(f"  not counted: {plural(rows, 'row')} of {person} (--ignore)"))
    if deals.not_won:
        stages = [f"{stage} ({rows:,})" for stage, rows in sorted(deals.not_won.items(), key=lambda s: (-s[1], s[0]))]
        listed = ", ".join(stages[:_STAGES_LISTED]) + ("…" if len(stages) > _STAGES_LISTED else "")
        click.echo(printable(f"  not counted: {plural(sum(deals.not_won.values()), 'row')} not won: {listed}"))
    if deals.footer_lines:
        click.echo(f"  {plural(deals.footer_lines, 'line')} of footer skipped")
