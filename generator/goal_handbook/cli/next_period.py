"""`goals next-period`: the next year's handbook from this one."""

from __future__ import annotations

import calendar
import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import Unusable, goals_folder, print_findings, read
from .prompts import day, id_of
from .targets import DIR, today, write_file

if TYPE_CHECKING:
    from ..model.handbook import Handbook, Period
    from ..source.load import Loaded

#: What of a goal goes on into another period; what was agreed, read and decided stays behind.
_KEPT = ("id", "title", "kind", "why", "supports", "fits", "actions", "measure", "landmarks", "invest",
         "visibility", "formerly")  # fmt: skip


@click.command("next-period")
@click.argument("name")
@click.option("--into", metavar="DIR", type=click.Path(path_type=Path), help="The new folder; goals-NAME unless said.")
@click.option("--start", metavar="DATE", help="Its first day; the day after this period unless said.")
@click.option("--end", metavar="DATE", help="Its last day; as long as this period unless said.")
@click.option("--carry", multiple=True, metavar="OWNER/GOAL", help="A goal that goes on; may be given again.")
@click.option("--carry-open", is_flag=True, help="All goals that are not closed go on.")
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
    """Begin the next period's handbook: the same people, and the goals that go on.

    A goal that goes on begins anew: its landmarks move by a period, and what was agreed, read and decided stays in
    the old handbook, where it is closed with carried_to.
    """
    loaded = read(directory)
    if loaded.handbook is None or any(f.severity == "error" for f in loaded.findings):
        print_findings([f for f in loaded.findings if f.severity == "error"])
        raise Unusable("mend the handbook first")
    folder = goals_folder(directory)
    into = into or _beside(folder, name)
    if into.exists():
        raise Unusable(f"{into} is there already")
    from ..model.people import Seller
    from ..source.schema import KINDS, schema_text

    handbook = loaded.handbook
    first, last = _period(handbook.settings.period, start, end)
    carried = _carried(handbook, carry, carry_open)
    made = {"handbook.yaml": _settings(folder, loaded, name, first, last)}
    for owner_id, owner in handbook.owners.items():
        if isinstance(owner, Seller) and owner.left and owner.left < first:
            continue
        made[f"{owner.kind}s/{owner_id}.yaml"] = _owner(loaded, owner_id, carried, first)
    made |= {f".schema/{kind}.json": schema_text(kind) for kind in KINDS}
    _write(into, made)
    for full_id in carried:
        _close(folder, loaded, full_id)
    click.echo(f"{into}: {name}, {first} to {last}, {len(carried)} goals carried over")
    click.echo(f"what it still needs: goals check {into}; then tag the old one and put the new one in its place")


def _beside(folder: Path, name: str) -> Path:
    """Where the next handbook goes unless somebody says so: `goals-fy2018` beside `goals`."""
    named = folder if folder.name else folder.resolve()
    return named.with_name("-".join(filter(None, (named.name, id_of(name)))))


def _period(old: Period, start: str | None, end: str | None) -> tuple[datetime.date, datetime.date]:
    """First and last day of the next period, as many months long as the old one."""
    first = datetime.date.fromisoformat(day(start)) if start else old.end + datetime.timedelta(days=1)
    after = old.end + datetime.timedelta(days=1)
    months = (after.year - old.start.year) * 12 + after.month - old.start.month
    last = (
        datetime.date.fromisoformat(day(end))
        if end
        else _moved(first, months) - datetime.timedelta(days=1)
        if after.day == old.start.day and months
        else first + (old.end - old.start)
    )
    if last < first:
        raise click.UsageError(f"the period would end on {last}, before it starts on {first}")
    return first, last


