"""The order of keys, as format.md lists them: told by the models, used wherever a key is put into a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from ..model.handbook import Settings
from ..model.people import Leader, Seller, Team
from .validate import model_in

#: What an owner's file ends with.
_LAST = ("formerly", "goals")


def key_order(kind: type[BaseModel]) -> Mapping[str, Sequence[str]]:
    """The keys of each mapping of a file in their order, by the key it (or its list) stands under; "" is the file."""
    found: dict[str, Sequence[str]] = {}

    def walk(model: type[BaseModel], under: str) -> None:
        fields = {(info.alias or name): info for name, info in model.model_fields.items()}
        found[under] = list(fields) if under else [*(n for n in fields if n not in {"id", *_LAST}), *_LAST]
        for name, info in fields.items():
            inner = model_in(info.annotation)
            if inner and name not in found:
                walk(inner, name)

    walk(kind, "")
    return found


def order_of(folder: str) -> Mapping[str, Sequence[str]]:
    """The order of keys in the files of a folder; handbook.yaml lies in none."""
    kinds: dict[str, type[BaseModel]] = {"teams": Team, "sellers": Seller, "leaders": Leader}
    return key_order(kinds.get(folder, Settings))
