"""`goals next-period`: the next year's handbook from this one."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import did_you_mean, with_help
from ..words import plural
from .common import DIR, Unusable, goals_folder, print_findings, writing
from .edits import edit_files
from .next_files import OldPeriod, has_left, new_files
from .prompts import day, id_of, is_interactive, read_option
from .targets import open_to_write, past_day

if TYPE_CHECKING:
    from ..model.handbook import Handbook
    from ..model.settings import Period
    from ..source.edit import Edit
    from ..status.next_period import Shift
    from ..workspace import Workspace

_TAG = "then tag the old handbook, and put the new one in its place"


@click.command("next-period")
@click.argument("name")
@click.option("--into", metavar="DIR", type=click.Path(path_type=Path), help="The new folder; default: goals-NAME.")
@click.option("--start", metavar="DATE", help="Its first day; default: the day after this period.")
@click.option("--end", metavar="DATE", help="Its last day; default: as long as this period.")
@click.option("--carry", multiple=True, metavar="OWNER/GOAL", help="A goal to carry over; can be repeated.")
@click.option("--carry-open", is_flag=True, help="Carry over every goal that is not closed.")
@click.option("--on", metavar="DATE", help="The day they are closed here; default: the last day, once it has come.")
@DIR
def next_period(
    name: str,
    into: Path | None,
    start: str | None,
    end: str | None,
    carry: tuple[str, ...],
    carry_open: bool,
    on: str | None,
    directory: Path,
) -> None:
    """Create the next period's handbook from this one.

    It has the same people, and the goals that carry over. These start afresh: their dates move by one period, their
    result is written beside the new target, and their agreements and records stay in the old handbook, where they are
    closed with the result that their status shows. Before this period's last day nothing is closed yet: run it again
    when that has come.
    """
    workspace, handbook = open_to_write(directory)
    if errors := [finding for finding in workspace.loaded.findings if finding.severity == "error"]:
        print_findings(errors)
        raise Unusable("the handbook has errors", "fix them first")
    folder = goals_folder(directory)
    into = into or _beside(folder, name)
    closed_on = _closing_day(workspace, handbook.settings.period, on)
    if planned := _planned(into, closed_on):
        _close_what_was_planned(folder, workspace, handbook, into, planned, closed_on)
        return
    shift = _shift(handbook.settings.period, start, end)
    old = _old_period(workspace, handbook, shift, _carried(handbook, carry, carry_open, shift), closed_on)
    _say_what_is_unsettled(old)
    with _created(into, new_files(folder, old, name)):
        if edits := _closings(old):
            edit_files(folder, workspace, edits)
    click.echo(f"{into}: {name}, {shift.start} to {shift.end}, {plural(len(old.carried), 'goal')} carried over")
    for line in _left_out(old, carry_open):
        click.echo(f"  {line}")
    click.echo(f"to see what it still needs: goals check --dir {into}")
    if closed_on:
        click.echo(_TAG)
    else:
        click.echo(
            f"nothing is closed yet: once {shift.period.end} has come, run this again, and their results are known"
        )


def _closing_day(workspace: Workspace, period: Period, given: str | None) -> datetime.date | None:
    """The day on which goals are closed: the one given, or the period's last; None while that lies ahead."""
    if given:
        return datetime.date.fromisoformat(read_option("--on", given, past_day(workspace)))
    return period.end if workspace.as_of >= period.end else None


def _planned(into: Path, closed_on: datetime.date | None) -> tuple[Workspace, Handbook] | None:
    """The next handbook, if it was created ahead and can be completed. Raises Unusable if it can not."""
    if not into.exists():
        return None
    if closed_on is None or not (into / "handbook.yaml").is_file():
        raise Unusable(f"{into} already exists")
    return open_to_write(into)


def _old_period(
    workspace: Workspace, handbook: Handbook, shift: Shift, full_ids: list[str], closed_on: datetime.date | None
) -> OldPeriod:
    """The old period with how these goals ended, as far as that was reported within the days of grace."""
    from ..status.assessment import assess

    today, grace = workspace.as_of, datetime.timedelta(days=handbook.settings.grace_days)
    states = assess(handbook, max(closed_on, min(closed_on + grace, today)) if closed_on else today).goals
    carried = {full_id: states[full_id] for full_id in full_ids}
    return OldPeriod(workspace.loaded, handbook, shift, carried, closed_on)


def _close_what_was_planned(
    folder: Path,
    workspace: Workspace,
    handbook: Handbook,
    into: Path,
    planned: tuple[Workspace, Handbook],
    closed_on: datetime.date | None,
) -> None:
    """Close the open goals that a handbook created ahead has too, and write their results there."""
    from ..status.next_period import Shift

    new_workspace, new = planned
    shift = Shift(handbook.settings.period, new.settings.period.start, new.settings.period.end)
    full_ids = [full_id for full_id, goal in handbook.goals.items() if full_id in new.goals and not goal.closed]
    if not full_ids or shift.start <= shift.period.end:
        raise Unusable(f"{into} already exists")
    old = _old_period(workspace, handbook, shift, full_ids, closed_on)
    _say_what_is_unsettled(old)
    if results := _results(old, new_workspace, new):
        edit_files(into, new_workspace, results)
    edit_files(folder, workspace, _closings(old))
    click.echo(f"{plural(len(full_ids), 'goal')} of {shift.period.name} closed, and carried over to {into}")
    click.echo(_TAG)


