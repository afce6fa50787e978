"""Edits files of a handbook in place: read, splice, check and replace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .atomic import write_together
from .edit import CannotEdit, Edit, edited, has_errors
from .key_order import order_of
from .text import decode

Check = Callable[[str, bytes], None]


def rewrite(path: Path, folder: str, edits: Sequence[Edit], check: Check) -> tuple[str, str]:
    """Make edits in a file of a folder (`sellers`), and return its text before and after.

    `check` gets the file's name and new bytes, and raises if they must not be written. The caller holds the lock of
    the handbook. Raises CannotEdit, also if something without the lock, such as an editor, saved the file meanwhile,
    and OSError.
    """
    data = path.read_bytes()
    _, problem = decode(path.name, data)
    if problem:
        raise has_errors()
    before = data.decode("utf-8")
    after = edited(before, edits, order_of(folder))
    new = after.encode("utf-8")
    check(path.name, new)
    replace_all({path: (data, new)})
    return before, after


def replace_all(changes: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Replace what files held (b"" for one that is new) by something else: in all of them, or in none.

    Raises CannotEdit if one of them holds something else by now, and OSError.
    """
    for path, (old, _) in changes.items():
        if (path.read_bytes() if path.exists() else b"") != old:
            raise CannotEdit("the file was changed by someone else in the meantime", "run the command again")
    write_together({path: new for path, (_, new) in changes.items()})
