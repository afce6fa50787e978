"""Worker processes: copies of this one that share its memory, each with a part of the work.

Only where processes can be forked safely, which is on Linux and while there is one thread. Elsewhere the work is done
in this process.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, MutableSequence
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

Result = TypeVar("Result")
#: Seconds after which a worker whose parent was killed ends; progress is shown more often.
_LOOK_EVERY = 0.5


class Failed(Exception):
    """A worker could not do its part; the text is for people."""


class Crashed(Exception):
    """A worker ended in a way that nobody expected; the text has its traceback."""


def worker_count(jobs: int, per_worker: int) -> int:
    """Return how many workers are worth starting for so many jobs; 1 is for none, in this process."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return max(1, min(len(os.sched_getaffinity(0)), jobs // per_worker))


def shared_counts(count: int) -> MutableSequence[int]:
    """Return so many counts, all 0, which workers and this process share."""
    return [0] if count == 1 else multiprocessing.get_context("fork").RawArray("L", count)


class Workers(Generic[Result]):
    """Does `work(n)` for n below `count`, each in a process of its own; what it raises of `expected` is a failure."""

    def __init__(self, work: Callable[[int], Result], count: int, expected: type[Exception]) -> None:
        fork = multiprocessing.get_context("fork")
        self.processes = []
        self.pipes: list[Connection] = []
        gc.freeze()  # what the workers share with this process stays shared: nobody goes through it
        for number in range(count):
            ours, theirs = fork.Pipe(duplex=False)
            process = fork.Process(target=_run, args=(work, number, theirs, expected, os.getpid()), daemon=True)
            process.start()
            theirs.close()
            self.processes.append(process)
            self.pipes.append(ours)

    def results(self, look: Callable[[], None] = lambda: None) -> list[Result]:
        """Wait for all and return what they return, by number; meanwhile `look` is called again and again.

        Raises Failed and Crashed.
        """
        waiting = list(self.pipes)
        while waiting:
            ready = wait(waiting, _LOOK_EVERY / 4)
            waiting = [pipe for pipe in waiting if pipe not in ready]
            look()
        return [self._result(pipe) for pipe in self.pipes]

    def stop(self) -> None:
        """End those that still work."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.join()

    def _result(self, pipe: Connection) -> Result:
        try:
            outcome, value = pipe.recv()
        except EOFError:
            raise Crashed("a worker process was ended from outside; is there enough memory?") from None
        if outcome == "done":
            result: Result = value
            return result
        raise (Failed if outcome == "failed" else Crashed)(value)


def _run(work: Callable[[int], Result], number: int, pipe: Connection, expected: type[Exception], parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends its workers
    _end_with(parent)
    gc.disable()
    try:
        pipe.send(("done", work(number)))
    except expected as error:
        pipe.send(("failed", str(error)))
    except BaseException:
        pipe.send(("crashed", traceback.format_exc()))


def _end_with(parent: int) -> None:
    """End this process soon after its parent, also when that is killed."""

    def look(*_: object) -> None:
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _LOOK_EVERY, _LOOK_EVERY)
