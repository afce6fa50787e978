"""The text of a file that is new."""

from __future__ import annotations

from collections.abc import Mapping

from .emit import Data, as_block


def owner_file(kind: str, data: Mapping[str, Data]) -> str:
    """Return the file of a new team, seller or leader, with the line by which editors find its schema."""
    modeline = f"# yaml-language-server: $schema=../.schema/{kind}.json"
    return "\n".join([modeline, *as_block(data, short=False, inside=True)]) + "\n"
