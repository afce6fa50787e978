"""What the commands that write share: which goal is meant, the one safe way into its file, and what is shown after."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import Unusable, dates, findings_of, goals_folder, history_of, print_findings, read
from .prompts import ask, day, is_interactive, one_of

if TYPE_CHECKING:
    from ..model.goal import Goal, Landmark
    from ..model.handbook import Handbook
    from ..model.people import Owner
    from ..source.edit import Edit
    from ..source.load import Loaded

DIR = click.option(
    "--dir", "directory", metavar="DIR", default=".", type=click.Path(path_type=Path), help="The handbook."
)
ON = click.option("--on", metavar="DATE", help="The day it is dated; today unless said.")
BY = click.option("--by", multiple=True, metavar="ID", help="Who; may be given again.")
NOTE = click.option("--note", metavar="TEXT", help="A note, as Markdown.")


@dataclass(frozen=True)
class Target:
    """A goal (and a landmark of it) that a command is about to write to."""

    folder: Path
    loaded: Loaded
    handbook: Handbook
    full_id: str
    landmark: str = ""

    @property
    def goal(self) -> Goal:
        """The goal as it is written."""
        return self.handbook.goals[self.full_id]

    @property
    def owner_id(self) -> str:
        """Whose it is."""
        return self.full_id.partition("/")[0]

    @property
    def path(self) -> tuple[str | int, ...]:
        """Where the goal stands in its owner's file."""
        ids = [goal.id for goal in self.handbook.owners[self.owner_id].goals]
        return ("goals", ids.index(self.full_id.partition("/")[2]))

    @property
    def landmark_path(self) -> tuple[str | int, ...]:
        """Where the landmark stands."""
        ids = [landmark.id for landmark in self.goal.landmarks]
        return (*self.path, "landmarks", ids.index(self.landmark))


def read_handbook(directory: Path) -> tuple[Loaded, Handbook]:
    """The handbook to write into. Raises Unusable where handbook.yaml cannot be read."""
    loaded = read(directory)
    if loaded.handbook is None:
        print_findings([f for f in loaded.findings if f.severity == "error"])
        raise Unusable("mend handbook.yaml first")
    return loaded, loaded.handbook


def find(directory: Path, name: str | None, landmark: Callable[[Landmark], bool] | None = None) -> Target:
    """The goal a person names, `owner/goal` or `owner/goal#landmark`; at a terminal they are asked for what is missing.

    `landmark`: one is needed, and those are meant of which this is true. Raises Unusable with the nearest known.
    """
    from ..findings import did_you_mean

    loaded, handbook = read_handbook(directory)
    full_id, _, mark = (name or _ask_for_goal(handbook)).partition("#")
    goals = handbook.goals
    if full_id not in goals:
        full_id = _only_one(goals, full_id)
    if full_id not in goals:
        raise Unusable(f'no goal is called "{full_id}", {did_you_mean(full_id, goals) or "write owner/goal"}')
    marks = [lm.id for lm in goals[full_id].landmarks]
    if landmark and not mark and marks and is_interactive():
        mark = _pick("landmark", [lm.id for lm in goals[full_id].landmarks if landmark(lm)] or marks)
    if (landmark or mark) and mark not in marks:
        said = f'{full_id} has no landmark "{mark}"' if mark else f"name a landmark of {full_id}"
        known = f"write {full_id}#ID with one of {', '.join(marks)}" if marks else "it has none"
        raise Unusable(f"{said}, {(did_you_mean(mark, marks) if mark else '') or known}")
    return Target(goals_folder(directory), loaded, handbook, full_id, mark)


def _ask_for_goal(handbook: Handbook) -> str:
    """A goal's full id, found by its owner. Raises UsageError where nobody can be asked."""
    owner = ask("OWNER/GOAL", "Whose goal", None, named(handbook.owners))
    ids = [goal.id for goal in handbook.owners[owner].goals]
    if not ids:
        raise Unusable(f"{owner} has no goal yet: goals new goal {owner}")
    return f"{owner}/{_pick('goal', ids)}"


def _pick(what: str, ids: list[str]) -> str:
    """One of several; where there is only one it is said, and nobody is asked."""
    if len(ids) == 1:
        click.echo(f"{what.capitalize()}: {ids[0]}")
        return ids[0]
    return ask(what.upper(), f"Which {what}: {', '.join(ids)}", None, one_of(*ids))


