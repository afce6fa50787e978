"""`goals --help` comes at once, and says what there is."""

from __future__ import annotations

import subprocess
import sys

import pytest

COMMANDS = [[], ["check"], ["status"], ["import"]]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: " ".join(["goals", *c]))
def test_help_does_not_wait_for_what_only_work_needs(command: list[str]) -> None:
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
