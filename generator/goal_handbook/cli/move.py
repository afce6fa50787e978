"""`goals move`: a seller moves to another team, or a goal to another person; `goals away`: somebody is away."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..findings import with_help
from ..words import plural, sentence_list
from .common import DIR, goals_folder
from .edits import edit_files
from .found_late import correction_of
from .hand_over import hand_over
from .new_terms import changed, goal_term, respelled
from .prompts import YES, ask, ask_for_some, choose, day, text
from .targets import (
    Target,
    fixed,
    named,
    open_to_write,
    owner_reader,
    people,
    person_reader,
    require_at_work,
    without_empty,
)

if TYPE_CHECKING:
    from ..model.handbook import Handbook
    from ..model.people import Seller
    from ..source.edit import Edit
    from ..source.term_edits import NewTerms
    from ..status.transfer import Move
    from ..workspace import Workspace


@click.command()
@click.argument("seller", required=False)
@click.option("--goal", metavar="OWNER/GOAL", help="Instead of a seller: an open goal to hand over.")
@click.option("--to", metavar="ID", help="The new team; with --goal, who goes on with the goal.")
@click.option(
    "--on",
    metavar="DATE",
    help="The first day there, or with the new owner; default: as_of in handbook.yaml, or today.",
)
@click.option("--supports", metavar="WORD", help="Not with --goal: what open goals support, follow (the team) or keep.")
@click.option("--title", metavar="TEXT", help="With --goal: what to call the rest; default: as before, and since when.")
@click.option("--why", metavar="TEXT", help="Why; default: the move itself.")
@click.option("--by", multiple=True, metavar="ID", help="Not with --goal: who decided it; can be repeated.")
@YES
@DIR
def move(
    seller: str | None,
    goal: str | None,
    to: str | None,
    on: str | None,
    supports: str | None,
    title: str | None,
    why: str | None,
    by: tuple[str, ...],
    directory: Path,
) -> None:
    """Move a seller to another team, or hand a goal over.

    What was sold until the day before still counts for the old team. A goal that is handed over is closed, and its new
    owner gets a goal for the rest.
    """
    if goal is None and title:
        raise click.UsageError("--title is for a goal that is handed over: add --goal")
    if goal is None:
        _move_seller(directory, seller, to, on, supports, why, by)
    elif seller or supports or by:
        raise click.UsageError("--goal hands over one goal: leave out the seller, --supports and --by")
    else:
        hand_over(directory, goal, to, on, why, title)


def _move_seller(
    directory: Path,
    name: str | None,
    to: str | None,
    on: str | None,
    supports: str | None,
    why: str | None,
    by: tuple[str, ...],
) -> None:
    from ..source.edit import Add
    from ..status.transfer import Move

    workspace, handbook = open_to_write(directory)
    seller = handbook.sellers[_ask_for_seller(handbook, name)]
    team = ask("--to", "To which team", to, owner_reader(handbook.teams, "team"), choices=named(handbook.teams))
    question = f"First day there{fixed(workspace)}"
    first = datetime.date.fromisoformat(ask("--on", question, on, day, str(workspace.as_of)))
    _refuse_impossible(handbook, seller, team, first)
    correction = correction_of(workspace, seller, "team", f"{team} from {first}", first, by, why)
    by, why = (tuple(correction["by"]), correction["why"]) if correction else (by, why)
    move = Move(handbook, seller.id, team, first)
    goals = [i for goal in seller.goals if not goal.closed and goal.due >= first and (i := f"{seller.id}/{goal.id}")]
    follow = _follow(move, goals, supports)
    targets = {full_id: Target(goals_folder(directory), workspace, handbook, full_id) for full_id in goals}
    new = {full_id: _new_supports(target, move, follow) for full_id, target in targets.items()}
    edits: list[Edit] = [_membership(workspace, seller, team, first)]
    edits += [Add(("corrections",), correction)] if correction else []
    adjusted = [full_id for full_id in goals if new[full_id].changes]
    who, reason = _decision(move, by, why) if adjusted else ([], "")
    for full_id, terms in new.items():
        target = targets[full_id]
        decided = str(_decided_on(target, first))
        edits += terms.adjusted(target.path, decided, who, reason) if terms.changes else terms.edits
    edit_files(goals_folder(directory), workspace, {seller.id: edits})
    _report(move, goals, adjusted, follow)


def _ask_for_seller(handbook: Handbook, name: str | None) -> str:
    sellers = handbook.sellers
    return ask("SELLER", "Who moves", name, owner_reader(sellers, "seller"), choices=named(sellers))


def _refuse_impossible(handbook: Handbook, seller: Seller, team: str, first: datetime.date) -> None:
    """Raise UsageError for a move to where the seller is, or on a day that does not fit."""
    _refuse_another_period(handbook, first, first)
    if seller.team_on(first) == team:
        raise click.UsageError(f"{seller.name} is already in {team}")
    require_at_work(seller, first)
    last = seller.team[-1]
    if last.from_ and first <= last.from_:
        message = f"{seller.name} moved to {last.id} on {last.from_}, which is not before {first}"
        raise click.UsageError(with_help(message, "name a later day, or correct team: in the file"))


def _refuse_another_period(handbook: Handbook, first: datetime.date, last: datetime.date) -> None:
    """Raise UsageError for days of which none is in the handbook's period."""
    period = handbook.settings.period
    if last < period.start or period.end < first:
        message = f"{first} is not in the handbook's period, {period.start} to {period.end}"
        raise click.UsageError(with_help(message, "check the year; another period has a handbook of its own"))


