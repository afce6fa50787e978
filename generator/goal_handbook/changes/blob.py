"""A file's bytes to its snapshot as JSON: what the cache keeps, so that no version of a file is parsed twice."""

from __future__ import annotations

import json
from typing import Literal

from ..model.terms import spell
from ..source.folder import OWNER_FOLDERS, READINGS, SETTINGS, SourceFile
from ..source.load import read_owner, read_settings
from ..source.readings import read_readings
from .snapshot import OwnerSnapshot, as_json

BlobKind = Literal["settings", "teams", "sellers", "leaders", "readings"]


def kind_of(path: str) -> BlobKind | None:
    """Return what a file below the goals folder is, or None where it is not read."""
    folder, _, name = path.rpartition("/")
    if path == SETTINGS:
        return "settings"
    if folder in OWNER_FOLDERS and name.endswith(".yaml"):
        return folder  # type: ignore[return-value]
    return "readings" if folder == READINGS and name.endswith(".csv") else None


def read_blob(kind: BlobKind, path: str, data: bytes) -> str | None:
    """Return the snapshot of a file as JSON, or None where it could not be read without errors.

    A version with errors was never published; history goes from the last good one to the next.
    """
    if kind == "settings":
        settings, _, findings = read_settings(SourceFile("", path, data), path)
        return None if findings or settings is None else settings.model_dump_json(exclude_defaults=True)
    if kind == "readings":
        rows, findings = read_readings(path, data)
        listed = [[r.goal, str(r.checkin.on), spell(r.checkin.value), r.checkin.note] for r in rows]
        return None if findings else json.dumps(listed, ensure_ascii=False)
    read = read_owner(SourceFile(kind, path, data))
    if read.findings or read.owner is None:
        return None
    ids = (goal.id for goal in read.owner.goals)
    return as_json(OwnerSnapshot(read.owner, dict(zip(ids, read.written, strict=True))))
