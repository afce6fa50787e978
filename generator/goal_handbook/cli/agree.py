"""`goals agree`: record who agrees to a goal's current terms."""

from __future__ import annotations

from pathlib import Path

import click

from ..findings import with_help
from .common import DIR
from .prompts import ask, ask_for_some, is_interactive, prose
from .targets import BY, NOTE, ON, Target, ask_for_day, find, person_reader, without_empty, write


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@ON
@BY
@NOTE
@DIR
def agree(goal: str | None, on: str | None, by: tuple[str, ...], note: str | None, directory: Path) -> None:
    """Record who agrees to a goal's current terms.

    A seller's goal is agreed by the seller and a leader, each with a commit of their own. Without --by it is the person
    whom git's user.email names: one of the emails: or aliases: in their file.
    """
    from ..source.edit import Add

    target = find(directory, goal)
    who = _who_agrees(target, by)
    item = without_empty(on=ask_for_day(target, on), by=who, note=ask("--note", "A note", note, prose, ""))
    write(target, [Add((*target.path, "agreed"), item)])
    if _is_of_both(target, who):
        click.echo('both names in one commit are "said by one": to say it themselves, each runs goals agree')


def _who_agrees(target: Target, by: tuple[str, ...]) -> list[str]:
    """The people given or, with none, whoever commits here; at a terminal, ask if that is nobody who could agree.

    Raises UsageError.
    """
    if not by and (person := _committer(target)):
        click.echo(f"Who agrees: {target.handbook.owners[person].name}, by git's user.email or user.name")
        return [person]
    who = ask_for_some("--by", "Who agrees", by, person_reader(target.handbook))
    if who:
        return who
    help = "give it once, or add your address in git to emails: in your file"
    where = "" if is_interactive() else ", and git does not name the seller or a leader"
    raise click.UsageError(with_help(f"Missing option '--by': who agrees{where}", help))


def _committer(target: Target) -> str | None:
    """The id of whoever commits here, if that is the goal's owner or a leader."""
    from ..git.commands import identity
    from ..model.identity import people_of, person_in_git

    person = person_in_git(people_of(target.handbook), *identity(target.folder))
    parties = {target.owner_id, *target.handbook.leaders}
    return person.id if person and person.id in parties else None


def _is_of_both(target: Target, who: list[str]) -> bool:
    """Whether these are the seller whose goal it is and a leader, whose agreement takes both."""
    is_sellers = target.owner_id in target.handbook.sellers
    return is_sellers and target.owner_id in who and any(one in target.handbook.leaders for one in who)
