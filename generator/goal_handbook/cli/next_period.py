"""`goals next-period`: the next year's handbook from this one."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..findings import did_you_mean
from ..words import plural
from .common import DIR, Unusable, goals_folder, print_findings, today, writing
from .edits import edit_file
from .prompts import day, id_of, read_option
from .targets import open_to_write

if TYPE_CHECKING:
    from ..model.goal import Goal
    from ..model.handbook import Handbook, Period
    from ..model.people import AnyOwner
    from ..source.edit import Edit
    from ..source.load import Loaded
    from ..workspace import Workspace


@click.command("next-period")
@click.argument("name")
@click.option("--into", metavar="DIR", type=click.Path(path_type=Path), help="The new folder; default: goals-NAME.")
@click.option("--start", metavar="DATE", help="Its first day; default: the day after this period.")
@click.option("--end", metavar="DATE", help="Its last day; default: as long as this period.")
@click.option("--carry", multiple=True, metavar="OWNER/GOAL", help="A goal to carry over; can be repeated.")
@click.option("--carry-open", is_flag=True, help="Carry over every goal that is not closed.")
@DIR
def next_period(
    name: str,
    into: Path | None,
    start: str | None,
    end: str | None,
    carry: tuple[str, ...],
    carry_open: bool,
    directory: Path,
) -> None:
    """Create the next period's handbook from this one.

    It has the same people, and the goals that carry over. These start afresh: their landmarks move by one period, and
    their agreements and records stay in the old handbook, where the goals are closed with carried_to.
    """
    workspace, handbook = open_to_write(directory)
    if errors := [finding for finding in workspace.loaded.findings if finding.severity == "error"]:
        print_findings(errors)
        raise Unusable("the handbook has errors", "fix them first")
    folder = goals_folder(directory)
    into = into or _beside(folder, name)
    if into.exists():
        raise Unusable(f"{into} already exists")
    first, last = _period(handbook.settings.period, start, end)
    carried = _carried(handbook, carry, carry_open)
    _write(into, _new_files(folder, workspace.loaded, handbook, name, (first, last), carried))
    _close(folder, workspace, handbook, carried)
    click.echo(f"{into}: {name}, {first} to {last}, {plural(len(carried), 'goal')} carried over")
    click.echo(f"to see what it still needs: goals check --dir {into}")
    click.echo("then tag the old handbook, and put the new one in its place")


def _beside(folder: Path, name: str) -> Path:
    """The default folder of the next handbook: `goals-fy2018` beside `goals`."""
    named = folder if folder.name else folder.resolve()
    return named.with_name("-".join(filter(None, (named.name, id_of(name)))))


def _period(old: Period, start: str | None, end: str | None) -> tuple[datetime.date, datetime.date]:
    """First and last day of the next period, by default as many months long as the old one."""
    from ..status.calendar import add_months

    after = old.end + datetime.timedelta(days=1)
    first = datetime.date.fromisoformat(read_option("--start", start, day)) if start else after
    months = _months_between(old.start, after)
    if end:
        last = datetime.date.fromisoformat(read_option("--end", end, day))
    elif after.day == old.start.day and months:
        last = add_months(first, months) - datetime.timedelta(days=1)
    else:
        last = first + (old.end - old.start)
    if last < first:
        raise click.UsageError(f"the period would end on {last}, before it starts on {first}")
    return first, last


def _months_between(start: datetime.date, end: datetime.date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def _carried(handbook: Handbook, carry: tuple[str, ...], carry_open: bool) -> list[str]:
    """The full ids of the goals that carry over. Raises Unusable for an unknown one."""

    for full_id in carry:
        if full_id not in handbook.goals:
            help = did_you_mean(full_id, handbook.goals) or "name it as owner/goal"
            raise Unusable(f'unknown goal "{full_id}"', help)
    return [i for i, goal in handbook.goals.items() if i in carry or (carry_open and not goal.closed)]


def _new_files(
    folder: Path,
    loaded: Loaded,
    handbook: Handbook,
    name: str,
    period: tuple[datetime.date, datetime.date],
    carried: list[str],
) -> dict[str, str]:
    """The new handbook's files by path: without the sellers who left before it starts."""
    from ..model.people import Seller
    from ..source.schema import KINDS, schema_text

    first, _ = period
    made = {"handbook.yaml": _settings(folder, loaded, name, period)}
    for owner in handbook.owners.values():
        if not (isinstance(owner, Seller) and owner.left_before(first)):
            made[f"{owner.kind}s/{owner.id}.yaml"] = _owner_file(loaded, handbook, owner, carried, first)
    return made | {f".schema/{kind}.json": schema_text(kind) for kind in KINDS}


