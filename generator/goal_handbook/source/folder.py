"""Which files of a `goals/` folder are read, and what stands in the way of reading them."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from ..findings import Finding, Location, did_you_mean
from ..model.values import SLUG, quoted, slug_help
from .readings import READINGS_LIMIT
from .text import MAX_BYTES

OWNER_FOLDERS = ("teams", "sellers", "leaders")
_FOLDERS = "teams/, sellers/, leaders/ or readings/"
READINGS = "readings"
SETTINGS = "handbook.yaml"

#: Names that are something else on a web server or on Windows.
_RESERVED = {"index", "readme", "con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10))}


@dataclass(frozen=True)
class SourceFile:
    """One file to read: its folder's name ("" for handbook.yaml), its path as messages show it, its bytes."""

    folder: str
    shown: str
    data: bytes

    @property
    def stem(self) -> str:
        """The file's name without its ending: the owner's id."""
        return self.shown.rpartition("/")[2].rpartition(".")[0]


def read_folder(goals_dir: Path, shown: str) -> tuple[list[SourceFile], list[Finding]]:
    """All files of a goals folder in the order of their names; what cannot or must not be read is a finding GH114.

    `shown` is the folder as messages name it.
    """
    files: list[SourceFile] = []
    findings: list[Finding] = []
    for folder, path in _candidates(goals_dir):
        name = (
            f"{shown}/{path.relative_to(goals_dir).as_posix()}"
            if shown not in {"", "."}
            else path.relative_to(goals_dir).as_posix()
        )
        problem = _misplaced(folder, path, name)
        data = b""
        if problem is None:
            try:
                data, problem = _read(path, goals_dir, name, READINGS_LIMIT if folder == READINGS else MAX_BYTES)
            except OSError as error:
                problem = Finding(
                    "GH114",
                    Location(name),
                    f"the file cannot be read: {error.strerror or error}",
                    "mend its rights or remove it",
                )
        if problem:
            findings.append(problem)
        else:
            files.append(SourceFile(folder, name, data))
    return files, findings


def held_files(goals_dir: Path) -> dict[str, bytes]:
    """The files of a goals folder that can be read, by their path below it, as `sort_files` takes them."""
    files, _ = read_folder(goals_dir, "")
    return {file.shown: file.data for file in files}


def sort_files(held: Mapping[str, bytes], shown: str) -> tuple[list[SourceFile], list[Finding]]:
    """The same for a folder held in memory, its files by their path below it."""
    files: list[SourceFile] = []
    findings: list[Finding] = []
    for name in sorted(held):
        path = PurePosixPath(name)
        if not _is_data(path) or any(part.startswith(".") for part in path.parts[:1]):
            continue
        folder = path.parts[0] if len(path.parts) > 1 else ""
        shown_name = f"{shown}/{name}"
        if problem := _misplaced(folder, path, shown_name):
            findings.append(problem)
        else:
            files.append(SourceFile(folder, shown_name, held[name]))
    return files, findings


def _candidates(goals_dir: Path) -> Iterator[tuple[str, Path]]:
    """Everything that looks like data, with the top folder it lies in."""
    for path in sorted(goals_dir.iterdir()):
        if _is_data(path):
            yield "", path
        elif path.is_dir() and not path.name.startswith("."):
            for inner in sorted(path.rglob("*")):
                if _is_data(inner):
                    yield path.name, inner


def _is_data(path: PurePath) -> bool:
    return path.suffix.lower() in {".yaml", ".yml", ".csv"} and not path.name.startswith((".", "~"))


def _misplaced(folder: str, path: PurePath, name: str) -> Finding | None:
    """Why a file lies in the wrong place or bears the wrong name, or None. Nothing is ignored in silence."""
    suffix, wanted = path.suffix, ".csv" if folder == READINGS else ".yaml"
    if not folder and path.name == SETTINGS:
        return None
    if folder not in (*OWNER_FOLDERS, READINGS):
        known = [f"{f}/" for f in (*OWNER_FOLDERS, READINGS)] if folder else [SETTINGS]
        help = did_you_mean(f"{folder}/" if folder else path.name, known, 0.75) or f"move it to {_FOLDERS}"
        return Finding("GH114", Location(name), "no file is read here", help)
    if path.parent.name != folder:
        return Finding("GH114", Location(name), f"folders inside {folder}/ are not read", f"move the file to {folder}/")
    if (suffix.lower() == ".csv") != (wanted == ".csv"):
        help = f"move it to {READINGS}/" if wanted == ".yaml" else "move it to teams/, sellers/ or leaders/"
        return Finding("GH114", Location(name), f'no file that ends in "{suffix}" is read in {folder}/', help)
    if suffix != wanted:
        return Finding(
            "GH114",
            Location(name),
            f'a file in {folder}/ ends in "{wanted}", not in "{suffix}"',
            f"rename it to {path.stem}{wanted}",
        )
    if folder != READINGS and path.stem.partition(".")[0].lower() in _RESERVED:
        return Finding(
            "GH107", Location(name), f"{quoted(path.stem)} is a name computers keep for themselves", "choose another id"
        )
    if folder != READINGS and (not SLUG.match(path.stem) or len(path.stem) > 64):
        return Finding(
            "GH107", Location(name), f"{quoted(path.stem)} is no id, and the file's name is one", slug_help(path.stem)
        )
    return None


def _read(path: Path, goals_dir: Path, name: str, limit: int) -> tuple[bytes, Finding | None]:
    """The file's bytes, or why it is not to be read."""
    try:
        inside = path.resolve(strict=True).is_relative_to(goals_dir.resolve())
    except (OSError, RuntimeError):
        return b"", Finding("GH114", Location(name), "the link leads nowhere", "replace it by the file")
    if not inside:
        return b"", Finding("GH114", Location(name), "the link leads out of the goals folder", "replace it by the file")
    info = path.stat()
    if not stat.S_ISREG(info.st_mode):
        return b"", Finding("GH114", Location(name), "this is no file", "remove it, or give the folder another name")
    if info.st_size > limit:
        return b"", Finding(
            "GH112",
            Location(name),
            f"the file has {info.st_size:,} bytes, more than {limit // MAX_BYTES} MiB",
            "split it",
        )
    return path.read_bytes(), None
