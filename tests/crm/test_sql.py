"""`goals import --sql`: what a query returns is an export; nothing is written, and no other file is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main
from goal_handbook.findings import Finding
from goal_handbook.spreadsheets.sql_sheet import sql_sheet, without_password

from .house import CRM, House

DEALS = "who,day,worth,stage\nanna,2017-04-10,1054.50,Won\nbjorn,2017-04-11,7,Won\nanna,2017-04-12,5,Lost\n"
QUERY = 'select who as "Owner", day as "Closed", worth as "Amount" from {table} where stage = \'Won\' order by day'
READ = "goal,on,value\nanna/sales,2017-04-30,1054.5\nbjorn/sales,2017-04-30,7\n"


@pytest.fixture
def here(house: Callable[[Mapping[str, str]], House]) -> House:
    """A handbook, and the same deals as CSV, Parquet, JSON and SQLite, with a secret beside them."""
    at = house({})
    Path("deals.csv").write_text(DEALS, encoding="utf-8")
    Path("secret.csv").write_text("word\nhunter2\n", encoding="utf-8")
    with duckdb.connect(":memory:") as database:
        for name in ("deals.parquet", "deals.json"):
            database.execute(f"copy (from 'deals.csv') to '{name}'")
    for name, table in (("deals.sqlite", "deals"), ("secret.sqlite", "secret")):
        with sqlite3.connect(name) as lite:
            lite.execute(f"create table {table} (who text, day text, worth numeric, stage text)")
            rows = [line.split(",") for line in DEALS.splitlines()[1:]]
            lite.executemany(f"insert into {table} values (?, ?, ?, ?)", rows)  # noqa: S608 - our own names
        lite.close()
    return at


def imported(source: str, *options: str, standard_input: str | None = None) -> Result:
    columns = ["--owner-column", "Owner", "--date-column", "Closed", "--value-column", "Amount"]
    fixed = ["--goal-pattern", "{owner}/sales", "--into", str(CRM), "--as-of", "2017-12-31"]
    return CliRunner().invoke(main, ["import", source, *columns, *fixed, *options], input=standard_input)


SOURCES = {
    "deals.csv": "'deals.csv'",
    "deals.parquet": "'deals.parquet'",
    "deals.json": "'deals.json'",
    "deals.sqlite": "deals",
}


@pytest.mark.parametrize(("source", "table"), SOURCES.items(), ids=SOURCES)
def test_what_a_query_returns_is_read_like_any_export(here: House, source: str, table: str) -> None:
    result = imported(source, "--sql", QUERY.format(table=table))
    assert (result.exit_code, result.stderr) == (0, "")
    assert CRM.read_text(encoding="utf-8") == READ


REFUSED = {
    "another file": ("deals.csv", "select * from 'secret.csv'", 'Cannot access file "secret.csv"'),
    "another file as text": ("deals.csv", "select * from read_text('secret.csv')", 'Cannot access file "secret.csv"'),
    "the names of files": ("deals.csv", "select * from glob('*')", 'Cannot access file "*"'),
    "a SQLite file beside it": ("deals.csv", "select * from sqlite_scan('secret.sqlite', 'secret')", "sqlite_scan"),
    "writing": ("deals.csv", "copy (select 1) to 'deals.csv' (use_tmp_file false)", "this is not one SELECT"),
    "two statements": ("deals.csv", "select 1; copy (select 1) to 'new.csv'", "this is not one SELECT"),
    "nothing": ("deals.csv", "  ", "this is not one SELECT"),
    "a column that is not there": ("deals.csv", "select owner from 'deals.csv'", '"owner" not found'),
    "what is no SQL": ("deals.csv", "selct 1", "syntax error"),
    "an error in the middle": ("deals.csv", "select error('late') from range(5000) r where r.range > 3000", "late"),
    "another SQLite file": ("deals.sqlite", "attach 'secret.sqlite' as s", "not authorized"),
    "writing to SQLite": ("deals.sqlite", "delete from deals", "not authorized"),
    "a pragma": ("deals.sqlite", "pragma table_info(deals)", "not authorized"),
    "two statements for SQLite": ("deals.sqlite", "select 1; select 2", "one statement at a time"),
    "a table that is not there": ("deals.sqlite", "select * from secret", "no such table: secret"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "query", "message"), REFUSED.values(), ids=REFUSED)
def test_a_query_reads_what_is_named_and_does_nothing_else(here: House, source: str, query: str, message: str) -> None:
    before = {path.name: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    result = imported(source, "--sql", query)
    assert result.exit_code == 1, result.output
    assert message in result.stderr
    assert "  help: correct the query in --sql\n" in result.stderr
    assert "hunter2" not in result.output
    assert {path.name: path.read_bytes() for path in Path().iterdir() if path.is_file()} == before


def test_a_bad_row_of_a_query_is_named_by_its_number_and_column(here: House) -> None:
    query = 'select who as "Owner", day as "Closed", \'lots\' as "Amount" from \'deals.csv\''
    result = imported("deals.csv", "--sql", query)
    assert 'deals.csv:2:1: GH115 Amount: "lots" is not a number, and 2 more rows like it: lines 3, 4\n' in result.stderr


def test_an_export_can_come_through_a_pipe(here: House) -> None:
    export = DEALS.replace("who,day,worth", "Owner,Closed,Amount")
    result = imported("-", "--won", "stage=Won", standard_input=export)
    assert (result.exit_code, result.stderr) == (0, "")
    assert CRM.read_text(encoding="utf-8") == READ.replace("1054.5", "1054.50")
    assert "standard input:2:1: GH115 " in imported("-", standard_input=export.replace("1054.50", "x")).stderr


USAGE = {
    "a query of standard input": (["-", "--sql", "select 1"], "--sql reads a file or a database\n  help: name one instead of -"),
    "a database and no query": (["postgresql://me@localhost/crm"], "a database needs a query\n  help: add --sql 'select …'"),
    "no such file": (["none.csv", "--sql", "select 1"], "File 'none.csv' does not exist"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), USAGE.values(), ids=USAGE)
def test_what_cannot_be_queried_is_said_at_once(here: House, arguments: list[str], message: str) -> None:
    result = imported(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_without_duckdb_it_says_what_to_install(here: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    result = imported("deals.csv", "--sql", "select 1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: deals.csv needs DuckDB, which is not installed\n" in result.stderr
    assert "  help: run pip install 'goal-handbook[sql]', or export CSV\n" in result.stderr
    assert imported("deals.sqlite", "--sql", QUERY.format(table="deals")).exit_code == 0


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://me@db/crm", "postgresql://me@db/crm"),
        ("postgresql://me:hunter2@db:5432/crm", "postgresql://me:…@db:5432/crm"),
        (
            "postgresql://db/crm?user=me&password=hunter2&sslmode=require",
            "postgresql://db/crm?user=me&password=…&sslmode=require",
        ),
    ],
)
def test_no_message_shows_a_password(address: str, shown: str) -> None:
    assert without_password(address) == shown


def test_a_sheet_can_be_read_twice(here: House) -> None:
    sheet = sql_sheet("deals.csv", "select worth, day, who = 'anna' as hers, null as empty from 'deals.csv' limit 1")
    assert not isinstance(sheet, Finding)
    once, twice = list(sheet.rows()), list(sheet.rows())
    assert once == twice
    assert [str(field) for field in once[1][1]] == ["1054.5", "2017-04-10", "true", ""]
