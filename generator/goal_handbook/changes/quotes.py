"""Whether an adjustment quotes truly: what its `was` and `now` say of a landmark, or of a record that it corrects."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal

from pydantic import BaseModel

from ..model.goal import Landmark
from ..model.records import Record, edited_fields
from ..model.terms import DROPPED, Value, spell
from ..model.values import NUMBER
from .wording import words

#: What may stand between two quotes: `2017-07-10 with anna-snelling`.
_BETWEEN = re.compile(r"[,;]\s|\s(?:with|by|and)\s")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def quotes_landmark(text: Value, landmark: Landmark | None, is_dropped: bool = False) -> bool:
    """Return whether what an adjustment says of a whole landmark is true.

    Words are free (`agreed`, `added`), but a number or a day must be the landmark's own, and `none` and `dropped` mean
    that it is not there, or no longer counts.
    """
    if landmark is None or is_dropped:
        return text in (None, DROPPED)
    if text in (None, DROPPED):
        return False
    own = {str(landmark.due)} | ({spell(landmark.value)} if landmark.value is not None else set())
    said = {word.strip(".,;()") for word in words(str(text))} - set(words(landmark.deliver)) - {landmark.id}
    return all(word in own for word in said if _DAY.match(word) or NUMBER.match(word))


def quotes(text: Value, record: Record) -> bool:
    """Return whether a text is what a record says: one of its values, some words of its prose, or several of those."""
    if text is None:
        return False
    leaves = [words(leaf) for leaf in _leaves(record)]
    whole = str(text)
    return _among(whole, leaves) or all(_among(part, leaves) for part in _BETWEEN.split(whole))


def quotes_field(text: Value, record: Record, field: str) -> bool:
    """Return whether a text quotes one field of a record, or says `none` where that is empty."""
    leaves = [words(leaf) for leaf in _leaves(getattr(record, field))]
    if text is None:
        return not leaves
    return any(_among(part, leaves) for part in (str(text), *_BETWEEN.split(str(text))))


def differing_fields(old: Record, new: Record) -> list[str]:
    """Return the fields in which two records say something else."""
    spelled = {info.alias or name: name for name, info in type(old).model_fields.items()}
    names = [spelled[key] for key in edited_fields(old, new)]
    return [name for name in names if not _same_leaves(getattr(old, name), getattr(new, name))]


def _same_leaves(one: object, other: object) -> bool:
    return sorted(map(words, _leaves(one))) == sorted(map(words, _leaves(other)))


def _among(text: str, leaves: list[tuple[str, ...]]) -> bool:
    said = words(text)
    size = len(said)
    return bool(said) and any(
        leaf[start : start + size] == said for leaf in leaves for start in range(len(leaf) - size + 1)
    )


def _leaves(value: object) -> Iterator[str]:
    """Every value within a record, as an adjustment spells it."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _leaves(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, (str, Decimal, datetime.date, int)) and value != "":
        yield spell(value)
