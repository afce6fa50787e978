"""Remembers what the last command that wrote to a handbook has changed, so that it can be taken back.

It is kept in the user's cache folder, which nobody else can read, never beside the files. What is about to be written
is remembered before it is: if the command is killed, what it has written so far can be taken back too, and if that is
nothing, the write before.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_path

from .atomic import watched

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

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Remember what is written in the block. The write before is forgotten once something has been written."""
        with watched(self.add):
            try:
                yield
            finally:
                _settle(self._file)

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
        try:
            if not self._has_begun:
                self._begin()
            self._has_begun = True
            with self._file.open("a", encoding="ascii") as file:
                file.writelines(lines)
        except OSError:
            for path in (self._file, _before(self._file)):
                with suppress(OSError):
                    path.unlink(missing_ok=True)

    def _begin(self) -> None:
        """Keep what was remembered of the write before, for as long as nothing is written."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file.parent.chmod(0o700)
        _settle(self._file)
        if self._file.exists():
            self._file.replace(_before(self._file))


def last_write(folder: Path) -> LastWrite:
    """Return what the last command to write to a handbook has changed."""
    _settle(_file(folder))
    return _read_from(_file(folder))


def _settle(file: Path) -> None:
    """Decide which write was the last: the one before, if the command after it was killed before it wrote anything."""
    with suppress(OSError):
        if _before(file).exists():
            changes = _read_from(file).changes.items()
            if any((path.read_bytes() if path.exists() else None) != before for path, (before, _) in changes):
                _before(file).unlink()
            else:
                _before(file).replace(file)


def _read_from(file: Path) -> LastWrite:
    found = LastWrite()
    with suppress(OSError, ValueError, TypeError):  # a last line that is cut off was never written to the handbook
        for line in file.read_text(encoding="ascii").splitlines():
            name, before, after, was_undo = json.loads(line)
            path, change = Path(name), (_read(before), _read(after))
            found.changes[path] = (found.changes.get(path, change)[0], change[1])
            found.was_undo = was_undo is True
    return found


def _before(file: Path) -> Path:
    return file.with_suffix(".before")


def _file(folder: Path) -> Path:
    key = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:32]
    return user_cache_path("goal-handbook", appauthor=False) / "undo" / f"{key}.jsonl"


def _spelled(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode("ascii")


def _read(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text, validate=True)
