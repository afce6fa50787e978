"""`goals approve`: the job on main signs for those who wrote or approved the change, as far as they are known."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

from ..changes.story import Story

DATA = Path(__file__).parent.parent / "data" / "forge"
GOAL, MOSES = "moses-frase/new-business", "sellers/moses-frase.yaml"
LOGINS = "# login github mfrase moses-frase\n# login github DBrinkmann dustin-brinkmann\n"
NAMES = "    agreed:\n      - {on: 2017-07-30, by: [moses-frase, dustin-brinkmann]}\n"


class Forge:
    """A repository on a forge: main knows a job's key and people's logins, and a change was merged."""

    def __init__(self, folder: Path) -> None:
        self.story = Story(folder / "repository")
        self.key = folder / "job"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.key)], check=True)
        self.public = self.key.with_suffix(".pub").read_text(encoding="utf-8")
        self.signers(LOGINS)
        self.story.edit("handbook.yaml", "currency: USD", "currency: USD\nproof: approved")
        self.story.commit("the house", "2017-07-20")
        self.story.git("branch", "base")

    def signers(self, logins: str) -> None:
        self.story.write("signers", f"{logins}forge {self.public}")

    def change(self, *edits: tuple[str, str, str]) -> None:
        """A change on a branch."""
        self.story.git("checkout", "--quiet", "-b", "change")
        for path, old, new in edits:
            self.story.edit(path, old, new)
        self.story.commit("agree", "2017-07-30")

    def merge(self, *edits: tuple[str, str, str]) -> None:
        """A change that was merged with a merge commit."""
        self.change(*edits)
        self.story.git("checkout", "--quiet", "main")
        self.story.git("merge", "--quiet", "--no-ff", "--message", "Merge", "change", day="2017-07-31")

    def approve(self, **answers: Any) -> Result:
        """Run the job, with other answers in the forge's."""
        pull = json.loads((DATA / "github-pull.json").read_text(encoding="utf-8"))
        pull["merge_commit_sha"] = self.story.git("rev-parse", "main")
        pull["head"]["sha"], pull["base"]["sha"] = self.story.git("rev-parse", "change", "base").split()
        reviews = json.loads((DATA / "github-reviews.json").read_text(encoding="utf-8"))
        for review in reviews:
            review["commit_id"] = pull["head"]["sha"]
        files = []
        for name, data in (("pull", pull | answers.get("pull", {})), ("reviews", answers.get("reviews", reviews))):
            file = self.story.folder.parent / f"{name}.json"
            file.write_text(json.dumps(data), encoding="utf-8")
            files.append(str(file))
        arguments = ["--forge", "github", "--change", files[0], "--approvals", files[1], "--key", str(self.key)]
        result = CliRunner().invoke(main, ["approve", *arguments, "--dir", str(self.story.goals)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    def check(self) -> set[str]:
        """The codes of what is found about Moses's goal now."""
        arguments = ["check", "--dir", str(self.story.goals), "--as-of", "2017-07-31", "--format", "json"]
        found = json.loads(CliRunner().invoke(main, arguments).stdout)["findings"]
        return {f["code"] for f in found if "new-business" in f["message"] or f["severity"] == "error"}


@pytest.fixture
def forge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Forge:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1501459200")  # 31 July 2017
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    return Forge(tmp_path)


def test_both_are_signed_for_and_the_goal_is_agreed(forge: Forge) -> None:
    forge.merge((MOSES, "    agreed:\n", NAMES))
    assert forge.check() == {"GH417"}
    result = forge.approve()
    assert result.exit_code == 0, result.output
    via = f"github!123@{forge.story.git('rev-parse', '--short=12', 'change')}"
    assert f"moses-frase agreed to {GOAL}, as {via} says\n" in result.output
    text = forge.story.read(MOSES)
    assert text.count(f"via: {via}") == 2
    assert forge.check() == set()
    shown = CliRunner().invoke(main, ["proof", GOAL, "--dir", str(forge.story.goals), "--as-of", "2017-07-31"]).output
    assert shown.splitlines() == [
        "2017-07-30 moses-frase approved these terms at the forge",
        "2017-07-30 dustin-brinkmann approved these terms at the forge",
    ]


def test_a_second_run_adds_nothing(forge: Forge) -> None:
    forge.merge((MOSES, "    agreed:\n", NAMES))
    forge.approve()
    text = forge.story.read(MOSES)
    assert forge.approve().output == "there is nothing to sign\n"
    assert forge.story.read(MOSES) == text


def test_who_has_not_approved_is_not_signed_for(forge: Forge) -> None:
    forge.merge((MOSES, "    agreed:\n", NAMES))
    assert forge.approve(reviews=[]).exit_code == 0
    assert forge.story.read(MOSES).count("via: ") == 1
    assert forge.check() == {"GH417"}


def test_an_approval_of_terms_that_moved_since_is_stale(forge: Forge) -> None:
    forge.merge((MOSES, "    agreed:\n", NAMES))
    forge.approve()
    forge.story.edit(MOSES, "target: 260_000", "target: 300_000")
    assert "GH407" in forge.check()


STRANGER = {"user": {"login": "stranger", "type": "User"}}
TO_A_STRANGER = ("signers", "# login github mfrase moses-frase\n", "# login github stranger moses-frase\n")
NAMES_BOTH = (MOSES, "    agreed:\n", NAMES)
Job = Callable[[Forge], Result]


def approved_by(login: str, kind: str = "User", state: str = "APPROVED", commit: str = "change") -> Job:
    """The job after a change by a stranger that somebody has reviewed."""

    def run(forge: Forge) -> Result:
        forge.merge(NAMES_BOTH)
        review = {
            "user": {"login": login, "type": kind},
            "state": state,
            "commit_id": forge.story.git("rev-parse", commit),
            "submitted_at": "2017-07-30T09:00:00Z",
        }
        return forge.approve(pull=STRANGER, reviews=[review])

    return run


def by_a_stranger(*edits: tuple[str, str, str]) -> Job:
    def run(forge: Forge) -> Result:
        forge.merge(*edits)
        return forge.approve(pull=STRANGER, reviews=[])

    return run


def rebased(forge: Forge) -> Result:
    """Two commits of a stranger, the first with the login for the second, and main goes on to them."""
    forge.story.git("checkout", "--quiet", "-b", "change")
    for path, old, new in (TO_A_STRANGER, NAMES_BOTH):
        forge.story.edit(path, old, new)
        forge.story.commit("a step", "2017-07-30")
    forge.story.git("checkout", "--quiet", "main")
    forge.story.git("merge", "--quiet", "--ff-only", "change")
    return forge.approve(pull=STRANGER, reviews=[])


def meanwhile(*edits: tuple[str, str, str]) -> Job:
    """Both approve a change, and main moves on before it is merged."""

    def run(forge: Forge) -> Result:
        forge.change(NAMES_BOTH)
        forge.story.git("checkout", "--quiet", "main")
        for path, old, new in edits:
            forge.story.edit(path, old, new)
        forge.story.commit("meanwhile", "2017-07-30")
        forge.story.git("merge", "--quiet", "--no-ff", "--message", "Merge", "change", day="2017-07-31")
        return forge.approve()

    return run


NAMES_ANNA = (MOSES, "    agreed:\n", "    agreed:\n      - {on: 2017-07-30, by: anna}\n")
#: Nobody is signed for.
ATTACKS: dict[str, Job] = {
    "a change that names nobody": by_a_stranger((MOSES, "A fifth over", "Much over")),
    "a change that names somebody else": by_a_stranger(NAMES_ANNA),
    "a change that brings the logins it needs": by_a_stranger(NAMES_BOTH, TO_A_STRANGER),
    "a change that brings the logins it needs in a commit before, and is rebased": rebased,
    "terms that moved on main before the change was merged": meanwhile((MOSES, "target: 260_000", "target: 300_000")),
    "a landmark put off on main before the merge": meanwhile(
        (MOSES, "due: 2017-06-30, value", "due: 2017-08-30, value")
    ),
    "an approval by a stranger": approved_by("stranger-2"),
    "an approval by a login that looks alike": approved_by("dbrinkmann-"),
    "an approval by a login in other letters": approved_by("\u0501brinkmann"),
    "an approval by a bot with a person's login": approved_by("dbrinkmann", kind="Bot"),
    "an approval by an organisation with a person's login": approved_by("dbrinkmann", kind="Organization"),
    "an approval by an account that was only imported": approved_by("dbrinkmann", kind="Mannequin"),
    "an approval of an older commit": approved_by("dbrinkmann", commit="base"),
    "an approval that was dismissed": approved_by("dbrinkmann", state="DISMISSED"),
    "a comment that approves nothing": approved_by("dbrinkmann", state="COMMENTED"),
    "a review that is not sent yet": approved_by("dbrinkmann", state="PENDING"),
    "a review in words of its own": approved_by("dbrinkmann", state="approved"),
}


@pytest.mark.parametrize("attack", [pytest.param(a, id=what, marks=pytest.mark.attack) for what, a in ATTACKS.items()])
def test_nobody_is_signed_for_who_has_not_approved_these_terms(forge: Forge, attack: Job) -> None:
    assert attack(forge).exit_code == 0
    assert "via: " not in forge.story.read(MOSES)


def squashed(forge: Forge) -> Result:
    forge.change(NAMES_BOTH)
    forge.story.git("checkout", "--quiet", "main")
    forge.story.git("merge", "--quiet", "--squash", "change")
    forge.story.commit("Agree (#123)", "2017-07-31")
    return forge.approve()


def in_capitals(forge: Forge) -> Result:
    forge.merge(NAMES_BOTH)
    return forge.approve(pull={"user": {"login": "MFrase", "type": "User"}})


#: Both are signed for.
HONEST: dict[str, Job] = {
    "a merge commit": meanwhile(),
    "a squash": squashed,
    "a login in capitals": in_capitals,
    "main moved on, but not these terms": meanwhile(("handbook.yaml", "currency: USD", "currency: USD\ngrace_days: 9")),
    "another goal moved on main meanwhile": meanwhile(("teams/central.yaml", "target: 250_000", "target: 255_000")),
}


@pytest.mark.parametrize("change", [pytest.param(c, id=what, marks=pytest.mark.honest) for what, c in HONEST.items()])
def test_whoever_wrote_and_approved_is_signed_for(forge: Forge, change: Job) -> None:
    result = change(forge)
    assert result.exit_code == 0, result.output
    assert forge.story.read(MOSES).count("via: ") == 2


def test_a_change_that_was_merged_elsewhere_is_not_signed_for(forge: Forge) -> None:
    forge.merge(NAMES_BOTH)
    elsewhere = forge.story.git("rev-parse", "HEAD")
    forge.story.git("reset", "--quiet", "--hard", "base")
    result = forge.approve(pull={"merge_commit_sha": elsewhere})
    assert (result.exit_code, "this branch has never been" in result.output) == (2, True)


def test_what_was_approved_has_to_be_there(forge: Forge) -> None:
    forge.merge(NAMES_BOTH)
    result = forge.approve(pull={"head": {"sha": "7" * 40}})
    assert (result.exit_code, "get it with git fetch origin refs/pull/123/head" in result.output) == (2, True)


def test_what_is_wrong_is_not_written(forge: Forge) -> None:
    forge.merge((MOSES, "    agreed:\n", NAMES))
    before = forge.story.read(MOSES)
    wrong: tuple[dict[str, Any], ...] = (
        {"pull": {"merged": False}},
        {"pull": {"merge_commit_sha": "7" * 40}},
        {"reviews": {}},
    )
    for answers in wrong:
        result = forge.approve(**answers)
        assert (result.exit_code, "help: " in result.output) == (2, True)
    forge.key.unlink()
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(forge.key)], input=b"y\n", check=True)
    result = forge.approve()  # a key that main does not know
    assert (result.exit_code, "is not in goals/signers as forge's" in result.output) == (2, True)
    assert forge.story.read(MOSES) == before
