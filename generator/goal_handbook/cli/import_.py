"""`goals import`: a CRM export becomes readings."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from ..findings import first_of
from .common import AS_OF, DIR, goals_folder, read, status_date, writing
from .edits import new_errors, show
from .exports import Exports, refuse
from .import_options import ImportOptions, columns_of, readings_name, reads_export, require, splits_of
from .prompts import YES, ask, ask_for_some, is_interactive, text
from .remembered_imports import recalled
from .targets import BY, person_reader

if TYPE_CHECKING:
    from ..crm.days import Every
    from ..crm.merge import Replaced
    from ..model.handbook import Handbook
    from ..source.load import Loaded
    from ..workspace import Workspace


#: What an import needs to know, besides the columns.
_NEEDED = ("goal_pattern", "into")


@dataclasses.dataclass(frozen=True)
class Reason:
    """Why readings are replaced, and the ids of those who decided it."""

    why: str = ""
    by: tuple[str, ...] = ()


@click.command("import")
@reads_export
@click.option(
    "--per",
    type=click.Choice(["day", "week", "month", "quarter"]),
    help="Write a total at the end of each, and whenever a landmark is due; default: month.",
)
@click.option("--to-date", is_flag=True, help="Write a total for the day of the export's last row too.")
@click.option(
    "--into", type=click.Path(dir_okay=False, path_type=Path), help="The readings file, e.g. goals/readings/crm.csv."
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
@YES
@AS_OF
@DIR
def import_(
    export: str,
    options: ImportOptions,
    directory: Path,
    replace: bool,
    why: str | None,
    by: tuple[str, ...],
    dry_run: bool,
    as_of: datetime.date | None,
) -> None:
    """Turn a CRM export (CSV or .xlsx) into readings.

    The export is a file, or - for standard input. At a terminal, it asks how to read one that it does not know, and
    handbook.yaml remembers the answers: next time, `goals import FILE` is enough.

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

    folder = goals_folder(directory)
    if options.into:
        readings_name(folder, options.into)
    workspace, handbook = _open(directory, as_of)
    reason = _reason(handbook, replace, why, by)
    exports = Exports(export, options.sql or "")
    options, workspace = _settled(options, exports, workspace, folder, dry_run)
    pattern, into, found_sheet = options.goal_pattern or "", options.into or Path(), exports.sheet(options.sheet or "")
    name = readings_name(folder, into)
    currencies = currencies_of(handbook, pattern)
    deals, findings = read_export(found_sheet, columns_of(options), currencies)
    day, every = workspace.as_of, cast("Every", options.per or "month")
    split = splits_of(options.split)
    counted = Options(pattern, day, every, options.to_date, options.complete, split, options.ignore, replace)
    with writing(into, lock=folder):  # two imports into one file: neither is lost
        workspace = workspace.refreshed(folder)
        if workspace.handbook is None:
            refuse(workspace.loaded.findings)
        before = into.read_bytes() if into.exists() else b""
        rows, unreadable = read_readings(into.as_posix(), before) if before else ([], [])
        done, found = import_deals(deals, rows, workspace.handbook, currencies, counted, exports.shown)
        others = [row for row in workspace.loaded.rows if Path(row.location.path).name != into.name]
        if findings := [*findings, *found, *unreadable] or held_elsewhere(others, done.totals.totals):
            refuse(findings)
        changes = _corrected(workspace.loaded, done.merged.replaced, day, reason)
        if done.merged.changed:
            changes[name] = before, done.merged.text.encode()
        if changes:
            after = workspace.with_files({name: new for name, (_, new) in changes.items()})
            if findings := first_of(new_errors(workspace, after)):
                refuse(findings)
        if not dry_run:
            replace_all({folder / name: content for name, content in changes.items()})
    for changed, (old, now) in changes.items():
        if dry_run or changed != name:
            show(folder / changed, old.decode("utf-8-sig"), now.decode("utf-8-sig"))
    for line in import_report(done, into.as_posix(), dry_run):
        click.echo(line)


def _settled(
    options: ImportOptions, exports: Exports, workspace: Workspace, folder: Path, dry_run: bool
) -> tuple[ImportOptions, Workspace]:
    """Return options that say all there is to know, and the handbook, which may remember them by now.

    What the command line leaves out is remembered, or asked for at a terminal and then remembered. Raises UsageError.
    """
    if workspace.handbook and (options.import_name or options.missing(_NEEDED)):
        options = recalled(options, workspace.handbook.settings.imports, exports.headings, folder)
        if not options.missing(_NEEDED) and options.import_name:
            click.echo(f'read as the import "{options.import_name}" in {(folder / "handbook.yaml").as_posix()}')
        elif is_interactive():
            from .import_questions import ask_and_remember

            return ask_and_remember(options, exports, workspace, folder, dry_run)
    require(options, *_NEEDED)
    return options, workspace


def _open(directory: Path, as_of: datetime.date | None) -> tuple[Workspace, Handbook]:
    """Return the handbook to import into, checked but without its history; one that cannot be used is refused."""
    from .. import clock
    from ..workspace import evaluate

    loaded = read(directory)
    day = status_date(loaded, as_of)
    if loaded.handbook is None:
        refuse(loaded.findings)
    return evaluate(loaded, day, max(day, clock.today())), loaded.handbook


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
