"""No canary reaches the team: every hidden field, every output, every history of that field.

Each case is a handbook with canaries that becomes something else, commit by commit. For leaders, the canaries have to
be there: bait that nobody could find would prove nothing.
"""

from __future__ import annotations

import contextlib
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.changes.story import Story

from .cases import Case, Outcome, Part
from .fates import CANARY, NUMBERS, STEPS, SUBJECTS, Files, versions
from .site import build, crash_in, run_goals, texts, write_project

FORMS = ("text", "markdown", "json")
SECRETS = tuple(word.encode() for word in (CANARY, *NUMBERS))


def cases(dice: random.Random) -> Iterator[Case]:
    """Draw histories without an end: first each step by itself, then several in a row, some of them on a branch."""
    first = [(subject, shown, [step]) for step in STEPS for subject in SUBJECTS for shown in (False, True)]
    dice.shuffle(first)
    for subject, shown, steps in first:
        yield _case(dice, subject, shown, steps)
    while True:
        steps = dice.choices(list(STEPS), k=dice.randint(2, 5))
        yield _case(dice, dice.choice(SUBJECTS), dice.random() < 0.5, steps)


def _case(dice: random.Random, subject: str, shown: bool, steps: Sequence[str]) -> Case:
    audience = "leaders" if dice.random() < 0.1 else "team"
    branch = dice.random() < 0.3
    return {"subject": subject, "shown": shown, "steps": list(steps), "audience": audience, "branch": branch}


def attempt(case: Case, folder: Path) -> Outcome:
    """Live through the history, build the site, and look for canaries in all that the team sees."""
    story = Story(folder)
    found = versions(case["subject"], case["shown"], case["steps"], case["branch"])
    write_project(folder, case["audience"], snapshots="2017-07-02")
    commits: list[str] = []
    for number, files in enumerate(found):
        if case["branch"] and number == 1:
            story.git("checkout", "--quiet", "-b", "work")
        write_version(story, files)
        commits.append(story.commit(f"work {number}", f"2017-07-{number + 1:02}"))
    if case["branch"] and len(found) > 1:
        story.git("checkout", "--quiet", "main")
        story.git("merge", "--quiet", "--no-ff", "work", "--message", "merge", day="2017-07-20")
    with contextlib.chdir(folder):
        wrong, said = outputs(case["audience"], commits)
    leaks = [name for name, data in said if case["audience"] == "team" and any(s in data.lower() for s in SECRETS)]
    if not bait_is_there(case["audience"], found[-1], said):
        wrong = [*wrong, "the goal is not on the site, so that no canary can be found"]
    return Outcome([*wrong, *(f"a canary in {name}" for name in leaks)], leaks=len(leaks))


def write_version(story: Story, files: Files) -> None:
    """Make these all the files of goals/. JSON is YAML, and quotes every text."""
    for path in story.goals.rglob("*.yaml"):
        path.unlink()
    for name, data in files.items():
        story.write(name, json.dumps(data, indent=1) + "\n")


def outputs(audience: str, commits: Sequence[str]) -> tuple[list[str], list[tuple[str, bytes]]]:
    """Return what failed, and the name and the bytes of all that an audience sees of the handbook here."""
    built = build()
    wrong = [f"the build failed: {built.output}"] * (built.exit_code != 0)
    said = [("the build's messages", built.output.encode())] if audience == "team" else []
    said += texts(Path("site"))
    exported = run_goals("export", "exported", "--audience", audience)
    wrong += [f"the export failed: {exported.output}"] * (exported.exit_code != 0)
    said += texts(Path("exported"))
    for number, base in enumerate(commits):
        for form in FORMS:
            result = run_goals("diff", base, "--audience", audience, "--format", form)
            if result.exit_code or crash_in(result):
                wrong.append(f"goals diff of work {number} --format {form}: {result.output}{crash_in(result)}")
            said.append((f"goals diff of work {number} --format {form}", result.stdout.encode()))
    return wrong, said


def bait_is_there(audience: str, last: Files, said: Sequence[tuple[str, bytes]]) -> bool:
    """Return whether a goal of the last version that the audience may see is in what is said."""
    goals = [goal for data in last.values() for goal in data.get("goals", []) if "visibility" in goal]
    seen = [goal["title"] for goal in goals if audience == "leaders" or goal["visibility"] == "team"]
    return all(any(title.encode() in data for _, data in said) for title in seen)


PART = Part(cases, attempt)
