"""What people write down about a goal, each on a day: check-ins, sessions, reviews, agreements, accountings,
adjustments, deliveries and the closing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_serializer, field_validator, model_validator

from .entity import Entity
from .fields import Base64, Day, Digest, Number, Positive, Prose, RequiredProse, Slug, Slugs, SomeSlugs, Text
from .measure import LENGTHS
from .terms import ABSENT, TERM_PATTERN, TermRef, Value, spell, term_ref
from .values import parse_day, parse_number, parse_prose, value_error


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: the key of the goal that lists it, what a person calls one, and how two are told apart.

    `identity` are the fields in which two different records of one goal differ. `corrected_by` is the field that
    names one in a correction: `checkins.2017-06-30`, `accountings.q2`. `value` is the field that says it all, where
    there is one.
    """

    name: str
    noun: str
    identity: tuple[str, ...]
    corrected_by: str = "on"
    value: str = ""
    is_list: bool = True


#: The one table of records; format.md#records: they stay in the file, and are only added to.
RECORDS: Mapping[str, RecordKind] = {
    kind.name: kind
    for kind in (
        RecordKind("agreed", "agreement", ("on", "by")),
        RecordKind("checkins", "reading", ("on",), value="value"),
        RecordKind("sessions", "session", ("on", "with_")),
        RecordKind("reviews", "review", ("on", "by")),
        RecordKind("accountings", "accounting", ("landmark", "on"), corrected_by="landmark", value="action"),
        RecordKind("adjustments", "adjustment", ("on",)),
        RecordKind("done", "delivery", ("landmark",), corrected_by="landmark", value="on", is_list=False),
        RecordKind("closed", "closing", (), corrected_by="", value="result", is_list=False),
    )
}
#: The records a goal keeps in a list of their own.
LISTS = tuple(kind.name for kind in RECORDS.values() if kind.is_list)


class Spent(Entity):
    """Time and money that went into a goal, to date."""

    hours: Number | None = None
    """Hours spent to date, e.g. `25`."""
    money: Number | None = None
    """Money spent to date, e.g. `1_950`."""


class CheckIn(Entity):
    """A reading: the total to date (or the level) on a day."""

    on: Day
    """The day of the reading, e.g. `2017-06-30`."""
    value: Number | None = None
    """The total to date, or the level on that day, in the goal's unit, e.g. `93_068`."""
    note: Prose = ""
    """A note (Markdown)."""
    by: Slugs = ()
    """The ids of those who took the reading."""
    spent: Spent | None = None
    """Time and money spent to date, e.g. `{hours: 25, money: 1_950}`."""

    @model_validator(mode="after")
    def _has_content(self) -> CheckIn:
        if self.value is None and self.spent is None and not self.note:
            raise value_error("GH103", "this check-in is empty", "add value: with the total to date")
        return self


class Session(Entity):
    """One session of a cadence: with whom, and for how long."""

    on: Day
    """The day of the session, e.g. `2017-07-03`."""
    with_: Slugs = Field((), alias="with")
    """Who it was with: the ids of sellers, or of a team."""
    minutes: Positive | None = None
    """How long it took, in minutes, e.g. `35`."""
    hours: Positive | None = None
    """How long it took in hours, e.g. `2`, instead of minutes."""
    days: Positive | None = None
    """How long it took in days of eight hours, e.g. `1`, instead of minutes."""
    note: Prose = ""
    """A note (Markdown)."""

    @model_validator(mode="after")
    def _one_length(self) -> Session:
        if sum(getattr(self, unit) is not None for unit in LENGTHS) > 1:
            raise value_error("GH118", "a session has one length", "keep one of minutes, hours and days")
        return self

    @property
    def length(self) -> int | None:
        """Return how long it took, in minutes, None where nobody wrote it down."""
        return self.minutes or next((n * size for unit, size in LENGTHS.items() if (n := getattr(self, unit))), None)


