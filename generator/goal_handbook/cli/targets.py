"""Which goal, landmark and people the commands that write are about."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from ..findings import did_you_mean, with_help
from .common import Unusable, goals_folder, open_handbook, print_findings
from .edits import edit_files
from .prompts import Choice, Reader, ask, ask_for_some, day, is_interactive, read_days_by
from .which_goal import ask_for_landmark, ask_which, full_id_of, unknown_landmark

if TYPE_CHECKING:
    from ..model.goal import Goal, Landmark
    from ..model.handbook import Handbook
    from ..model.people import AnyOwner, Owner
    from ..source.edit import Edit
    from ..source.nodes import NodePath
    from ..source.row_edit import EditRow
    from ..workspace import Workspace

ON = click.option("--on", metavar="DATE", help="The day of the record; default: as_of in handbook.yaml, or today.")
BY = click.option("--by", multiple=True, metavar="ID", help="Who; can be repeated.")
#: How many people of a name an error lists.
_NAMED = 5

NOTE = click.option("--note", metavar="TEXT", help="A note, as Markdown.")


@dataclass(frozen=True)
class Target:
    """A goal (and maybe a landmark of it) that a command is about to write to."""

    folder: Path
    workspace: Workspace
    handbook: Handbook
    full_id: str
    landmark: str = ""

    @property
    def goal(self) -> Goal:
        """The goal as written."""
        return self.handbook.goals[self.full_id]

    @property
    def owner_id(self) -> str:
        """Whose goal it is."""
        return self.full_id.partition("/")[0]

    @property
    def owner(self) -> AnyOwner:
        """The goal's owner."""
        return self.handbook.owners[self.owner_id]

    @property
    def is_target(self) -> bool:
        """Whether the landmark is the goal's target, which the file does not list as one."""
        return bool(self.landmark) and self.landmark not in {lm.id for lm in self.goal.landmarks}

    @property
    def path(self) -> NodePath:
        """The goal's path in its owner's file."""
        return self.path_of(())

    def path_of(self, part: NodePath) -> NodePath:
        """Return the path in the owner's file of a part of the goal, such as `("landmarks", 0)`.

        The file may hold goals and landmarks that could not be read, which the handbook does not count.
        """
        ids = [goal.id for goal in self.handbook.owners[self.owner_id].goals]
        document = self.workspace.loaded.documents[self.owner_id]
        return document.in_file(("goals", ids.index(self.full_id.partition("/")[2]), *part))


def open_to_write(directory: Path) -> tuple[Workspace, Handbook]:
    """Open the handbook to write to. Raises Unusable if there is none, or if handbook.yaml cannot be used."""
    from .typed_dates import Calendar

    workspace = open_handbook(directory)
    if workspace.handbook is None:
        print_findings(workspace.errors)
        raise Unusable("handbook.yaml has errors", "fix handbook.yaml first")
    settings = workspace.handbook.settings
    read_days_by(Calendar(workspace.as_of, settings.period, settings.locale))
    return workspace, workspace.handbook


def find(
    directory: Path,
    name: str | None,
    landmark: Callable[[Landmark, datetime.date], bool] | None = None,
    goal: Callable[[Goal], bool] = lambda _: True,
) -> Target:
    """Find the goal that a person names as `goal`, `owner/goal` or `owner/goal#landmark`; at a terminal, ask for it.

    With `landmark` a landmark is needed, and those for which it is true today are offered. The goal's target may be one
    too. Of the goals, those for which `goal` is true are offered.
    Raises Unusable, UsageError.
    """
    from ..status.landmark import target_landmark

    workspace, handbook = open_to_write(directory)
    full_id, _, landmark_id = (name or ask_which(workspace, handbook, landmark, goal)).partition("#")
    full_id = full_id_of(handbook.goals, full_id)
    found = handbook.goals[full_id]
    landmarks = [*found.landmarks, *filter(None, [target_landmark(found)])]
    if landmark and landmarks and not landmark_id and is_interactive():
        landmark_id = ask_for_landmark(found, landmarks, [lm for lm in landmarks if landmark(lm, workspace.as_of)])
    if (landmark or landmark_id) and landmark_id not in {lm.id for lm in landmarks}:
        raise unknown_landmark(full_id, landmark_id, [lm.id for lm in landmarks])
    return Target(goals_folder(directory), workspace, handbook, full_id, landmark_id)


def refuse_both(goal: str | None, owner: str | None) -> None:
    """Raise UsageError where a goal is named and an owner too."""
    if goal and owner:
        raise click.UsageError("name a goal, or an owner with --owner, not both")


def goal_reader(goals: Mapping[str, Goal]) -> Reader:
    """Return a reader of a goal's full id; the goal's own part is enough if no other goal has it. Raises Unusable."""
    return lambda name: full_id_of(goals, name)


