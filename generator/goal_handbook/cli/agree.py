"""`goals agree`: record who agrees to a goal's current terms, and sign it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..findings import with_help
from .common import DIR, Unusable
from .prompts import YES, Reader, ask, ask_for_some, is_interactive, prose
from .targets import (
    BY,
    NOTE,
    ON,
    Target,
    ask_for_day,
    find,
    past_day,
    people,
    person_reader,
    refuse_both,
    without_empty,
    write,
)

KEY = click.option(
    "--key", type=click.Path(path_type=Path), metavar="FILE", help="The SSH key; default: the one git signs with."
)


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@click.option("--owner", metavar="ID", help="Instead of one goal: all open goals of an owner that wait for it.")
@click.option("--met", metavar="DATE", help="The day they sat down together.")
@click.option("--understood", metavar="TEXT", help="Why this goal and what to do, in the seller's own words.")
@click.option("--sign", "signing", is_flag=True, help="Sign the terms with your SSH key.")
@KEY
@ON
@BY
@NOTE
@YES
@DIR
def agree(
    goal: str | None,
    owner: str | None,
    met: str | None,
    understood: str | None,
    signing: bool,
    key: Path | None,
    on: str | None,
    by: tuple[str, ...],
    note: str | None,
    directory: Path,
) -> None:
    """Record who agrees to a goal's current terms.

    A seller's goal is agreed by the seller and a leader, each with a commit of their own. Without --by it is the person
    whom git's user.email names: one of the emails: or aliases: in their file.

    With --sign, one person signs the terms as they are today: a signature knows its terms, so that everybody can see
    whether they have moved since.
    """
    from ..source.edit import Add
    from .sitting import agree_all, open_goals

    refuse_both(goal, owner)
    targets = open_goals(directory, owner) if owner else [find(directory, goal)]
    target = targets[0]
    who = _who_agrees(target, by)
    _refuse_others(target, who)
    day: Reader = past_day(target.workspace)
    said = without_empty(
        on=ask_for_day(target, on),
        by=who,
        met=ask("--met", "When did you sit down together", met, day) if met else "",
        understood=understood or "",
        note=ask("--note", "A note", note, prose, ""),
    )

    def item_for(target: Target) -> dict[str, Any]:
        return _item(target, said, key, signing=signing)

    if owner:
        targets = agree_all(targets, who, item_for, signing=signing)
    else:
        write(target, [Add((*target.path, "agreed"), item_for(target))])
    if targets and _is_of_both(target, who):
        click.echo('both names in one commit are "said by one": to say it themselves, each runs goals agree')


def _item(target: Target, said: dict[str, Any], key: Path | None, *, signing: bool) -> dict[str, Any]:
    """Return the agreement to one goal, signed if it should be."""
    if signing:  # a signature knows its terms, and needs no date
        return _signed(target, said, key)
    later = max((str(a.on) for a in target.goal.adjustments if a.changes_terms), default="")
    if said["on"] < later:
        click.echo(f"it does not cover the adjustment of {later}: agree on that day or later", err=True)
    return said


def _signed(target: Target, item: dict[str, Any], key: Path | None) -> dict[str, Any]:
    """Return the agreement of one person with the terms they sign, and the signature. Raises UsageError, Unusable."""
    from ..model.records import Agreement
    from ..proof.sshsig import unarmored
    from ..proof.statement import statement, terms_digest

    if len(item["by"]) > 1:
        raise click.UsageError("a signature is by one person: name one with --by")
    handbook = target.workspace.assessment.handbook if target.workspace.assessment else target.handbook
    item = {**item, "by": item["by"][0], "terms": terms_digest(handbook, target.full_id)}
    said = statement(handbook, target.full_id, Agreement.model_validate({**item, "sig": "none"}))
    return {**item, "sig": unarmored(signature_by(target.folder, said, key))}


def signature_by(folder: Path, message: bytes, key: Path | None) -> str:
    """Return a signature, with the lines around it, by a key or by the one that git signs with. Raises Unusable."""
    from ..git.ssh_keygen import CannotSign, public_key, sign
    from ..proof.sshsig import NAMESPACE

    try:
        return sign(message, public_key(folder, key), NAMESPACE, key)
    except CannotSign as problem:
        raise Unusable(str(problem), problem.help) from None


def _who_agrees(target: Target, by: tuple[str, ...]) -> list[str]:
    """The people given or, with none, whoever commits here; at a terminal, ask if that is nobody who could agree.

    Raises UsageError.
    """
    if not by and (person := _committer(target)):
        click.echo(f"Who agrees: {target.handbook.owners[person].name}, by git's user.email or user.name")
        return [person]
    who = ask_for_some(
        "--by", "Who agrees", by, person_reader(target.handbook), choices=people(target.handbook), required=True
    )
    if who:
        return who
    help = "give it once, or add your address in git to emails: in your file"
    where = "" if is_interactive() else ", and git does not name the seller or a leader"
    raise click.UsageError(with_help(f"Missing option '--by': who agrees{where}", help))


def _refuse_others(target: Target, who: list[str]) -> None:
    """Raise UsageError for somebody who can agree to a seller's goal neither as the seller nor as a leader."""
    handbook = target.handbook
    for one in who if target.owner_id in handbook.sellers else ():
        if one not in {target.owner_id, *handbook.leaders}:
            message = f"{handbook.owners[one].name} is neither {target.owner.name}, whose goal it is, nor a leader"
            help = f"name {target.owner_id} or a leader, or hand the goal over first with goals move --goal"
            raise click.UsageError(with_help(message, help))


def _committer(target: Target) -> str | None:
    """The id of whoever commits here, if that is the goal's owner or a leader."""
    from ..git.commands import identity

    person = target.handbook.identities.in_git(*identity(target.folder))
    parties = {target.owner_id, *target.handbook.leaders}
    return person.id if person and person.id in parties else None


def _is_of_both(target: Target, who: list[str]) -> bool:
    """Whether these are the seller whose goal it is and a leader, whose agreement takes both."""
    is_sellers = target.owner_id in target.handbook.sellers
    return is_sellers and target.owner_id in who and any(one in target.handbook.leaders for one in who)
