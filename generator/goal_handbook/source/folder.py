"""Decides which files of a goals folder are read, and reports those that cannot or must not be."""

from __future__ import annotations

import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath

from ..findings import Finding, Location, did_you_mean
from ..model.spellings import SLUG, slug_help
from ..model.values import quoted
from ..waiting import waiting_for
from .readings import READINGS_LIMIT
from .text import MAX_BYTES, too_large

OWNER_FOLDERS = ("teams", "sellers", "leaders")
_FOLDERS = "teams/, sellers/, leaders/ or readings/"
READINGS = "readings"
SETTINGS = "handbook.yaml"
#: The keys of those who sign agreements; proof/ reads it.
SIGNERS = "signers"
SIGNERS_SIGNATURE = "signers.sig"
#: Whose key signs there what people approved at a forge: no person can be called so.
FORGE = "forge"

#: Names with a meaning of their own on a web server or on Windows.
_RESERVED = {"index", "readme", "con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10))}


#: The inode, the size in bytes, and in nanoseconds when the content and when anything else was changed last.
Stamp = tuple[int, int, int, int]
#: Nanoseconds: two writes further apart than this have different stamps on every file system.
_SETTLED = 2_000_000_000


@dataclass(frozen=True)
class SourceFile:
    """One file to read: the name of its folder ("" for handbook.yaml), its path as messages show it, and its bytes.

    `stamp` changes when somebody writes to the file; None if that cannot be relied on.
    """

    folder: str
    shown: str
    data: bytes
    stamp: Stamp | None = field(default=None, compare=False)

    @property
    def stem(self) -> str:
        """The file's name without its ending, which is the owner's id."""
        return self.shown.rpartition("/")[2].rpartition(".")[0]


def read_folder(
    goals_dir: Path, shown: str, known: Iterable[SourceFile] = ()
) -> tuple[list[SourceFile], list[Finding]]:
    """Return the files of a goals folder, sorted by path, and findings for those that cannot or must not be read.

    `shown` is the folder as messages show it, "" to show paths inside it. Those of the `known` files that nobody has
    written to since are not read again. Findings: GH107 (a file's name), GH112 (too large), GH114 (everything else,
    above all links and other repositories: git would not see the same files in them).
    """
    files: list[SourceFile] = []
    findings: list[Finding] = []
    if goals_dir.is_symlink():
        findings.append(
            Finding("GH114", Location(shown or "."), "the goals folder is a link", "replace it with the folder")
        )
    prefix = "" if shown in {"", "."} else f"{shown}/"
    inside = len((goals_dir / "x").as_posix()) - 1
    name, before = shown, {file.shown: file for file in known if file.stamp}
    with waiting_for(lambda: name):
        for folder, path in _candidates(goals_dir):
            name = f"{prefix}{path.as_posix()[inside:]}"
            stamp = _stamp(path)
            if (file := before.get(name)) and file.stamp == stamp:
                files.append(file)
                continue
            problem = _elsewhere(path, name) or _misplaced(folder, path, name)
            data = b""
            if problem is None:
                data, problem = _read_or_say(path, name, READINGS_LIMIT if folder == READINGS else MAX_BYTES)
            if problem:
                findings.append(problem)
            else:
                files.append(SourceFile(folder, name, data, stamp))
    return files, findings


def _stamp(path: Path) -> Stamp | None:
    """A file's stamp, None while another edit might leave it the same."""
    try:
        info = path.lstat()
    except OSError:
        return None
    if time.time_ns() - max(info.st_mtime_ns, info.st_ctime_ns) < _SETTLED:
        return None
    return (info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns)


def _read_or_say(path: Path, name: str, limit: int) -> tuple[bytes, Finding | None]:
    try:
        return _read(path, name, limit)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        return b"", Finding("GH114", Location(name), message, "fix its permissions or remove it")


def sort_files(
    held: Mapping[str, bytes], shown: str, elsewhere: Iterable[str] = ()
) -> tuple[list[SourceFile], list[Finding]]:
    """Return what `read_folder` does, for a folder held in memory: its files by their paths in it.

    `elsewhere` are the paths of links and submodules.
    """
    files: list[SourceFile] = []
    findings: list[Finding] = []
    links = {name for name in elsewhere if not PurePosixPath(name).name.startswith((".", "~"))}
    for name in sorted({*held, *links}):
        path = PurePosixPath(name)
        if any(part.startswith(".") for part in path.parts[:1]) or not (_is_data(path) or name in links):
            continue
        folder = path.parts[0] if len(path.parts) > 1 else ""
        shown_name = f"{shown}/{name}" if shown not in {"", "."} else name
        if name in links:
            findings.append(
                Finding("GH114", Location(shown_name), "this is a link or a submodule", "replace it with the file")
            )
        elif problem := _misplaced(folder, path, shown_name):
            findings.append(problem)
        else:
            files.append(SourceFile(folder, shown_name, held[name]))
    return files, findings


def _candidates(goals_dir: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file that looks like data, and what leads elsewhere, after the top-level folder it is in."""
    for path in sorted(goals_dir.iterdir()):
        if _is_data(path) or _leads_elsewhere(path):
            yield "", path
        elif path.is_dir() and not path.name.startswith("."):
            for inner in sorted(path.rglob("*")):
                if _is_data(inner) or _leads_elsewhere(inner):
                    yield path.name, inner


def _leads_elsewhere(path: Path) -> bool:
    """Whether it is a link, or a folder of another repository (a submodule); an editor's hidden files do not count."""
    if path.name.startswith((".", "~")):
        return False
    return path.is_symlink() or (path.is_dir() and (path / ".git").exists())


def _elsewhere(path: Path, name: str) -> Finding | None:
    """Return a finding for what leads elsewhere: git keeps only where to, so nobody would see the goals change."""
    if not _leads_elsewhere(path):
        return None
    if not path.is_symlink():
        help = "move its files here, or out of the goals folder"
        return Finding("GH114", Location(name), "this folder is a repository of its own", help)
    help = "replace it with the folder" if path.is_dir() else "replace it with the file, or remove it"
    return Finding("GH114", Location(name), "this is a link", help)


def _is_data(path: PurePath) -> bool:
    is_known = path.suffix.lower() in {".yaml", ".yml", ".csv"} or path.name in {SIGNERS, SIGNERS_SIGNATURE}
    return is_known and not path.name.startswith((".", "~"))


def _misplaced(folder: str, path: PurePath, name: str) -> Finding | None:
    """Return a finding for a file in the wrong place or with the wrong name: nothing is skipped silently."""
    if not folder and path.name in {SETTINGS, SIGNERS, SIGNERS_SIGNATURE}:
        return None
    wanted = ".csv" if folder == READINGS else ".yaml"
    problem = _wrong_folder(folder, path) or _wrong_ending(folder, path, wanted)
    if problem:
        return Finding("GH114", Location(name), *problem)
    if folder == READINGS:
        return None
    if path.stem.partition(".")[0].lower() in _RESERVED:
        return Finding("GH107", Location(name), f"{quoted(path.stem)} is a reserved name", "choose another id")
    if path.stem == FORGE and folder in {"sellers", "leaders"}:
        return Finding(
            "GH107",
            Location(name),
            f"{quoted(path.stem)} is the name of the forge in goals/signers",
            "choose another id",
        )
    if not SLUG.match(path.stem) or len(path.stem) > 64:
        message = f"the file name {quoted(path.stem)} is not a valid id"
        return Finding("GH107", Location(name), message, slug_help(path.stem))
    return None


def _wrong_folder(folder: str, path: PurePath) -> tuple[str, str] | None:
    if folder not in (*OWNER_FOLDERS, READINGS):
        known = [f"{f}/" for f in (*OWNER_FOLDERS, READINGS)] if folder else [SETTINGS]
        help = did_you_mean(f"{folder}/" if folder else path.name, known, 0.75) or f"move it to {_FOLDERS}"
        return "files here are not read", help
    if path.parent.name != folder:
        return f"folders inside {folder}/ are not read", f"move the file to {folder}/"
    return None


def _wrong_ending(folder: str, path: PurePath, wanted: str) -> tuple[str, str] | None:
    suffix = path.suffix
    if (suffix.lower() == ".csv") != (wanted == ".csv"):
        help = f"move it to {READINGS}/" if wanted == ".yaml" else "move it to teams/, sellers/ or leaders/"
        return f'files in {folder}/ that end in "{suffix}" are not read', help
    if suffix != wanted:
        return f'files in {folder}/ must end in "{wanted}", not in "{suffix}"', f"rename it to {path.stem}{wanted}"
    return None


def _read(path: Path, name: str, limit: int) -> tuple[bytes, Finding | None]:
    """Return the file's bytes, or a finding if it must not be read. Raises OSError."""
    info = path.stat()
    if not stat.S_ISREG(info.st_mode):
        help = "remove it, or give the folder another name"
        return b"", Finding("GH114", Location(name), "this is not a file", help)
    if info.st_size > limit:
        return b"", too_large(name, info.st_size, limit)
    return path.read_bytes(), None