def write(
    target: Target, edits: Sequence[Edit], rows: Mapping[str, Sequence[EditRow]] = MappingProxyType({})
) -> Workspace:
    """Make edits in the file of the goal's owner and in readings files, show them, and return the handbook with them.

    Raises Unusable, and then nothing is written.
    """
    return edit_files(target.folder, target.workspace, {target.owner_id: edits}, rows)


def require_at_work(person: Owner, on: datetime.date) -> None:
    """Raise UsageError for a seller who has not joined by a day, or has left before it."""
    joined, left = getattr(person, "joined", None), getattr(person, "left", None)
    if joined and on < joined:
        raise click.UsageError(f"{person.name} joined on {joined}, after {on}")
    if left and left < on:
        raise click.UsageError(f"{person.name} left on {left}, before {on}")


def people(handbook: Handbook, *, and_teams: bool = False) -> list[Choice]:
    """Return the sellers and leaders of a handbook to choose from, with `and_teams` its teams too."""
    owners = [*handbook.sellers.values(), *handbook.leaders.values(), *(handbook.teams.values() if and_teams else ())]
    return [Choice(owner.id, owner.name) for owner in owners]


def named(owners: Mapping[str, Owner]) -> list[Choice]:
    """Return some owners to choose from."""
    return [Choice(owner_id, owner.name) for owner_id, owner in owners.items()]


def person_reader(handbook: Handbook) -> Reader:
    """Return a reader of the id or the name of a seller or a leader."""
    return owner_reader({**handbook.sellers, **handbook.leaders}, "person", teams=handbook.teams)


def owner_reader(
    known: Mapping[str, Owner], what: str = "owner", teams: Collection[str] = MappingProxyType({})
) -> Reader:
    """Return a reader of the id of one of these, of the name, or of any part of it that is unique: `moses`.

    One of `teams` is not said to be unknown: it is not one of these.
    """

    def read_owner(value: str) -> str:

        from ..model import identity

        typed, word = value.strip(), " ".join(value.lower().split())
        found = identity.named(known, word)
        if len(found) == 1:
            return found[0]
        if found:
            raise click.BadParameter(f'"{typed}" could be {" or ".join(found[:_NAMED])}')
        if word in teams:
            raise click.BadParameter(with_help(f'"{typed}" is a team', f"name a {what}"))
        near = did_you_mean(word, [*known, *(owner.name.lower() for owner in known.values())])
        raise click.BadParameter(with_help(f'unknown {what} "{typed}"', near or "list them all with goals status"))

    return read_owner


def ask_who(target: Target, question: str, given: Sequence[str]) -> list[str]:
    """Return who did something about a goal: by default its owner and their leader."""
    handbook = target.handbook
    team = handbook.sellers[target.owner_id].team_on(None) if target.owner_id in handbook.sellers else target.owner_id
    leader = handbook.leader_of(team) if team in handbook.teams else None
    usual = dict.fromkeys([*([target.owner_id] if target.owner_id not in handbook.teams else []), *_id(leader)])
    return ask_for_some("--by", question, given, person_reader(handbook), choices=people(handbook), default=[*usual])


def _id(person: Owner | None) -> list[str]:
    return [person.id] if person else []


def ask_for_day(target: Target, given: str | None) -> str:
    """Return the day something happened, by default today; a day in the future is refused."""
    when = ask("--on", f"On which day{fixed(target.workspace)}", given, past_day(target.workspace), today(target))
    if when > today(target):
        click.echo(f"{when} is after the status date, {today(target)}: nobody sees it before then", err=True)
    return when


def today(target: Target) -> str:
    """Return the day that records get unless another is given: the status date, on which they are seen."""
    return str(target.workspace.as_of)


def fixed(workspace: Workspace) -> str:
    """Return what a question adds where the handbook says which day today is."""
    settings = workspace.handbook.settings if workspace.handbook else None
    is_fixed = settings is not None and settings.as_of == workspace.as_of
    return " (today is as_of in handbook.yaml)" if is_fixed else ""


def past_day(workspace: Workspace) -> Reader:
    """Return a reader of a day that is not in the future."""
    latest = workspace.last_day + datetime.timedelta(days=1)  # a day for time zones: GH120

    def read(value: str) -> str:
        typed = day(value)
        if datetime.date.fromisoformat(typed) > latest:
            raise click.BadParameter(f"{typed} is in the future")
        return typed

    return read


def without_empty(**values: Any) -> dict[str, Any]:
    """Return the keys that have a value, in this order; a trailing `_` goes, so that `with_` is `with`."""
    return {name.rstrip("_"): value for name, value in values.items() if value not in (None, "", [], {})}
