"""What is wrong in the chapters, as findings with file, line and column.

Python-Markdown keeps no positions. So each text that is wrong is looked up in the source: the first time it is wrong it
is the first one there that is not code, and so on.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mkdocs.exceptions import PluginError

from ..findings import Finding, Location, as_text, in_reading_order
from ..pages.chapter_source import blanked
from ..words import plural
from .chapters import Chapter, Misnamed


def chapter_findings(chapters: Iterable[Chapter], docs_dir: Path, root: Path) -> list[Finding]:
    """Return what is wrong in the chapters, in reading order, with paths relative to `root`."""
    shown = posixpath.relpath(docs_dir.as_posix(), root.as_posix())
    return in_reading_order(f for chapter in chapters for f in _findings(chapter, f"{shown}/{chapter.file.src_uri}"))


def report(findings: Sequence[Finding], serving: bool) -> None:
    """Print what is wrong in the chapters. Raises PluginError for errors, unless the pages are only served."""
    errors = [finding for finding in findings if finding.severity == "error"]
    texts = "\n\n".join(map(as_text, findings))
    if errors and not serving:
        raise PluginError(f"the chapters have {plural(len(errors), 'error')}; no new site is built\n\n{texts}")
    if findings:
        print(f"{texts}\n", file=sys.stderr)


def _findings(chapter: Chapter, path: str) -> Iterator[Finding]:
    source = _source(chapter) if chapter.misnamed else ""
    seen = Counter[Misnamed]()
    for misnamed in chapter.misnamed:
        location, excerpt = _locate(source, misnamed, seen[misnamed], path)
        seen[misnamed] += 1
        problem = misnamed.problem
        yield Finding(problem.code, location, problem.message, problem.help, excerpt)


def _source(chapter: Chapter) -> str:
    """Return a chapter as written, "" if another plugin made it up."""
    try:
        return chapter.file.content_string
    except (OSError, ValueError):
        return ""


def _locate(source: str, misnamed: Misnamed, times: int, path: str) -> tuple[Location, str]:
    """Return where the text is wrong, after it has been so many times before, and that line."""
    text = re.compile(rf"{re.escape(misnamed.text)}(?![\w/-])")
    without_code = blanked(source)
    found = [match.start() for match in text.finditer(without_code)]
    if not found:
        return Location(path), ""
    at = found[min(times, len(found) - 1)] + max(misnamed.text.rfind(misnamed.problem.word), 0)
    begin = source.rfind("\n", 0, at) + 1
    return Location(path, source.count("\n", 0, at) + 1, at - begin + 1), source[begin:].partition("\n")[0]
