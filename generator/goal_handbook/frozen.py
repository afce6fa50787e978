"""Plain values that nobody changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[T]) -> type[T]:
    """Return a class as a dataclass that mypy lets nobody change.

    Python itself would see to that as well, but then each value takes five times as long to make, and a site has
    hundreds of thousands.
    """
    return dataclass(slots=True, unsafe_hash=True)(kind)
