"""A handbook's file edited in place: read, spliced, checked and replaced as one step nobody can come between."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from .atomic import write_bytes
from .edit import CannotEdit, Edit, edited
from .key_order import order_of
from .text import decode

#: So long one waits for another that writes the same handbook.
PATIENCE = 10

Check = Callable[[str, bytes], None]


@contextmanager
def handbook_lock(folder: Path) -> Iterator[None]:
    """Nobody else writes this handbook meanwhile. Raises CannotEdit when somebody does for too long.

    The lock lies in the user's cache folder: nothing is left in the repository.
    """
    name = hashlib.sha256(str(folder.resolve()).encode(errors="surrogateescape")).hexdigest()[:16]
    locks = user_cache_path("goal-handbook", appauthor=False) / "locks"
    locks.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(locks / f"{name}.lock", timeout=PATIENCE):
            yield
    except Timeout:
        raise CannotEdit(f"somebody else is writing in {folder} right now, try again in a moment") from None


def rewrite(path: Path, folder: str, edits: Sequence[Edit], check: Check) -> tuple[str, str]:
    """Make edits in a file of a folder (`sellers`); returns the text before and after.

    `check` gets the file's name and new bytes, and raises where they must not be written. To be called `alone`.
    Raises CannotEdit, OSError.
    """
    data = path.read_bytes()
    _, problem = decode(path.name, data)
    if problem:
        raise CannotEdit("mend the file first: goals check says what is wrong")
    before = data.decode("utf-8")
    after = edited(before, edits, order_of(folder))
    new = after.encode("utf-8")
    check(path.name, new)
    write_bytes(path, new)
    return before, after
