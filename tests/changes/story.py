"""A repository that is written commit by commit, each on a day of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

HOUSE = Path(__file__).parent.parent / "rules" / "house"


class Story:
    """A git repository with a handbook in `goals/`; files are edited as a person would, then committed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.goals = folder, folder / "goals"
        shutil.copytree(HOUSE, self.goals)
        text = self.read("handbook.yaml")
        self.write("handbook.yaml", "".join(f"{line}\n" for line in text.splitlines() if "as_of" not in line))
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *command: str, day: str = "2017-01-02") -> str:
        """Run git in the repository, as if on a day."""
        when = f"{day}T12:00:00+00:00"
        known = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
        people = {f"GIT_{who}_{what}": "dustin" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        done = subprocess.run(
            ["git", "-c", "maintenance.auto=false", *command],  # not worth a process after each commit
            cwd=self.folder,
            env={**os.environ, **known, **people},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def commit(self, message: str, day: str) -> str:
        """Commit everything; returns the commit's id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, day=day)
        return self.git("rev-parse", "HEAD")

    def read(self, path: str) -> str:
        """A file below goals/."""
        return (self.goals / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file below goals/."""
        (self.goals / path).parent.mkdir(exist_ok=True)
        (self.goals / path).write_text(text, encoding="utf-8", newline="")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace the first `old` in a file."""
        text = self.read(path)
        assert old in text, f"{path} does not say {old!r}"
        self.write(path, text.replace(old, new, 1))

    def line(self, path: str, number: int | None) -> str:
        """A line of a file, by the path a finding shows."""
        file = self.folder / path
        return file.read_text(encoding="utf-8").splitlines()[number - 1] if number and file.is_file() else ""
