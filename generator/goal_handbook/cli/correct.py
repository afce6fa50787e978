"""`goals correct`: a wrong record put right, and the adjustment that says what it was and why, in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..findings import did_you_mean, with_help
from .common import DIR
from .conversation import remember
from .prompts import YES, Choice, Reader, ask, choose, is_interactive, number, one_of, read_option, text
from .targets import BY, ON, Target, ask_for_day, ask_who, find, past_day, person_reader, without_empty, write

if TYPE_CHECKING:
    from ..model.records import Record, RecordKind
    from ..source.edit import Edit
    from ..source.nodes import NodePath
    from ..source.row_edit import EditRow

#: How many of a goal's records a question or an error names: the latest.
_NAMED = 8


@dataclass(frozen=True)
class Found:
    """A record by the name an adjustment gives it, and where in the goal it is; a reading may be in CSV files too."""

    name: str
    kind: RecordKind
    record: Record
    paths: tuple[NodePath, ...]
    files: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """What the record says, as an adjustment spells it: its number, action or result, else its day."""
        from ..model.terms import spell
        from ..model.values import number_spelling

        value = getattr(self.record, self.kind.value, None) if self.kind.value else self.record.on
        return (
            "none" if value is None else number_spelling(spell(value)) if self.kind.name == "checkins" else str(value)
        )


@click.command()
@click.argument("goal", metavar="[OWNER/GOAL]", required=False)
@click.argument("record", metavar="[RECORD]", required=False)
@click.option("--value", metavar="WORD", help="The right number, action of an accounting, or result of a closing.")
@click.option("--date", metavar="DATE", help="The right day.")
@click.option("--remove", is_flag=True, help="Take it out: it should not be there.")
@click.option("--with", "with_", metavar="ID", help="Of several on a day, the one with (or by) this person.")
@click.option("--why", metavar="TEXT", help="Why it was wrong.")
@ON
@BY
@YES
@DIR
def correct(
    goal: str | None,
    record: str | None,
    value: str | None,
    date: str | None,
    remove: bool,
    with_: str | None,
    why: str | None,
    on: str | None,
    by: tuple[str, ...],
    directory: Path,
) -> None:
    """Correct a record, such as a reading.

    RECORD is its name in an adjustment: checkins.DATE, sessions.DATE, reviews.DATE, agreed.DATE, accountings.LANDMARK,
    landmarks.ID.done or closed. Writes what is right, and the adjustment with what was, what is now, and why. Nobody
    has to agree again.
    """
    from ..source.edit import Add

    target = find(directory, goal)
    who = read_option("--with", with_, person_reader(target.handbook)) if with_ else ""
    names = _names(target)
    choices = [Choice(one) for one in reversed(names)]
    question = f"Which record{'' if is_interactive() else ': ' + _some(names)}"
    name = ask("RECORD", question, record, _name_reader(target), choices=choices)
    found = _find(target, name, who)
    what, right = _right(target, found, value, date, remove)
    if right == (str(found.record.on) if what == "date" else found.value):
        raise click.UsageError(f"nothing to correct: {found.name} is already {right}")
    item = without_empty(
        on=ask_for_day(target, on),
        by=ask_who(target, "Who decided it", by),
        why=ask("--why", "Why: what was wrong", why, text),
        changes=_changes(found, what, right, who),
    )
    edits = [_edit(target, found.kind, path, what, right) for path in reversed(found.paths)]
    rows = {file: [_row(target, found, what, right)] for file in found.files}
    write(target, [*edits, Add((*target.path, "adjustments"), item)], rows)


def _names(target: Target) -> list[str]:
    """The names of the goal's records that can be corrected, oldest first."""
    from ..model.goal import all_records
    from ..model.records import correction_name

    records = sorted(
        (pair for pair in all_records(target.goal) if pair[0].name != "adjustments"), key=lambda p: p[1].on
    )
    return list(dict.fromkeys(correction_name(kind, record) for kind, record in records))


def _some(names: Sequence[str]) -> str:
    return ", ".join([*(["…"] if len(names) > _NAMED else []), *names[-_NAMED:]]) or "there is none yet"


def _name_reader(target: Target) -> Reader:
    """Return a reader of the name of one of the goal's records."""

    def read(typed: str) -> str:
        names = _names(target)
        if typed.strip() not in names:
            message = f'{target.full_id} has no record "{typed.strip()}"'
            raise click.BadParameter(
                with_help(message, did_you_mean(typed.strip(), names) or f"name one of {_some(names)}")
            )
        return typed.strip()

    return read