class Agreement(Entity):
    """Who agreed to the goal's terms on a day; a seller's goal is agreed by seller and leader."""

    on: Day
    """The day of the agreement, e.g. `2017-02-20`."""
    by: SomeSlugs
    """The ids of those who agreed: the seller and the leader, e.g. `[moses-frase, dustin-brinkmann]`."""
    met: Day | None = None
    """The day they sat down together, e.g. `2017-02-17`."""
    understood: Prose = ""
    """Why this goal, and what to do, in the seller's own words (Markdown)."""
    note: Prose = ""
    """A note (Markdown)."""
    terms: Digest = ""
    """What exactly was signed: the SHA-256 of the goal's terms. `goals agree --sign` writes it."""
    sig: Base64 = ""
    """The signature, as `ssh-keygen -Y sign` makes it."""
    via: Text = ""
    """Where a forge saw the approval that its own job signed, e.g. `github!123@4f2a9c1`."""

    @model_validator(mode="after")
    def _one_signs(self) -> Agreement:
        if not self.sig and (self.terms or self.via):
            raise value_error(
                "GH118", "terms and via belong to a signature", "delete them, or sign with goals agree --sign"
            )
        if self.sig and not self.terms:
            raise value_error(
                "GH103", "the signature does not say which terms it is for", "sign again with goals agree --sign"
            )
        if self.sig and len(self.by) > 1:
            raise value_error(
                "GH118", "a signature is by one person", "give each person who signs an item of their own"
            )
        return self


class Review(Entity):
    """A look at the goal; `confidence` is shown beside the status and never changes it."""

    on: Day
    """The day of the review, e.g. `2017-07-05`."""
    by: Slugs = ()
    """The ids of those who took part, e.g. `[dustin-brinkmann, moses-frase]`."""
    confidence: Literal["high", "medium", "low"] | None = None
    """How confident they are. It is shown beside the status and never changes it."""
    note: Prose = ""
    """What was said (Markdown)."""
    next: Prose = ""
    """What to look at next time (Markdown)."""


class PlanStep(Entity):
    """One step of getting back on track."""

    do: Text
    """What to do, e.g. `Close Cancity and Isdom`."""
    who: Slug | None = None
    """The id of the person who does it."""
    due: Day | None = None
    """The day it is due, e.g. `2017-08-15`."""
    done: Day | None = None
    """The day it was done."""


class Accounting(Entity):
    """Why a landmark was missed, and what is done about it."""

    landmark: Slug
    """The id of the missed landmark, e.g. `q2`."""
    on: Day
    """The day of the accounting, e.g. `2017-07-05`."""
    by: Slugs = ()
    """The ids of those who took part, e.g. `[moses-frase, dustin-brinkmann]`."""
    why: RequiredProse
    """Why the landmark was missed (Markdown)."""
    action: Literal["recover", "adjust", "drop"]
    """What happens now: get back on track (`recover`), change the terms (`adjust`) or give the goal up (`drop`)."""
    plan: tuple[PlanStep, ...] = ()
    """The steps to get back on track, e.g. `{do: Close Cancity, who: moses-frase, due: 2017-08-15}`."""


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record by the name a correction uses: `checkins.2017-06-30`, `accountings.q2`, `closed`."""

    name: str
    kind: RecordKind
    key: str = ""

    def parse(self, value: Any) -> Value:
        """Read a `was` or `now`: a reading is a number, all else is text."""
        if isinstance(value, str) and value.strip() in ABSENT:
            return None
        return parse_number(value) if self.kind.name == "checkins" else parse_prose(value)


_DATED = "|".join(kind.name for kind in RECORDS.values() if kind.corrected_by == "on")
_RECORD = re.compile(
    rf"({_DATED})\.([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})\Z|(accountings)\.([a-z0-9-]{{1,64}})\Z|(closed)\Z"
)
#: Every name an adjustment can give a field, as one pattern for editors; `measure.` before a term is accepted too.
FIELD_PATTERN = f"^(?:measure\\.)?(?:{TERM_PATTERN}|{_RECORD.pattern})$".replace(r"\Z", "")


@lru_cache(maxsize=4_096)
def record_ref(name: str) -> RecordRef | None:
    """Return the record a correction names, None where the name is not one of a record."""
    match = _RECORD.match(name)
    if match is None:
        return None
    dated, day, accounting, landmark, closed = match.groups()
    return RecordRef(name, RECORDS[dated or accounting or closed], day or landmark or "")


def parse_field(value: Any) -> str:
    """Read the name of a term, or of a record to correct. Raises GH106 and GH108."""
    text = value.removeprefix("measure.") if isinstance(value, str) else ""
    record = record_ref(text)
    if record and record.kind.corrected_by == "on":
        parse_day(record.key)
    if term_ref(text) is None and record is None:
        known = "target, unit, start, due, supports, landmarks.ID, landmarks.ID.due, landmarks.ID.value, checkins.DATE"
        what = f'"{value}" is not a term of a goal' if text else "expected the name of a term"
        raise value_error("GH108", what, f"use {known}")
    return text


class FieldChange(Entity):
    """One term (or record) before and after, as an adjustment says it; `none` for what was or is not there."""

    field: Annotated[str, BeforeValidator(parse_field)]
    """What changed: a term such as `target` or `landmarks.q3.due`, or a record such as `checkins.2017-06-30`."""
    was: Value = None
    """The old value, e.g. `260_000`, or `none`."""
    now: Value = None
    """The new value, e.g. `220_000`. Use `dropped` to drop a landmark."""

    @field_validator("was", "now", mode="plain")
    @classmethod
    def _read_value(cls, value: Any, info: ValidationInfo) -> Value:
        """Read the text of a value as its field has it. Raises GH104 and what the field's own parser raises."""
        if value is None or isinstance(value, (Decimal, datetime.date, int, tuple)):
            return value
        items = value if isinstance(value, list) else [value]
        if any(isinstance(item, (list, dict)) for item in items):
            raise value_error("GH104", "expected a value", "write it on one line")
        field = info.data.get("field", "")
        ref = term_ref(field) or record_ref(field)
        return ref.parse(value) if ref else None  # an unknown field has an error of its own

    @field_serializer("was", "now")
    def _write_value(self, value: Value) -> str:
        return spell(value)

    @property
    def term(self) -> TermRef | None:
        """The term it changes, None for a correction."""
        return term_ref(self.field)

    @property
    def record(self) -> RecordRef | None:
        """The record it corrects, None for a term."""
        return record_ref(self.field)

    @property
    def landmark(self) -> str:
        """The id of the landmark whose term it changes, or ""."""
        return self.term.landmark if self.term else ""

    @property
    def is_of_agreement(self) -> bool:
        """Whether it changes what was agreed on: not a record that it corrects, a title or a reason."""
        return self.term is not None and (self.term.term is None or self.term.term.agreed)


