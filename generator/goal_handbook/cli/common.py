"""What the commands share: their options, the way from a folder to a handbook, and how errors are shown."""

from __future__ import annotations

import datetime
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..findings import Finding, as_text, with_help
from ..words import plural

if TYPE_CHECKING:
    from ..changes.history import History
    from ..model.handbook import Handbook
    from ..model.people import Owner
    from ..source.load import Loaded
    from ..status.assessment import Assessment
    from ..workspace import Workspace

#: How many people of one name an error lists.
_LISTED = 12

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Day(click.ParamType[datetime.date]):
    """A day as people type it, in English: the handbook, which knows a language, is not open yet."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """Return the day, or fail with the spelling to use."""
        from .prompts import day

        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(day(str(value)))
        except click.BadParameter as problem:
            self.fail(problem.message, param, ctx)


AS_OF = click.option(
    "--as-of", type=Day(), metavar="DATE", help="The status date; default: as_of in handbook.yaml, or today."
)
DIR = click.option(
    "--dir",
    "directory",
    metavar="DIR",
    default=".",
    type=click.Path(path_type=Path),
    help="The handbook's folder; default: the current directory.",
)


def output_format(*choices: str) -> Callable[[Decorated], Decorated]:
    """The option `--format`, of which the first choice is the default."""
    return click.option(
        "--format", "form", type=click.Choice(choices), default=choices[0], show_default=True, help="The output format."
    )


class Unusable(click.ClickException):
    """The command cannot do its work: exit code 2."""

    exit_code = 2

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(with_help(message, help))


def goals_folder(directory: Path) -> Path:
    """Return the folder with handbook.yaml: `directory` itself, or the `goals` in it. Raises Unusable."""
    inner = directory / "goals"
    with _unusable(directory):  # such as a name that is too long
        return inner if not (directory / "handbook.yaml").exists() and inner.is_dir() else directory


def open_handbook(
    directory: Path, as_of: datetime.date | None = None, *, strict: bool = False, since: str = "", head: str = ""
) -> Workspace:
    """Open the handbook in a folder, or what it was at a commit, `head`. Raises Unusable.

    Warns on the error stream if its history is incomplete.
    """
    from ..progress import stage
    from ..workspace import open_workspace

    folder = goals_folder(directory)
    with _unusable(folder), stage("Reading the goals"):
        workspace = open_workspace(folder, folder.as_posix(), as_of, strict=strict, since=since, head=head)
    if not workspace.history.complete:
        click.echo("the history is incomplete because this clone is shallow", err=True)
        click.echo("  help: get the rest with git fetch --unshallow\n", err=True)
    return workspace


def open_for_report(directory: Path, as_of: datetime.date | None) -> tuple[Assessment, History]:
    """Open a handbook to report on. One with errors has no report: they are printed, and the exit code is 1."""
    workspace = open_handbook(directory, as_of)
    if workspace.errors or workspace.assessment is None:
        print_findings(workspace.errors)
        click.get_current_context().exit(1)
    return workspace.assessment, workspace.history


def read(directory: Path) -> Loaded:
    """Read the handbook in a folder, without its history and without checking it. Raises Unusable."""
    from ..source.load import load

    folder = goals_folder(directory)
    with _unusable(folder):
        return load(folder, folder.as_posix())


def owner_named(owners: Mapping[str, Owner], typed: str) -> str:
    """Return the id of the owner that is meant by an id, a name or a part of one, also without accents.

    Raises Unusable for nobody, and for several, who are listed.
    """
    from ..findings import did_you_mean
    from ..model.identity import named

    found = named(owners, typed)
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{owner_id} ({owners[owner_id].name})" for owner_id in found[:_LISTED])
        more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
        raise Unusable(f'"{typed}" could be {listed}{more}', "name one of them by id")
    raise Unusable(f'unknown owner "{typed}"', did_you_mean(typed, owners) or "name a team, a seller or a leader")


def owner_or_goal(handbook: Handbook, what: str) -> str:
    """Return the id of the owner, or the full id of the goal, that is meant. Raises Unusable."""
    from ..findings import did_you_mean
    from ..model.identity import named

    goals = [full_id for full_id in handbook.goals if what in (full_id, full_id.partition("/")[2])]
    if len(goals) == 1 and what not in handbook.owners:
        return goals[0]
    if "/" in what or not named(handbook.owners, what):
        help = did_you_mean(what, (*handbook.goals, *handbook.owners)) or "list them all with goals status"
        raise Unusable(f'unknown owner or goal "{what}"', help)
    return owner_named(handbook.owners, what)


def status_date(loaded: Loaded, option: datetime.date | None) -> datetime.date:
    """Return the status date. Raises Unusable for a bad SOURCE_DATE_EPOCH."""
    from .. import clock

    with _unusable(Path()):
        return clock.status_date(option, loaded.handbook.settings.as_of if loaded.handbook else None)


def today() -> datetime.date:
    """Return today, where no handbook says otherwise. Raises Unusable for a bad SOURCE_DATE_EPOCH."""
    from .. import clock

    with _unusable(Path()):
        return clock.now() or clock.today()


@contextmanager
def _unusable(path: Path) -> Iterator[None]:
    """Report whatever keeps a folder or a file from being read or written as Unusable."""
    from .. import clock
    from ..git.commands import BadRevision, NoGit
    from ..source.load import Unusable as NoHandbook

    try:
        yield
    except (NoHandbook, clock.BadClock) as error:
        raise Unusable(str(error)) from None
    except BadRevision as error:
        raise Unusable(f"{path.as_posix()}: {error}", error.help) from None
    except NoGit as error:
        raise Unusable(f"{path.as_posix()}: {error}") from None
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror or error}") from None


@contextmanager
def writing(path: Path, lock: Path | None = None) -> Iterator[None]:
    """Report whatever keeps `path` from being written as Unusable.

    With `lock`, a goals folder, no other command writes there meanwhile, and goals undo can take back what is written.
    """
    from ..source.edit import CannotEdit

    try:
        with _unusable(path), _alone(lock) if lock else nullcontext():
            yield
    except CannotEdit as problem:
        raise Unusable(f"{path}: {problem}") from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock of a goals folder, and remember what is written there, so that it can be taken back."""
    from ..source.last_write import Journal
    from ..source.lock import handbook_lock

    context = click.get_current_context(silent=True)
    journals = context.meta if context else {}
    journal = journals.setdefault(f"{__name__}.journal {folder}", Journal(folder))
    with handbook_lock(folder), journal.kept():
        yield


def print_findings(findings: list[Finding], err: bool = True) -> None:
    """Print findings with their excerpts, and how many there are."""
    for finding in findings:
        click.echo(finding_text(finding) + "\n", err=err)
    if findings:
        click.echo(count_findings(findings), err=err)


def finding_text(finding: Finding) -> str:
    """Return a finding for the terminal; a person sees its sentences broken between words, its excerpt as it is."""
    text = as_text(finding)
    if not sys.stdout.isatty():
        return text
    lines = text.split("\n")
    return "\n".join(_broken(line) if n == 0 or line.startswith("  help: ") else line for n, line in enumerate(lines))


def _broken(line: str) -> str:
    width = shutil.get_terminal_size().columns
    return textwrap.fill(line, width, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def count_findings(findings: list[Finding]) -> str:
    """Return how many findings there are, in words: `2 errors and 1 warning found`."""
    errors = sum(f.severity == "error" for f in findings)
    counts = [(errors, "error"), (len(findings) - errors, "warning")]
    return " and ".join(plural(number, word) for number, word in counts if number) + " found"
