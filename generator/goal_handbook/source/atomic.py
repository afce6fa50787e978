"""Writes files completely or not at all."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Replace the content of `path` with `text` in UTF-8, as write_bytes does. Raises OSError."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Replace the content of `path`, creating its folder if necessary. Raises OSError.

    A process killed meanwhile leaves the old file or the new one, and perhaps a temporary file beside it; the next
    write to the same path removes that.
    """
    write_all({path: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Replace the content of several files, in this order: of all or, after an error, of none. Raises OSError.

    All new content is on the disk before the first file is replaced, so that a process killed meanwhile could only
    leave some files new and some old in the moment that it takes to rename them.
    """
    staged: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for path, data in files.items():
            staged[path] = _stage(path, data)
        for path, new in staged.items():
            before[path] = path.read_bytes() if path.exists() else None
            new.replace(path)
    except BaseException:
        for path, old in before.items():
            _restore(path, old)
        raise
    finally:
        for new in staged.values():
            new.unlink(missing_ok=True)


def _stage(path: Path, data: bytes) -> Path:
    """Write the data to a temporary file beside `path`, with its permissions, and return that file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for stray in path.parent.glob(f".{glob.escape(path.name)}.*.new"):
        stray.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    staged = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        staged.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except BaseException:
        staged.unlink(missing_ok=True)
        raise
    return staged


def _restore(path: Path, data: bytes | None) -> None:
    """Give a file back the content it had, None if there was no file."""
    if data is None:
        path.unlink(missing_ok=True)
    elif not path.exists() or path.read_bytes() != data:
        _stage(path, data).replace(path)
