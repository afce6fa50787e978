"""What the options of `goals import` mean: columns, conditions, and how deals are divided."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from ..findings import Finding, with_help
from .common import Unusable

if TYPE_CHECKING:
    from ..crm.amount import Mark
    from ..crm.columns import Columns
    from ..crm.split import Split
    from ..spreadsheets.sheet import Sheet

Conditions = tuple[tuple[str, str], ...]


def read_conditions(_: click.Context, __: click.Parameter, conditions: tuple[str, ...]) -> Conditions:
    """Read COLUMN=VALUE. Raises BadParameter."""
    for condition in conditions:
        if "=" not in condition:
            message = f'"{condition}" is not COLUMN=VALUE'
            raise click.BadParameter(with_help(message, "write e.g. deal_stage=Won"))
    return tuple((column, value) for column, _, value in (c.partition("=") for c in conditions))


def read_won(context: click.Context, option: click.Parameter, conditions: tuple[str, ...]) -> Conditions:
    """Read COLUMN=VALUE, all of one column. Raises BadParameter."""
    won = read_conditions(context, option, conditions)
    if len({column.strip().casefold() for column, _ in won}) > 1:
        raise click.BadParameter(with_help("these are several columns", "keep one, and use --where for the others"))
    return won


def read_pattern(_: click.Context, __: click.Parameter, pattern: str) -> str:
    """Read the pattern of a goal's full id. Raises BadParameter."""
    if "{owner}" not in pattern or pattern.count("/") != 1:
        message = f'"{pattern}" does not name the owner and the goal'
        raise click.BadParameter(with_help(message, "write e.g. {owner}/new-business"))
    return pattern


def read_splits(_: click.Context, __: click.Parameter, splits: tuple[str, ...]) -> tuple[Split, ...]:
    """Read how deals are divided. Raises BadParameter."""
    if not splits:
        return ()
    from pydantic_core import PydanticCustomError

    from ..crm.split import parse_split
    from ..model.values import message_and_help

    try:
        return tuple(map(parse_split, splits))
    except PydanticCustomError as error:
        raise click.BadParameter(with_help(*message_and_help(error))) from None


def columns_of(
    preset: str | None,
    owner: str | None,
    date: str | None,
    value: str | None,
    currency: str | None,
    won: Conditions,
    where: Conditions,
    date_format: str,
    decimal: str | None,
) -> Columns:
    """Return the columns of a preset, or those named, which take precedence. Raises UsageError if one is missing."""
    from ..crm.columns import PRESETS, Columns

    named = {"--owner-column": owner, "--date-column": date, "--value-column": value}
    missing = [option for option, name in named.items() if not name]
    if not preset and missing:
        noun = "option" if len(missing) == 1 else "options"
        message = f"Missing {noun} {', '.join(missing)}"
        raise click.UsageError(with_help(message, "name the columns, or the CRM with --preset"))
    base = PRESETS[preset] if preset else Columns((), (), ())
    return dataclasses.replace(
        base,
        owner=(owner,) if owner else base.owner,
        date=(date,) if date else base.date,
        value=(value,) if value else base.value,
        won=((won[0][0], tuple(value for _, value in won)),) if won else base.won,
        currency_column=currency or "",
        where=where,
        date_format=date_format,
        decimal=cast("Mark | None", decimal),
    )


#: The argument and the options of a command that reads an export.
_EXPORT = (
    click.argument("export", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    click.option(
        "--goal-pattern",
        required=True,
        callback=read_pattern,
        help="Which goal a deal counts for, e.g. '{owner}/new-business'.",
    ),
    click.option(
        "--preset",
        type=click.Choice(["hubspot", "salesforce", "pipedrive"]),
        help="The columns as this CRM exports them; the options below take precedence.",
    ),
    click.option("--owner-column", metavar="NAME", help="The column with the seller's name, alias or id."),
    click.option("--date-column", metavar="NAME", help="The column with the day a deal closed."),
    click.option("--value-column", metavar="NAME", help="The column with what it was worth."),
    click.option("--currency-column", metavar="NAME", help="The column with its currency; default: its usual name."),
    click.option("--sheet", default="", metavar="NAME", help="The sheet of a workbook; default: the first visible."),
    click.option(
        "--won",
        multiple=True,
        callback=read_won,
        metavar="COLUMN=VALUE",
        help="What a deal that was won has in a column; can be repeated for other values.",
    ),
    click.option(
        "--where",
        multiple=True,
        callback=read_conditions,
        metavar="COLUMN=VALUE",
        help="Read only rows with this value; can be repeated for other columns.",
    ),
    click.option(
        "--ignore", multiple=True, metavar="NAME", help="A person in the export who has no goals here; can be repeated."
    ),
    click.option(
        "--split",
        "splits",
        multiple=True,
        callback=read_splits,
        metavar="SHARES",
        help='How to divide deals of several people: equal, or e.g. "60,40"; can be repeated for more people.',
    ),
    click.option(
        "--date-format",
        default="",
        metavar="FORMAT",
        help="How the export writes dates, e.g. %m/%d/%Y; default: YYYY-MM-DD.",
    ),
    click.option("--decimal", type=click.Choice(["point", "comma"]), help="The decimal mark; default: point."),
)


def reads_export(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the export as its argument, and the options that say how to read it."""
    for option in reversed(_EXPORT):
        command = option(command)
    return command


def opened(export: Path, name: str) -> Sheet | Finding:
    """Return the export as a sheet, or what is wrong with it. Raises Unusable."""
    from ..spreadsheets.csv_sheet import csv_sheet
    from ..spreadsheets.sheet import SIZE_LIMIT
    from ..spreadsheets.workbook import SIGNATURE, workbook_sheet

    try:
        if export.stat().st_size > SIZE_LIMIT:
            raise Unusable(f"{export} is larger than {SIZE_LIMIT // 1024**2} MiB", "export a shorter period")
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
