"""The options of commands that read an export: which columns it has, which rows count, and how deals are divided."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from ..findings import with_help
from .exports import ExportFile

if TYPE_CHECKING:
    from ..crm.amount import Mark
    from ..crm.columns import Columns
    from ..crm.split import Split
    from ..model.imports import Import


@dataclasses.dataclass(frozen=True)
class ImportOptions:
    """How to import an export, as the options of the same names say, or a handbook remembers.

    None or an empty value is not said. `import_name` is the remembered import that is meant.
    """

    import_name: str | None = None
    goal_pattern: str | None = None
    preset: str | None = None
    owner_column: str | None = None
    date_column: str | None = None
    value_column: str | None = None
    currency_column: str | None = None
    won: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    date_format: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    sql: str | None = None
    per: str | None = None
    to_date: bool = False
    complete: bool = False
    into: Path | None = None

    @classmethod
    def remembered(cls, found: Import, folder: Path) -> ImportOptions:
        """Return what a handbook remembers in a goals folder."""
        said = {field.name: getattr(found, field.name) for field in _FIELDS if hasattr(found, field.name)}
        return cls(**{**said, "import_name": found.name, "into": folder / found.into})

    def or_else(self, other: ImportOptions) -> ImportOptions:
        """Return these options, and for what they do not say, the others'. A preset stands for all of its columns."""
        left = other
        if self.preset:
            left = dataclasses.replace(
                other, owner_column=None, date_column=None, value_column=None, currency_column=None, won=()
            )
        return ImportOptions(**{f.name: getattr(self, f.name) or getattr(left, f.name) for f in _FIELDS})

    @property
    def names_columns(self) -> bool:
        """Whether any column is said, one by one or by a preset."""
        return bool(self.preset or any(getattr(self, name) for name in _OF_A_PRESET))

    def missing(self, required: tuple[str, ...]) -> list[str]:
        """Return which options are not said: of those `required`, and of the columns unless there is a preset."""
        columns = () if self.preset else _OF_A_PRESET
        return [name for name in (*required, *columns) if not getattr(self, name)]


_FIELDS = dataclasses.fields(ImportOptions)
_OF_A_PRESET = ("owner_column", "date_column", "value_column")


def read_conditions(_: click.Context, __: click.Parameter, conditions: tuple[str, ...]) -> tuple[str, ...]:
    """Check that each is COLUMN=VALUE. Raises BadParameter."""
    for condition in conditions:
        if "=" not in condition:
            message = f'"{condition}" is not COLUMN=VALUE'
            raise click.BadParameter(with_help(message, "write e.g. deal_stage=Won"))
    return conditions


def read_won(context: click.Context, option: click.Parameter, conditions: tuple[str, ...]) -> tuple[str, ...]:
    """Check that each is COLUMN=VALUE, all of one column. Raises BadParameter."""
    won = read_conditions(context, option, conditions)
    if len({condition.partition("=")[0].strip().casefold() for condition in won}) > 1:
        raise click.BadParameter(with_help("these are several columns", "keep one, and use --where for the others"))
    return won


def read_pattern(_: click.Context, __: click.Parameter, pattern: str | None) -> str | None:
    """Check the pattern of a goal's full id. Raises BadParameter."""
    if pattern is not None and ("{owner}" not in pattern or pattern.count("/") != 1):
        message = f'"{pattern}" does not name the owner and the goal'
        raise click.BadParameter(with_help(message, "write e.g. {owner}/new-business"))
    return pattern


def read_splits(_: click.Context, __: click.Parameter, splits: tuple[str, ...]) -> tuple[str, ...]:
    """Check how deals are divided. Raises BadParameter."""
    splits_of(splits)
    return splits


def splits_of(splits: tuple[str, ...]) -> tuple[Split, ...]:
    """Return how deals are divided. Raises BadParameter."""
    if not splits:
        return ()
    from pydantic_core import PydanticCustomError

    from ..crm.split import parse_split
    from ..model.values import message_and_help

    try:
        return tuple(map(parse_split, splits))
    except PydanticCustomError as error:
        raise click.BadParameter(with_help(*message_and_help(error)), param_hint="'--split'") from None


