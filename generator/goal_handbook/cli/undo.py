"""`goals undo`: takes back the last write that is not committed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import DIR, Unusable, goals_folder, writing
from .edits import show

if TYPE_CHECKING:
    from ..source.last_write import Change, LastWrite


@click.command()
@DIR
def undo(directory: Path) -> None:
    """Take back the last write that is not committed.

    What the last command wrote is taken back as a whole, and a file it made is removed. It is refused if one of the
    files has changed since. Given again, it writes the same again.
    """
    from ..source.atomic import write_together
    from ..source.last_write import Journal, last_write
    from ..source.lock import handbook_lock

    folder = goals_folder(directory)
    if not folder.is_dir():
        raise Unusable(f"{folder} does not exist", "name the handbook's folder with --dir DIR")
    with writing(folder), handbook_lock(folder):
        written = last_write(folder)
        back = _still_to_take_back(written)
        with Journal(folder, is_undo=not written.was_undo).kept():
            write_together({path: before for path, (before, _) in back.items()})
    for path, (before, after) in back.items():
        show(_shown(path), *(_text(data) for data in (after, before)))
    click.echo("to write it again: goals undo")


def _still_to_take_back(written: LastWrite) -> dict[Path, Change]:
    """What the last write has left in the files. Raises Unusable if it cannot be taken back."""
    from ..git.commands import committed

    now = {path: path.read_bytes() if path.exists() else None for path in written.changes}
    left = {path: change for path, change in written.changes.items() if now[path] != change[0]}
    if not left:
        raise Unusable("there is nothing to undo", "only the last write of a command can be taken back")
    if changed := [path for path, (_, after) in left.items() if now[path] != after]:
        names = ", ".join(_shown(path).as_posix() for path in changed)
        raise Unusable(f"{names}: changed since the last write", "take it back by hand, or with git restore")
    if written.was_undo:  # it has brought back what was committed before, which is no reason to refuse
        return left
    if kept := [path for path, (_, after) in left.items() if after is not None and committed(path) == after]:
        message = f"the last write is committed: {_shown(kept[0]).as_posix()}"
        raise Unusable(message, "take the commit back with git revert, or put a record right with goals correct")
    return left


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")
