"""`serve`: how long from an edit until the page says it, and what the server needs for it."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .builds import HUGO, OURS, PRUNED, editing
from .measure import ENVIRONMENT, MIB, say
from .results import Section, ratio, seconds
from .sites import GOALS_FILE, MARKDOWN_FILE, MKDOCS, PAGE, hugo_program, write_sites

_USUAL = 1_000
#: How often it is asked for the page, and for how long at most, in seconds.
_PAUSE, _PATIENCE = 0.02, 1_200


def serve(sellers: int | None, times: int, folder: Path) -> Section:
    """Edit a file under a running server, so many times, and ask for its page until it says so."""
    sellers = sellers or _USUAL
    sites, program = write_sites(folder, sellers), hugo_program()
    servers = {
        OURS: _Server((*MKDOCS, "serve", "--quiet", "--dev-addr"), sites.ours, GOALS_FILE, "why: "),
        PRUNED: _Server((*MKDOCS, "serve", "--quiet", "--dev-addr"), sites.pruned, MARKDOWN_FILE, "\n\n"),
    }
    if sites.hugo and program:
        servers[HUGO] = _Server((program, "server", "--quiet", "--port"), sites.hugo, MARKDOWN_FILE, "\n\n")
    found = {name: _answers(name, server, times) for name, server in servers.items()}
    base = found[OURS]
    return Section(
        "Serve",
        f"A handbook of {sellers:,} sellers under `serve`: from the write of a file to the first answer with it, "
        "and the CPU and the memory of the server. Hugo builds again only what has changed and what was looked at "
        "last.",
        ["", "first answer s", "edit to answer s", "CPU s an edit", "MiB", "MiB after", "edit ÷ ours"],
        [
            [
                name,
                *map(seconds, (f.first, f.answer, f.cpu)),
                *(f"{size / MIB:,.0f}" for size in (f.memory, f.memory_after)),
                ratio(f.answer, base.answer),
            ]
            for name, f in found.items()
        ],
    )


@dataclass(frozen=True)
class _Server:
    """A command that serves a folder at the address or port it is given last, and the file to edit after a text."""

    command: Sequence[str | Path]
    folder: Path
    file: str
    after: str


@dataclass(frozen=True)
class _Found:
    """Seconds until the first answer; the medians of seconds from edit to answer, and of CPU; bytes of memory."""

    first: float
    answer: float
    cpu: float
    memory: int
    memory_after: int


def _answers(name: str, server: _Server, times: int) -> _Found:
    port = _free_port()
    address = str(port) if "--port" in server.command else f"127.0.0.1:{port}"
    url, edit = f"http://127.0.0.1:{port}/{PAGE}/", editing(server.folder / server.file, server.after)
    begin = time.perf_counter()
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        [*server.command, address], cwd=server.folder, env=ENVIRONMENT, stdout=quiet, stderr=quiet
    ) as process:
        try:
            _wait_for(url, "")
            first, memory = time.perf_counter() - begin, _memory(process.pid)
            taken = [_after_edit(process.pid, url, edit) for _ in range(times)]
            after = _memory(process.pid)
        finally:
            process.terminate()
    answer, cpu = (statistics.median(values) for values in zip(*taken, strict=True))
    say(f"  {name}: {answer:.2f} s from edit to answer, {cpu:.2f} s of CPU")
    return _Found(first, answer, cpu, memory, after)


def _after_edit(pid: int, url: str, edit: Callable[[], str]) -> tuple[float, float]:
    """Seconds from an edit to the answer with it, and seconds of the server's CPU."""
    cpu, begin = _cpu(pid), time.perf_counter()
    _wait_for(url, edit())
    return time.perf_counter() - begin, _cpu(pid) - cpu


def _wait_for(url: str, word: str) -> None:
    """Ask for a page until it has a word. Raises SystemExit if it never does."""
    until = time.perf_counter() + _PATIENCE
    while time.perf_counter() < until:
        try:
            with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:  # noqa: S310 - our own server
                if word in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError, http.client.HTTPException):
            pass  # it has not started yet, or is writing the page
        time.sleep(_PAUSE)
    raise SystemExit(f"{url} never said {word}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _cpu(pid: int) -> float:
    """Seconds of CPU of a process and of the children it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> int:
    """Bytes of memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE")
