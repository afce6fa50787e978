"""Runs something in a process of its own, a copy of this one, and kills it by the clock or at a change of a file."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Action = Callable[[], object]
#: A copy of this process has imported everything already, so that nearly all of its time goes into the action.
_FORK = multiprocessing.get_context("fork") if sys.platform != "win32" else multiprocessing.get_context()
#: What Python announces before it changes a file or a folder; the exchange of two folders goes through ctypes.
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "ctypes.dlsym"}


@dataclass(frozen=True)
class Cost:
    """What an action takes: seconds, and changes of files."""

    seconds: float
    changes: int


def measured(action: Action) -> Cost:
    """Run an action in a process of its own, and return what it takes. Raises RuntimeError if it fails."""
    read, write = os.pipe()

    def counting() -> None:
        counted = [0]
        on_changes(lambda number: counted.__setitem__(0, number))
        action()
        os.write(write, str(counted[0]).encode())

    start = time.monotonic()
    if together([counting]) != [0]:
        raise RuntimeError("the action failed, though nobody killed it")
    with os.fdopen(read, "rb") as pipe:
        os.close(write)
        return Cost(time.monotonic() - start, int(pipe.read()))


def killed_at_change(action: Action, number: int) -> bool:
    """Run an action in a process that is killed at its n-th change of a file; returns whether it was."""

    def kill(at: int) -> None:
        if at == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched() -> None:
        on_changes(kill)
        action()

    return together([watched]) == [-signal.SIGKILL]


def killed_after(action: Action, seconds: float) -> bool:
    """Run an action in a process that is killed after some seconds; returns whether it was."""
    process = _FORK.Process(target=action)
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def together(actions: Sequence[Action]) -> list[int | None]:
    """Run actions at the same time, each in a process of its own, and return their exit codes."""
    processes = [_FORK.Process(target=action) for action in actions]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]


def on_changes(see: Callable[[int], object]) -> None:
    """Let `see` have the number of each change of a file, from now until this process ends, before it is made."""
    number = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal number
        if event in _CHANGES or (event == "open" and _writes(arguments)):
            number += 1
            see(number)

    sys.addaudithook(hook)


def _writes(arguments: tuple[Any, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
