"""`goals fmt`: every file in canonical form."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

import click

from ..findings import with_help
from ..words import plural
from .common import Unusable, goals_folder, writing


@dataclass(frozen=True)
class _File:
    """A file as it is and as it would be; `problem` says why it has to stay as it is."""

    path: Path
    before: str
    after: str
    problem: str = ""


@click.command()
@click.argument("paths", metavar="[DIR | FILE]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; list the files that would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.pass_context
def fmt(context: click.Context, paths: tuple[Path, ...], check: bool, diff: bool) -> None:
    """Format the files; comments are kept.

    Puts keys in the format's order and cleans up spacing in a whole handbook, or in single files of one. With --check
    or --diff the exit code is 1 if a file would change.
    """
    files: list[_File] = []
    for folder, found in _by_handbook(paths or (Path(),)).items():
        with writing(folder, lock=folder):
            formatted = [_formatted(path, kind) for path, kind in found]
            files += formatted
            if not (check or diff):
                _write(formatted)
    _report(files, check, diff)
    changed = any(file.before != file.after for file in files)
    context.exit(int(any(file.problem for file in files) or (changed and (check or diff))))


def _by_handbook(paths: tuple[Path, ...]) -> dict[Path, list[tuple[Path, str]]]:
    """The files to format with the name of the folder each is in, by handbook. Raises Unusable."""
    from ..source.folder import OWNER_FOLDERS, SETTINGS

    found: dict[Path, list[tuple[Path, str]]] = {}
    for path in paths:
        if path.is_dir():
            folder = goals_folder(path)
            if not folder.joinpath(SETTINGS).exists():
                raise Unusable(f"no {SETTINGS} in {folder}", "name the handbook's folder, or a file in one")
            files = [(file, kind) for kind in OWNER_FOLDERS for file in sorted(folder.joinpath(kind).glob("*.yaml"))]
            found.setdefault(folder, []).extend([(folder / SETTINGS, ""), *files])
        elif path.name == SETTINGS:
            found.setdefault(path.parent, []).append((path, ""))
        elif path.parent.resolve().name in OWNER_FOLDERS and path.suffix == ".yaml":
            found.setdefault(path.resolve().parent.parent, []).append((path, path.parent.resolve().name))
        else:
            folders = ", ".join(f"{name}/" for name in OWNER_FOLDERS)
            raise Unusable(f"{path} is not a file of a handbook", f"name {SETTINGS}, or a file in {folders}")
    return found


def _formatted(path: Path, kind: str) -> _File:
    from ..source.edit import CannotEdit
    from ..source.formatter import formatted
    from ..source.key_order import order_of
    from ..source.text import decode

    if path.is_symlink():
        return _File(path, "", "", with_help("this is a link", "format the file it points to"))
    try:
        data = path.read_bytes()
        _, problem = decode(path.as_posix(), data)
        if problem:
            return _File(path, "", "", with_help(problem.message, problem.help))
        text = data.decode("utf-8")
        return _File(path, text, formatted(text, order_of(kind)))
    except CannotEdit as reason:
        return _File(path, "", "", str(reason))
    except OSError as error:
        return _File(path, "", "", error.strerror or str(error))


def _write(files: list[_File]) -> None:
    from ..source.atomic import write_together

    write_together({file.path: file.after.encode("utf-8") for file in files if file.before != file.after})


def _report(files: list[_File], check: bool, diff: bool) -> None:
    """Print what changed or would change, what could not be read, and a line that sums it up."""
    changed = [file for file in files if file.before != file.after]
    for file in changed:
        if diff:
            click.echo(_diff(file), nl=False)
        else:
            click.echo(f"{'would format' if check else 'formatted'} {file.path.as_posix()}")
    for file in files:
        if file.problem:
            click.echo(f"{file.path.as_posix()}: {file.problem}", err=True)
    unchanged = len(files) - len(changed) - sum(bool(file.problem) for file in files)
    what = "would be formatted" if check or diff else "formatted"
    click.echo(f"{plural(len(changed), 'file')} {what}, {unchanged:,} already formatted", err=diff)


def _diff(file: _File) -> str:
    before, after = (text.splitlines(keepends=True) for text in (file.before, file.after))
    name = file.path.as_posix().lstrip("/")
    lines = difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n" for line in lines)
