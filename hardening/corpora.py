"""Documents that others collected because programs stumble over them, as each kind of file of a handbook."""

from __future__ import annotations

import contextlib
import json
import random
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.source.test_corpora import naughty_strings, yaml_test_suite

from .cases import Case, Outcome, Part
from .handbooks import IMPORT, write_handbook
from .site import crash_in, run_goals

#: The file that a document takes the place of, and the command that reads it.
FILES: Mapping[str, tuple[str, ...]] = {
    "goals/handbook.yaml": ("check",),
    "goals/teams/central.yaml": ("check",),
    "goals/sellers/anna-snelling.yaml": ("check",),
    "goals/leaders/dustin-brinkmann.yaml": ("check",),
    "goals/readings/crm.csv": ("check",),
    "goals/signers": ("check",),
    "deals.csv": (*IMPORT, "--dry-run"),
    "plan/Goals.csv": ("sheet", "plan", "--dry-run"),
    "plan/People.csv": ("sheet", "plan", "--dry-run"),
}


def cases(dice: random.Random) -> Iterator[Case]:
    """Draw every document as every kind of file, once."""
    drawn = [(name, file) for name in documents() for file in FILES]
    dice.shuffle(drawn)
    for name, file in drawn:
        yield {"document": name, "file": file}


@cache
def documents() -> Mapping[str, str]:
    """Return the documents of the corpora by name; a naughty string is also the value of a key, in double quotes."""
    found = dict(yaml_test_suite())
    for number, text in enumerate(naughty_strings()):
        found[f"naughty-{number}"] = text
        found[f"naughty-value-{number}"] = f"name: {json.dumps(text)}\n"
    return found


def attempt(case: Case, folder: Path) -> Outcome:
    """Put a document in the place of a file, and see how the command that reads it takes it."""
    write_handbook(folder)
    path = folder / case["file"]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(documents()[case["document"]].encode("utf-8", "surrogatepass"))
    command = FILES[case["file"]]
    with contextlib.chdir(folder):
        if command == ("check",):
            return Outcome(list(_checked(case["file"])))
        result = run_goals(*command)
    crash = crash_in(result)
    return Outcome([crash] if crash else [])


def _checked(file: str) -> Iterator[str]:
    """Yield what is wrong with how `goals check` takes a file: a crash, or a finding that does not say where."""
    result = run_goals("check", "--format", "json")
    if crash := crash_in(result):
        yield crash
        return
    for finding in json.loads(result.stdout)["findings"]:
        if not finding["path"].startswith("goals"):
            yield f"a finding without a place: {finding}"
    if result.exit_code not in {0, 1}:
        yield f"goals check ended with {result.exit_code} for {file}: {result.output}"


PART = Part(cases, attempt)
