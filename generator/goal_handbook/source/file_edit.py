"""Edits files of a handbook in place: read, splice, check and replace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from .atomic import write_together
from .edit import CannotEdit, Edit, edited, has_errors
from .folder import READINGS
from .key_order import order_of
from .readings import READINGS_LIMIT
from .row_edit import EditRow, edited_rows
from .text import MAX_BYTES, decode

#: What files held and will hold (b"" before for one that is new), by their paths in the goals folder.
Changes = Mapping[str, tuple[bytes, bytes]]
#: What changes in files, by their paths in the goals folder: in owners' files, and in readings files.
Edits = Mapping[str, Sequence[Edit | EditRow]]


def edited_files(root: Path, edits: Edits) -> Changes:
    """Return what edits make of files of a goals folder, by their paths in it (`sellers/ana-abel.yaml`).

    Raises CannotEdit, which names the file if there are several, and OSError.
    """
    changes: dict[str, tuple[bytes, bytes]] = {}
    for name, made in edits.items():
        data = (root / name).read_bytes()
        with _naming(name if len(edits) > 1 else ""):
            changes[name] = data, _edited(name, data, made).encode("utf-8")
    return changes


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Put a file's name before what keeps it from being edited."""
    try:
        yield
    except CannotEdit as problem:
        raise CannotEdit(f"{name}: {problem.message}" if name else problem.message, problem.help) from None


def _edited(name: str, data: bytes, edits: Sequence[Edit | EditRow]) -> str:
    """The text of a file after edits."""
    folder, _, file = name.rpartition("/")
    _, problem = decode(file, data, READINGS_LIMIT if folder == READINGS else MAX_BYTES)
    if problem:
        raise has_errors()
    before = data.decode("utf-8")
    if folder == READINGS:
        return edited_rows(before, [edit for edit in edits if isinstance(edit, EditRow)])
    return edited(before, [edit for edit in edits if not isinstance(edit, EditRow)], order_of(folder))


def replace_all(changes: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Replace what files held (b"" for one that is new) by something else: in all of them, or in none.

    Raises CannotEdit if one of them holds something else by now, and OSError.
    """
    for path, (old, _) in changes.items():
        if (path.read_bytes() if path.exists() else b"") != old:
            raise CannotEdit("the file was changed by someone else in the meantime", "run the command again")
    write_together({path: new for path, (_, new) in changes.items()})
