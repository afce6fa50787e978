"""A build that fails says no more of what is for leaders than where it is wrong: CI keeps its log."""

from __future__ import annotations

import datetime
import re
import textwrap
from collections.abc import Iterator, Mapping
from itertools import islice

import pytest

from goal_handbook.findings import Finding, as_text
from goal_handbook.reports.private import findings_for_audience, places_for_audience
from goal_handbook.source.load import load_files
from goal_handbook.workspace import Workspace, evaluate

from ..conftest import HANDBOOK
from .conftest import MKDOCS, Build
from .test_audience import FILES, SECRETS

DAY = datetime.date(2017, 4, 10)
#: A hidden number beside one that everybody sees, with a reading each from the CRM.
READ = {
    **FILES,
    "leaders/lea.yaml": FILES["leaders/lea.yaml"].rstrip()
    + """
          - {id: canary-cost, title: CANARY-cost, visibility: leaders, kind: support, measure: {unit: deals, target: 9}, landmarks: [{id: q2, due: 2017-06-30, value: 2}]}
        """,
    "readings/crm.csv": """
        goal,on,value
        ana/deals,2017-02-01,1
        lea/canary-cost,2017-02-01,55555
        """,
}
TEXTS = {"handbook.yaml": HANDBOOK.lstrip("\n")} | {
    name: textwrap.dedent(text).lstrip("\n") for name, text in READ.items()
}


def opened(files: Mapping[str, str]) -> Workspace:
    return evaluate(load_files({name: text.encode() for name, text in files.items()}, "goals"), DAY, DAY)


def secret(findings: list[Finding]) -> list[str]:
    """Return the findings that say what only leaders may read."""
    return [text for text in map(as_text, findings) if any(one in text.lower().encode() for one in SECRETS)]


def broken(text: str) -> Iterator[str]:
    """Yield a file with a mistake in every place where people make them: in words, in punctuation, in line breaks."""
    for word in re.finditer(r"[A-Za-z0-9-]+", text):
        for instead in ("", word[0][:-1], f"{word[0]}x", f'"{word[0]}'):
            yield f"{text[: word.start()]}{instead}{text[word.end() :]}"
    for mark in re.finditer(r"[:{}\[\],\n]", text):
        for instead in ("", mark[0] * 2):
            yield f"{text[: mark.start()]}{instead}{text[mark.end() :]}"


@pytest.mark.parametrize("name", READ)
def test_whatever_is_wrong_the_team_reads_nothing_that_is_for_leaders(name: str) -> None:
    before = opened(TEXTS)
    assert before.errors == []
    wrong, would_say = 0, 0
    for text in islice(broken(TEXTS[name]), 0, None, 3):
        found = before.with_files({name: text.encode()})
        wrong += bool(found.errors)
        would_say += bool(secret(found.errors))
        for cut in (places_for_audience, findings_for_audience):
            assert secret(cut(found.errors, "team", found.loaded, found.history)) == [], text
        assert len(places_for_audience(found.errors, "team", found.loaded, found.history)) == len(found.errors)
    assert wrong > len(TEXTS[name]) / 60
    assert would_say > 0 or name == "sellers/ben.yaml"


def test_a_failed_build_names_the_place_and_the_rule(build: Build) -> None:
    files = {**FILES, "sellers/ana.yaml": FILES["sellers/ana.yaml"].replace("kind: skill", "kind: CANARY-kind")}
    done = build(files)
    assert done.code == 1
    assert (
        "goals/sellers/ana.yaml:16:11: GH108 The value is not one of the allowed choices\n  help: see what goals check says\n"
    ) in done.output
    assert not any(one in done.output.lower().encode() for one in SECRETS)


def test_for_leaders_a_failed_build_quotes_the_line(build: Build) -> None:
    files = {**FILES, "sellers/ana.yaml": FILES["sellers/ana.yaml"].replace("kind: skill", "kind: CANARY-kind")}
    done = build(files, mkdocs=MKDOCS.replace("- goal-handbook", "- goal-handbook: {audience: leaders}"))
    assert done.code == 1
    assert "kind: CANARY-kind" in done.output


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("titel: A", "titel: A", "    4 |   - {id: a, titel: A}\n"),
        ("titel: A", "titel: A, visibility: leaders", "GH102 The key is not part of the format\n"),
        ("titel: A", "titel: A, visibility: leader", "GH102 The key is not part of the format\n"),
        ("titel: A", "titel: A, visiblity: leaders", "GH102 The key is not part of the format\n"),
        ("team: north", "team: north\nmotivaton: He is ill", "GH102 The key is not part of the format\n"),
    ],
    ids=["for everybody", "for leaders", "a typo in the value", "a typo in the key", "motivation, misspelt"],
)
def test_a_line_is_quoted_unless_it_may_be_for_leaders(build: Build, old: str, new: str, said: str) -> None:
    ana = "name: Ana\nteam: north\ngoals:\n  - {id: a, titel: A}\n"
    done = build({**FILES, "sellers/ana.yaml": ana.replace(old, new)})
    assert done.code == 1
    assert said in done.output
    assert "He is ill" not in done.output
