"""What the options of `goals import` mean: columns, conditions, and how deals are divided."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import click

from ..findings import with_help

if TYPE_CHECKING:
    from ..crm.columns import Columns
    from ..crm.split import Split

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


def columns_of(preset: str | None, owner: str | None, date: str | None, value: str | None, won: Conditions) -> Columns:
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
    )
