"""What takes long is named on standard error while it is waited for, and goes on."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from goal_handbook import waiting
from goal_handbook.cli.exports import data_of
from goal_handbook.git import commands as git
from goal_handbook.waiting import waiting_for

#: A git that answers once somebody has read what is said in the meantime, or else fails.
SLOW_GIT = """#!/bin/sh
read -r answer < "$PIPE" && echo "$answer"
"""


class Heard:
    """A standard error that answers what waits at a pipe as soon as something is said there."""

    def __init__(self, pipe: Path) -> None:
        self.pipe, self.said = pipe, ""

    def write(self, text: str) -> int:
        self.said += text
        if text.endswith("\n"):
            self.pipe.write_text("an answer\n")
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


def test_a_slow_git_is_named_and_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, pipe = tmp_path / "git", tmp_path / "pipe"
    program.write_text(SLOW_GIT)
    program.chmod(0o755)
    os.mkfifo(pipe)
    heard = Heard(pipe)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PIPE", str(pipe))
    monkeypatch.setattr(waiting, "SECONDS", 0.01)
    monkeypatch.setattr(sys, "stderr", heard)
    assert git.setting(tmp_path, "user.name") == "an answer"
    assert heard.said == f"still waiting for git config in {tmp_path} after 0 seconds; Ctrl-C stops it\n"


def test_so_is_a_file_that_is_slow_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = tmp_path / "plan.csv"
    os.mkfifo(pipe)
    heard = Heard(pipe)
    monkeypatch.setattr(waiting, "SECONDS", 0.01)
    monkeypatch.setattr(sys, "stderr", heard)
    assert data_of(str(pipe)) == b"an answer\n"
    assert heard.said == f"still waiting for {pipe} after 0 seconds; Ctrl-C stops it\n"


def test_what_is_done_in_time_is_not_mentioned(capsys: pytest.CaptureFixture[str]) -> None:
    before = threading.active_count()
    with waiting_for("a file"):
        assert threading.active_count() == before + 1
    assert capsys.readouterr().err == ""


def test_git_asks_nobody_for_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "git"
    program.write_text('#!/bin/sh\necho "$GIT_TERMINAL_PROMPT"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert git.setting(tmp_path, "user.name") == "0"
