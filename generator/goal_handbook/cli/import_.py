"""`goals import`: a CRM export becomes readings."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from .options import AS_OF, Unusable, count, dates, read, tell

if TYPE_CHECKING:
    from ..crm.totals import Totals
    from ..model.measure import Per
    from ..source.readings import Row


def _where(_: click.Context, __: click.Parameter, conditions: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    for condition in conditions:
        if "=" not in condition:
            raise click.BadParameter(f'"{condition}" has no =, write column=value, e.g. deal_stage=Won')
    return tuple((column, value) for column, _, value in (c.partition("=") for c in conditions))


def _pattern(_: click.Context, __: click.Parameter, pattern: str) -> str:
    if "{owner}" not in pattern or pattern.count("/") != 1:
        raise click.BadParameter(f'"{pattern}" must name the owner and the goal, e.g. {{owner}}/new-business')
    return pattern


@click.command("import")
@click.argument("export", metavar="CSV", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("directory", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--goal-pattern",
    required=True,
    callback=_pattern,
    help="Which goal a deal counts for, e.g. '{owner}/new-business'.",
)
@click.option("--owner-column", required=True, help="The column with the seller's name or id.")
@click.option("--date-column", required=True, help="The column with the day a deal closed.")
@click.option("--value-column", required=True, help="The column with what it was worth.")
@click.option(
    "--where",
    multiple=True,
    callback=_where,
    metavar="COLUMN=VALUE",
    help="Count only rows with this value; may be given again.",
)
@click.option(
    "--by",
    "per",
    type=click.Choice(["week", "month", "quarter"]),
    default="month",
    show_default=True,
    help="A total at the end of each.",
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
    help="The export covers everyone: an owner with that goal and no rows gets zero totals.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="NAME",
    help="A person in the export who has no goals here; may be given again.",
)
@click.option(
    "--date-format",
    default="",
    metavar="FORMAT",
    help="How the export writes dates, e.g. %m/%d/%Y; YYYY-MM-DD needs none.",
)
@click.option(
    "--decimal",
    type=click.Choice(["point", "comma"]),
    default="point",
    show_default=True,
    help="What stands before the cents.",
)
@click.option("--replace", is_flag=True, help="Where the file has another value for a day, take the export's.")
@AS_OF
@click.pass_context
def import_(
    context: click.Context,
    export: Path,
    directory: Path,
    goal_pattern: str,
    owner_column: str,
    date_column: str,
    value_column: str,
    where: tuple[tuple[str, str], ...],
    per: str,
    into: Path,
    complete: bool,
    ignore: tuple[str, ...],
    date_format: str,
    decimal: str,
    replace: bool,
    as_of: datetime.date | None,
) -> None:
    """Turn a CRM export into readings: each goal's total to date at every period's end.

    What the readings file holds already stays; importing the same export twice changes nothing. Nothing is
    written while a row cannot be read or a person cannot be matched.
    """
    from ..crm.export import EXPORT_LIMIT, Columns, read_export
    from ..crm.merge import merge
    from ..crm.totals import totals_of
    from ..source.write import write_whole

    loaded = read(directory)
    day, _ = dates(loaded, as_of)
    if loaded.handbook is None:
        tell(loaded.findings)
        context.exit(1)
    if export.stat().st_size > EXPORT_LIMIT:
        raise Unusable(f"{export} is larger than {EXPORT_LIMIT // 1024**2} MiB, export a shorter time")
    columns = Columns(owner_column, date_column, value_column, where, date_format, decimal == "comma")
    deals, findings = read_export(export.as_posix(), export.read_bytes(), columns)
    totals, found = totals_of(
        deals, loaded.handbook, goal_pattern, export.as_posix(), cast("Per", per), day, complete, ignore
    )
    rows, unreadable = _existing(into)
    text, changed, contradictions = merge(rows, totals.totals, replace)
    findings = [*findings, *found, *unreadable, *contradictions]
    if findings:
        tell(findings)
        click.echo("nothing was written", err=True)
        context.exit(1)
    if changed:
        try:
            write_whole(into, text)
        except OSError as error:
            raise Unusable(f"{into}: {error.strerror or error}; nothing was written") from None
    _report(totals, changed, into, deals.footer_lines)


def _existing(into: Path) -> tuple[list[Row], list[Finding]]:
    from ..source.readings import read_readings

    return read_readings(into.as_posix(), into.read_bytes()) if into.exists() else ([], [])


def _report(totals: Totals, changed: int, into: Path, footer_lines: int) -> None:
    """What happened, and what did not count."""
    from ..findings import printable

    goals = len({total.goal for total in totals.totals})
    last = max((total.on for total in totals.totals), default=None)
    done = f"{count(changed, 'reading')} written to {into}" if changed else f"{into} says it all already"
    click.echo(f"{count(goals, 'goal')} read to {last}; {done}" if last else "the export has no deal that counts")
    for goal, rows in totals.outside.items():
        click.echo(f"  not counted: {count(rows, 'row')} for {goal} before its start or after its due date")
    for person, rows in totals.ignored.items():
        click.echo(printable(f"  not counted: {count(rows, 'row')} of {person}, ignored as you asked"))
    if footer_lines:
        click.echo(f"  {count(footer_lines, 'line')} of footer passed over")


if TYPE_CHECKING:
    from ..findings import Finding
