"""What was read of a blob, kept between runs by the blob's id: contents never change, so nothing here gets stale.

A cache that cannot be read or written costs time and nothing else.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from .. import __version__
from ..changes.snapshot import SNAPSHOT_VERSION

Key = tuple[str, str]
#: So many ids are asked for at once; SQLite takes 999 in its oldest versions.
_AT_ONCE = 500


def default_file() -> Path:
    """The file in the user's cache folder; another version of the program has one of its own."""
    return user_cache_path("goal-handbook", appauthor=False) / f"outlines-{__version__}-{SNAPSHOT_VERSION}.sqlite"


def recall(keys: Iterable[Key], file: Path) -> dict[Key, Any]:
    """What is known of blobs, by kind and id."""
    found: dict[Key, Any] = {}
    by_kind: dict[str, list[str]] = {}
    for kind, blob in keys:
        by_kind.setdefault(kind, []).append(blob)
    with suppress(sqlite3.Error, OSError, ValueError), _open(file) as db:
        for kind, blobs in by_kind.items():
            for part in (blobs[i : i + _AT_ONCE] for i in range(0, len(blobs), _AT_ONCE)):
                marks = ", ".join("?" * len(part))
                query = f"SELECT blob, outline FROM outlines WHERE kind = ? AND blob IN ({marks})"  # noqa: S608
                for blob, snapshot in db.execute(query, (kind, *part)):
                    found[kind, blob] = json.loads(snapshot)
    return found


def remember(snapshots: Mapping[Key, Any], file: Path) -> None:
    """Keep what was read."""
    rows = (
        (kind, blob, json.dumps(o, ensure_ascii=False, separators=(",", ":"))) for (kind, blob), o in snapshots.items()
    )
    with suppress(sqlite3.Error, OSError), _open(file) as db, db:
        db.executemany("INSERT OR REPLACE INTO outlines VALUES (?, ?, ?)", rows)


@contextmanager
def _open(file: Path) -> Iterator[sqlite3.Connection]:
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file, timeout=5)) as db:
        db.execute("PRAGMA synchronous = OFF")  # a lost cache is read again
        db.execute("CREATE TABLE IF NOT EXISTS outlines (kind TEXT, blob TEXT, outline TEXT, PRIMARY KEY (kind, blob))")
        yield db
