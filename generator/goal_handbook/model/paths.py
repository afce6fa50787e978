"""The fields of the format by their paths in a file: `("goals", 0, "invest", "hours")`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo


def field_at(model: type[BaseModel], path: Sequence[str | int]) -> FieldInfo | None:
    """Return the field that a path in a file leads to, None where the format has none there.

    What an item of a list or of a mapping by ids is called does not matter.
    """
    found: FieldInfo | None = None
    inside: Any = model
    steps = iter(path)
    for step in steps:
        found = fields_of(inside).get(str(step)) if inside else None
        if found is None:
            return None
        if holds_items(found):
            next(steps, None)
        inside = model_inside(found.annotation)
    return found


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a model by the keys that files have for them."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def model_inside(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside `Model | None`, `tuple[Model, ...]` or `dict[…, Model]`, None where there is none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := model_inside(arg))), None)


def is_list(info: FieldInfo) -> bool:
    """Return whether a field holds a list of any length."""
    return any(get_origin(one) is tuple and Ellipsis in get_args(one) for one in _parts(info.annotation))


def holds_items(info: FieldInfo) -> bool:
    """Return whether a field holds several of something with keys: goals, or abilities by the sellers' ids."""
    is_dict = any(get_origin(one) is dict for one in _parts(info.annotation))
    return is_dict or (is_list(info) and model_inside(info.annotation) is not None)


def parser_of(info: FieldInfo) -> str:
    """Return the name of the function that reads a field's value, "" where the model does."""
    parts = (*info.metadata, *(part for one in _parts(info.annotation) for part in getattr(one, "__metadata__", ())))
    return next((part.func.__name__ for part in parts if isinstance(part, BeforeValidator)), "")


def _parts(annotation: Any) -> list[Any]:
    """The alternatives of an annotation, without what annotates them."""
    alternatives = [annotation, *(arg for arg in get_args(annotation) if get_origin(annotation) is not tuple)]
    return [*alternatives, *(arg for one in alternatives for arg in get_args(one)[:1] if hasattr(one, "__metadata__"))]