def _follow(move: Move, goals: list[str], choice: str | None) -> bool:
    """Whether goals follow to the new team, where there is anything to follow to."""
    moving = [full_id for full_id in goals if move.follows(full_id)]
    question = f"{plural(len(moving), 'open goal')} could support {move.team} instead"
    if choice is None and not moving:
        return True
    return choose("--supports", question, choice, ("follow", "keep"), "follow") == "follow"


def _decision(move: Move, by: tuple[str, ...], why: str | None) -> tuple[list[str], str]:
    """Who decided that goals follow, and why."""
    handbook = move.handbook
    who = ask_for_some("--by", "Who decided it", by, person_reader(handbook), choices=people(handbook))
    usual = f"{handbook.sellers[move.seller].name} moved to {handbook.teams[move.team].name} on {move.on}"
    return who, ask("--why", "Why", why, text, usual)


def _new_supports(target: Target, move: Move, follow: bool) -> NewTerms:
    """What a goal supports from the day of the move on; the same in another spelling counts as unchanged."""
    supports = {goal_term("supports"): move.supports(target.full_id, follow=follow) or None}
    return (changed if follow and move.follows(target.full_id) else respelled)(target, supports)


def _membership(workspace: Workspace, seller: Seller, team: str, first: datetime.date) -> Edit:
    """The edit that adds the new team to those the seller has been in."""
    from ..source.edit import Add, Put
    from ..source.nodes import SequenceNode

    new = {"id": team, "from": str(first)}
    if isinstance(workspace.loaded.documents[seller.id].at(("team",)), SequenceNode):
        return Add(("team",), new)
    old = [without_empty(id=m.id, **{"from": str(m.from_ or "")}) for m in seller.team]
    return Put(("team",), [*old, new])


def _decided_on(target: Target, first: datetime.date) -> datetime.date:
    """The day of the adjustment: that of the move, or today if it is still to come, and after any earlier one."""
    earlier = [a.on for a in target.goal.adjustments if any(change.field == "supports" for change in a.changes)]
    return max([min(first, target.workspace.as_of), *earlier])


def _report(move: Move, goals: list[str], adjusted: list[str], follow: bool) -> None:
    """Say what did not follow, and who has to agree again."""
    handbook = move.handbook
    if follow:
        for full_id in goals:
            if left := move.left_behind(full_id):
                click.echo(f"{full_id} still supports {sentence_list(left)}: no goal takes its place in {move.team}")
    leader = handbook.leader_of(move.team)
    for full_id in adjusted:
        both = f"{move.seller} and {leader.id if leader else 'a leader'}"
        click.echo(f"once both agree to the new terms, {both} each run: goals agree {full_id}")


@click.command()
@click.argument("person", required=False)
@click.option("--from", "from_", metavar="DATE", help="The first day away.")
@click.option("--to", metavar="DATE", help="The last day away.")
@click.option("--note", metavar="TEXT", help="What to call it, such as parental leave.")
@click.option("--why", metavar="TEXT", help="Of a leave long ago: why it is known only now.")
@click.option("--by", multiple=True, metavar="ID", help="Of a leave long ago: who says so; can be repeated.")
@YES
@DIR
def away(
    person: str | None,
    from_: str | None,
    to: str | None,
    note: str | None,
    why: str | None,
    by: tuple[str, ...],
    directory: Path,
) -> None:
    """Record that somebody is away for a time."""
    from ..source.edit import Add

    workspace, handbook = open_to_write(directory)
    owner_id = ask("PERSON", "Who is away", person, person_reader(handbook), choices=people(handbook))
    first = ask("--from", "First day away", from_, day)
    last = ask("--to", "Last day away", to, day)
    name = ask("--note", "What to call it", note, lambda value: value.strip(), "")
    if last < first:
        raise click.UsageError(f"the last day, {last}, is before the first, {first}")
    days = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    _refuse_another_period(handbook, *days)
    _refuse_overlap(handbook, owner_id, first, last)
    item: dict[str, Any] = without_empty(**{"from": first, "to": last, "note": name})
    correction = correction_of(workspace, handbook.owners[owner_id], "away", f"{first} to {last}", days[0], by, why)
    edits = [Add(("away",), item), *([Add(("corrections",), correction)] if correction else [])]
    edit_files(goals_folder(directory), workspace, {owner_id: edits})
    for day_outside in days:
        if not handbook.settings.period.start <= day_outside <= handbook.settings.period.end:
            click.echo(f"{day_outside} is outside the handbook's period: check the year", err=True)
    for goal in handbook.owners[owner_id].goals:
        if goal.shape == "number" and not goal.closed and str(goal.start) <= last and first <= str(goal.due):
            click.echo(f"if less is expected of it: goals adjust {owner_id}/{goal.id} --relief away")


def _refuse_overlap(handbook: Handbook, owner_id: str, first: str, last: str) -> None:
    owner = handbook.owners[owner_id]
    for known in owner.absences:
        if str(known.from_) <= last and first <= str(known.to):
            raise click.UsageError(f"{owner.name} is already away from {known}")
