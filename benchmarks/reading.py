"""Reading goals with positions, and checking them, beside PyYAML's safe loader (C) reading the same files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from .handbook import write_handbook
from .measure import Contestant, run, run_code, take_turns
from .results import Section, costs_table
from .sites import GOALS_COMMAND

#: They have 10,000 goals, with those of teams and leaders.
_USUAL = 2_950
_YAML = "yaml.load (C)"


def read(sellers: int | None, times: int, folder: Path) -> Section:
    """Read a handbook of so many sellers, and check it."""
    sellers = sellers or _USUAL
    write_handbook(sellers, folder)
    goals = folder / "goals"
    contestants = [
        Contestant(
            _YAML,
            partial(
                run_code,
                "import yaml",
                "for path in Path(sys.argv[1]).rglob('*.yaml'): "
                "    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)",
                goals,
            ),
        ),
        Contestant(
            "goal-handbook",
            partial(
                run_code, "from goal_handbook.source.load import load", "assert load(Path(sys.argv[1])).handbook", goals
            ),
        ),
        Contestant("goals check", lambda: run([*GOALS_COMMAND, "check", "--dir", goals], folder)),
    ]
    head, rows = costs_table(take_turns(contestants, times), _YAML, "yaml.load")
    return Section(
        "Reading",
        f"The files of {sellers:,} sellers, without the time that Python and imports take: as a model with the "
        "position of every value, beside `yaml.load` with the C loader. `goals check` is the whole command.",
        head,
        rows,
    )
