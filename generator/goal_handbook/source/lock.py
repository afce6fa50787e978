"""Keeps two commands from writing to the same handbook at once, whoever runs them and on whichever machine.

The lock belongs to the goals folder: what is locked is the folder itself, which leaves no file behind. Windows cannot
lock a folder, nor can some network drives (NFS); there it is the file `.goals.lock` in the folder, which is not read
as data and is gone afterwards.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .edit import CannotEdit

#: How many seconds to wait for another command that is writing.
PATIENCE = 10
LOCK_FILE = ".goals.lock"
#: Seconds between two attempts.
_PAUSE = 0.02

#: Ends a lock.
_Release = Callable[[], None]


@contextmanager
def handbook_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a goals folder: no other command writes to it meanwhile.

    Raises CannotEdit if another command holds it for PATIENCE seconds, and OSError if the folder cannot be locked.
    """
    deadline = time.monotonic() + PATIENCE
    while (release := _try_to_lock(folder)) is None:
        if time.monotonic() > deadline:
            raise CannotEdit("another command is writing to this handbook", "try again in a moment")
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        release()


if sys.platform == "win32":

    def _try_to_lock(folder: Path) -> _Release | None:
        """Lock the folder; return what ends the lock, or None if another process holds it. Raises OSError."""
        from filelock import FileLock, Timeout

        lock = FileLock(folder / LOCK_FILE)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return None
        return lock.release  # which deletes the file, on this system

else:
    import fcntl

    def _try_to_lock(folder: Path) -> _Release | None:
        """Lock the folder; return what ends the lock, or None if another process holds it. Raises OSError."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:  # this file system locks files only
            os.close(handle)
            return _try_to_lock_file(folder / LOCK_FILE)
        return lambda: os.close(handle)

    def _try_to_lock_file(path: Path) -> _Release | None:
        handle = os.open(path, os.O_RDWR | os.O_CREAT)
        with suppress(PermissionError):
            os.fchmod(handle, 0o666)  # so that other accounts can lock it too
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_current = os.path.samestat(path.stat(), os.fstat(handle))
        except (BlockingIOError, FileNotFoundError):
            is_current = False
        except OSError:
            os.close(handle)
            raise
        if not is_current:  # held, or deleted by its last holder after it was opened here
            os.close(handle)
            return None

        def release() -> None:
            path.unlink(missing_ok=True)  # while it is held: nobody else can delete another's file
            os.close(handle)

        return release
