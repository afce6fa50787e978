"""Compares two sites: file by file, and page by page without what belongs to the theme."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

_GENERATOR = re.compile(rb'<meta name="generator" content="[^"]*">')
_ARTICLE = re.compile(rb"<article [^>]*>(.*?)</article>", re.DOTALL)


def different_files(one: Path, other: Path) -> list[str]:
    """Return the files that are not the same in two sites, except for the line that names the generator."""
    return _different(one, other, _files(one) | _files(other), lambda content: _GENERATOR.sub(b"", content))


def different_content(one: Path, other: Path) -> list[str]:
    """Return the pages whose content is not the same in two sites, and the files that are not, except the theme's."""
    files = {path for path in _files(one) | _files(other) if path.parts[0] != "assets" or "goal-handbook" in path.parts}
    return _different(one, other, files, _content)


def _different(one: Path, other: Path, files: set[Path], kept: Callable[[bytes], bytes]) -> list[str]:
    return sorted(path.as_posix() for path in files if _read(one / path, kept) != _read(other / path, kept))


def _read(path: Path, kept: Callable[[bytes], bytes]) -> bytes | None:
    return kept(path.read_bytes()) if path.is_file() else None


def _content(page: bytes) -> bytes:
    """What a page has between the theme's header and footer, without the spaces around it; a file as it is."""
    return b"\n".join(b" ".join(article.split()) for article in _ARTICLE.findall(page)) or page


def _files(site: Path) -> set[Path]:
    return {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
