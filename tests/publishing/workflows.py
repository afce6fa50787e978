"""The workflows as data: ours, and those of the starter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent.parent
STARTER = ROOT / "generator" / "goal_handbook" / "starter"
PUBLISHING = STARTER.with_name("publishing")
#: Ours, those of every new handbook, and those that publish it to others than the repository's members.
FOLDERS = {
    "ours": ROOT / ".github" / "workflows",
    "theirs": STARTER / ".github" / "workflows",
    **{who: PUBLISHING / who / ".github" / "workflows" for who in ("company", "everyone", "network")},
}
GITLAB = STARTER / ".gitlab-ci.yml"
#: What the pipeline includes: it publishes on GitLab's Pages, or on a server.
GITLAB_PUBLISH = {
    "pages": STARTER / ".gitlab" / "publish.yml",
    "network": PUBLISHING / "network" / ".gitlab" / "publish.yml",
}

Yaml = dict[str, Any]


def load(path: Path) -> Yaml:
    """Read a YAML file with every scalar as a string: YAML 1.1 takes the key `on` for true."""
    data: Yaml = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  BaseLoader makes strings only
    return data


FILES = {f"{whose}/{path.stem}": path for whose, folder in FOLDERS.items() for path in sorted(folder.iterdir())}
WORKFLOWS = {name: load(path) for name, path in FILES.items()}
PIPELINE = load(GITLAB) | load(GITLAB_PUBLISH["pages"])


def jobs() -> Iterator[tuple[str, Yaml]]:
    """Yield every job of every workflow with its name, such as `ours/check/goals`."""
    for name, workflow in WORKFLOWS.items():
        for job, body in workflow["jobs"].items():
            yield f"{name}/{job}", body


def steps() -> Iterator[tuple[str, Yaml]]:
    """Yield every step of every job with the job's name."""
    for name, job in jobs():
        for step in job["steps"]:
            yield name, step


def scripts(job: Yaml) -> str:
    """Return what a job runs in the shell."""
    return "\n".join(step["run"] for step in job["steps"] if "run" in step)


def uses(job: Yaml, action: str) -> list[Yaml]:
    """Return the steps of a job that use an action."""
    return [step for step in job["steps"] if step.get("uses", "").partition("@")[0] == action]
