"""Keeps compiled templates: all for the renderers of a process, and our own beside Python's compiled modules.

Whoever can write there can write the program itself, so what is there needs no more trust than the program does.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from functools import cache
from hashlib import sha1
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, compiler
from jinja2.bccache import Bucket

from . import flat

_PAGES = Path(__file__).parent
_TEMPLATES = _PAGES / "templates"


class Compiled(BytecodeCache):
    """Compiles the same text once: a site with snapshots has a renderer for each day."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the template's file if it is one of ours, for `_file`, and else what tells it from others."""
        return filename if filename and Path(filename).parent == _TEMPLATES else f"{name}|{filename}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find the code of a template, if it is known."""
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code:
            self.known[bucket.key, bucket.checksum] = bucket.code


class CompiledFlat(Compiled):
    """Finds the code of our own templates even if it is another process that compiled them."""

    def get_source_checksum(self, source: str) -> str:
        """Return what the code depends on: the template, and what compiles it."""
        return sha1(f"{_compilers()}{source}".encode(), usedforsecurity=False).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find the code of a template, if it is known or kept."""
        super().load_bytecode(bucket)
        if not bucket.code and (file := _file(bucket)):
            with contextlib.suppress(Exception), file.open("rb") as kept:
                bucket.load_bytecode(kept)
                super().dump_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, on the disk if that is possible."""
        super().dump_bytecode(bucket)
        if bucket.code and not sys.dont_write_bytecode and (file := _file(bucket)):
            with contextlib.suppress(OSError):
                _write(file, bucket.bytecode_to_string())


def _file(bucket: Bucket) -> Path | None:
    """Where the code of a template is kept, None unless it is one of ours."""
    name = Path(bucket.key)
    if name.parent != _TEMPLATES:
        return None
    return Path(cache_from_source(str(_PAGES / name.name), optimization="template"))


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, path = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as made:
            made.write(content)
        Path(path).replace(file)
    except OSError:
        Path(path).unlink()
        raise


@cache
def _compilers() -> str:
    """What tells one version of the code that compiles templates from another."""
    return "".join(sha1(Path(module.__file__ or "").read_bytes()).hexdigest() for module in (flat, compiler))  # noqa: S324