class Adjustment(Entity):
    """Terms that were changed, by whom, and why."""

    on: Day
    """The day of the decision, e.g. `2017-07-12`."""
    by: Slugs = ()
    """The ids of those who decided, e.g. `[moses-frase, dustin-brinkmann]`."""
    why: Prose = ""
    """What has changed since the goal was agreed (Markdown)."""
    changes: tuple[FieldChange, ...] = Field(min_length=1)
    """What changes, e.g. `{field: target, was: 260_000, now: 220_000}`."""

    @property
    def changes_terms(self) -> bool:
        """Whether it changes what was agreed on, so that it has to be agreed on again."""
        return any(change.is_of_agreement for change in self.changes)


Result = Literal["achieved", "partly", "missed", "dropped"]


class Closing(Entity):
    """How a goal ended."""

    on: Day
    """The day the goal was closed, e.g. `2017-12-31`."""
    result: Result
    """How the goal ended."""
    note: Prose = ""
    """What to remember (Markdown)."""
    carried_to: Text = ""
    """The goal that continues this one, as `owner/goal`."""


class Delivery(Entity):
    """The day a landmark was delivered: its `done`, seen as a record."""

    landmark: Slug
    on: Day


class Invest(Entity):
    """Time (hours) and money set aside for a goal."""

    hours: Number | None = None
    """Hours set aside, e.g. `48`."""
    money: Number | None = None
    """Money set aside, e.g. `2_400`."""


Record = CheckIn | Session | Review | Agreement | Accounting | Adjustment | Delivery | Closing


def identity(kind: RecordKind, record: Record) -> tuple[str, ...]:
    """Return what tells a record apart from the others of its kind on one goal."""
    values = [getattr(record, name) for name in kind.identity]
    return tuple([", ".join(v) if isinstance(v, tuple) else str(v) for v in values])


def correction_name(kind: RecordKind, record: Record) -> str:
    """Return the name an adjustment uses to correct a record: `checkins.2017-06-30`, `landmarks.q2.done`, `closed`."""
    if kind.name == "done":
        return f"landmarks.{record.landmark}.done" if isinstance(record, Delivery) else ""
    return f"{kind.name}.{getattr(record, kind.corrected_by)}" if kind.corrected_by else kind.name


def edited_fields(old: Record, new: Record) -> list[str]:
    """Return the keys in which two records differ, as the file spells them."""
    fields = type(old).model_fields
    return sorted(i.alias or name for name, i in fields.items() if getattr(old, name) != getattr(new, name, None))
