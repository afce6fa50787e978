"""A site built in parts, each on a machine of its own, and joined into what one build would have made of it."""

from __future__ import annotations

import filecmp
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from .findings import with_help
from .staging import discard, exchange, link_or_copy, staging_folder

T = TypeVar("T")

#: What a part says about itself. It is not hidden, because some CI leaves hidden files out of what it keeps.
MANIFEST = "goal-handbook-part.json"
#: Each part has the search entries of its own pages.
INDEX = "search/search_index.json"

_TOGETHER = (
    "build all parts of one commit, with the same packages and options, and with as_of if it lasts past midnight"
)


class CannotJoin(Exception):
    """These are not the parts of one site; the text says why, and what to do."""


@dataclass(frozen=True, order=True)
class Part:
    """One of `count` parts of a site; the first also has all that is not divided."""

    number: int
    count: int

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    @property
    def is_first(self) -> bool:
        """Whether it is the one with all that is not divided."""
        return self.number == 1

    def of(self, items: Sequence[T]) -> Sequence[T]:
        """Return this part of a list, in one piece: neighbours share what they are made from."""
        return items[len(items) * (self.number - 1) // self.count : len(items) * self.number // self.count]


WHOLE = Part(1, 1)


def part_named(text: str) -> Part:
    """Return the part that `2/8` names. Raises ValueError."""
    found = re.fullmatch(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})", text)
    if not found or int(found[1]) > int(found[2]):
        raise ValueError(text)
    return Part(int(found[1]), int(found[2]))


@dataclass(frozen=True)
class Manifest:
    """Which part it is, and of what: the commit ("" without git), the status date and a digest of all the rest.

    `pages` are the addresses of all pages made from goals, in order; the first part has them.
    """

    part: Part
    commit: str
    day: str
    digest: str
    pages: tuple[str, ...] = ()

    def write(self, site: Path) -> None:
        """Put it into the part's folder. Raises OSError."""
        data = {"part": str(self.part), "commit": self.commit, "day": self.day, "digest": self.digest}
        (site / MANIFEST).write_text(json.dumps({**data, "pages": self.pages}), encoding="utf-8")


def in_order(entries: Iterable[Mapping[str, Any]], pages: Iterable[str]) -> list[Any]:
    """Sort search entries as one build has them: those of the user's own pages, and then page by page."""
    place = {url: number for number, url in enumerate(pages)}
    return sorted(entries, key=lambda entry: place.get(entry["location"].partition("#")[0], -1))


def join(folders: Sequence[Path], into: Path) -> int:
    """Put the parts of a site together in a folder, which is replaced as a whole; return how many files it has.

    The parts stay as they are. Raises CannotJoin and OSError; then the folder is as it was.
    """
    parts = [(_manifest(folder), folder) for folder in folders]
    if problems := list(_problems(parts)):
        raise CannotJoin("\n".join(problems))
    parts.sort(key=lambda part: part[0].part)
    staging = staging_folder(into.absolute())
    if staging is None:
        raise CannotJoin(with_help(f"{into} is a link or a mount, or beside it nothing can be written", "name another"))
    try:
        count = sum(_add(folder, staging) for _, folder in parts)
        count += _join_indexes([folder for _, folder in parts], parts[0][0].pages, staging)
        exchange(staging, into.absolute())
    except BaseException:
        discard(staging)
        raise
    return count


def _manifest(folder: Path) -> Manifest:
    try:
        data = json.loads((folder / MANIFEST).read_bytes())
        commit, day, digest = (str(data[key]) for key in ("commit", "day", "digest"))
        return Manifest(part_named(data["part"]), commit, day, digest, tuple(map(str, data["pages"])))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        help = "build it with the option part, such as part: 2/8"
        raise CannotJoin(with_help(f"{folder} is not a part of a site", help)) from None


def _problems(parts: Sequence[tuple[Manifest, Path]]) -> Iterator[str]:
    """Say why these are not the parts of one site, if they are not."""
    (one, its_folder), *others = parts
    for other, folder in others:
        for what, a, b in (
            ("commit", one.commit, other.commit),
            ("status date", one.day, other.day),
            ("number of parts", str(one.part.count), str(other.part.count)),
        ):
            if a != b:
                yield with_help(f"{folder} has another {what} than {its_folder}: {b or 'none'}, not {a}", _TOGETHER)
                break
        else:
            if one.digest != other.digest:
                yield with_help(f"{folder} is made from other files, packages or options than {its_folder}", _TOGETHER)
    numbers = [manifest.part.number for manifest, _ in parts if manifest.part.count == one.part.count]
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        where = " and ".join(str(folder) for manifest, folder in parts if manifest.part.number == number)
        yield with_help(f"part {number} is there twice: {where}", "name each part once")
    if missing := sorted({*range(1, one.part.count + 1)} - {*numbers}):
        names = ", ".join(f"{number}/{one.part.count}" for number in missing)
        yield with_help(
            f"{'parts are' if len(missing) > 1 else 'a part is'} missing: {names}", "build and name all parts"
        )


def _add(part: Path, site: Path) -> int:
    """Give a site the files of a part; return how many are new. Raises CannotJoin if it has one with other content."""
    count = 0
    for folder, _, names in os.walk(part):
        target = site / Path(folder).relative_to(part)
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            source, to = Path(folder) / name, target / name
            if source in (part / MANIFEST, part / INDEX):
                continue
            if not to.exists():
                link_or_copy(source, to)
                count += 1
            elif not filecmp.cmp(source, to, shallow=False):
                raise CannotJoin(with_help(f"{source} is not the same in another part", "build all parts again"))
    return count


def _join_indexes(folders: Iterable[Path], pages: Iterable[str], site: Path) -> int:
    """Write the search index of a site, if its parts have one, as Material's plugin writes it; return how many."""
    found = [_index(folder / INDEX) for folder in folders if (folder / INDEX).exists()]
    if not found:
        return 0
    entries = in_order((entry for index in found for entry in index["docs"]), pages)
    (site / INDEX).write_text(json.dumps({**found[0], "docs": entries}, separators=(",", ":")), encoding="utf-8")
    return 1


def _index(file: Path) -> Any:
    try:
        index = json.loads(file.read_bytes())
        for entry in index["docs"]:
            entry["location"].partition("#")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise CannotJoin(with_help(f"{file} is not a search index", "build this part again")) from None
    return index