def _settings(folder: Path, loaded: Loaded, name: str, period: tuple[datetime.date, datetime.date]) -> str:
    """handbook.yaml with the new period and no fixed status date; everything else stays as written."""
    from ..source.edit import Put, edited
    from ..source.key_order import order_of

    text = (folder / "handbook.yaml").read_bytes().decode("utf-8")
    root = loaded.settings_document.root
    if root and "as_of" in root.entries:
        line = root.entries["as_of"][0].line
        lines = text.splitlines(keepends=True)
        text = "".join(lines[: line - 1] + lines[line:])
    values = zip(("name", "start", "end"), (name, *period), strict=True)
    return edited(text, [Put(("period", key), str(value)) for key, value in values], order_of(""))


def _owner_file(loaded: Loaded, handbook: Handbook, owner: AnyOwner, carried: list[str], first: datetime.date) -> str:
    """An owner's file, as written except that only the goals that carry over are in it."""
    from ..source.emit import as_block
    from ..source.nodes import to_data

    document = loaded.documents[owner.id]
    root = document.root
    if root is None or "goals" not in root.entries:
        return document.text
    key, goals = root.entries["goals"]
    head, tail = document.text[: key.start], document.text[getattr(goals, "end", key.end) :]
    lines = ["goals:"]
    for data, goal in zip(to_data(goals, keep_all=True) or [], owner.goals, strict=True):
        full_id = f"{owner.id}/{goal.id}"
        if full_id not in carried:
            continue
        supports = [support.goal for support in goal.supports if handbook.resolve(full_id, support) in carried]
        data["supports"] = supports[0] if len(supports) == 1 else supports
        block = as_block(_fresh(data, goal, first, handbook.settings.period), short=False, inside=True)
        lines += [f"  - {block[0]}", *(f"    {line}" for line in block[1:]), ""]
    if len(lines) == 1:
        return head.rstrip() + "\n"
    return head + "\n".join(lines[:-1]) + "\n" + tail.lstrip("\n") * bool(tail.strip())


def _fresh(data: dict[str, Any], goal: Goal, first: datetime.date, old: Period) -> dict[str, Any]:
    """A goal as it starts again: its landmarks as far into the new period as they were into the old one."""
    from ..model.records import LISTS
    from ..status.calendar import add_months

    months = _months_between(old.start, first)
    landmarks = [
        {k: str(add_months(landmark.due, months)) if k == "due" else v for k, v in written.items() if k != "done" and v}
        for written, landmark in zip(data.get("landmarks") or [], goal.landmarks, strict=True)
    ]
    fresh = {**data, "landmarks": landmarks}
    left_behind = {*LISTS, "closed", "start", "due"}  # what was agreed and recorded stays with the old goal
    return {key: fresh[key] for key in type(goal).model_fields if key not in left_behind and fresh.get(key)}


def _write(into: Path, made: dict[str, str]) -> None:
    """Write the new folder, whole or not at all. Raises Unusable."""
    import shutil

    from ..source.atomic import write_text

    staging = into.with_name(f".{into.name}.new")
    shutil.rmtree(staging, ignore_errors=True)
    with writing(into):
        for path, text in made.items():
            write_text(staging / path, text)
        staging.rename(into)


def _close(folder: Path, workspace: Workspace, handbook: Handbook, carried: list[str]) -> None:
    """Close the goals that carry over in the old handbook, owner by owner."""
    from ..source.edit import Put

    for owner in handbook.owners.values():
        edits: list[Edit] = []
        for index, goal in enumerate(owner.goals):
            full_id, path = f"{owner.id}/{goal.id}", ("goals", index, "closed")
            if full_id in carried:
                closing = {"on": str(today()), "result": "partly", "carried_to": full_id}
                edits.append(Put((*path, "carried_to"), full_id) if goal.closed else Put(path, closing))
        if edits:
            workspace = edit_file(folder, workspace, owner, edits)
