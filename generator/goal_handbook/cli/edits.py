"""The one safe way into a handbook's file: locked, edited, checked with everything else, written whole, and shown."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import Finding
from .common import Unusable, print_findings, writing

if TYPE_CHECKING:
    from ..model.people import AnyOwner
    from ..source.edit import Edit
    from ..workspace import Workspace


def edit_file(folder: Path, workspace: Workspace, owner: AnyOwner, edits: Sequence[Edit]) -> Workspace:
    """Make edits in an owner's file and show them; return the handbook with them. Raises Unusable: nothing is written.

    `workspace` is the handbook as it was opened, which the edits' paths come from.
    """
    from ..source.file_edit import rewrite

    kind = f"{owner.kind}s"
    name = f"{kind}/{owner.id}.yaml"
    path = folder / name
    checked: list[Workspace] = []
    with writing(path, lock=folder):
        current = workspace.refreshed(folder)
        if _paths(current, owner.id) != _paths(workspace, owner.id):
            raise Unusable(f"{path} was changed by someone else in the meantime", "run the command again")
        before, after = rewrite(
            path, kind, edits, lambda _, data: checked.append(refuse_new_errors(current, name, data))
        )
    show(path, before, after)
    return checked[-1]


def _paths(workspace: Workspace, owner_id: str) -> object:
    """What the paths in an owner's file depend on: its ids in their order, and what of it could not be read."""
    owner = workspace.handbook.owners.get(owner_id) if workspace.handbook else None
    if owner is None:
        return None
    ids = [(goal.id, [landmark.id for landmark in goal.landmarks]) for goal in owner.goals]
    return ids, workspace.loaded.documents[owner_id].left_out


def refuse_new_errors(workspace: Workspace, name: str, data: bytes) -> Workspace:
    """Return the handbook with this content of the file `name`. Raises Unusable if that brings a new error."""
    changed = workspace.with_file(name, data)
    if new := new_errors(workspace, changed):
        print_findings(new)
        raise Unusable("nothing was written")
    return changed


def new_errors(before: Workspace, after: Workspace) -> list[Finding]:
    """Return the errors that a handbook has after a change and did not have before it."""
    known = {_identity(finding) for finding in before.errors}
    return [finding for finding in after.errors if _identity(finding) not in known]


def _identity(finding: Finding) -> tuple[str, str, str]:
    """What makes an error the same one although its line has moved."""
    return finding.code, finding.location.path, finding.message


def show(path: Path, before: str, after: str) -> None:
    """Print the lines that were added or removed, with their numbers."""
    click.echo(path.as_posix())
    old, new = before.splitlines(), after.splitlines()
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            for i in range(i1, i2):
                click.echo(f"- {i + 1:>4} | {old[i]}")
            for j in range(j1, j2):
                click.echo(f"+ {j + 1:>4} | {new[j]}")
