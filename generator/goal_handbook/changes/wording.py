"""Whether two values say the same, spelled in another way: another order, other line breaks, `260_000` or `260000`."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from pydantic import BaseModel

from ..model.values import NUMBER, plain_number


def same(one: object, other: object) -> bool:
    """Return whether two values, or two records, say the same."""
    return one == other or canonical(one) == canonical(other)


def canonical(value: object) -> object:
    """Return what a value says, without what says nothing.

    That is the order of names, goals and steps, the line breaks of a text and the Unicode form of its letters, and how
    a number in it is written.
    """
    if isinstance(value, str):
        return words(value)
    if isinstance(value, Decimal):
        return (plain_number(value),)
    if isinstance(value, BaseModel):
        return tuple((name, canonical(getattr(value, name))) for name in type(value).model_fields)
    if isinstance(value, tuple):
        items = tuple(map(canonical, value))
        return items if any(isinstance(item, int) for item in items) else tuple(sorted(items, key=repr))
    return value


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, its numbers in one spelling."""
    return tuple(_number(word) for word in unicodedata.normalize("NFC", text).split())


def _number(word: str) -> str:
    return plain_number(Decimal(word.replace("_", ""))) if NUMBER.match(word) else word
