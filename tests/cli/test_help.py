"""`goals --help` appears at once, and every command is described in a line that is not cut off."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from goal_handbook.cli import main
from goal_handbook.cli.new import new

COMMANDS = [[], ["check"], ["status"], ["import"]]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: " ".join(["goals", *c]))
def test_help_does_not_import_what_only_the_work_needs(command: list[str]) -> None:
    script = (
        "import sys\n"
        "from goal_handbook.cli import main\n"
        f"main([*{command}, '--help'], standalone_mode=False)\n"
        "print([name for name in ('pydantic', 'yaml', 'babel', 'jinja2', 'mkdocs') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: ")
    assert done.stdout.isascii()
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", [["chek"], ["check", "--fromat", "json"]], ids=" ".join)
def test_a_misspelt_command_is_exit_code_2(command: list[str]) -> None:
    script = f"from goal_handbook.cli import main; main({command})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Did you mean" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("group", [main, new], ids=["goals", "goals new"])
def test_every_command_is_described_in_a_line_of_80_columns(group: click.Group) -> None:
    result = CliRunner().invoke(group, ["--help"], terminal_width=80)
    lines = result.stdout.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == sorted(group.commands)
    assert [line for line in lines if line.endswith("...") or len(line) > 80 or len(line.split()) < 3] == []
    assert [line for line in lines if not line.endswith(".")] == []


def options() -> Iterator[tuple[str, click.Option]]:
    """Yield every option of every command, with the command's name."""
    for group in (main, new):
        for name, command in group.commands.items():
            yield from ((name, option) for option in command.params if isinstance(option, click.Option))


def test_every_option_is_explained() -> None:
    unexplained = [
        f"{name} {option.opts[0]}"
        for name, option in options()
        if not option.help and not isinstance(option.type, click.Choice)
    ]
    assert unexplained == []


def test_an_option_means_the_same_in_every_command() -> None:
    """`--dir` is the folder, `--by` a person; nothing but a new folder and files to read is an argument."""
    assert {name for name, option in options() if "--by" in option.opts} == {
        "checkin", "review", "account", "adjust", "agree", "correct", "import", "move", "away", "set", "sheet",
    }  # fmt: skip
    folders = {
        name for name, command in main.commands.items() for p in command.params
        if isinstance(p, click.Argument) and isinstance(p.type, click.Path)
    }  # fmt: skip
    assert folders == {"init", "export", "fmt", "import", "backtest", "sheet", "join"}
