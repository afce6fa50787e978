"""The one table of terms: everything an adjustment can name, how its value is written, and where the goal keeps it.

A new term is a row of this table and a field of the model; reading, undoing, comparing, adjusting and locating it in a
file all go through the table.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, Literal, TypeVar, get_args

from pydantic import BaseModel

from .measure import Hold, Per, Rollup, parse_partners, parse_unit
from .support import Support, read_support
from .values import (
    parse_day,
    parse_number,
    parse_over,
    parse_prose,
    parse_range,
    parse_text,
    parse_times,
    parse_yes_no,
    plain_number,
    quoted,
    value_error,
)

Kind = Literal["production", "education", "skill", "improvement", "support"]
Visibility = Literal["team", "leaders"]
#: What a term can hold; None where the goal does not have it.
Value = Decimal | datetime.date | int | str | tuple[str, ...] | tuple[int, ...] | tuple[Support, ...] | None
#: How `was` and `now` write that a term is not there.
ABSENT = frozenset({"", "dropped", "none"})
#: In `was` and `now` of a whole landmark: it is still in the file, and no longer counts.
DROPPED = "dropped"

Holder = TypeVar("Holder", bound=BaseModel)

_REQUIRED: Final = object()
_ID = "[a-z0-9-]{1,64}"


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the table: `path` is where a goal's (or a landmark's) YAML keeps it.

    `agreed`: seller and leader agree on it, so that it cannot change without an adjustment. `empty` is what the model
    holds where the term is absent; a term without one cannot be taken away. `default` is the value that is meant where
    it is absent, so that writing it out changes nothing.
    """

    name: str
    parse: Callable[[Any], Value]
    path: tuple[str, ...]
    agreed: bool = True
    empty: Any = _REQUIRED
    default: Any = None

    def get(self, holder: BaseModel) -> Value:
        """Return the value in a goal (or a landmark), None where it is not set."""
        found: Any = holder
        for key in self.path:
            if found is None:
                return None
            found = getattr(found, _attribute(found, key))
        says_nothing = found in (None, self.empty, self.default, "", ()) or found is False
        return None if says_nothing else found

    def fits(self, holder: BaseModel) -> bool:
        """Return whether the goal (or landmark) has what the term belongs to, a measure for example."""
        found: Any = holder
        for key in self.path[:-1]:
            found = getattr(found, _attribute(found, key))
            if found is None:
                return False
        return True

    def put(self, holder: Holder, value: Value) -> Holder:
        """Return the holder with another value; the holder itself where it cannot have that value."""
        new = self.empty if value is None else value
        return holder if new is _REQUIRED else _put(holder, self.path, new)


def _attribute(holder: Any, key: str) -> str:
    model: type[BaseModel] = type(holder)
    return _field_of(model, key)


@lru_cache(maxsize=512)  # asked of every term in every version of a goal
def _field_of(model: type[BaseModel], key: str) -> str:
    return key if key in model.model_fields else f"{key}_"


def _put(holder: Holder, path: tuple[str, ...], value: Any) -> Holder:
    name, rest = _attribute(holder, path[0]), path[1:]
    if rest:
        inner = getattr(holder, name)
        if inner is None:
            return holder
        value = _put(inner, rest, value)
    return holder.model_copy(update={name: value})


def _one_of(choices: Any) -> Callable[[Any], Value]:
    words = get_args(choices)

    def parse(value: Any) -> Value:
        text = parse_text(value)
        if text not in words:
            raise value_error("GH108", f"{quoted(text)} is not a known value", f"use {' or '.join(words)}")
        return text

    return parse


def _items(value: Any) -> list[str]:
    """Read a list that may be written as one text: `a, b` or `[a, b]`."""
    words = value.strip().strip("[]").split(",") if isinstance(value, str) else map(str, value)
    return [word.strip() for word in words if word.strip()]


def _supports(value: Any) -> Value:
    """Read what a goal supports, written as one text or as a list; an empty list means there is none."""
    words = (word for word in _items(value) if word not in ABSENT)
    return tuple(Support.model_validate(read_support(word)) for word in words) or None


def _not_zero(value: Any) -> Value:
    """Read a number; 0 reads as None, as when the goal does not say."""
    return parse_number(value) or None


def _only_yes(value: Any) -> Value:
    """Read `yes`; `no` reads as None, as when the goal does not say."""
    return parse_yes_no(value) or None


#: The terms of a goal.
GOAL_TERMS: Mapping[str, Term] = {
    term.name: term
    for term in (
        Term("target", parse_number, ("measure", "target")),
        Term("from", _not_zero, ("measure", "from"), empty=None, default=Decimal(0)),
        Term("unit", parse_unit, ("measure", "unit")),
        Term("hold", _one_of(Hold), ("measure", "hold"), empty=None),
        Term("tolerance", parse_number, ("measure", "tolerance"), empty=None),
        Term("over", parse_over, ("measure", "over"), empty=None),
        Term("rollup", _one_of(Rollup), ("measure", "rollup"), empty=None),
        Term("start", parse_day, ("start",)),
        Term("due", parse_day, ("due",)),
        Term("supports", _supports, ("supports",), empty=()),
        Term("prorate", _only_yes, ("prorate",), empty=False),
        Term("kind", _one_of(Kind), ("kind",)),
        Term("visibility", _one_of(Visibility), ("visibility",)),
        Term("title", parse_text, ("title",), agreed=False),
        Term("why", parse_prose, ("why",), agreed=False),
        Term("cadence.times", parse_times, ("measure", "cadence", "times")),
        Term("cadence.per", _one_of(Per), ("measure", "cadence", "per")),
        Term("cadence.with", parse_partners, ("measure", "cadence", "with")),
        Term("cadence.minutes", parse_range, ("measure", "cadence", "minutes"), empty=None),
        Term("cadence.hours", parse_range, ("measure", "cadence", "hours"), empty=None),
        Term("cadence.days", parse_range, ("measure", "cadence", "days"), empty=None),
    )
}

