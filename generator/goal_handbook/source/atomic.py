"""Writes a file, or several, completely or not at all."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

#: Gets what files hold and will hold (None where there is none) before it is written.
Watcher = Callable[[Mapping[Path, tuple[bytes | None, bytes | None]]], None]
_WATCHER: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Let `watcher` see each write that follows before it is made."""
    token = _WATCHER.set(watcher)
    try:
        yield
    finally:
        _WATCHER.reset(token)


def write_text(path: Path, text: str) -> None:
    """Replace the content of `path` with `text` in UTF-8, as write_bytes does. Raises OSError."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Replace the content of `path`, creating its folder if necessary. Raises OSError.

    A process killed meanwhile leaves the old file or the new one, and perhaps a temporary file beside it; the next
    write to the same path removes that.
    """
    write_together({path: data})


def write_together(contents: Mapping[Path, bytes | None]) -> None:
    """Replace the contents of several files as write_bytes does: all of them, or none. None removes a file.

    Everything is on the disk before the first file is replaced. If one cannot be replaced then, those before it get
    their old content back. Only a process killed between two replacements leaves some files new and some old, in the
    order given. Raises OSError.
    """
    ready: dict[Path, Path] = {}
    done: list[Path] = []
    old = {path: path.read_bytes() if path.exists() else None for path in contents}
    try:
        for path, data in contents.items():
            if data is not None:
                ready[path] = _written_beside(path, data)
        if watcher := _WATCHER.get():
            watcher({path: (old[path], data) for path, data in contents.items()})
        for path in contents:
            done.append(path)
            if path in ready:
                ready[path].replace(path)
            else:
                path.unlink(missing_ok=True)
    except BaseException:
        for new in ready.values():
            new.unlink(missing_ok=True)
        for path in done:
            _restore(path, old[path])
        raise


def _restore(path: Path, data: bytes | None) -> None:
    """Give a file back the content it had, None if there was no file."""
    if data is None:
        path.unlink(missing_ok=True)
    elif not path.exists() or path.read_bytes() != data:
        _written_beside(path, data).replace(path)


def _written_beside(path: Path, data: bytes) -> Path:
    """Write the new content of `path` to a temporary file beside it, and return that."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for stray in path.parent.glob(f".{glob.escape(path.name)}.*.new"):
        stray.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        Path(name).chmod(mode)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
