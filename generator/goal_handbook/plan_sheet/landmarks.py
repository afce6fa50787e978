"""What a row says of landmarks: which stay, which change, which are moved to another day, which come and which go."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..model.goal import Landmark
from ..model.settings import Period
from ..model.values import number_spelling, parse_number, plain_number, value_error
from ..spreadsheets.sheet import Field
from ..status.calendar import quarters
from .cells import is_blank, looks_like_number, read_number, read_text, words_of
from .columns import Here


@dataclass(frozen=True, slots=True)
class Wanted:
    """A landmark as a cell says it: a number to reach, or a text of what to deliver."""

    due: datetime.date
    value: Decimal | None = None
    deliver: str = ""

    @property
    def data(self) -> dict[str, str]:
        """Return it as the file has it, without an id."""
        if self.value is None:
            return {"due": str(self.due), "deliver": self.deliver}
        return {"due": str(self.due), "value": number_spelling(plain_number(self.value))}

    def says(self, landmark: Landmark) -> bool:
        """Return whether a landmark asks for the same, on whatever day."""
        return (self.value, self.deliver) == (landmark.value, landmark.deliver)

    def is_like(self, landmark: Landmark) -> bool:
        """Return whether a landmark is a number as well, or something to deliver as well."""
        return (self.value is None) == (landmark.value is None)


def read_wanted(due: datetime.date, cell: Field, here: Here) -> list[Wanted]:
    """Return the landmarks in a cell: a number, a text, or several of them one a line. Raises GH105, GH118, GH119."""
    if is_blank(cell):
        return []
    if not isinstance(cell, str):
        return [Wanted(due, _number(cell, here))]
    lines = [line.strip() for line in cell.replace("\r", "\n").split("\n") if line.strip()]
    return [_line(due, line, here) for line in lines]


def _line(due: datetime.date, line: str, here: Here) -> Wanted:
    if len(line) > 1 and line.startswith('"') and line.endswith('"'):
        return Wanted(due, deliver=read_text(line[1:-1]))
    if looks_like_number(line):
        return Wanted(due, _number(line, here))
    return Wanted(due, deliver=read_text(line))


def _number(cell: Field, here: Here) -> Decimal:
    if not here.unit:
        message = f"{words_of(cell)} is a number, and nothing says what it is measured in"
        raise value_error("GH118", message, 'fill in "Measured in" and "Target", or write in words what to deliver')
    return parse_number(read_number(cell, here.unit, here.currency))


@dataclass
class Matched:
    """Landmarks that ask for something else now (with what), that come, and that go."""

    changed: list[tuple[Landmark, Wanted]] = field(default_factory=list)
    new: list[Wanted] = field(default_factory=list)
    gone: list[Landmark] = field(default_factory=list)


def match(touched: Sequence[Landmark], loose: Sequence[Landmark], wanted: Iterable[Wanted]) -> Matched:
    """Return what becomes of landmarks.

    `touched` are those in cells that say something else now, `loose` those whose day has no column or an empty cell:
    the column may have got another day. What asks for the same on another day was moved.
    """
    left, come = [*touched], [*wanted]
    free = [*loose]
    found = Matched()
    for same in (lambda w, lm: w.due == lm.due and w.says(lm), lambda w, lm: w.due == lm.due and w.is_like(lm)):
        _pair(left, come, same, found)
    _pair(left, come, lambda w, lm: w.says(lm), found)
    _pair(free, come, lambda w, lm: w.says(lm), found)
    return Matched(found.changed, come, left)


def _pair(left: list[Landmark], come: list[Wanted], fits: Callable[[Wanted, Landmark], bool], found: Matched) -> None:
    """Take out of both lists what fits, one by one."""
    for landmark in [*left]:
        if wanted := next((one for one in come if fits(one, landmark)), None):
            left.remove(landmark)
            come.remove(wanted)
            if wanted.due != landmark.due or not wanted.says(landmark):
                found.changed.append((landmark, wanted))


def landmark_ids(
    wanted: Sequence[Wanted], taken: Collection[str], period: Period, make_id: Callable[[str], str]
) -> list[str]:
    """Return an id for each new landmark: `q3` at the end of a quarter, else its month, or words of what to deliver."""
    ends = {quarter.end: f"q{number}" for number, quarter in enumerate(quarters(period), start=1)}
    found: list[str] = []
    for one in wanted:
        month = calendar.month_name[one.due.month].lower()
        name = (make_id(one.deliver) if one.deliver else ends.get(one.due)) or month
        found.append(unused(name, {*taken, *found}))
    return found


def unused(name: str, taken: Collection[str]) -> str:
    """Return an id, with a number after it if it is taken."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name[:60].rstrip('-')}-{number}"
    return found