def columns_of(options: ImportOptions) -> Columns:
    """Return the columns of a preset, or those named, which take precedence."""
    from ..crm.columns import PRESETS, Columns

    base = PRESETS[options.preset] if options.preset else Columns((), (), ())
    owner, date, value = options.owner_column, options.date_column, options.value_column
    conditions = [_divided(condition) for condition in options.won]
    return dataclasses.replace(
        base,
        owner=(owner,) if owner else base.owner,
        date=(date,) if date else base.date,
        value=(value,) if value else base.value,
        won=((conditions[0][0], tuple(value for _, value in conditions)),) if conditions else base.won,
        currency_column=options.currency_column or "",
        where=tuple(map(_divided, options.where)),
        date_format=options.date_format or "",
        decimal=cast("Mark | None", options.decimal),
    )


def _divided(condition: str) -> tuple[str, str]:
    column, _, value = condition.partition("=")
    return column, value


def require(options: ImportOptions, *required: str) -> None:
    """Raise UsageError if some of these options are missing, or the columns without a preset."""
    if missing := options.missing(required):
        noun = "option" if len(missing) == 1 else "options"
        message = f"Missing {noun} {', '.join('--' + name.replace('_', '-') for name in missing)}"
        are_columns = any(name in _OF_A_PRESET for name in missing)
        help = (
            "name the columns, or the CRM with --preset"
            if are_columns
            else "add it, or answer the questions at a terminal"
        )
        raise click.UsageError(with_help(message, help))


def readings_name(folder: Path, into: Path) -> str:
    """Return the path of a readings file in the goals folder. Raises BadParameter for one that would not be read."""
    from ..source.folder import READINGS

    is_data = into.suffix == ".csv" and not into.name.startswith((".", "~"))
    if not is_data or into.parent.resolve() != folder.resolve() / READINGS:
        place = (folder / READINGS).as_posix()
        problem = with_help(f"readings are not read from {into}", f"write to a file there, e.g. {place}/crm.csv")
        raise click.BadParameter(problem, param_hint="'--into'")
    return f"{READINGS}/{into.name}"


#: The argument and the options of a command that reads an export.
_EXPORT = (
    click.argument("export", metavar="FILE", type=ExportFile()),
    click.option(
        "--sql",
        metavar="QUERY",
        help="Read what this query returns from FILE: CSV, Parquet, JSON, SQLite or a postgresql:// address.",
    ),
    click.option(
        "--goal-pattern",
        metavar="PATTERN",
        callback=read_pattern,
        help="Which goal a deal counts for, e.g. '{owner}/new-business'.",
    ),
    click.option(
        "--preset",
        type=click.Choice(["hubspot", "salesforce", "pipedrive", "dynamics", "zoho"]),
        help="The columns as this CRM exports them; the options below take precedence.",
    ),
    click.option("--owner-column", metavar="NAME", help="The column with the seller's name, alias or id."),
    click.option("--date-column", metavar="NAME", help="The column with the day a deal closed."),
    click.option("--value-column", metavar="NAME", help="The column with what it was worth."),
    click.option("--currency-column", metavar="NAME", help="The column with its currency; default: its usual name."),
    click.option("--sheet", metavar="NAME", help="The sheet of a workbook; default: the first visible."),
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
        multiple=True,
        callback=read_splits,
        metavar="SHARES",
        help='How to divide deals of several people: equal, or e.g. "60,40"; can be repeated for more people.',
    ),
    click.option(
        "--date-format",
        metavar="FORMAT",
        help="How the export writes dates, e.g. %m/%d/%Y; default: as its rows decide.",
    ),
    click.option(
        "--decimal", type=click.Choice(["point", "comma"]), help="The decimal mark; default: as the rows decide."
    ),
    click.option(
        "--as",
        "import_name",
        metavar="NAME",
        help="The import of handbook.yaml that is meant; default: the one whose columns the export has.",
    ),
)


def reads_export(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the export as its argument, and the options that say how to read it as one: `options`."""
    names = {field.name for field in _FIELDS}

    @functools.wraps(command)
    def gathered(**given: Any) -> None:
        options = ImportOptions(**{name: given.pop(name) for name in names & given.keys()})
        command(options=options, **given)

    for option in reversed(_EXPORT):
        gathered = option(gathered)
    return gathered
