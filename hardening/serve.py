"""Random edits under `mkdocs serve`, with a request every 50 ms: no request hangs, and the last edit is shown."""

from __future__ import annotations

import http.client
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from .cases import MIB, Case, Outcome, Part, memory
from .handbooks import write_handbook

#: Seconds from one request to the next, from one edit to the next at most, and that a request or an edit may take.
PAUSE, BETWEEN, PATIENCE = 0.05, 1.0, 60
#: How much more memory the server may need in the end than after its first edits.
MORE = 150 * MIB
PAGE = "/sellers/moses-frase/"
FILE = Path("goals/sellers/moses-frase.yaml")
TYPED = (
    "\t",
    "[",
    '"',
    ": ",
    "- id: x\n",
    "supports: nobody\n",
    "<script>",
    "{{ 1 }}",
    "due: 2017-02-30\n",
    "x" * 2_000,
)


def cases(dice: random.Random) -> Iterator[Case]:
    """Draw series of edits without an end."""
    edits = 5
    while True:
        yield {"edits": edits, "seed": dice.randrange(2**32)}
        edits = min(edits * 4, 500)


def attempt(case: Case, folder: Path) -> Outcome:
    """Edit under a running server, then write a good file and wait for it to be shown."""
    write_handbook(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"]
    with (folder / "output").open("wb") as output:
        server = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
    try:
        return Outcome(list(_edited(case, folder, server, port)))
    finally:
        server.kill()
        server.wait()


def _edited(case: Case, folder: Path, server: subprocess.Popen[bytes], port: int) -> Iterator[str]:
    """Yield what goes wrong while files are edited."""
    dice, good = random.Random(case["seed"]), (folder / FILE).read_text(encoding="utf-8")
    if not _asked(port, lambda page: "Moses Frase" in page, server):
        yield "the server does not start"
        return
    first = 0
    for number in range(case["edits"]):
        _edit(folder, good, dice)
        until = time.monotonic() + dice.uniform(0, BETWEEN)
        if not _asked(port, lambda _, until=until: time.monotonic() > until, server):  # type: ignore[misc]
            yield f"after edit {number + 1} the server gives no answer in {PATIENCE} seconds"
            return
        if number == case["edits"] // 4:
            first = memory(server.pid)
    (folder / FILE).write_text(good.replace("Moses Frase", "Moses Last"), encoding="utf-8")
    if not _asked(port, lambda page: "Moses Last" in page, server):
        yield "the last edit is not shown"
    if (last := memory(server.pid)) > first + MORE:
        yield f"the server grew from {first // MIB} to {last // MIB} MiB"
    if "Traceback" in (folder / "output").read_text(encoding="utf-8"):
        yield (folder / "output").read_text(encoding="utf-8")


def _edit(folder: Path, good: str, dice: random.Random) -> None:
    """Make one edit: a typing error or none, a file that is gone or new, another chapter."""
    path, other = folder / FILE, folder / "goals" / "sellers" / "new.yaml"
    at = dice.randrange(len(good))
    edits: list[Callable[[], object]] = [
        lambda: path.write_text(good[:at] + dice.choice(TYPED) + good[at:], encoding="utf-8"),
        lambda: path.write_text(good.replace("Moses Frase", f"Moses {at}"), encoding="utf-8"),
        lambda: path.write_text(good[:at], encoding="utf-8"),
        lambda: path.unlink(missing_ok=True),
        lambda: other.write_text(f"name: New {at}\nteam: central\n", encoding="utf-8"),
        lambda: other.unlink(missing_ok=True),
        lambda: (folder / "docs" / "chapter.md").write_text(f"# Chapter {at}\n\n{{{{ x }}}}\n", encoding="utf-8"),
    ]
    dice.choice(edits)()


def _asked(port: int, is_enough: Callable[[str], bool], server: subprocess.Popen[bytes]) -> bool:
    """Ask for a page again and again until it is enough; returns whether it was, each time with an answer in time."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        page: str | None = None
        with suppress(ConnectionRefusedError):  # it has not started yet
            page = _page(port)
        if page is not None and is_enough(page):
            return True
        time.sleep(PAUSE)
    return False


def _page(port: int) -> str:
    """Return the page, or what the server says instead. Raises TimeoutError if that takes too long."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", PAGE)
        return connection.getresponse().read().decode("utf-8", "replace")
    finally:
        connection.close()


PART = Part(cases, attempt)
