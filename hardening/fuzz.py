"""Laws that hold for whatever hypothesis makes up, each tried with seeds of its own for as long as there is time.

What hypothesis finds it makes small; that is what a failure shows. The same seed finds the same again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy

from . import fuzz_files, fuzz_rows, fuzz_versions
from .cases import Case, Outcome, Part

EXAMPLES = 20
#: A law, and what it holds for.
Law = tuple[Callable[..., None], SearchStrategy[Any]]
LAWS: Mapping[str, Law] = {
    "a file with typing errors": (fuzz_files.is_read, fuzz_files.typing_errors()),
    "an edit": (fuzz_files.changes_nothing_else, fuzz_files.edits()),
    "an export": (fuzz_rows.is_imported, fuzz_rows.exports()),
    "a plan sheet": (fuzz_rows.is_planned, fuzz_rows.sheets()),
    "a signature": (fuzz_rows.is_verified, fuzz_rows.signatures()),
    "a history": (fuzz_versions.is_replayed, fuzz_versions.histories()),
}


def cases(dice: random.Random) -> Iterator[Case]:
    """Go through the laws again and again, each time with another seed."""
    while True:
        for law in LAWS:
            yield {"law": law, "seed": dice.randrange(2**32), "examples": EXAMPLES}


def attempt(case: Case, folder: Path) -> Outcome:
    """Try a law on some examples. What breaks it is raised, and shown in the traceback."""
    law, strategy = LAWS[case["law"]]
    wanted = settings(
        max_examples=case["examples"], deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    seed(case["seed"])(wanted(given(strategy)(law)))()
    return Outcome()


PART = Part(cases, attempt)