def _say_what_is_unsettled(old: OldPeriod) -> None:
    """Name what is not reported or not accounted for of the goals to close; at a terminal, ask whether to go on."""
    from ..status.next_period import unsettled

    lines = [
        f"  {full_id}: {missing}"
        for full_id, state in old.carried.items()
        if old.closed_on and not state.goal.closed
        for missing in unsettled(state, old.closed_on)
    ]
    if lines:
        click.echo("\n".join(["to be closed all the same:", *lines]), err=True)
        if is_interactive():
            click.confirm("Close them now", abort=True)


def _beside(folder: Path, name: str) -> Path:
    """The default folder of the next handbook: `goals-fy2018` beside `goals`."""
    named = folder if folder.name else folder.resolve()
    return named.with_name("-".join(filter(None, (named.name, id_of(name)))))


def _shift(old: Period, start: str | None, end: str | None) -> Shift:
    """The way from the old period into the new one, which by default follows it and is as long."""
    from ..status.next_period import Shift, next_end

    after = old.end + datetime.timedelta(days=1)
    first = datetime.date.fromisoformat(read_option("--start", start, day)) if start else after
    last = datetime.date.fromisoformat(read_option("--end", end, day)) if end else next_end(old, first)
    if last < first:
        raise click.UsageError(f"the period would end on {last}, before it starts on {first}")
    if first <= old.end:
        message = f"the period would start on {first}, and this one ends on {old.end} only"
        raise click.UsageError(with_help(message, f"start on {after} or later"))
    return Shift(old, first, last)


def _carried(handbook: Handbook, carry: tuple[str, ...], carry_open: bool, shift: Shift) -> list[str]:
    """The full ids of the goals that carry over. Raises Unusable for an unknown one, and one of somebody who left."""
    for full_id in carry:
        if full_id not in handbook.goals:
            help = did_you_mean(full_id, handbook.goals) or "list them all with goals status"
            raise Unusable(f'unknown goal "{full_id}"', help)
        owner = handbook.owners[full_id.partition("/")[0]]
        if has_left(owner, shift):
            raise Unusable(f"{owner.name} has left before {shift.start}", f"leave out --carry {full_id}")
    stays = {owner_id for owner_id, owner in handbook.owners.items() if not has_left(owner, shift)}
    return [
        full_id
        for full_id, goal in handbook.goals.items()
        if full_id in carry or (carry_open and not goal.closed and full_id.partition("/")[0] in stays)
    ]


@contextmanager
def _created(into: Path, made: Mapping[str, str]) -> Iterator[None]:
    """Write the new folder, whole or not at all; if what follows cannot be done, it goes again. Raises Unusable."""
    from ..source.atomic import write_text

    staging = into.with_name(f".{into.name}.new")
    shutil.rmtree(staging, ignore_errors=True)
    with writing(into):
        for path, text in made.items():
            write_text(staging / path, text)
        staging.rename(into)
    try:
        yield
    except BaseException:
        shutil.rmtree(into)
        raise


def _closings(old: OldPeriod) -> dict[str, list[Edit]]:
    """The edits that close the goals in the old handbook, by owner; one that is closed stays as it was closed."""
    from ..source.edit import Put
    from ..status.next_period import closing_result

    edits: dict[str, list[Edit]] = {}
    for owner in old.handbook.owners.values() if old.closed_on else ():
        for index, goal in enumerate(owner.goals):
            state = old.carried.get(f"{owner.id}/{goal.id}")
            if state and old.closed_on and not goal.closed:
                result = closing_result(state, old.closed_on)
                closing = {"on": str(old.closed_on), "result": result, "carried_to": state.full_id}
                edits.setdefault(owner.id, []).append(Put(("goals", index, "closed"), closing))
    return edits


def _results(old: OldPeriod, workspace: Workspace, new: Handbook) -> dict[str, list[Edit]]:
    """The edits that write the old results beside the targets of the new handbook, by owner, where there is none."""
    from ..source.edit import Put

    edits: dict[str, list[Edit]] = {}
    for owner in new.owners.values():
        for index, goal in enumerate(owner.goals):
            full_id = f"{owner.id}/{goal.id}"
            last = old.last(full_id) if full_id in old.carried else None
            if last and goal.measure and goal.target is not None and goal.measure.last is None:
                path = workspace.loaded.documents[owner.id].in_file(("goals", index, "measure", "last"))
                edits.setdefault(owner.id, []).append(Put(path, last))
    return edits


def _left_out(old: OldPeriod, carry_open: bool) -> Iterator[str]:
    """What a reader may miss: supports that were dropped, closings that stay, goals of people who have left."""
    for full_id in old.carried:
        goal = old.handbook.goals[full_id]
        for support in goal.supports:
            if why := old.why_dropped(full_id, support):
                supported = old.handbook.resolve(full_id, support) or support.goal
                yield f"{full_id} no longer supports {supported}, {why}"
        if goal.closed:
            yield f"{full_id} was closed on {goal.closed.on} already, and stays closed as it was"
    for full_id, goal in old.handbook.goals.items() if carry_open else ():
        owner = old.handbook.owners[full_id.partition("/")[0]]
        if not goal.closed and has_left(owner, old.shift):
            yield f"{full_id} is still open here, because {owner.name} has left: close it, or hand it over"
