"""`goals approve`: the job on main signs for those who wrote or approved the change, as far as they are known."""

from __future__ import annotations

import json
import subprocess
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

    def signers(self, logins: str) -> None:
        self.story.write("signers", f"{logins}forge {self.public}")

    def merge(self, *edits: tuple[str, str, str]) -> None:
        """A change that was merged with a merge commit."""
        self.story.git("checkout", "--quiet", "-b", "change")
        for path, old, new in edits:
            self.story.edit(path, old, new)
        self.story.commit("agree", "2017-07-30")
        self.story.git("checkout", "--quiet", "main")
        self.story.git("merge", "--quiet", "--no-ff", "--message", "Merge", "change", day="2017-07-31")

    def approve(self, **answers: Any) -> Result:
        """Run the job, with other answers in the forge's."""
        pull = json.loads((DATA / "github-pull.json").read_text(encoding="utf-8"))
        pull["merge_commit_sha"] = self.story.git("rev-parse", "HEAD")
        reviews = json.loads((DATA / "github-reviews.json").read_text(encoding="utf-8"))
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
    assert f"moses-frase agreed to {GOAL}, as github!123@4f2a9c1d22aa says\n" in result.output
    text = forge.story.read(MOSES)
    assert text.count("via: github!123@4f2a9c1d22aa") == 2
    assert forge.check() == set()
    shown = CliRunner().invoke(main, ["proof", GOAL, "--dir", str(forge.story.goals), "--as-of", "2017-07-31"]).output
    assert shown.splitlines() == [
        "2017-07-30 dustin-brinkmann approved these terms at the forge",
        "2017-07-30 moses-frase approved these terms at the forge",
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


UNKNOWN: dict[str, tuple[tuple[str, str, str], ...]] = {
    "a change that names nobody": ((MOSES, "A fifth over", "Much over"),),
    "a change that names somebody else": (
        (MOSES, "    agreed:\n", "    agreed:\n      - {on: 2017-07-30, by: anna}\n"),
    ),
    "a change that brings the logins it needs": (
        (MOSES, "    agreed:\n", NAMES),
        ("signers", "# login github mfrase moses-frase\n", "# login github stranger moses-frase\n"),
    ),
}


@pytest.mark.parametrize("edits", UNKNOWN.values(), ids=UNKNOWN)
def test_nobody_is_signed_for_who_is_not_known_or_not_named(
    forge: Forge, edits: tuple[tuple[str, str, str], ...]
) -> None:
    forge.merge(*edits)
    before = forge.story.read(MOSES)
    forge.approve(pull={"user": {"login": "stranger", "type": "User"}}, reviews=[])
    assert forge.story.read(MOSES) == before


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
