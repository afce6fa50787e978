"""Time `goals check` on a handbook of N goals, beside PyYAML's safe loader (C) reading the same files.

python -m benchmarks.check 10000
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .handbook import write_handbook

GOALS_PER_SELLER = 3.39  # including those of teams and leaders
LOAD = (
    "import sys, pathlib, yaml\n"
    "for path in pathlib.Path(sys.argv[1]).rglob('*.yaml'): yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)\n"
)


def main(goals: int) -> None:
    """Print the time and peak memory of both, and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        write_handbook(round(goals / GOALS_PER_SELLER), Path(name))
        folder = str(Path(name) / "goals")
        baseline = _time([sys.executable, "-c", LOAD, folder])
        ours = _time([sys.executable, "-c", "from goal_handbook.cli import run; run()", "check", "--dir", folder])
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"yaml.load (C)        {baseline:5.1f} s")
        print(f"goals check          {ours:5.1f} s   {ours / baseline:4.2f} × yaml.load")
        print(f"peak memory          {peak:5.0f} MB")


def _time(command: list[str]) -> float:
    begin = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    print(done.stdout.strip().splitlines()[-1] if done.stdout else "", done.stderr)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
