"""A conversation with a command at a plain terminal: what it asks is answered line by line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect


def talk(folder: Path, command: str, *answers: tuple[str, str], status: int = 0) -> str:
    """Run a command in a folder, answer its questions, and return what it said."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "goal_handbook", *command.split()],
        cwd=folder,
        env={**os.environ, "TERM": "dumb", "COLUMNS": "200", "LC_ALL": "C.UTF-8"},
        encoding="utf-8",
        timeout=30,
    )
    said = ""
    for question, answer in answers:
        child.expect_exact(question)
        said += str(child.before)
        child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    said += str(child.before)
    assert child.exitstatus == status, said
    return said.replace("\r\n", "\n")
