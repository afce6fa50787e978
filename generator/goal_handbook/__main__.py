"""`python -m goal_handbook` is the command `goals`."""

from .cli import run

run()
