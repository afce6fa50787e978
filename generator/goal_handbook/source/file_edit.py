"""Edits files of a handbook in place: read, splice, check and replace."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from .atomic import write_together
from .edit import CannotEdit, Edit, edited, has_errors
from .folder import READINGS
from .key_order import order_of
from .readings import READINGS_LIMIT
from .row_edit import EditRow, edited_rows
from .text import MAX_BYTES, decode

Check = Callable[[Mapping[str, bytes]], None]
#: What changes in files, by their paths in the goals folder: in owners' files, and in readings files.
Edits = Mapping[str, Sequence[Edit | EditRow]]


def rewrite(root: Path, edits: Edits, check: Check) -> dict[str, tuple[str, str]]:
    """Make edits in files of a goals folder, by their paths in it (`sellers/ana-abel.yaml`): all of them, or none.

    Return the text of each before and after. `check` gets the new bytes by path, and raises if they must not be
    written. The caller holds the lock of the handbook. Raises CannotEdit, which names the file if there are several,
    also if something without the lock, such as an editor, saved a file meanwhile, and OSError.
    """
    old = {name: (root / name).read_bytes() for name in edits}
    texts: dict[str, tuple[str, str]] = {}
    for name, data in old.items():
        with _naming(name if len(old) > 1 else ""):
            texts[name] = _edited(name, data, edits[name])
    new = {name: after.encode("utf-8") for name, (_, after) in texts.items()}
    check(new)
    for name, data in old.items():
        with _naming(name if len(old) > 1 else ""):
            if (root / name).read_bytes() != data:
                raise CannotEdit("the file was changed by someone else in the meantime", "run the command again")
    write_together({root / name: data for name, data in new.items()})
    return texts


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Put a file's name before what keeps it from being edited."""
    try:
        yield
    except CannotEdit as problem:
        raise CannotEdit(f"{name}: {problem.message}" if name else problem.message, problem.help) from None


def _edited(name: str, data: bytes, edits: Sequence[Edit | EditRow]) -> tuple[str, str]:
    """The text of a file before and after."""
    folder, _, file = name.rpartition("/")
    _, problem = decode(file, data, READINGS_LIMIT if folder == READINGS else MAX_BYTES)
    if problem:
        raise has_errors()
    before = data.decode("utf-8")
    if folder == READINGS:
        return before, edited_rows(before, [edit for edit in edits if isinstance(edit, EditRow)])
    return before, edited(before, [edit for edit in edits if not isinstance(edit, EditRow)], order_of(folder))


def replace_all(changes: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Replace what files held (b"" for one that is new) by something else: in all of them, or in none.

    Raises CannotEdit if one of them holds something else by now, and OSError.
    """
    for path, (old, _) in changes.items():
        if (path.read_bytes() if path.exists() else b"") != old:
            raise CannotEdit("the file was changed by someone else in the meantime", "run the command again")
    write_together({path: new for path, (_, new) in changes.items()})
