"""Says what is waited for once it takes long: a slow disk or database must not look like a program that hangs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .findings import printable

#: After how many seconds.
SECONDS = 30.0


@contextmanager
def waiting_for(what: str | Callable[[], str]) -> Iterator[None]:
    """Say on standard error that this is still waited for, if it is not done in time; it goes on all the same.

    Of many things done one after another, `what` returns the one that is under way.
    """
    timer = threading.Timer(SECONDS, _say, [what])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _say(what: str | Callable[[], str]) -> None:
    named = what if isinstance(what, str) else what()
    said = printable(f"still waiting for {named} after {SECONDS:.0f} seconds; Ctrl-C stops it")
    print(said, file=sys.stderr, flush=True)
