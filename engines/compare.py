"""Compares two sites: file by file, and page by page without what belongs to the theme."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

_GENERATOR = re.compile(rb'<meta name="generator" content="[^"]*">')
#: What Material and what the engines' own theme put around a page.
_CONTENT = re.compile(rb'<article [^>]*>(.*?)</article>|<div [^>]*role="main">(.*?)<footer', re.DOTALL)
_THEMES_OWN = {"assets", "css", "img", "js", "search", "webfonts"}
#: What is in those folders and not the theme's: our style sheet, and what the search finds.
_OURS = {"goal-handbook", "search_index.json"}


def different_files(one: Path, other: Path) -> list[str]:
    """Return the files that are not the same in two sites, except for the line that names the generator."""
    return _different(one, other, _files(one) | _files(other), lambda content: _GENERATOR.sub(b"", content))


def different_content(one: Path, other: Path) -> list[str]:
    """Return the pages whose content is not the same in two sites, and the files that are not, except the theme's."""
    files = _files(one) | _files(other)
    ours = {path for path in files if path.parts[0] not in _THEMES_OWN or _OURS & {*path.parts}}
    return _different(one, other, ours - {Path("404.html")}, _content)


def _different(one: Path, other: Path, files: Iterable[Path], kept: Callable[[bytes], bytes]) -> list[str]:
    return sorted(path.as_posix() for path in files if _read(one / path, kept) != _read(other / path, kept))


def _read(path: Path, kept: Callable[[bytes], bytes]) -> bytes | None:
    return kept(path.read_bytes()) if path.is_file() else None


def _content(page: bytes) -> bytes:
    """What is on a page, whatever spaces the theme puts around it; another file as it is."""
    found = _CONTENT.search(page)
    return b" ".join(b"".join(found.groups(b"")).split()) if found else page


def _files(site: Path) -> set[Path]:
    return {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
