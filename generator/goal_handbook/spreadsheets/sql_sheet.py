"""Reads what a SQL query returns as a sheet. Nothing is written, and no file but the one that is named is read.

DuckDB (the extra `sql`) reads CSV, Parquet, JSON and Postgres, Python itself SQLite: DuckDB's extension for it opens
any other SQLite file too.
"""

from __future__ import annotations

import datetime
import math
import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..findings import Finding, Location
from ..source.csv_table import BadRow
from .sheet import Field, Sheet, text_of

if TYPE_CHECKING:
    import duckdb

POSTGRES = ("postgresql://", "postgres://")
_SQLITE = b"SQLite format 3\x00"
#: How many rows are fetched at a time.
_ROWS = 2_000
#: What a query on SQLite may do.
_READING = {
    sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE,
}  # fmt: skip
_CORRECT = "correct the query in --sql"


def sql_sheet(source: str, query: str) -> Sheet | Finding:
    """Return the rows of a query as a sheet, or a finding GH115 if it cannot be run.

    `source` is the path of a file, which the query names as `'deals.csv'` (the tables of a SQLite file have their own
    names), or the address of a Postgres database. Raises OSError, and ModuleNotFoundError without DuckDB.
    """
    if source.startswith(POSTGRES):
        sheet: _SqlSheet = _PostgresSheet(without_password(source), query, source)
    else:
        with Path(source).open("rb") as file:
            is_sqlite = file.read(len(_SQLITE)) == _SQLITE
        sheet = (_SqliteSheet if is_sqlite else _FileSheet)(source, query, source)
    try:
        next(sheet.rows())
    except BadRow as bad:
        return Finding("GH115", Location(sheet.path), bad.message, bad.help)
    return sheet


def without_password(address: str) -> str:
    """Return the address of a database as messages may show it."""
    return re.sub(r"(?<=:)[^:@/]*(?=@)", "…", re.sub(r"(password=)[^&\s]*", r"\1…", address))


class _SqlSheet(ABC):
    """The rows of a query, which runs again whenever they are asked for."""

    def __init__(self, path: str, query: str, source: str) -> None:
        self.path, self.query, self.source = path, query, source
        self.names: Sequence[str] = ()
        self.last: tuple[int, Sequence[Field]] = (0, ())

    @abstractmethod
    def results(self) -> Iterator[Sequence[Any]]:
        """Run the query, and yield the names of its columns, then its rows."""

    @property
    @abstractmethod
    def errors(self) -> tuple[type[Exception], ...]:
        """What the database raises."""

    def rows(self) -> Iterator[tuple[int, Sequence[Field]]]:
        """Yield the rows with their number, the names of the columns first. Raises BadRow."""
        line = 1
        try:
            for line, values in enumerate(self.results(), 1):
                fields = [_field(value) for value in values]
                self.names = self.names if line > 1 else list(map(text_of, fields))
                self.last = (line, fields)
                yield line, fields
        except self.errors as error:
            raise BadRow(line, self._first_line(error), _CORRECT) from None

    def _first_line(self, error: Exception) -> str:
        message = (str(error).replace(self.source, self.path).strip().splitlines() or ["the query failed"])[0]
        return re.sub(r"^\w+ Error: ", "", message)

    def excerpt(self, line: int) -> str:
        """Return the row read last, with bars between its fields; "" for any other line."""
        at, fields = self.last
        return " | ".join(map(text_of, fields)).replace("\n", " ") if at == line else ""

    def cell(self, line: int, column: int) -> str:
        """Return e.g. `amount: `."""
        return f"{self.names[column]}: "


class _SqliteSheet(_SqlSheet):
    errors = (sqlite3.Error,)

    def results(self) -> Iterator[Sequence[Any]]:
        address = f"{Path(self.source).absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as database:
            database.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY)
            cursor = database.execute(self.query)
            yield [column[0] for column in cursor.description or ()]
            while rows := cursor.fetchmany(_ROWS):
                yield from rows


class _DuckDbSheet(_SqlSheet):
    @cached_property
    def errors(self) -> tuple[type[Exception], ...]:
        import duckdb

        return (duckdb.Error,)

    @abstractmethod
    def prepare(self, database: duckdb.DuckDBPyConnection) -> None:
        """Open whatever the query reads."""

    def results(self) -> Iterator[Sequence[Any]]:
        import duckdb

        statements = duckdb.extract_statements(self.query)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise duckdb.InvalidInputException("this is not one SELECT")
        with closing(duckdb.connect(":memory:", config={"temp_directory": ""})) as database:
            self.prepare(database)
            database.execute("SET enable_external_access = false")
            database.execute("SET lock_configuration = true")
            result = database.execute(statements[0])
            yield [column[0] for column in result.description or ()]
            while rows := result.fetchmany(_ROWS):
                yield from rows


class _FileSheet(_DuckDbSheet):
    def prepare(self, database: duckdb.DuckDBPyConnection) -> None:
        database.execute("SET autoinstall_known_extensions = false")
        database.execute("SET autoload_known_extensions = false")
        database.execute(f"SET allowed_paths = [{_literal(self.source)}]")


class _PostgresSheet(_DuckDbSheet):
    def prepare(self, database: duckdb.DuckDBPyConnection) -> None:
        try:
            database.execute(f"ATTACH {_literal(self.source)} AS database (TYPE postgres, READ_ONLY)")
        except self.errors as error:
            help = "check the address, and that DuckDB has its extension: INSTALL postgres"
            raise BadRow(1, self._first_line(error), help) from None
        database.execute("USE database")


def _literal(text: str) -> str:
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def _field(value: Any) -> Field:
    """Return a value of a database as a field; numbers have the fifteen digits that a spreadsheet shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return Decimal(format(value, ".15g") if isinstance(value, float) else value)
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, (Decimal, datetime.date)) else str(value)
