"""A terminal of 80 columns and 24 lines, with a person in front of it who types, presses keys and pastes."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pexpect
import pyte

UP, DOWN, LEFT, HOME, DELETE = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[H", "\x1b[3~"
ENTER, CTRL_C, CTRL_U = "\r", "\x03", "\x15"


class _Screen(pyte.HistoryScreen):
    """A screen that answers where its cursor is."""

    child: pexpect.spawn[str]

    def write_process_input(self, data: str) -> None:
        """Answer the program."""
        self.child.send(data)


class Terminal:
    """Runs a command of goals; what it has shown, colours and cursor aside, is `lines`."""

    def __init__(self, folder: Path, day: str, command: Sequence[str], cache: Path | None = None) -> None:
        environment = {**os.environ, "SOURCE_DATE_EPOCH": noon(day), "TERM": "xterm", "LC_ALL": "C.UTF-8"}
        if cache:
            environment["XDG_CACHE_HOME"] = str(cache)
        self._seen = 0
        #: The lines with the questions that were answered, as they were before the answer was typed.
        self.asked: list[str] = []
        self._screen = _Screen(80, 24, history=2000)
        self._stream = pyte.Stream(self._screen)
        self._child = pexpect.spawn(
            sys.executable,
            ["-m", "goal_handbook", *command],
            cwd=folder,
            env=environment,
            encoding="utf-8",
            timeout=20,
            dimensions=(24, 80),
        )
        self._screen.child = self._child

    def answer(self, question: str, *keys: str) -> None:
        """Wait for a question, and press keys, the last of which is Enter unless it is another."""
        self.wait_for(question)
        self.asked.append(self.lines[self._seen - 1])
        self.press(*keys, *([] if keys and keys[-1] in {ENTER, CTRL_C} else [ENTER]))

    def press(self, *keys: str) -> None:
        """Type texts and keys, once what was typed before is on the screen."""
        for key in keys:
            self._child.send(key)

    def paste(self, text: str) -> None:
        """Paste a text, as terminals with bracketed paste do."""
        self._child.send(f"\x1b[200~{text}\x1b[201~")

    @property
    def lines(self) -> list[str]:
        """The lines shown so far, those that have scrolled away too, without spaces at their ends."""
        gone = ["".join(line[x].data for x in range(80)).rstrip() for line in self._screen.history.top]
        return [*gone, *(line.rstrip() for line in self._screen.display)]

    def wait_for(self, text: str) -> None:
        """Wait until a line after the one of the last call has a text."""
        self.see(text)
        self._seen = next(n for n, line in enumerate(self.lines) if n >= self._seen and text in line) + 1

    def see(self, text: str) -> None:
        """Wait until a text is on the screen, in a menu that will go away again."""
        while not any(text in line for line in self.lines[self._seen :]):
            self._read(text)

    def _read(self, awaited: str) -> None:
        try:
            self._stream.feed(self._child.read_nonblocking(4096, timeout=20))
        except (pexpect.EOF, pexpect.TIMEOUT):
            shown = "\n".join(self.lines)
            raise AssertionError(f"{awaited!r} was not shown:\n{shown}") from None

    def end(self, code: int = 0) -> str:
        """Wait for the end of the command, and return all that it has shown."""
        while True:
            try:
                self._stream.feed(self._child.read_nonblocking(4096, timeout=20))
            except pexpect.EOF:
                break
        self._child.close()
        shown = "\n".join(self.lines).rstrip()
        assert self._child.exitstatus == code, f"{self._child.exitstatus}: {shown}"
        return shown


def without_breaks(text: str) -> str:
    """Return a text without spaces and line breaks, as the terminal breaks long lines anywhere."""
    return "".join(text.split())


def noon(day: str) -> str:
    """Return noon of a day, as seconds since 1970."""
    return str(int(datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()))
