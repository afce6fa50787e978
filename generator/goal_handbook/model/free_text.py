"""The words of people in a handbook, and a handbook without those that were taken back."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from .records import FieldChange
from .values import parse_prose, parse_required_prose, parse_text

EntityT = TypeVar("EntityT", bound=BaseModel)

#: Shown instead of words that were taken back, where a text is required.
TAKEN_BACK = "…"
_WORDLESS = (Decimal, datetime.date, int)
_PARSERS = frozenset({parse_text, parse_prose, parse_required_prose})


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a value, an id as well as a whole paragraph."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for item in vars(value).values():
            if item and not isinstance(item, _WORDLESS):
                yield from texts_in(item)
    elif isinstance(value, (tuple, Mapping)):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from texts_in(item)


def with_words(entity: EntityT, words: Collection[str]) -> EntityT:
    """Return an entity, and whatever is in it, with no other words of people than these.

    Ids, numbers, days and choices stay as they are.
    """
    free, needed = free_texts(type(entity))
    update = {}
    for name in _with_texts(type(entity)):
        if value := getattr(entity, name):
            kept = _kept(value, words, name in free, TAKEN_BACK if name in needed else "")
            if kept is not value:
                update[name] = kept
    return entity.model_copy(update=update) if update else entity


@cache
def free_texts(model: type[BaseModel]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the fields of a model that hold words of people, and those of them that cannot be empty."""
    if model is FieldChange:  # whatever the field it quotes holds
        return frozenset({"was", "now"}), frozenset({"was", "now"})
    free = {name: info for name, info in model.model_fields.items() if _is_free(info)}
    return frozenset(free), frozenset(name for name, info in free.items() if info.is_required())


@cache
def _with_texts(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that hold words of people, or models that do: no other has to be looked at."""
    free, _ = free_texts(model)
    inside = (name for name, info in model.model_fields.items() if any(map(_with_texts, _models_in(info.annotation))))
    return tuple(dict.fromkeys([*free, *inside]))


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _is_free(info: FieldInfo) -> bool:
    parts = (*info.metadata, *(part for item in get_args(info.annotation) for part in get_args(item)))
    return any(isinstance(part, BeforeValidator) and part.func in _PARSERS for part in parts)


def _kept(value: Any, words: Collection[str], is_free: bool, instead: str) -> Any:
    if isinstance(value, BaseModel):
        return with_words(value, words)
    if isinstance(value, str):
        return instead if is_free and value and value not in words else value
    if isinstance(value, tuple):
        kept = tuple(_kept(item, words, is_free, "") for item in value)
        kept = tuple(item for item in kept if item != "") if is_free else kept
        return value if all(a is b for a, b in zip(kept, value, strict=False)) and len(kept) == len(value) else kept
    return value
