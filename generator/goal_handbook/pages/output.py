"""What flat templates run on (`flat.py`): finished HTML, escaping and loops."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import markupsafe
from markupsafe import Markup, escape


class Html(Markup):
    """Markup that is made without looking at its content, which is a text already."""

    __slots__ = ()
    if not TYPE_CHECKING:
        __new__ = str.__new__


#: Escapes a text, and returns it as a text: `escape` wraps it.
escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


def output(value: Any) -> str:
    """Return any value as HTML, as `escape` does."""
    kind = type(value)
    if kind is str:
        return escape_text(value)
    if kind is Html or kind is Markup:
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape(value)


class Loop:
    """What `loop` is in a template, while it goes over some items."""

    __slots__ = ("first", "index", "index0", "items", "last")

    def __init__(self, items: Iterable[object], _undefined: object) -> None:
        self.items = list(items)

    def __iter__(self) -> Iterator[tuple[object, Loop]]:
        """Yield the items, each with this, which is about that item then."""
        for index, item in enumerate(self.items, 1):
            self.index, self.index0, self.first, self.last = index, index - 1, index == 1, index == len(self.items)
            yield item, self
