"""An export on the command line, opened as a sheet: a file, standard input, or what a query returns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ..findings import Finding, with_help
from .common import Unusable, print_findings
from .prompts import id_of

if TYPE_CHECKING:
    from ..spreadsheets.sheet import Sheet


#: How to name standard input instead of a file.
STDIN = "-"


class ExportFile(click.Path):
    """A file that exists, `-` for standard input, or the address of a database."""

    name = "file"

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=str)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return what was given, or fail if there is no such file."""
        return value if value == STDIN or _is_database(value) else super().convert(value, param, ctx)


def _is_database(value: str) -> bool:
    return value.startswith(("postgresql://", "postgres://"))


class Exports:
    """The sheets of an export. Each is opened once, and one that cannot be opened ends the command.

    With `sql`, the only sheet is what that query returns.
    """

    def __init__(self, source: str, sql: str = "") -> None:
        if _is_database(source) and not sql:
            raise click.UsageError(with_help("a database needs a query", "add --sql 'select …'"))
        if source == STDIN and sql:
            raise click.UsageError(with_help("--sql reads a file or a database", "name one instead of -"))
        self.source, self.sql = source, sql
        self.read = cache(data_of) if source == STDIN else data_of  # standard input can be read once
        self.sheet = cache(self._sheet)

    @property
    def shown(self) -> str:
        """What messages call it: never by a password."""
        return self.sheet("").path if _is_database(self.source) else _shown(self.source)

    @property
    def name(self) -> str:
        """The id that its name leads to, without the date that most exports have in theirs; "" if that is all."""
        named = "" if self.source == STDIN or _is_database(self.source) else id_of(Path(self.source).stem)
        return re.sub(r"(?:-?[0-9]+)+$", "", named).strip("-")

    def headings(self, name: str) -> Sequence[str]:
        """Return the first row of a sheet, which must be there (it was asked for) unless `name` is remembered only."""
        from ..source.csv_table import BadRow
        from ..spreadsheets.sheet import text_of

        try:
            return [text_of(field) for field in next(iter(self.sheet(name).rows()), (1, ()))[1]]
        except BadRow:
            return []

    def _sheet(self, name: str) -> Sheet:
        """Return a sheet by its name ("": the first visible one). Raises Unusable, and Exit after findings."""
        found = (
            _queried(self.source, self.sql) if self.sql else _opened(_shown(self.source), name, self.read(self.source))
        )
        if isinstance(found, Finding):
            refuse([found])
        return found


def refuse(findings: list[Finding]) -> NoReturn:
    """Print what is wrong; no reading is written, and the exit code is 1."""
    print_findings(findings)
    click.echo("no reading was written", err=True)
    raise click.exceptions.Exit(1)


def data_of(source: str, help: str = "export a shorter period") -> bytes:
    """Return what a file or standard input holds; `help` says what to do about too much. Raises Unusable."""
    from ..spreadsheets.sheet import SIZE_LIMIT
    from ..waiting import waiting_for

    with _openable(_shown(source)), waiting_for(_shown(source)), click.open_file(source, "rb") as file:
        data: bytes = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise Unusable(f"{_shown(source)} is larger than {SIZE_LIMIT // 1024**2} MiB", help)
    return data


def _opened(shown: str, name: str, data: bytes) -> Sheet | Finding:
    """Return a file as a sheet, or what is wrong with it. Raises Unusable."""
    from ..spreadsheets.csv_sheet import csv_sheet
    from ..spreadsheets.workbook import SIGNATURE, workbook_sheet

    with _openable(shown, "is a workbook, and openpyxl is not installed", "xlsx"):
        return workbook_sheet(shown, data, name) if data.startswith(SIGNATURE) else csv_sheet(shown, data)


def _queried(source: str, sql: str) -> Sheet | Finding:
    """Return what a query returns as a sheet, or what is wrong with it. Raises Unusable."""
    from ..spreadsheets.sql_sheet import sql_sheet
    from ..waiting import waiting_for

    with _openable(source, "needs DuckDB, which is not installed", "sql"), waiting_for("the query in --sql"):
        return sql_sheet(source, sql)


def _shown(source: str) -> str:
    return "standard input" if source == STDIN else Path(source).as_posix()


@contextmanager
def _openable(shown: str, lacking: str = "", extra: str = "") -> Iterator[None]:
    """Report whatever keeps an export from being opened as Unusable; `lacking` is what it is without the extra."""
    try:
        yield
    except ModuleNotFoundError:
        help = f"run pip install 'goal-handbook[{extra}]', or export CSV"
        raise Unusable(f"{shown} {lacking}", help) from None
    except OSError as error:
        raise Unusable(f"{shown}: {error.strerror or error}") from None
