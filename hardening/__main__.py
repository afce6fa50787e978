"""Try to lose, leak or crash something, for as long as there is time.

python -m hardening                            every part, ten minutes in all
python -m hardening --only canaries kills      these two parts
python -m hardening --again FILE               a case that failed, once more
python -m hardening --minutes 60 --write       also into the manual, docs/manual/reliability.md

Each case that fails is kept in a file. The exit code is 1 if any did.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from . import canaries, corpora, faults, fuzz, kills, page, serve
from .cases import Part, Tally, kept, outcome_of, run

PARTS: Mapping[str, Part] = {
    "canaries": canaries.PART,
    "kills": kills.PART,
    "fuzz": fuzz.PART,
    "corpora": corpora.PART,
    "faults": faults.PART,
    "serve": serve.PART,
}


def main() -> int:
    """Try the chosen parts, one after another; each gets its share of the time. Returns the exit code."""
    about, _, usage = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        "python -m hardening", description=about, epilog=usage, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10, help="how long it may take (default: 10)")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="the parts to try")
    parser.add_argument("--seed", type=int, default=1, help="what cases are drawn; the same seed draws the same")
    parser.add_argument("--failed", type=Path, default=Path("hardening-failed"), help="where failed cases are kept")
    parser.add_argument("--write", action="store_true", help="write the counts into the manual")
    parser.add_argument("--again", type=Path, metavar="FILE", help="try the case in this file once more")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hardening-cache-") as cache:
        os.environ |= {"XDG_CACHE_HOME": cache, "NO_MKDOCS_2_WARNING": "1"}  # never the user's cache
        if arguments.again:
            return again(arguments.again)
        tallies = try_all(arguments.only, arguments.minutes * 60, arguments.seed, arguments.failed.resolve())
    if arguments.write:
        page.write(tallies, arguments.minutes, arguments.seed)
    return int(any(tally.failures for tally in tallies.values()))


def try_all(names: Sequence[str], seconds: float, seed: int, failed: Path) -> Mapping[str, Tally]:
    """Try parts one after another, each for its share of the time; returns what each has counted."""
    start, tallies = time.monotonic(), {}
    for number, name in enumerate(names):
        left = seconds - (time.monotonic() - start)
        tallies[name] = run(name, PARTS[name], seed, left / (len(names) - number), failed)
        print(f"{name:<10}{tallies[name]}", flush=True)
    return tallies


def again(path: Path) -> int:
    """Try a case that was kept; returns the exit code."""
    name, case = kept(path)
    outcome = outcome_of(PARTS[name], case)
    print("\n".join(outcome.wrong) or f"{name}: nothing went wrong this time")
    return bool(outcome.wrong)


if __name__ == "__main__":
    sys.exit(main())
