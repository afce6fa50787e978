"""A repository as a forge hosts it: its branches, what its workflows and pipeline do with them, and its comments."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..changes.story import Story
from ..node import NODE, node_module
from .workflows import FILES, GITLAB, GITLAB_PUBLISH

HERE = Path(__file__).parent
MARKER = "<!-- goal-handbook -->"
MOSES = "sellers/moses-frase.yaml"
SITE = """
site_name: Test
site_url: !ENV [SITE_URL, ""]
theme: {name: material, font: false}
plugins: [search, goal-handbook]
"""


@dataclass(frozen=True)
class Job:
    """What a job did: its result, its steps with theirs, what it printed, and its outputs."""

    result: str
    steps: dict[str, str]
    log: str
    outputs: dict[str, str]


@dataclass(frozen=True)
class Run:
    """What a workflow did: its jobs, and the folder with its artifacts and what it published."""

    jobs: dict[str, Job]
    folder: Path

    @property
    def results(self) -> dict[str, str]:
        """The result of each job."""
        return {name: job.result for name, job in self.jobs.items()}

    @property
    def summary(self) -> str:
        """What the run says about itself."""
        return (self.folder / "step_summary").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Pipeline:
    """What a pipeline did: the result of each job, what they printed, and the folder they ran in."""

    results: dict[str, str]
    log: str
    folder: Path


class Forge(Story):
    """A handbook on a forge; a change is committed on a branch of its own, and the forge merges it for the check.

    `programs` are shell scripts to run instead of real commands.
    """

    def __init__(self, folder: Path, programs: dict[str, str] | None = None) -> None:
        (folder / "repository").mkdir(parents=True)
        super().__init__(folder / "repository")
        self.base, self.runs = folder, 0
        self.write("handbook.yaml", self.read("handbook.yaml") + "as_of: 2017-07-31\n")
        for path, text in {
            "mkdocs.yml": SITE,
            "docs/chapter.md": "# A chapter\n",
            "requirements.txt": "goal-handbook==0\n",
            ".gitlab-ci.yml": GITLAB.read_text(encoding="utf-8"),
            ".gitlab/publish.yml": GITLAB_PUBLISH["pages"].read_text(encoding="utf-8"),
            ".ci/run": "echo tested\n",
        }.items():
            (self.folder / path).parent.mkdir(exist_ok=True)
            (self.folder / path).write_text(text, encoding="utf-8")
        self.commit("The goals of 2017", "2017-07-11")
        self.state = folder / "forge.json"
        self.state.write_text(
            '{"asked": [], "comments": [], "pulls": [], "releases": [], "down": false}', encoding="utf-8"
        )
        self._programs(folder / "bin", programs or {})

    def _programs(self, folder: Path, programs: dict[str, str]) -> None:
        """What is on the PATH before all others: commands of the outside world, and a pip that has installed everything."""
        folder.mkdir()
        for name, script in {
            "gh": f"#!/bin/sh\nexec '{sys.executable}' '{HERE / 'gh.py'}' \"$@\"\n",
            "rsync": f"#!/bin/sh\nexec '{sys.executable}' '{HERE / 'rsync.py'}' \"$@\"\n",
            "pip": "#!/bin/sh\nexit 0\n",
            **programs,
        }.items():
            (folder / name).write_text(script, encoding="utf-8")
            (folder / name).chmod(0o755)
        path = os.pathsep.join((str(folder), str(Path(sys.executable).parent), os.environ["PATH"]))
        kept = ("HOME", "XDG_CACHE_HOME", "LANG", "TMPDIR")
        known = {name: os.environ[name] for name in kept if name in os.environ}
        quiet = {"NO_MKDOCS_2_WARNING": "1", "GIT_CONFIG_GLOBAL": os.devnull}
        quiet["SHLVL"] = "1"  # a bash with a socket as its input would read a developer's .bashrc
        self.servers = self.base / "servers"
        self.env = {"PATH": path, **known, **quiet, "GH_STATE": str(self.state), "SERVERS": str(self.servers)}

    def known(self, what: str) -> Any:
        """What the forge has: `comments`, `pulls`, `releases`, or what it was `asked`."""
        return json.loads(self.state.read_text(encoding="utf-8"))[what]

    def set(self, **values: Any) -> None:
        """Let the forge have these comments, or let it be `down`."""
        state = json.loads(self.state.read_text(encoding="utf-8"))
        self.state.write_text(json.dumps({**state, **values}), encoding="utf-8")

    def branch(self) -> None:
        """Commit what was edited on a branch of its own, and merge it as the forge does for a check."""
        self.git("checkout", "--quiet", "-B", "work", "main")
        self.commit("A change", "2017-07-20")
        self.git("checkout", "--quiet", "--detach", "main")
        self.git("merge", "--quiet", "--no-ff", "--message", "Merge work into main", "work", day="2017-07-20")
        self.git("update-ref", "refs/pull/7/merge", "HEAD")
        self.git("checkout", "--quiet", "main")

    def pull_request(self, workflow: str, *, fork: bool = False) -> Run:
        """Propose what was edited, and run a workflow for it."""
        self.branch()
        head = {"repo": {"full_name": "somebody/r" if fork else "o/r"}}
        event = {"pull_request": {"number": 7, "head": head}}
        return self.run(workflow, "pull_request", "refs/pull/7/merge", event)

    def push(self, workflow: str, before: str = "", *, created: bool = False, **more: Any) -> Run:
        """Run a workflow for what has arrived on main, by default all of it."""
        before = before or self.git("rev-list", "--max-parents=0", "main")
        return self.run(workflow, "push", "refs/heads/main", {"before": before, "created": created}, **more)

    def dispatch(self, workflow: str, **inputs: str) -> Run:
        """Fill in a workflow's form on main."""
        return self.run(workflow, "workflow_dispatch", "refs/heads/main", {"inputs": inputs}, inputs=inputs)

    def run(self, workflow: str, event: str, ref: str, payload: dict[str, Any], **more: Any) -> Run:
        """Run a workflow by its name in FILES; `more` are contexts such as `vars` and `secrets`."""
        self.runs += 1
        folder = self.base / f"run-{self.runs}"
        github = {
            "event_name": event, "event": payload, "ref": ref, "sha": self.git("rev-parse", ref), "token": "a-token",
            "repository": "o/r", "repository_owner": "o", "run_id": "1", "server_url": "https://forge", "actor": "ana",
        }  # fmt: skip
        request = {
            "workflow": str(FILES[workflow]), "event": event, "github": github, "env": self.env,
            "remote": str(self.folder), "folder": str(folder), **more,
        }  # fmt: skip
        done = subprocess.run(
            [NODE, HERE / "runner.mjs", node_module("@actions").parent],
            input=json.dumps(request), capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        jobs = json.loads(done.stdout)
        return Run({n: Job(j["result"], dict(j["steps"]), j["log"], j["outputs"]) for n, j in jobs.items()}, folder)

    def merge_request(self) -> Pipeline:
        """Propose what was edited, and run the pipeline for it."""
        self.branch()
        known = {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
        return self.pipeline("work", ["--unset-variable", "CI_COMMIT_BRANCH"], **known)

    def pipeline(self, branch: str, more: Sequence[str] = (), **variables: str) -> Pipeline:
        """Run the pipeline in a clone of a branch, with some of the variables that the forge would set."""
        self.runs += 1
        folder = self.base / f"run-{self.runs}"
        self.git("clone", "--quiet", "--branch", branch, str(self.folder), str(folder))
        options = ["--force-shell-executor", "--no-json-schema-validation", "--home", str(self.base / "home")]
        options += ["--ignore-predefined-vars", ",".join(variables)]
        options += [option for name, value in variables.items() for option in ("--variable", f"{name}={value}")]
        done = subprocess.run(
            [NODE, node_module("gitlab-ci-local") / "dist" / "index.js", *options, *more],
            cwd=folder, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        results = re.findall(r"^ (PASS|FAIL)\s+(\S+)", done.stdout, re.MULTILINE)
        return Pipeline({job: result for result, job in results}, done.stdout + done.stderr, folder)
