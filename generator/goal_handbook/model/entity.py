"""What every part of a handbook is made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

_FORGOTTEN: set[str] = set()


class Entity(BaseModel):
    """A part of a handbook: frozen, and without keys other than its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    def model_post_init(self, context: Any, /) -> None:
        """Take half the memory: share the names of the fields, and forget which were given, which nobody asks for."""
        shaped = _shape(type(self))()
        for name, value in self.__dict__.items():
            setattr(shaped, name, value)
        object.__setattr__(self, "__dict__", shaped.__dict__)
        object.__setattr__(self, "__pydantic_fields_set__", _FORGOTTEN)


@cache
def _shape(entity: type[Entity]) -> type:
    """Return a plain class for the fields of an entity: Python keeps the names in such a class once for all of it."""
    return type(entity.__name__, (), {})


EntityT = TypeVar("EntityT", bound=Entity)


def changed(entity: EntityT, update: Mapping[str, Any]) -> EntityT:
    """Return the entity with other values in some fields: the entity itself where they are the ones it has."""
    return (
        entity
        if all(getattr(entity, name) == value for name, value in update.items())
        else entity.model_copy(update=update)
    )
