"""`goals sheet`: the plan as a spreadsheet, out and in again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ..findings import Finding, first_of, printable
from ..words import plural
from .common import DIR, Unusable, goals_folder, print_findings, writing
from .edits import new_errors
from .exports import data_of
from .prompts import ask_for_some, id_of
from .targets import BY, open_to_write, person_reader

if TYPE_CHECKING:
    from ..plan_sheet.plan import Plan
    from ..plan_sheet.rows import PlanTables
    from ..spreadsheets.sheet import Sheet
    from ..workspace import Workspace

#: How many goals a note lists.
_LISTED = 5


@click.command()
@click.argument("plan", metavar="[PLAN]", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="Write the plan: NAME.xlsx, or a folder of CSV files.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would change.")
@BY
@DIR
def sheet(plan: Path | None, out: Path | None, dry_run: bool, by: tuple[str, ...], directory: Path) -> None:
    """Plan in a spreadsheet: write one, or read it.

    PLAN is a workbook (.xlsx) or a folder with People.csv and Goals.csv. New rows become goals, changed cells change
    them, and a changed term that was agreed on needs a reason in "Why it moved", which becomes an adjustment. A row
    that is missing changes nothing. Nothing is written if anything is wrong in any cell.

    --by names who decided on adjustments.
    """
    if (plan is None) == (out is None):
        raise click.UsageError("name a plan to read, or one to write with --out")
    if out is not None:
        if dry_run or by:
            raise click.UsageError("--dry-run and --by are for a plan that is read: leave out --out")
        _write_sheet(directory, out)
    elif plan is not None:
        _read_sheet(directory, plan, dry_run, by)


def _write_sheet(directory: Path, out: Path) -> None:
    from ..plan_sheet.csv_files import csv_files
    from ..plan_sheet.rows import plan_tables
    from ..source.atomic import write_together

    workspace, handbook = open_to_write(directory)
    if workspace.loaded.findings:
        click.echo("what cannot be read in the handbook is not in the sheet: see goals check", err=True)
    tables = plan_tables(handbook)
    if out.suffix.lower() == ".xlsx":
        contents = {out: _workbook(out, tables)}
    elif out.suffix and not out.is_dir():
        raise click.BadParameter(f"{out} is neither a workbook (.xlsx) nor a folder", param_hint="'--out'")
    else:
        contents = {out / name: data for name, data in csv_files(tables).items()}
    for path in contents:
        if path.exists():
            raise Unusable(f"{path} already exists", "name another file, or delete that one first")
    with writing(out):
        write_together(contents)
    goals = plural(len(tables.goals.rows), "goal") if tables.goals.rows else "people and teams, no goals yet,"
    again = shlex.join(["goals", "sheet", str(out), *(("--dir", str(directory)) if directory != Path() else ())])
    click.echo(f"wrote {goals} to {out}; read it again with {again}")


def _workbook(out: Path, tables: PlanTables) -> bytes:
    from ..plan_sheet.workbook_file import workbook

    try:
        return workbook(tables)
    except ModuleNotFoundError:
        help = "run pip install 'goal-handbook[xlsx]', or name a folder for CSV files"
        raise Unusable(f"{out} would be a workbook, and XlsxWriter is not installed", help) from None


def _read_sheet(directory: Path, path: Path, dry_run: bool, by: tuple[str, ...]) -> None:
    from ..plan_sheet.plan import read_plan
    from ..source.file_edit import replace_all

    workspace, handbook = open_to_write(directory)
    who = ask_for_some("--by", "Who decided it", by, person_reader(handbook)) if by else []
    sheets, folder = _sheets(path), goals_folder(directory)
    with writing(folder, lock=None if dry_run else folder):
        current = workspace.refreshed(folder)
        if current.handbook is None:
            raise Unusable("handbook.yaml has errors", "fix handbook.yaml first")
        plan = read_plan(current.loaded, current.handbook, path.as_posix(), sheets, current.as_of, who, id_of)
        for note in plan.notes:
            click.echo(printable(note), err=True)
        if plan.findings:
            _refuse(plan.findings)
        after = _checked(current, plan)
        if not dry_run:
            files = {folder / name: change for name, change in plan.files.items()}
            replace_all(files | _new_schemas(folder, plan))
    click.echo(_in_words(current, after), nl=False)
    _report(plan, dry_run)


def _sheets(path: Path) -> Mapping[str, Sheet]:
    """Return the sheets of a workbook, or those of the CSV files in a folder. Raises Unusable."""
    files = [path / f"{name}.csv" for name in ("People", "Goals")] if path.is_dir() else [path]
    found: dict[str, Sheet] = {}
    for file in files:
        if file.exists():
            found |= _sheets_of(file, data_of(str(file), "keep only the sheets and rows of the plan"))
    if not found:
        raise Unusable(f"{path} has neither People.csv nor Goals.csv", "goals sheet --out writes both")
    return found


def _sheets_of(file: Path, data: bytes) -> Mapping[str, Sheet]:
    from ..plan_sheet.csv_files import UnguardedSheet
    from ..spreadsheets.csv_sheet import csv_sheet
    from ..spreadsheets.workbook import SIGNATURE, workbook_sheets

    found: dict[str, Sheet] | Finding
    if data.startswith(SIGNATURE):
        try:
            found = workbook_sheets(file.as_posix(), data, hidden=True)
        except ModuleNotFoundError:
            help = "run pip install 'goal-handbook[xlsx]', or save it as CSV files People.csv and Goals.csv in a folder"
            raise Unusable(f"{file} is a workbook, and openpyxl is not installed", help) from None
    else:
        read = csv_sheet(file.as_posix(), data)
        found = read if isinstance(read, Finding) else {file.stem: UnguardedSheet(read)}
    if isinstance(found, Finding):
        _refuse([found])
    return found


def _refuse(findings: list[Finding]) -> NoReturn:
    """Print what is wrong; nothing is written, and the exit code is 1."""
    print_findings(first_of(findings))
    click.echo("nothing was written", err=True)
    raise click.exceptions.Exit(1)


def _checked(current: Workspace, plan: Plan) -> Workspace:
    """Return the handbook as the plan would have it, checked as `goals check --since` would check the change."""
    from ..changes.baseline import Baseline

    base = Baseline(current.loaded, current.as_of, lambda _: current.history)
    after = replace(current, baseline=base).with_files({name: new for name, (_, new) in plan.files.items()})
    if errors := new_errors(current, after):
        _refuse(plan.at_cells(errors))
    return after


def _new_schemas(folder: Path, plan: Plan) -> dict[Path, tuple[bytes, bytes]]:
    """Return the schemas by which editors check the files that are new, where there are none yet."""
    from ..source.schema import schema_text

    kinds = {kind: folder / ".schema" / f"{kind}.json" for kind, _ in plan.people.new}
    return {path: (b"", schema_text(kind).encode()) for kind, path in kinds.items() if not path.exists()}


def _in_words(current: Workspace, after: Workspace) -> str:
    """Return what the plan changes, in the words of `goals diff`."""
    from ..changes.baseline import changes_since
    from ..reports.diff.model import difference
    from ..reports.diff.text import as_text
    from ..views.context import ViewContext

    if not (current.assessment and after.assessment and after.baseline):
        return ""
    changes = changes_since(after.baseline, after.loaded)
    return as_text(difference(ViewContext(current.assessment), ViewContext(after.assessment), changes))


def _report(plan: Plan, dry_run: bool) -> None:
    """Say what was written, and what has no row."""
    click.echo()
    written = f"{plural(len(plan.files), 'file')}{_few([*plan.files])}"
    if not plan.files:
        click.echo("nothing to write: the sheet says what the handbook says")
    else:
        click.echo(f"would write {written}" if dry_run else f"wrote {written}")
    if missing := plan.goals.missing:
        click.echo(f"{plural(len(missing), 'goal')} without a row, left as they are{_few(missing)}")


def _few(names: list[str]) -> str:
    """The names after a count, if they are few."""
    return f": {', '.join(names)}" if len(names) <= _LISTED else ""
