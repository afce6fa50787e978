"""A file's bytes to its outline as JSON: what the cache keeps, so that no version of a file is parsed twice."""

from __future__ import annotations

from typing import Any, Literal

from ..source.folder import OWNER_FOLDERS, READINGS, SETTINGS, SourceFile
from ..source.load import read_owner, read_settings
from ..source.readings import read_readings
from .snapshot import as_json, canonical, owner_snapshot, settings_snapshot

BlobKind = Literal["settings", "teams", "sellers", "leaders", "readings"]


def kind_of(path: str) -> BlobKind | None:
    """What a file below the goals folder is, or None where it is not read."""
    folder, _, name = path.rpartition("/")
    if path == SETTINGS:
        return "settings"
    if folder in OWNER_FOLDERS and name.endswith(".yaml"):
        return folder  # type: ignore[return-value]
    return READINGS if folder == READINGS and name.endswith(".csv") else None  # type: ignore[return-value]


def read_blob(kind: BlobKind, path: str, data: bytes) -> Any:
    """The outline of a file as JSON, or None where it could not be read without errors.

    A version with errors was never published; history goes from the last good one to the next.
    """
    if kind == "settings":
        settings, _, findings = read_settings(SourceFile("", path, data), path)
        return None if findings or settings is None else settings_snapshot(settings)
    if kind == "readings":
        rows, findings = read_readings(path, data)
        return (
            None
            if findings
            else [[r.goal, canonical(r.checkin.on), canonical(r.checkin.value), r.checkin.note] for r in rows]
        )
    owner, document, findings = read_owner(SourceFile(kind, path, data))
    return None if findings or owner is None else as_json(owner_snapshot(owner, document))
