"""What a command costs: time on the clock, CPU time with its children's, peak memory; and the size of a site."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: The banner of Material for MkDocs is not what is measured, nor is compiling: what pip installs is compiled already.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "NO_MKDOCS_2_WARNING": "1",
}

MIB = 1 << 20


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, seconds of CPU of a process and its children, and bytes of memory of the largest one."""

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Contestant:
    """What is measured under which name: `run` is called again and again, each time after `prepare`."""

    name: str
    run: Callable[[], Cost]
    prepare: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Size:
    """What is in a built site: pages, redirects, all files, and their bytes."""

    pages: int
    redirects: int
    files: int
    bytes: int


def take_turns(contestants: Sequence[Contestant], times: int) -> Mapping[str, Cost]:
    """Return the medians of each contestant's costs. They run one after another, then all again, so many times.

    Whatever else the machine does meanwhile so hits them alike.
    """
    found: dict[str, list[Cost]] = {contestant.name: [] for contestant in contestants}
    for turn in range(times):
        for contestant in contestants:
            contestant.prepare()
            cost = contestant.run()
            found[contestant.name].append(cost)
            say(f"  {contestant.name}, {turn + 1} of {times}: {cost.cpu:.2f} s of CPU, {cost.wall:.2f} s")
    return {name: _median(costs) for name, costs in found.items()}


def say(text: str) -> None:
    """Print a line about progress on the error stream."""
    print(text, file=sys.stderr, flush=True)


#: The peak of a process begins with the memory of the one that starts it: so a small one starts what is measured.
_LAUNCH = """
import os, subprocess, sys, time
begin = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)
_, status, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
os._exit(os.waitstatus_to_exitcode(status))
"""


def run(command: Sequence[str | Path], folder: Path) -> Cost:
    """Return what a command costs in a folder. Raises SystemExit with its output if it fails."""
    launch = [sys.executable, "-I", "-S", "-u", "-c", _LAUNCH, *command]
    done = subprocess.run(launch, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stderr}")
    wall, cpu, peak = done.stdout.split()
    return Cost(float(wall), float(cpu), int(peak))


_TIMED = """
import os, re, sys, time
from pathlib import Path
{setup}
begin, clock = os.times(), time.perf_counter()
{code}
wall, end = time.perf_counter() - clock, os.times()
peak = int(re.search("VmHWM: *([0-9]+)", Path("/proc/self/status").read_text().expandtabs())[1]) * 1024
print(wall, sum(end[:4]) - sum(begin[:4]), peak)
"""


def run_code(setup: str, code: str, *arguments: str | Path) -> Cost:
    """Return what Python code costs in a process of its own, without `setup`: what it imports is not part of it."""
    command = [sys.executable, "-c", _TIMED.format(setup=setup, code=code), *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
    wall, cpu, peak = done.stdout.split()
    return Cost(float(wall), float(cpu), int(peak))


def size_of(site: Path) -> Size:
    """Return what is in a built site."""
    pages, redirects, files, total = 0, 0, 0, 0
    for path in site.rglob("*"):
        if path.is_file():
            files, total = files + 1, total + path.stat().st_size
            if path.suffix == ".html":
                with path.open("rb") as page:
                    is_redirect = b'http-equiv="refresh"' in page.read(1000)
                pages, redirects = pages + (not is_redirect), redirects + is_redirect
    return Size(pages, redirects, files, total)


def _median(costs: Sequence[Cost]) -> Cost:
    wall, cpu = (statistics.median(getattr(cost, name) for cost in costs) for name in ("wall", "cpu"))
    return Cost(wall, cpu, max(cost.peak for cost in costs))
