"""Walks along references, without recursion: a chain of them can be thousands long."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator


def bottom_up(start: str, edges: Callable[[str], Iterable[str]], known: Container[str]) -> Iterator[str]:
    """Yield `start` after all that its edges lead to, and these after all that theirs do.

    What is `known` is left out; whoever adds each name to it when it is yielded gets it once. A circle ends where it
    begins: the name there is yielded after one that leads back to it.
    """
    waiting, entered = [start], set[str]()
    while waiting:
        current = waiting[-1]
        entered.add(current)
        if more := [name for name in edges(current) if name not in known and name not in entered]:
            waiting += more
        else:
            waiting.pop()
            if current not in known:
                yield current