#: The terms of a landmark, named `landmarks.ID.due`; `done` is a record, and only a correction names it.
LANDMARK_TERMS: Mapping[str, Term] = {
    term.name: term
    for term in (
        Term("due", parse_day, ("due",)),
        Term("value", parse_number, ("value",), empty=None),
        Term("deliver", parse_text, ("deliver",), empty=""),
        Term("title", parse_text, ("title",), agreed=False),
        Term("done", parse_day, ("done",), agreed=False, empty=None),
    )
}

#: The goal as a whole can be named too; nothing of it is compared or undone.
WHOLE_GOAL = "goal"

_LANDMARK = re.compile(rf"landmarks\.({_ID})(?:\.({'|'.join(LANDMARK_TERMS)}))?\Z")
#: All names as a pattern, for editors.
TERM_PATTERN = "|".join([*map(re.escape, (*GOAL_TERMS, WHOLE_GOAL)), _LANDMARK.pattern.removesuffix(r"\Z")])


@dataclass(frozen=True, slots=True)
class TermRef:
    """A term by the name adjustments use: `target`, `landmarks.q3.due`, or a whole landmark, `landmarks.q3`."""

    name: str
    term: Term | None
    landmark: str = ""

    @property
    def is_whole_landmark(self) -> bool:
        """Whether it names a landmark, not one of its terms."""
        return bool(self.landmark) and self.term is None

    def parse(self, value: Any) -> Value:
        """Read a `was` or `now`. Raises what the term's own parser raises."""
        if isinstance(value, str) and value.strip() in ABSENT:
            return DROPPED if self.term is None and value.strip() == DROPPED else None
        return self.term.parse(value) if self.term else parse_prose(value)

    def get(self, goal: BaseModel) -> Value:
        """Return the term's value in a goal, None where it has none."""
        holder = _landmark(goal, self.landmark) if self.landmark else goal
        return self.term.get(holder) if self.term and holder else None

    def fits(self, goal: BaseModel) -> bool:
        """Return whether the goal has what the term belongs to: the landmark, a measure, a cadence."""
        holder = _landmark(goal, self.landmark) if self.landmark else goal
        return bool(self.term and holder and self.term.fits(holder))

    def put(self, goal: Holder, value: Value) -> Holder:
        """Return the goal with another value for the term, or the goal itself where it cannot have that."""
        if self.term is None:
            return goal
        if not self.landmark:
            return self.term.put(goal, value)
        landmarks = tuple(self.term.put(lm, value) if lm.id == self.landmark else lm for lm in _landmarks(goal))
        return goal.model_copy(update={"landmarks": landmarks})

    def path(self, goal: BaseModel) -> tuple[str | int, ...]:
        """Return where the goal's YAML keeps the term, or what is around it where the landmark is gone."""
        inner = self.term.path if self.term else ()
        if not self.landmark:
            return inner
        ids = [landmark.id for landmark in _landmarks(goal)]
        return ("landmarks", ids.index(self.landmark), *inner) if self.landmark in ids else ("landmarks",)


def _landmarks(goal: BaseModel) -> tuple[Any, ...]:
    """The goal's landmarks; goal.py imports this module, so that it is a model of any class here."""
    found: tuple[Any, ...] = getattr(goal, "landmarks", ())
    return found


def _landmark(goal: BaseModel, landmark_id: str) -> Any:
    return next((landmark for landmark in _landmarks(goal) if landmark.id == landmark_id), None)


@lru_cache(maxsize=4_096)
def term_ref(name: str) -> TermRef | None:
    """Return the term with this name, None where no term has it."""
    if name in GOAL_TERMS or name == WHOLE_GOAL:
        return TermRef(name, GOAL_TERMS.get(name))
    if match := _LANDMARK.match(name):
        return TermRef(name, LANDMARK_TERMS[match[2]] if match[2] else None, match[1])
    return None


def landmark_ref(landmark_id: str, part: str = "") -> TermRef:
    """Return a landmark's term, or the whole landmark."""
    name = ".".join(filter(None, ("landmarks", landmark_id, part)))
    return TermRef(name, LANDMARK_TERMS[part] if part else None, landmark_id)


def terms_of(goal: BaseModel, agreed: bool = True) -> Iterator[tuple[TermRef, Value]]:
    """Yield the terms a goal has, with their values: those that are agreed on, or the others."""
    for term in GOAL_TERMS.values():
        if term.agreed is agreed and (value := term.get(goal)) is not None:
            yield TermRef(term.name, term), value
    for landmark in _landmarks(goal):
        for term in LANDMARK_TERMS.values():
            if term.agreed is agreed and (value := term.get(landmark)) is not None:
                yield TermRef(f"landmarks.{landmark.id}.{term.name}", term, landmark.id), value


def term_fields() -> frozenset[str]:
    """Return the fields of a goal that hold terms."""
    return frozenset(term.path[0] for term in GOAL_TERMS.values())


def comparable(value: Value) -> Value:
    """Return the value without what says nothing: the order of the goals a goal supports."""
    if not isinstance(value, tuple) or any(isinstance(item, int) for item in value):
        return value
    return tuple(sorted(map(str, value)))


def spell(value: Value) -> str:
    """Write a value in one spelling: `260000`, `2017-06-30`, `a, b`; "" for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return plain_number(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
