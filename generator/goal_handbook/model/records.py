"""What people wrote down on a day: readings, sessions, reviews, agreements, accountings, adjustments, closings."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from .values import (
    Day,
    Entity,
    Number,
    Positive,
    Prose,
    RequiredProse,
    Slug,
    Slugs,
    Text,
    parse_day,
    parse_number,
    value_error,
)

#: Terms an adjustment may change: a field of the goal, or (below) a landmark or one of its fields, or a correction.
TERMS = (
    "target",
    "from",
    "unit",
    "hold",
    "rollup",
    "start",
    "due",
    "supports",
    "title",
    "kind",
    "why",
    "cadence.times",
    "cadence.per",
    "cadence.with",
    "cadence.minutes",
    "goal",
)
_LANDMARK_TERM = re.compile(r"landmarks\.([a-z0-9-]{1,64})(?:\.(due|value|deliver|title|done))?\Z")
#: A correction of what was written down in the past: `checkins.2017-06-30`, `accountings.q2`, `closed`.
_CORRECTION = re.compile(
    r"(checkins|sessions|reviews|agreed|adjustments)\.[0-9]{4}-[0-9]{2}-[0-9]{2}\Z|(accountings)\.[a-z0-9-]{1,64}\Z|(closed)\Z"
)
#: All of them as one pattern, for editors; `measure.` before a term is taken too.
TERM_PATTERN = "^(?:measure\\.)?(?:{})$".format(
    "|".join([*map(re.escape, TERMS), *(p.pattern.replace(r"\Z", "") for p in (_LANDMARK_TERM, _CORRECTION))])
)
#: How a dropped landmark or goal is written in `now`, and one that was not there yet in `was`.
GONE = frozenset({"", "dropped", "none"})


def parse_term(value: Any) -> str:
    """The name of a term an adjustment changes. Raises GH108."""
    text = value.removeprefix("measure.") if isinstance(value, str) else ""
    if text not in TERMS and not _LANDMARK_TERM.match(text) and not _CORRECTION.match(text):
        known = (
            "target, unit, start, due, supports, landmarks.ID, landmarks.ID.due, landmarks.ID.value or checkins.DATE"
        )
        raise value_error(
            "GH108", f'"{value}" is no term of a goal' if text else "here belongs a term of the goal", f"write {known}"
        )
    return text


def parse_term_value(value: Any) -> str:
    """An old or new value of a term, as its text; a list (of supported goals) is joined. Raises GH104."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, str):
        return value.strip()
    raise value_error("GH104", "here belongs the value itself", "write it on one line")


class Spent(Entity):
    """Time and money that went into a goal, to date."""

    hours: Number | None = None
    money: Number | None = None


class CheckIn(Entity):
    """A reading: the total to date (or the level) on a day."""

    on: Day
    value: Number | None = None
    note: Prose = ""
    by: Slugs = ()
    spent: Spent | None = None

    @model_validator(mode="after")
    def _says_something(self) -> CheckIn:
        if self.value is None and self.spent is None and not self.note:
            raise value_error("GH103", "this check-in says nothing", "add value: with the total to date")
        return self


class Session(Entity):
    """One time a cadence was kept: with whom, and for how long."""

    on: Day
    with_: Slugs = Field((), alias="with")
    minutes: Positive | None = None
    note: Prose = ""


class Agreement(Entity):
    """Who agreed to the goal's terms on a day; a seller's goal is agreed by seller and leader."""

    on: Day
    by: Annotated[Slugs, Field(min_length=1)]
    note: Prose = ""


class Review(Entity):
    """A look at the goal; `confidence` is shown beside the status and never changes it."""

    on: Day
    by: Slugs = ()
    confidence: Literal["high", "medium", "low"] | None = None
    note: Prose = ""
    next: Prose = ""


class PlanStep(Entity):
    """One step of getting back on track."""

    do: Text
    who: Slug | None = None
    due: Day | None = None
    done: Day | None = None


class Accounting(Entity):
    """Why a landmark was missed, and what is done about it."""

    landmark: Slug
    on: Day
    by: Slugs = ()
    why: RequiredProse
    action: Literal["recover", "adjust", "drop"]
    plan: tuple[PlanStep, ...] = ()


class Change(Entity):
    """One term, before and after."""

    field: Annotated[str, BeforeValidator(parse_term)]
    was: Annotated[str, BeforeValidator(parse_term_value)] = ""
    now: Annotated[str, BeforeValidator(parse_term_value)] = ""

    @model_validator(mode="after")
    def _values_fit_the_field(self) -> Change:
        parse = (
            parse_day
            if self.part in {"due", "start", "done"}
            else parse_number
            if self.part in {"target", "from", "value"} or self.corrects == "checkins"
            else None
        )
        if parse:
            for text in (self.was, self.now):
                if text not in GONE:
                    parse(text)
        return self

    @property
    def landmark(self) -> str:
        """The landmark whose term this is, or ""."""
        match = _LANDMARK_TERM.match(self.field)
        return match[1] if match else ""

    @property
    def corrects(self) -> str:
        """The list of what was written down that this corrects (`checkins`…), or "" for a term."""
        match = _CORRECTION.match(self.field)
        return next(filter(None, match.groups()), "") if match else ""

    @property
    def part(self) -> str:
        """The term within goal or landmark: `target`, `due`, `value`…; "" for a landmark as a whole."""
        match = _LANDMARK_TERM.match(self.field)
        return (match[2] or "") if match else self.field


class Adjustment(Entity):
    """Terms that were moved, by whom, and why."""

    on: Day
    by: Slugs = ()
    why: Prose = ""
    changes: tuple[Change, ...] = Field(min_length=1)


class Closing(Entity):
    """How a goal ended."""

    on: Day
    result: Literal["achieved", "partly", "missed", "dropped"]
    note: Prose = ""
    carried_to: Text = ""


class Invest(Entity):
    """Time (hours) and money set aside for a goal."""

    hours: Number | None = None
    money: Number | None = None