def _only_one(goals: dict[str, Goal], name: str) -> str:
    """The full id of a goal named without its owner, where only one bears that name."""
    found = [full_id for full_id in goals if full_id.partition("/")[2] == name]
    return found[0] if len(found) == 1 else name


def write(target: Target, edits: Sequence[Edit]) -> None:
    """Make edits in the file of the goal's owner and show them. Raises Unusable, and nothing is written then."""
    document = target.loaded.documents[target.owner_id]
    kind = document.path.split("/")[-2]
    write_file(target.folder, target.loaded, kind, target.owner_id, edits)


def write_file(folder: Path, loaded: Loaded, kind: str, owner_id: str, edits: Sequence[Edit]) -> None:
    """Make edits in an owner's file. Raises Unusable, and nothing is written then."""
    from ..source.edit import CannotEdit
    from ..source.file_edit import handbook_lock, rewrite

    path = folder / kind / f"{owner_id}.yaml"
    try:
        with handbook_lock(folder):
            before, after = rewrite(path, kind, edits, check_before_writing(folder, loaded, f"{kind}/{owner_id}.yaml"))
    except CannotEdit as problem:
        raise Unusable(f"{path}: {problem}") from None
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror or error}") from None
    show(path, before, after)


def check_before_writing(folder: Path, loaded: Loaded, name: str) -> Callable[[str, bytes], None]:
    """Refuses what would bring an error the handbook does not have now."""
    from ..source.folder import held_files
    from ..source.load import load_files

    def check(_: str, data: bytes) -> None:
        day, now = dates(loaded, None)
        after = load_files({**held_files(folder), name: data}, folder.as_posix())
        known = {(f.code, f.location.path, f.message) for f in findings_of(loaded, day, now, history_of(folder))}
        found = findings_of(after, day, now, history_of(folder))
        fresh = [f for f in found if f.severity == "error" and (f.code, f.location.path, f.message) not in known]
        if fresh:
            print_findings(fresh)
            raise Unusable("nothing was written")

    return check


def show(path: Path, before: str, after: str) -> None:
    """The lines that are new or gone, with their numbers."""
    click.echo(path.as_posix())
    old, new = before.splitlines(), after.splitlines()
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            for i in range(i1, i2):
                click.echo(f"- {i + 1:>4} | {old[i]}")
            for j in range(j1, j2):
                click.echo(f"+ {j + 1:>4} | {new[j]}")


def people(handbook: Handbook) -> Callable[[str], str]:
    """Reads the id or the name of a seller or a leader."""
    return named({**handbook.sellers, **handbook.leaders})


def named(known: Mapping[str, Owner], nobody: str = "nobody") -> Callable[[str], str]:
    """Reads the id of one of these, the name, or a part of it that nobody else bears: `moses`."""

    def read_name(value: str) -> str:
        from ..findings import did_you_mean

        word = " ".join(value.lower().split())
        names = {owner_id: owner.name.lower() for owner_id, owner in known.items()}
        found = (
            [owner_id for owner_id in known if owner_id == word]
            or [owner_id for owner_id, name in names.items() if name == word]
            or [owner_id for owner_id, name in names.items() if word in name.split()]
        )
        if len(found) == 1:
            return found[0]
        if found:
            raise click.BadParameter(f'"{value.strip()}" may be {" or ".join(found)}')
        near = did_you_mean(word, [*names, *names.values()])
        raise click.BadParameter(f'{nobody} is called "{value.strip()}"{", " + near if near else ""}')

    return read_name


def ask_for_day(target: Target, given: str | None) -> str:
    """The day something happened: today unless said, and none that is to come."""
    _, last = dates(target.loaded, None)

    def happened(value: str) -> str:
        said = day(value)
        if datetime.date.fromisoformat(said) > last + datetime.timedelta(days=1):  # a day for time zones: GH120
            raise click.BadParameter(f"{said} has not come yet")
        return said

    return ask("--on", "On which day", given, happened, today())


def today() -> str:
    """The day things are dated unless somebody says so."""
    from .. import clock

    return str(clock.now() or clock.today())


def without_empty(**values: Any) -> dict[str, Any]:
    """The keys that have a value, in this order; `with_` is `with`."""
    return {name.rstrip("_"): value for name, value in values.items() if value not in (None, "", [], {})}
