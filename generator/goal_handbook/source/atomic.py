"""Writes a file completely or not at all."""

from __future__ import annotations

import glob
import os
import tempfile
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Replace the content of `path` with `text` in UTF-8, as write_bytes does. Raises OSError."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Replace the content of `path`, creating its folder if necessary. Raises OSError.

    A process killed meanwhile leaves the old file or the new one, and perhaps a temporary file beside it; the next
    write to the same path removes that.
    """
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
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