def _moved(date: datetime.date, months: int) -> datetime.date:
    """The same day some months later, or the month's last."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def _carried(handbook: Handbook, carry: tuple[str, ...], carry_open: bool) -> list[str]:
    from ..findings import did_you_mean

    for full_id in carry:
        if full_id not in handbook.goals:
            help = did_you_mean(full_id, handbook.goals) or "write owner/goal"
            raise Unusable(f'no goal is called "{full_id}", {help}')
    wanted = [i for i, goal in handbook.goals.items() if i in carry or (carry_open and not goal.closed)]
    return list(dict.fromkeys(wanted))


def _settings(folder: Path, loaded: Loaded, name: str, first: datetime.date, last: datetime.date) -> str:
    """handbook.yaml with the new period and no fixed status date; everything else stays as it is written."""
    from ..source.edit import Put, edited
    from ..source.key_order import order_of

    text = (folder / "handbook.yaml").read_bytes().decode("utf-8")
    root = loaded.settings_document.root
    if root and "as_of" in root.entries:
        line = root.entries["as_of"][0].line
        lines = text.splitlines(keepends=True)
        text = "".join(lines[: line - 1] + lines[line:])
    edits = [Put(("period", key), str(value)) for key, value in (("name", name), ("start", first), ("end", last))]
    return edited(text, edits, order_of(""))


def _owner(loaded: Loaded, owner_id: str, carried: list[str], first: datetime.date) -> str:
    """An owner's file up to its goals, as it is written, and the goals that go on."""
    from ..source.edit import tree
    from ..source.emit import as_block

    document = loaded.documents[owner_id]
    root = document.root
    if root is None or "goals" not in root.entries:
        return document.text
    key, goals = root.entries["goals"]
    head = document.text[: key.start]
    behind = document.text[getattr(goals, "end", key.end) :]
    said = tree(goals) or []
    going_on = [g for g in said if f"{owner_id}/{g.get('id')}" in carried]
    if not going_on:
        return head.rstrip() + "\n"
    lines = ["goals:"]
    shift = loaded.handbook.settings.period if loaded.handbook else None
    for goal in going_on:
        if loaded.handbook:
            fed = loaded.handbook.goals[f"{owner_id}/{goal['id']}"].supports
            goes = [r for r in fed if loaded.handbook.resolve(f"{owner_id}/{goal['id']}", r) in carried]
            goal["supports"] = goes[0] if len(goes) == 1 else goes
        block = as_block(_anew(goal, first, shift), short=False, inside=True)
        lines += [f"  - {block[0]}", *(f"    {line}" for line in block[1:]), ""]
    return head + "\n".join(lines[:-1]) + "\n" + behind.lstrip("\n") * bool(behind.strip())


def _anew(goal: dict[str, Any], first: datetime.date, old: Period | None) -> dict[str, Any]:
    """A goal as it begins again: its landmarks as far into the new period as they were into the old."""
    months = (first.year - old.start.year) * 12 + first.month - old.start.month if old else 12

    def later(date: str) -> str:
        return str(_moved(datetime.date.fromisoformat(date), months))

    landmarks = [
        {name: later(value) if name == "due" else value for name, value in mark.items() if name != "done" and value}
        for mark in goal.get("landmarks") or []
    ]
    again = {**goal, "landmarks": landmarks}
    return {name: again[name] for name in _KEPT if again.get(name)}


def _write(into: Path, made: dict[str, str]) -> None:
    """The new folder, whole or not at all."""
    import shutil

    from ..source.atomic import write_text

    staging = into.with_name(f".{into.name}.new")
    try:
        shutil.rmtree(staging, ignore_errors=True)
        for path, text in made.items():
            write_text(staging / path, text)
        staging.rename(into)
    except OSError as error:
        raise Unusable(f"{error.filename}: {error.strerror or error}") from None


def _close(folder: Path, loaded: Loaded, full_id: str) -> None:
    """The old goal says where it goes on."""
    from ..source.edit import Put

    owner_id, _, goal_id = full_id.partition("/")
    handbook = read(folder).handbook if loaded.handbook else None
    if handbook is None:
        return
    owner = handbook.owners[owner_id]
    index = [goal.id for goal in owner.goals].index(goal_id)
    closed = owner.goals[index].closed
    path = ("goals", index, "closed")
    ending = {"on": today(), "result": "partly", "carried_to": full_id}
    edit = Put((*path, "carried_to"), full_id) if closed else Put(path, ending)
    write_file(folder, loaded, f"{owner.kind}s", owner_id, [edit])
