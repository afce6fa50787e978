"""Remembers what the last command that wrote to a handbook has changed, so that it can be taken back.

It is kept in the user's cache folder, which nobody else can read, never beside the files. What is about to be written
is remembered before it is: if the command is killed, what it has written so far can be taken back too.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_path

#: What a file held and holds; None where there is none.
Change = tuple[bytes | None, bytes | None]


@dataclass
class LastWrite:
    """What the last command to write to a handbook has changed, by the paths of the files; {} if not known.

    `was_undo` says that it took back the write before it, which had not been committed.
    """

    changes: dict[Path, Change] = field(default_factory=dict)
    was_undo: bool = False


class Journal:
    """What one command writes to a handbook; `is_undo` if it takes back the write before."""

    def __init__(self, folder: Path, is_undo: bool = False) -> None:
        self._file, self._is_undo = _file(folder), is_undo
        self._has_begun = False

    def add(self, changes: Mapping[Path, Change]) -> None:
        """Remember changes before they are made. The first ones take the place of the command's before.

        Where nothing can be kept, nothing can be taken back; the write goes on.
        """
        lines = [
            json.dumps([str(path.resolve()), *map(_spelled, change), self._is_undo]) + "\n"
            for path, change in changes.items()
            if change[0] != change[1]
        ]
        if not lines:
            return
        with suppress(OSError):
            if not self._has_begun:
                self._file.unlink(missing_ok=True)
                self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._file.parent.chmod(0o700)
            self._has_begun = True
            with self._file.open("a", encoding="ascii") as file:
                file.writelines(lines)


def last_write(folder: Path) -> LastWrite:
    """Return what the last command to write to a handbook has changed."""
    found = LastWrite()
    with suppress(OSError, ValueError, TypeError):  # a last line that is cut off was never written to the handbook
        for line in _file(folder).read_text(encoding="ascii").splitlines():
            name, before, after, was_undo = json.loads(line)
            path, change = Path(name), (_read(before), _read(after))
            found.changes[path] = (found.changes.get(path, change)[0], change[1])
            found.was_undo = was_undo is True
    return found


def _file(folder: Path) -> Path:
    key = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:32]
    return user_cache_path("goal-handbook", appauthor=False) / "undo" / f"{key}.jsonl"


def _spelled(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode("ascii")


def _read(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text, validate=True)
