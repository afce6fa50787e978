"""What each blob says, kept between runs by the blob's id: its contents never change, so nothing here goes stale.

A cache that cannot be read or written only costs time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from platformdirs import user_cache_path

from .. import __version__
from ..changes.snapshot import SNAPSHOT_VERSION

Key = tuple[str, str]
#: How many ids one query names; the oldest versions of SQLite take 999.
_AT_ONCE = 500


def default_file() -> Path:
    """Return the file in the user's cache folder; each version of the program has its own."""
    return user_cache_path("goal-handbook", appauthor=False) / f"snapshots-{__version__}-{SNAPSHOT_VERSION}.sqlite"


def recall(keys: Iterable[Key], file: Path) -> dict[Key, str | None]:
    """Return the snapshots that are known, as JSON by kind and id of the blob."""
    found: dict[Key, str | None] = {}
    by_kind: dict[str, list[str]] = {}
    for kind, blob in keys:
        by_kind.setdefault(kind, []).append(blob)
    with suppress(sqlite3.Error, OSError), _open(file) as db:
        for kind, blobs in by_kind.items():
            for part in (blobs[i : i + _AT_ONCE] for i in range(0, len(blobs), _AT_ONCE)):
                marks = ", ".join("?" * len(part))
                query = f"SELECT blob, snapshot FROM snapshots WHERE kind = ? AND blob IN ({marks})"  # noqa: S608
                for blob, snapshot in db.execute(query, (kind, *part)):
                    found[kind, blob] = snapshot
    return found


def remember(snapshots: Mapping[Key, str | None], file: Path) -> None:
    """Keep snapshots by kind and id of the blob."""
    rows = [(*key, snapshot) for key, snapshot in snapshots.items()]
    with suppress(sqlite3.Error, OSError), _open(file) as db, db:
        db.executemany("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)", rows)


@contextmanager
def _open(file: Path) -> Iterator[sqlite3.Connection]:
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file, timeout=5)) as db:
        db.execute("PRAGMA synchronous = OFF")  # a lost cache is read again
        columns = "kind TEXT, blob TEXT, snapshot TEXT, PRIMARY KEY (kind, blob)"
        db.execute(f"CREATE TABLE IF NOT EXISTS snapshots ({columns})")
        yield db
