"""What all parts have in common: cases as data, what came of them, and the files that keep those that went wrong."""

from __future__ import annotations

import gc
import json
import os
import random
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: What to try, as JSON: the same case does the same again, as far as moments can be repeated.
Case = dict[str, Any]

MIB = 1 << 20


@dataclass(frozen=True)
class Outcome:
    """What came of a case: what went wrong, how many processes were killed, and how many outputs leaked a canary."""

    wrong: Sequence[str] = ()
    kills: int = 0
    leaks: int = 0


@dataclass(frozen=True)
class Part:
    """A kind of trial. `cases` draws cases, with or without an end; `attempt` tries one in an empty folder."""

    cases: Callable[[random.Random], Iterator[Case]]
    attempt: Callable[[Case, Path], Outcome]


@dataclass
class Tally:
    """What a part has counted; memory is in bytes."""

    cases: int = 0
    kills: int = 0
    leaks: int = 0
    failures: list[Path] = field(default_factory=list)
    memory: tuple[int, int] = (0, 0)

    def __str__(self) -> str:
        """Return the counts on one line."""
        first, last = (round(size / MIB) for size in self.memory)
        counts = {"cases": self.cases, "failures": len(self.failures), "kills survived": self.kills}
        said = "".join(f"{count:>7,} {what}" for what, count in counts.items())
        return f"{said}{self.leaks:>7,} canaries leaked   memory {first} to {last} MiB"


def run(name: str, part: Part, seed: int, seconds: float, failed: Path) -> Tally:
    """Try cases of a part, at least one, until the time is up; keep those that fail in the folder `failed`."""
    tally, start = Tally(), time.monotonic()
    for number, case in enumerate(part.cases(random.Random(f"{name} {seed}")), start=1):
        outcome = outcome_of(part, case)
        if number == 1:
            tally.memory = (memory(), 0)  # by then everything is imported
        tally.cases, tally.kills, tally.leaks = number, tally.kills + outcome.kills, tally.leaks + outcome.leaks
        if outcome.wrong:
            path = keep(failed / f"{name}-{seed}-{number}.json", name, case, outcome)
            tally.failures.append(path)
            print("\n".join([f"{name}: {path}", *outcome.wrong]), flush=True)
        if time.monotonic() - start > seconds:
            break
    tally.memory = (tally.memory[0], memory())
    return tally


def outcome_of(part: Part, case: Case) -> Outcome:
    """Try a case in a folder of its own. Whatever it raises is something that went wrong."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="hardening-") as name:
        try:
            return part.attempt(case, Path(name))
        except Exception:
            return Outcome([traceback.format_exc()])
        finally:
            os.chdir(here)


def keep(path: Path, part: str, case: Case, outcome: Outcome) -> Path:
    """Write a case that failed, so that `--again` can try it again; returns the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"part": part, "case": case, "wrong": outcome.wrong}, indent=2, ensure_ascii=True)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def kept(path: Path) -> tuple[str, Case]:
    """Return the part and the case that `keep` wrote."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return found["part"], found["case"]


def memory(pid: int | str = "self") -> int:
    """Return the bytes of memory that a process uses now, this one without garbage; 0 where the system does not say."""
    gc.collect()
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
