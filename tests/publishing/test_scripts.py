"""The scripts of the workflows, run as the forge runs them: on a branch of a real handbook, with real commands."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ..changes.story import Story
from .workflows import PIPELINE, WORKFLOWS, Yaml

MARKER = "<!-- goal-handbook -->"
MOSES = "sellers/moses-frase.yaml"
SITE = """
site_name: Test
theme: {name: material, font: false}
plugins: [search, goal-handbook]
"""


def bash(script: str, folder: Path, programs: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a runner does: with `bash -e`, and with these programs before all others."""
    path = os.pathsep.join((str(programs), os.environ["PATH"]))
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": path, "GITHUB_REPOSITORY": "o/r", "NO_MKDOCS_2_WARNING": "1", **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def step_of(job: Yaml, name: str) -> str:
    """The script of a step."""
    (script,) = (step["run"] for step in job["steps"] if step.get("name") == name)
    return str(script)


GITHUB = ("Describe the changes", "Check the goals", "Build the preview")
SCRIPTS = {
    "ours": [step_of(WORKFLOWS["ours/check"]["jobs"]["goals"], name) for name in GITHUB],
    "theirs": [step_of(WORKFLOWS["theirs/goals"]["jobs"]["check"], name) for name in GITHUB],
    "gitlab": [*PIPELINE["check"]["script"], *PIPELINE["preview"]["script"]],
}


@dataclass(frozen=True)
class Run:
    """A run: the exit codes of the description, the check and (if asked for) the preview, their output, and the description."""

    codes: tuple[int, ...]
    said: str
    diff: str


@pytest.fixture
def branch(tmp_path: Path) -> Story:
    """A handbook as a runner checks it out: the branch of a pull request, and what the forge calls origin/main."""
    story = Story(tmp_path)
    story.write("handbook.yaml", story.read("handbook.yaml") + "as_of: 2017-07-31\n")
    (tmp_path / "mkdocs.yml").write_text(SITE, encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "chapter.md").write_text("# A chapter\n", encoding="utf-8")
    story.git("update-ref", "refs/remotes/origin/main", story.commit("The goals of 2017", "2017-07-11"))
    story.git("remote", "add", "origin", ".")
    story.git("checkout", "--quiet", "--detach")
    return story


