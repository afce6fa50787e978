"""Pages of the manual as something to follow: what a reader types, writes and changes, and the output shown below it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import textwrap
from dataclasses import dataclass
from difflib import unified_diff
from itertools import takewhile
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from ..site.conftest import run_build

FENCE = re.compile(r'^( *)```(\w+)(?: title="([^"]+)")?\n(.*?)^\1```$', re.MULTILINE | re.DOTALL)
#: A line for all those that a page leaves out of an output.
LEFT_OUT = "…"
#: What cannot be followed here, because it needs the internet or somebody's shell.
NOT_FOLLOWED = ("pip", "python3", "export")


@dataclass(frozen=True)
class Output:
    """What a block of commands printed, and how the last of them ended."""

    text: str
    code: int = 0


def assert_can_be_followed(page: Path, config: pytest.Config) -> None:
    """Follow a page in the current directory; what it shows must be what happens (`--refresh` rewrites the page)."""
    text = page.read_text(encoding="utf-8")
    real = follow(text)
    if config.getoption("--refresh"):
        page.write_text(real, encoding="utf-8")
    else:
        assert text == real, "".join(unified_diff(text.splitlines(True), real.splitlines(True), "shown", "real"))


def follow(text: str) -> str:
    """Run the commands (sh), write the files (with a title) and make the changes (diff) of a page, from top to bottom.

    Return the page with the outputs (text) as they really are. A command that finds something to fix (exit code 1) has
    to be shown with its output; one that cannot run at all (2) is wrong anywhere.
    """
    parts: list[str] = []
    end = 0
    output: Output | None = None
    for fence in FENCE.finditer(text):
        indent, language, file, body = fence.groups()
        body = textwrap.dedent(body)
        if language == "text" and output is not None and not is_shown(output.text, body):
            parts += [text[end : fence.start(4)], textwrap.indent(output.text.rstrip("\n") + "\n", indent)]
            end = fence.end(4)
        assert output is None or output.code <= (1 if language == "text" else 0), output.text
        output = run(body) if language == "sh" else None
        if file and language == "diff":
            change(Path(file), body)
        elif file:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            Path(file).write_text(body, encoding="utf-8")
    assert output is None or not output.code, output.text
    return "".join([*parts, text[end:]])


def run(block: str) -> Output:
    """Run the commands of a block, each on a line (or on several that end with a backslash)."""
    said, code = "", 0
    for line in block.replace("\\\n", " ").splitlines():
        if words := list(takewhile(lambda word: not word.startswith("#"), shlex.split(line))):
            assert not code, said
            text, code = _run(words)
            said += text
    return Output(said, code)


def _run(words: list[str]) -> tuple[str, int]:
    match words:
        case ["cd", folder]:
            os.chdir(folder)
            return "", 0
        case ["goals", *arguments]:
            result = CliRunner().invoke(main, arguments)
            return result.output, result.exit_code
        case ["mkdocs", "serve"]:  # a server never ends; a build shows as well that there is a site
            built = run_build(Path.cwd())
            return built.output if built.code else "", built.code
        case [program, *_] if program in NOT_FOLLOWED:
            return "", 0
        case _:
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            return done.stdout + done.stderr, done.returncode


def change(file: Path, diff: str) -> None:
    """Change lines of a file as a diff says."""
    lines = diff.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if not line.startswith("+"))
    new = "".join(line[1:] for line in lines if not line.startswith("-"))
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file} does not have these lines once:\n{old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def is_shown(output: str, shown: str) -> bool:
    """Return whether an output is as a page shows it, where … can be any lines."""
    parts = re.split(rf"^{LEFT_OUT}\n", shown.rstrip("\n") + "\n", flags=re.MULTILINE)
    return re.fullmatch("(?:.*\n)?".join(map(re.escape, parts)), output.rstrip("\n") + "\n", re.DOTALL) is not None
