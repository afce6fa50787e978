"""`goals import`: a CRM export becomes readings."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

import click

from ..findings import Finding, first_of, with_help
from .common import AS_OF, DIR, goals_folder, print_findings, read, status_date, writing
from .edits import new_errors, show
from .import_options import Conditions, columns_of, opened, reads_export
from .prompts import ask, ask_for_some, text
from .targets import BY, person_reader

if TYPE_CHECKING:
    from ..crm.days import Every
    from ..crm.merge import Replaced
    from ..crm.split import Split
    from ..model.handbook import Handbook
    from ..source.load import Loaded
    from ..workspace import Workspace


@dataclass(frozen=True)
class Reason:
    """Why readings are replaced, and the ids of those who decided it."""

    why: str = ""
    by: tuple[str, ...] = ()


@click.command("import")
@reads_export
@click.option(
    "--per",
    type=click.Choice(["day", "week", "month", "quarter"]),
    default="month",
    show_default=True,
    help="Write a total at the end of each, and whenever a landmark is due.",
)
@click.option("--to-date", is_flag=True, help="Write a total for the day of the export's last row too.")
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
@click.option("--replace", is_flag=True, help="Where the file has another value, take the export's and say --why.")
@click.option("--why", metavar="TEXT", help="Why readings change; it is recorded in the goals.")
@BY
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@AS_OF
@DIR
def import_(
    export: Path,
    directory: Path,
    goal_pattern: str,
    preset: str | None,
    owner_column: str | None,
    date_column: str | None,
    value_column: str | None,
    currency_column: str | None,
    sheet: str,
    won: Conditions,
    where: Conditions,
    per: str,
    to_date: bool,
    into: Path,
    complete: bool,
    ignore: tuple[str, ...],
    splits: tuple[Split, ...],
    date_format: str,
    decimal: str | None,
    replace: bool,
    why: str | None,
    by: tuple[str, ...],
    dry_run: bool,
    as_of: datetime.date | None,
) -> None:
    """Turn a CRM export (CSV or .xlsx) into readings.

    A reading is a goal's total to date: at the end of each period, and on the day a landmark is due. Existing readings
    stay, and importing the same export again changes nothing. Nothing is written if a row cannot be read or a person
    cannot be matched.
    """
    from ..crm.export import read_export
    from ..crm.importing import Options, currencies_of, import_deals
    from ..crm.merge import held_elsewhere
    from ..reports.imported import import_report
    from ..source.file_edit import replace_all
    from ..source.readings import read_readings

    named = (owner_column, date_column, value_column, currency_column)
    columns = columns_of(preset, *named, won, where, date_format, decimal)
    folder = goals_folder(directory)
    name = _name_in(folder, into)
    workspace, handbook = _open(directory, as_of)
    reason = _reason(handbook, replace, why, by)
    found_sheet = opened(export, sheet)
    if isinstance(found_sheet, Finding):
        _refuse([found_sheet])
    currencies = currencies_of(handbook, goal_pattern)
    deals, findings = read_export(found_sheet, columns, currencies)
    day = workspace.as_of
    options = Options(goal_pattern, day, cast("Every", per), to_date, complete, splits, ignore, replace)
    with writing(into, lock=folder):  # two imports into one file: neither is lost
        workspace = workspace.refreshed(folder)
        if workspace.handbook is None:
            _refuse(workspace.loaded.findings)
        before = into.read_bytes() if into.exists() else b""
        rows, unreadable = read_readings(into.as_posix(), before) if before else ([], [])
        done, found = import_deals(deals, rows, workspace.handbook, currencies, options, export.as_posix())
        others = [row for row in workspace.loaded.rows if Path(row.location.path).name != into.name]
        if findings := [*findings, *found, *unreadable] or held_elsewhere(others, done.totals.totals):
            _refuse(findings)
        changes = _corrected(workspace.loaded, done.merged.replaced, day, reason)
        if done.merged.changed:
            changes[name] = before, done.merged.text.encode()
        if changes:
            after = workspace.with_files({name: new for name, (_, new) in changes.items()})
            if findings := first_of(new_errors(workspace, after)):
                _refuse(findings)
        if not dry_run:
            replace_all({folder / name: content for name, content in changes.items()})
    for changed, (old, now) in changes.items():
        if dry_run or changed != name:
            show(folder / changed, old.decode("utf-8-sig"), now.decode("utf-8-sig"))
    for line in import_report(done, into.as_posix(), dry_run):
        click.echo(line)


def _open(directory: Path, as_of: datetime.date | None) -> tuple[Workspace, Handbook]:
    """Return the handbook to import into, checked but without its history; one that cannot be used is refused."""
    from .. import clock
    from ..workspace import evaluate

    loaded = read(directory)
    day = status_date(loaded, as_of)
    if loaded.handbook is None:
        _refuse(loaded.findings)
    return evaluate(loaded, day, max(day, clock.today())), loaded.handbook


def _refuse(findings: list[Finding]) -> NoReturn:
    """Print what is wrong; nothing is written, and the exit code is 1."""
    print_findings(findings)
    click.echo("nothing was written", err=True)
    raise click.exceptions.Exit(1)


def _name_in(folder: Path, into: Path) -> str:
    """Return the path of a readings file in the goals folder. Raises BadParameter for one that would not be read."""
    from ..source.folder import READINGS

    is_data = into.suffix == ".csv" and not into.name.startswith((".", "~"))
    if not is_data or into.parent.resolve() != folder.resolve() / READINGS:
        place = (folder / READINGS).as_posix()
        problem = with_help(f"readings are not read from {into}", f"write to a file there, e.g. {place}/crm.csv")
        raise click.BadParameter(problem, param_hint="'--into'")
    return f"{READINGS}/{into.name}"


def _reason(handbook: Handbook, replace: bool, why: str | None, by: tuple[str, ...]) -> Reason:
    """Return why readings are replaced, and who decided it; at a terminal, ask. Raises UsageError."""
    if not replace:
        if why is not None or by:
            raise click.UsageError("--why and --by are for readings that change: add --replace")
        return Reason()
    return Reason(
        ask("--why", "Why do readings change", why, text),
        tuple(ask_for_some("--by", "Who decided it", by, person_reader(handbook))),
    )


def _corrected(
    loaded: Loaded, replaced: Sequence[Replaced], day: datetime.date, reason: Reason
) -> dict[str, tuple[bytes, bytes]]:
    """Return what owners' files hold now, and with an adjustment for each replaced reading, by their paths.

    Raises Unusable for a file that cannot be edited.
    """
    from ..crm.corrections import corrections
    from ..source.edit import edited
    from ..source.key_order import order_of

    files = {file.shown: file for file in loaded.files}
    found: dict[str, tuple[bytes, bytes]] = {}
    for owner_id, edits in corrections(loaded, replaced, day, reason.by, reason.why).items():
        file = files[loaded.documents[owner_id].path]
        with writing(Path(file.shown)):
            new = edited(file.data.decode(), edits, order_of(file.folder))
        found[f"{file.folder}/{owner_id}.yaml"] = file.data, new.encode()
    return found
