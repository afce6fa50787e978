"""`goals fmt`: every file in its canonical form."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

import click

from .common import Unusable, count, goals_folder


@dataclass(frozen=True)
class _File:
    """A file as it stands and as it would stand; `problem` says why it has to stay."""

    path: Path
    before: str
    after: str
    problem: str = ""


@click.command()
@click.argument("paths", metavar="[DIR | FILE]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; name the files that are not in their form.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.pass_context
def fmt(context: click.Context, paths: tuple[Path, ...], check: bool, diff: bool) -> None:
    """Put keys in the format's order and spaces in theirs; no word and no comment is lost.

    Works on the handbook, or on single files of one. With --check and --diff the exit code is 1 if a file would change.
    """
    from ..source.edit import CannotEdit
    from ..source.file_edit import handbook_lock

    files: list[_File] = []
    try:
        for folder, found in _by_handbook(paths or (Path(),)).items():
            with handbook_lock(folder):
                read = [_read(path, kind) for path, kind in found]
                files += read
                if not (check or diff):
                    _write(read)
    except CannotEdit as problem:
        raise Unusable(str(problem)) from None
    _report(files, check, diff)
    changed = any(file.before != file.after for file in files)
    context.exit(int(any(file.problem for file in files) or (changed and (check or diff))))


def _by_handbook(paths: tuple[Path, ...]) -> dict[Path, list[tuple[Path, str]]]:
    """The files to look at with the kind of folder each lies in, by handbook. Raises Unusable."""
    from ..source.folder import OWNER_FOLDERS, SETTINGS

    found: dict[Path, list[tuple[Path, str]]] = {}
    for path in paths:
        if path.is_dir():
            folder = goals_folder(path)
            if not folder.joinpath(SETTINGS).exists():
                raise Unusable(f"there is no {SETTINGS} in {folder}, name the handbook's folder or a file of one")
            kinds = [(file, kind) for kind in OWNER_FOLDERS for file in sorted(folder.joinpath(kind).glob("*.yaml"))]
            found.setdefault(folder, []).extend([(folder / SETTINGS, ""), *kinds])
        elif path.name == SETTINGS:
            found.setdefault(path.parent, []).append((path, ""))
        elif path.parent.resolve().name in OWNER_FOLDERS and path.suffix == ".yaml":
            found.setdefault(path.parent.parent, []).append((path, path.parent.resolve().name))
        else:
            raise Unusable(f"{path} is no file of a handbook: those lie in {', '.join(OWNER_FOLDERS)}")
    return found


def _read(path: Path, kind: str) -> _File:
    from ..source.edit import CannotEdit
    from ..source.formatter import canonical
    from ..source.key_order import order_of
    from ..source.text import decode

    if path.is_symlink():
        return _File(path, "", "", "this is a link, put the file it leads to in order")
    try:
        data = path.read_bytes()
        _, problem = decode(path.as_posix(), data)
        if problem:
            return _File(path, "", "", f"{problem.message}, {problem.help}")
        text = data.decode("utf-8")
        return _File(path, text, canonical(text, order_of(kind)))
    except CannotEdit as reason:
        return _File(path, "", "", str(reason))
    except OSError as error:
        return _File(path, "", "", error.strerror or str(error))


def _write(files: list[_File]) -> None:
    from ..source.atomic import write_bytes

    for file in files:
        if file.before != file.after:
            try:
                write_bytes(file.path, file.after.encode("utf-8"))
            except OSError as error:
                raise Unusable(f"{file.path}: {error.strerror or error}") from None


def _report(files: list[_File], check: bool, diff: bool) -> None:
    """What changed or would, what could not be read, and a line that sums it up."""
    changed = [file for file in files if file.before != file.after]
    for file in changed:
        if diff:
            click.echo(_diff(file), nl=False)
        else:
            click.echo(f"{'would put in order' if check else 'put in order'} {file.path.as_posix()}")
    for file in files:
        if file.problem:
            click.echo(f"{file.path.as_posix()}: {file.problem}", err=True)
    well = len(files) - len(changed) - sum(bool(file.problem) for file in files)
    click.echo(
        f"{count(len(changed), 'file')} {'would be ' * (check or diff)}put in order, {well:,} already so", err=diff
    )


def _diff(file: _File) -> str:
    before, after = (text.splitlines(keepends=True) for text in (file.before, file.after))
    name = file.path.as_posix().lstrip("/")
    lines = difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n" for line in lines)
