"""The one safe way into a handbook's file: locked, edited, checked with everything else, written whole, and shown."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from ..findings import Finding, printable
from .common import Unusable, print_findings, writing
from .conversation import all_is_written
from .prompts import confirm, must_be_confirmed

if TYPE_CHECKING:
    from ..model.people import AnyOwner
    from ..source.edit import Edit
    from ..source.file_edit import Changes
    from ..source.row_edit import EditRow
    from ..workspace import Workspace


def edit_file(folder: Path, workspace: Workspace, owner: AnyOwner, edits: Sequence[Edit]) -> Workspace:
    """Make edits in one owner's file, as edit_files does."""
    return edit_files(folder, workspace, {owner.id: edits})


def edit_files(
    folder: Path,
    workspace: Workspace,
    edits: Mapping[str, Sequence[Edit]],
    rows: Mapping[str, Sequence[EditRow]] = MappingProxyType({}),
) -> Workspace:
    """Make edits in owners' files, by the owners' ids ("" for the settings), and in readings files, by their paths.

    Shows them, and the warnings they bring, and returns the handbook with them. `workspace` is the handbook as it was
    opened, which the edits come from. Raises Unusable: nothing is written.
    """
    from ..source.file_edit import edited_files

    names = {owner_id: _file_name(workspace, owner_id) for owner_id in edits}
    by_name = {names[owner_id]: made for owner_id, made in edits.items()} | dict(rows)

    def changes(current: Workspace) -> Changes:
        for owner_id, name in names.items():
            if _paths(current, owner_id) != _paths(workspace, owner_id):
                raise Unusable(f"{folder / name} was changed by someone else in the meantime", "run the command again")
        if rows and current.loaded.rows != workspace.loaded.rows:
            raise Unusable("the readings were changed by someone else in the meantime", "run the command again")
        return edited_files(folder, by_name)

    where = folder if len(by_name) > 1 else folder / next(iter(by_name))
    return write_files(folder, where, workspace, changes)


def write_files(folder: Path, where: Path, workspace: Workspace, changes: Callable[[Workspace], Changes]) -> Workspace:
    """Write what `changes` makes of the handbook as it is now, and return the handbook with it.

    It is checked with everything else and shown; where something was asked, it is only written once that is confirmed.
    Raises Unusable, Abort and AskAgain: nothing is written.
    """
    from ..source.file_edit import replace_all

    confirming = must_be_confirmed()
    with writing(where, lock=folder):
        current = workspace.refreshed(folder)
        made = changes(current)
        changed = refuse_new_errors(current, {name: after for name, (_, after) in made.items()})
        by_path = {folder / name: change for name, change in made.items()}
        if not confirming:
            replace_all(by_path)
    for name, (before, after) in made.items():
        show(folder / name, before.decode(), after.decode())
    show_new_warnings(current, changed, made)
    if confirming:
        confirm()
        with writing(where, lock=folder):
            if current.refreshed(folder) is not current:
                raise Unusable("the handbook was changed by someone else in the meantime", "run the command again")
            replace_all(by_path)
    all_is_written()
    return changed


def _file_name(workspace: Workspace, owner_id: str) -> str:
    """The path of an owner's file in the goals folder; of the settings for ""."""
    from ..source.folder import SETTINGS

    if workspace.handbook is None:
        raise Unusable("handbook.yaml has errors", "fix handbook.yaml first")
    if not owner_id:
        return SETTINGS
    return f"{workspace.handbook.owners[owner_id].kind}s/{owner_id}.yaml"


def _paths(workspace: Workspace, owner_id: str) -> object:
    """What the paths in an owner's file depend on: its ids in their order, and what of it could not be read."""
    owner = workspace.handbook.owners.get(owner_id) if workspace.handbook else None
    if owner is None:
        return None
    ids = [(goal.id, [landmark.id for landmark in goal.landmarks]) for goal in owner.goals]
    return ids, workspace.loaded.documents[owner_id].left_out


def refuse_new_errors(workspace: Workspace, files: Mapping[str, bytes]) -> Workspace:
    """Return the handbook with this content of files, by their paths in the folder. Raises Unusable on a new error."""
    changed = workspace.with_files(files)
    if new := new_errors(workspace, changed):
        print_findings(new)
        raise Unusable("nothing was written")
    return changed


def new_errors(before: Workspace, after: Workspace) -> list[Finding]:
    """Return the errors that a handbook has after a change and did not have before it."""
    return [finding for finding in _new(before, after) if finding.severity == "error"]


#: How many of the warnings that appear in other files are shown: a team's new target can bring one for each seller.
_ELSEWHERE = 5


def show_new_warnings(before: Workspace, after: Workspace, names: Collection[str]) -> None:
    """Print the warnings that a change brought: all in the files that were written (`names`), and some in others.

    A warning elsewhere that only says it in other words now is not a new one.
    """
    root = after.loaded.settings_document.path.removesuffix("handbook.yaml")
    written = {root + name for name in names}
    known = {(finding.code, finding.location) for finding in before.findings}
    new = _new(before, after)
    elsewhere = [f for f in new if f.location.path not in written and (f.code, f.location) not in known]
    here = [finding for finding in new if finding.location.path in written]
    if here or elsewhere:
        click.echo(err=True)
    print_findings(here + elsewhere[:_ELSEWHERE])
    if more := elsewhere[_ELSEWHERE:]:
        click.echo(f"and {len(more)} more in other files: goals check", err=True)


def _new(before: Workspace, after: Workspace) -> list[Finding]:
    known = {_identity(finding) for finding in before.findings}
    return [finding for finding in after.findings if _identity(finding) not in known]


def _identity(finding: Finding) -> tuple[str, str, str]:
    """What makes a finding the same one although its line has moved."""
    return finding.code, finding.location.path, finding.message


def show(path: Path, before: str, after: str) -> None:
    """Print the lines that were added or removed, with their numbers."""
    click.echo(path.as_posix())
    old, new = before.splitlines(), after.splitlines()
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            for i in range(i1, i2):
                click.echo(f"- {i + 1:>4} | {printable(old[i])}")
            for j in range(j1, j2):
                click.echo(f"+ {j + 1:>4} | {printable(new[j])}")