def _find(target: Target, name: str, who: str) -> Found:
    """The record of this name. Raises UsageError where a day has several and `who` does not tell which."""
    from ..model.goal import records_of
    from ..model.records import RECORDS, correction_name

    [(kind, listed)] = [
        (kind, found)
        for kind in RECORDS.values()
        if (found := [r for r in enumerate(records_of(target.goal, kind)) if correction_name(kind, r[1]) == name])
    ]
    chosen = [(index, record) for index, record in listed if who in ("", *_people(record))]
    if not chosen:
        raise click.UsageError(f"{name} is not with {who}")
    if kind.name == "checkins":
        return _reading(
            target, name, kind, [(i, r) for i, r in chosen if getattr(r, "value", None) is not None] or chosen
        )
    if kind.name != "accountings" and len(chosen) > 1:
        several = "; ".join(", ".join(_people(record)) or "nobody" for _, record in chosen)
        message = f"there are {len(chosen)} {kind.noun}s on {chosen[0][1].on}: with {several}"
        raise click.UsageError(with_help(message, "say which one: --with ID"))
    index, record = max(chosen, key=lambda pair: (pair[1].on, pair[0]))
    return Found(name, kind, record, (_place(target, kind, index, record),))


def _reading(target: Target, name: str, kind: RecordKind, chosen: list[tuple[int, Record]]) -> Found:
    """A reading, which may be in the goal's own file, in readings files, or in both."""
    from ..source.folder import READINGS

    loaded, record = target.workspace.loaded, chosen[0][1]
    written = {id(row.checkin) for row in loaded.rows}
    rows = (row for row in loaded.rows if row.goal == target.full_id and row.checkin.on == record.on)
    files = dict.fromkeys(f"{READINGS}/{Path(row.location.path).name}" for row in rows)
    own = tuple((kind.name, index) for index, checkin in chosen if id(checkin) not in written)
    return Found(name, kind, record, own, tuple(files))


def _place(target: Target, kind: RecordKind, index: int, record: Record) -> NodePath:
    """Where in the goal a record is; of a delivery, its day."""
    if kind.name == "done":
        ids = [landmark.id for landmark in target.goal.landmarks]
        return ("landmarks", ids.index(getattr(record, "landmark", "")), "done")
    return (kind.name, index) if kind.is_list else (kind.name,)


def _people(record: Record) -> tuple[str, ...]:
    return (*getattr(record, "with_", ()), *getattr(record, "by", ()))


def _right(target: Target, found: Found, value: str | None, date: str | None, remove: bool) -> tuple[str, str]:
    """What of the record is wrong (its value, its date, or that it is there) and what is right; asked if need be."""
    readers = {"date": past_day(target.workspace)}
    if found.kind.name in _VALUES:
        readers = {"value": _VALUES[found.kind.name], **readers}
    words = (*readers, "remove")
    given = {"value": value, "date": date, "remove": "dropped" if remove else None}
    chosen = [word for word, right in given.items() if right is not None]
    if not chosen and is_interactive():
        chosen = [choose("WHAT", "What is wrong", None, words, words[0])]
    if len(chosen) != 1 or chosen[0] not in words:
        options = " or ".join(f"--{word}" for word in words)
        article = "an" if found.kind.noun[0] in "aeiou" else "a"
        raise click.UsageError(f"say how to correct {article} {found.kind.noun}: {options}")
    what = chosen[0]
    if what == "remove":
        remember("--remove", *([""] if not remove else []))
        return what, "dropped"
    return what, ask(f"--{what}", f"The right {what}", given[what], readers[what])


#: What a record says in a word, if that can be wrong.
_VALUES: dict[str, Reader] = {
    "checkins": number,
    "accountings": one_of("recover", "adjust", "drop"),
    "closed": one_of("achieved", "partly", "missed", "dropped"),
}


def _changes(found: Found, what: str, right: str, who: str) -> list[dict[str, Any]]:
    """What the adjustment says: a reading of another day is dropped on the one and new on the other."""
    if found.kind.name == "checkins" and what == "date":
        moved = {"field": f"{found.kind.name}.{right}", "was": "none", "now": found.value}
        return [{"field": found.name, "was": found.value, "now": "dropped"}, moved]
    was = str(found.record.on) if what == "date" else found.value
    return [{"field": found.name, "was": f"{was} with {who}" if who else was, "now": right}]


def _edit(target: Target, kind: RecordKind, path: NodePath, what: str, right: str) -> Edit:
    from ..source.edit import Put, Remove

    if what == "remove":
        return Remove(target.path_of(path))
    key = () if kind.name == "done" else (kind.value,) if what == "value" else ("on",)
    return Put(target.path_of((*path, *key)), right)


def _row(target: Target, found: Found, what: str, right: str) -> EditRow:
    from ..model.values import parse_number, plain_number
    from ..source.row_edit import EditRow

    if what == "remove":
        return EditRow(target.full_id, found.record.on, None)
    value = {"value": plain_number(parse_number(right))} if what == "value" else {"on": right}
    return EditRow(target.full_id, found.record.on, value)
