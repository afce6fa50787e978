"""Files that the package brings along, to be copied into somebody's folder."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

PACKAGE = "goal_handbook"


def package_files(folder: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield the files below a folder of the package in order, by their paths in it, but for what Python compiled."""
    yield from _below(files(PACKAGE).joinpath(folder), "")


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_file():
            yield f"{prefix}{entry.name}", entry.read_bytes()
        elif entry.name != "__pycache__":
            yield from _below(entry, f"{prefix}{entry.name}/")
