"""What the commands share: their options, and the way from a folder to a handbook."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ..changes.baseline import Baseline
    from ..changes.history import History
    from ..findings import Finding
    from ..source.load import Loaded


class Day(click.ParamType[datetime.date]):
    """A day as YYYY-MM-DD, read as the format reads one."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """The day, or a usage error with the spelling to use."""
        from pydantic_core import PydanticCustomError

        from ..model.values import parse_day

        try:
            return parse_day(value)
        except PydanticCustomError as error:
            help = (error.context or {}).get("help", "")
            self.fail(f"{error.message()}, {help}", param, ctx)


AS_OF = click.option("--as-of", type=Day(), metavar="DATE", help="Status date, instead of the handbook's or today.")
DIRECTORY = click.argument("directory", metavar="[DIR]", default=".", type=click.Path(path_type=Path))


class Unusable(click.ClickException):
    """There is nothing to work on; exit 2."""

    exit_code = 2


def goals_folder(directory: Path) -> Path:
    """The folder with handbook.yaml: `directory` itself or the `goals` in it."""
    inner = directory / "goals"
    return inner if not (directory / "handbook.yaml").exists() and inner.is_dir() else directory


def read(directory: Path) -> Loaded:
    """The handbook in a folder. Raises Unusable (exit 2) where there is none."""
    from ..source.load import Unusable as NoHandbook
    from ..source.load import load

    folder = goals_folder(directory)
    try:
        return load(folder, folder.as_posix())
    except NoHandbook as error:
        raise Unusable(str(error)) from None
    except OSError as error:
        raise Unusable(f"{folder}: {error.strerror or error}") from None


def dates(loaded: Loaded, option: datetime.date | None) -> tuple[datetime.date, datetime.date]:
    """The status date, and the last day anything can have happened. Raises Unusable on a bad SOURCE_DATE_EPOCH."""
    from .. import clock

    of_handbook = loaded.handbook.settings.as_of if loaded.handbook else None
    try:
        as_of = clock.status_date(option, of_handbook)
    except clock.BadClock as error:
        raise Unusable(str(error)) from None
    return as_of, max(as_of, clock.today())


def findings_of(
    loaded: Loaded,
    as_of: datetime.date,
    now: datetime.date,
    history: History,
    strict: bool = False,
    before: Baseline | None = None,
) -> list[Finding]:
    """What the rules say of a handbook, and with `before` of the change since then."""
    from ..rules.check import check

    return check(loaded, as_of, now, strict, before, history)


def history_of(directory: Path) -> History:
    """What git knows of a handbook; nothing where there is no git. A shallow clone is told of on the error stream."""
    from ..changes.history import History
    from ..git.commands import NoGit
    from ..git.history import read_history

    try:
        history = read_history(goals_folder(directory))
    except NoGit:
        return History()
    if not history.complete:
        click.echo("the history is incomplete: this clone is shallow, git fetch --unshallow completes it\n", err=True)
    return history


def before_of(directory: Path, revision: str, head: str = "HEAD") -> Baseline:
    """The handbook where `head` left `revision`, with the history up to there. Raises Unusable (exit 2)."""
    from ..changes.baseline import Baseline
    from ..git import commands as git
    from ..git.history import handbook_at, read_history

    folder = goals_folder(directory)
    try:
        commit = git.fork_point(folder, revision, head)
        shown = f"{revision}:{folder.as_posix()}"
        return Baseline(
            handbook_at(folder, commit, shown), git.commit_day(folder, commit), read_history(folder, commit)
        )
    except (git.NoGit, git.BadRevision) as error:
        raise Unusable(f"{folder.as_posix()}: {error}") from None


def print_findings(findings: list[Finding], err: bool = True) -> None:
    """Findings on the terminal, with excerpts, and their number below."""
    from ..findings import as_text

    for finding in findings:
        click.echo(as_text(finding) + "\n", err=err)
    errors = sum(f.severity == "error" for f in findings)
    parts = [(errors, "error"), (len(findings) - errors, "warning")]
    if findings:
        click.echo(" and ".join(count(number, word) for number, word in parts if number) + " found", err=err)


def count(number: int, word: str) -> str:
    """A number of things: `1 error`, `1,200 errors`."""
    return f"1 {word}" if number == 1 else f"{number:,} {word}s"