def run(forge: str, branch: Story, *, preview: bool = False) -> Run:
    """Commit what was edited, and run the scripts of a pull request, with or without the one that builds the preview."""
    branch.commit("A change", "2017-07-20")
    names = {
        "BASE": WORKFLOWS["theirs/goals"]["jobs"]["check"]["env"]["BASE"],
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "GITHUB_STEP_SUMMARY": str(branch.folder / "summary.md"),
    }
    scripts = SCRIPTS[forge] if preview else SCRIPTS[forge][:2]
    done = [bash(script, branch.folder, Path(sys.executable).parent, **names) for script in scripts]
    said = "\n".join(d.stdout + d.stderr for d in done)
    return Run(tuple(d.returncode for d in done), said, (branch.folder / "diff.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("forge", SCRIPTS)
def test_an_honest_change_passes_and_is_described_and_previewed(branch: Story, forge: str) -> None:
    branch.edit(MOSES, "name: Moses Frase", "name: Moses Frase-Brandt")
    done = run(forge, branch, preview=True)
    assert done.codes == (0, 0, 0), done.said
    assert done.diff.startswith(f"{MARKER}\n")
    assert "Moses Frase-Brandt" in done.diff
    assert "Frase-Brandt" in (branch.folder / "preview" / "sellers" / "moses-frase.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("forge", SCRIPTS)
def test_a_silent_change_is_stopped_and_still_described(branch: Story, forge: str) -> None:
    branch.edit(MOSES, "target: 260_000", "target: 200_000")
    done = run(forge, branch)
    assert done.codes == (0, 1), done.said
    assert "**1 silent change**" in done.diff


@pytest.mark.parametrize("forge", ["ours", "theirs"])
def test_the_summary_has_the_text_of_the_comment(branch: Story, forge: str) -> None:
    done = run(forge, branch)
    assert (branch.folder / "summary.md").read_text(encoding="utf-8") == done.diff


@pytest.mark.parametrize("forge", SCRIPTS)
def test_a_change_that_cannot_be_compared_is_described_in_a_sentence_and_the_check_fails(
    branch: Story, forge: str
) -> None:
    (branch.goals / "handbook.yaml").unlink()
    done = run(forge, branch)
    assert done.codes[0] == 0
    assert done.codes[1] > 0
    assert "The changes cannot be shown yet" in done.diff
    assert done.diff.startswith(MARKER) == (forge != "gitlab")


@pytest.mark.parametrize("forge", SCRIPTS)
def test_a_tag_named_like_the_target_branch_changes_nothing(branch: Story, forge: str) -> None:
    branch.edit(MOSES, "target: 260_000", "target: 200_000")
    branch.commit("A change", "2017-07-20")
    branch.git("reset", "--quiet", "--soft", "HEAD~1")
    branch.git("tag", "origin/main", "ORIG_HEAD")
    done = run(forge, branch)
    assert done.codes == (0, 1), done.said


# What has arrived on main

CONTINUES = ("Check that main continues", "Check what has changed")
PUSHED = {
    **{
        w: [step_of(WORKFLOWS[f"{w}/pushed"]["jobs"]["pushed"], name) for name in CONTINUES] for w in ("ours", "theirs")
    },
    "gitlab": list(reversed(PIPELINE["pushed"]["script"])),
}


def pushed(forge: str, story: Story, before: str) -> tuple[bool, bool]:
    """Whether main continues, and whether its goals have changed honestly, by the scripts of a push."""
    known = {"BEFORE": before, "CI_COMMIT_BEFORE_SHA": before}
    continues, honest = (bash(s, story.folder, Path(sys.executable).parent, **known) for s in PUSHED[forge])
    assert (continues.returncode == 0) == (continues.stdout == "")
    return continues.returncode == 0, honest.returncode == 0


@pytest.fixture
def arrived(branch: Story) -> Story:
    """Main, two commits after it began."""
    branch.git("checkout", "--quiet", "main")
    branch.edit(MOSES, "Large buyers have", "Our buyers have")
    branch.commit("A sentence", "2017-07-12")
    return branch


@pytest.mark.parametrize("forge", PUSHED)
def test_an_honest_push_passes(arrived: Story, forge: str) -> None:
    assert pushed(forge, arrived, arrived.git("rev-parse", "HEAD~1")) == (True, True)


@pytest.mark.parametrize("forge", PUSHED)
def test_a_silent_change_pushed_past_the_checks_fails(arrived: Story, forge: str) -> None:
    before = arrived.git("rev-parse", "HEAD")
    arrived.edit(MOSES, "target: 260_000", "target: 200_000")
    arrived.commit("Past the checks", "2017-07-13")
    arrived.edit(MOSES, "Our buyers have", "Our buyers all have")
    arrived.commit("And something on top", "2017-07-13")
    assert pushed(forge, arrived, before) == (True, False)


@pytest.mark.parametrize("forge", PUSHED)
def test_a_merge_of_main_into_a_branch_that_becomes_main_fails(arrived: Story, forge: str) -> None:
    before = arrived.git("rev-parse", "HEAD")
    arrived.git("checkout", "--quiet", "-b", "fox", "HEAD~1")
    arrived.edit(MOSES, "target: 260_000", "target: 200_000")
    arrived.commit("Lowered", "2017-07-13")
    arrived.git("merge", "--quiet", "--no-ff", "--message", "Merge main", "main")
    assert pushed(forge, arrived, before) == (False, False)


@pytest.mark.parametrize("forge", PUSHED)
def test_a_main_that_was_rewritten_fails(arrived: Story, forge: str) -> None:
    before = arrived.git("rev-parse", "HEAD")
    arrived.git("reset", "--quiet", "--hard", "HEAD~1")
    assert not pushed(forge, arrived, before)[0]


# The comment: a script plays gh, notes what it is asked, and answers with the ids it is given

GH = """\
#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$ASKED"
case "$*" in *--paginate*) printf "$FOUND"; exit "$CODE" ;; esac
"""


@dataclass(frozen=True)
class Commented:
    """What the script of the comment did: its exit code, what it asked gh to write, and the text."""

    code: int
    wrote: list[str]
    text: str


def commented(folder: Path, *, found: str = "", code: int = 0, text: str = f"{MARKER}\nNothing.\n") -> Commented:
    job: dict[str, Any] = WORKFLOWS["theirs/goals"]["jobs"]["comment"]
    (folder / "bin").mkdir()
    (folder / "bin" / "gh").write_text(GH, encoding="utf-8")
    (folder / "bin" / "gh").chmod(0o755)
    (folder / "diff.md").write_text(text, encoding="utf-8")
    asked = folder / "asked"
    script = step_of(job, "Create or update the comment")
    done = bash(script, folder, folder / "bin", NUMBER="7", FOUND=found, CODE=str(code), ASKED=str(asked))
    requests = asked.read_text(encoding="utf-8").splitlines()
    wrote = [line.removeprefix("api --silent ") for line in requests if line.startswith("api --silent")]
    return Commented(done.returncode, wrote, (folder / "diff.md").read_text(encoding="utf-8"))


def test_the_first_run_creates_a_comment(tmp_path: Path) -> None:
    done = commented(tmp_path)
    assert done.wrote == ["--method POST repos/o/r/issues/7/comments -F body=@diff.md"]


@pytest.mark.parametrize("found", ["41\\n", "41\\n42\\n"])
def test_the_next_run_updates_it(tmp_path: Path, found: str) -> None:
    done = commented(tmp_path, found=found)
    assert done.wrote == ["--method PATCH repos/o/r/issues/comments/41 -F body=@diff.md"]


def test_no_second_comment_is_created_if_the_first_cannot_be_looked_up(tmp_path: Path) -> None:
    done = commented(tmp_path, code=1)
    assert (done.code, done.wrote) == (1, [])


def test_a_short_comment_is_not_changed(tmp_path: Path) -> None:
    text = f"{MARKER}\n".ljust(60_000, "x")
    assert commented(tmp_path, text=text).text == text


def test_a_comment_too_long_for_github_is_cut_and_says_so(tmp_path: Path) -> None:
    done = commented(tmp_path, text=f"{MARKER}\n".ljust(60_001, "x"))
    assert done.code == 0
    assert done.text.endswith("x\n\n… and more: see the summary of the run.\n")
    assert len(done.text) < 65_536
