"""The order of keys that format.md lists, taken from the models; used wherever a key is written to a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from pydantic import BaseModel

from ..model.paths import model_inside
from ..model.people import Leader, Seller, Team
from ..model.settings import Settings

#: The last keys of an owner's file.
_LAST = ("formerly", "goals")


def key_order(kind: type[BaseModel]) -> Mapping[str, Sequence[str]]:
    """Return the keys of each mapping in a file of this kind, in order.

    They are listed by the key that holds the mapping or a list of such mappings; "" is the file itself.
    """
    found: dict[str, Sequence[str]] = {}

    def walk(model: type[BaseModel], under: str) -> None:
        fields = {(info.alias or name): info for name, info in model.model_fields.items()}
        found[under] = list(fields) if under else [*(n for n in fields if n not in {"id", *_LAST}), *_LAST]
        for name, info in fields.items():
            inner = model_inside(info.annotation)
            if inner and name not in found:
                walk(inner, name)

    walk(kind, "")
    return found


def order_of(folder: str) -> Mapping[str, Sequence[str]]:
    """Return the order of keys in the files of a folder (`sellers`); "" means handbook.yaml."""
    kinds: dict[str, type[BaseModel]] = {"teams": Team, "sellers": Seller, "leaders": Leader}
    return key_order(kinds.get(folder, Settings))


@cache
def known_keys() -> frozenset[str]:
    """Return every key that any file can have."""
    return frozenset(
        key for kind in (Settings, Team, Seller, Leader) for keys in key_order(kind).values() for key in keys
    )
