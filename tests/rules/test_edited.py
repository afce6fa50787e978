"""After an edit of a handbook without errors only what can be wrong is checked: all its errors are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from goal_handbook.rules.edited import edited_alone
from goal_handbook.rules.page import rule_page
from goal_handbook.rules.registry import RULES
from goal_handbook.source.load import load
from goal_handbook.workspace import Workspace, evaluate

from .test_pages import DAY, with_files

#: Sections of each rule's page, the second of which is what an edit makes of the first, which has no errors; and what
#: the handbook makes of the rule.
EDITS = [
    (code, before, after, severity)
    for code, rule in RULES.items()
    if "Before" not in rule_page(rule).sections
    for severity in ("", "error")
    for before, after in (("Good", "Bad"), ("Bad", "Good"), ("", "Bad"), ("", "Good"))
    if before != "Bad" or (severity or rule.severity) != "error"
    if (code, severity) != ("GH414", "error")  # which the handbook around the examples breaks
]
MOSES = "sellers/moses-frase.yaml"


def opened(code: str, section: str, folder: Path, severity: str = "") -> Workspace:
    goals = with_files(rule_page(RULES[code]).files(section) if section else {}, folder)
    if severity:
        settings = goals / "handbook.yaml"
        settings.write_text(settings.read_text(encoding="utf-8") + f"rules: {{{code}: {severity}}}\n", encoding="utf-8")
    return evaluate(load(goals, "goals"), DAY, DAY)


@pytest.mark.parametrize(("code", "before", "after", "severity"), EDITS)
def test_the_errors_after_an_edit_are_those_of_the_whole_handbook(
    code: str, before: str, after: str, severity: str, tmp_path: Path
) -> None:
    good, edited = (
        opened(code, before, tmp_path / "before", severity),
        opened(code, after, tmp_path / "after", severity),
    )
    assert good.handbook
    assert not good.errors
    again = evaluate(load(tmp_path / "after", "goals", good.loaded), DAY, DAY, good=good)
    assert again.findings == edited.errors
    assert again.assessment == edited.assessment


@pytest.mark.parametrize(
    ("edit", "edited"),
    [
        (("why:", "why: Because"), ["moses-frase"]),
        (("name:", "# nothing\nname:"), ["moses-frase"]),
        (("target: 260_000", "target: 270_000"), None),
        (("id: new-business", "id: newer-business"), None),
        (("name:", "away: [{from: 2017-03-01, to: 2017-03-02}]\nname:"), None),
    ],
)
def test_words_concern_the_edited_alone_and_what_others_ask_for_concerns_all(
    edit: tuple[str, str], edited: list[str] | None, tmp_path: Path
) -> None:
    goals = with_files({}, tmp_path / "goals")
    good = load(goals, "goals")
    before = (goals / MOSES).read_text(encoding="utf-8")
    assert edit[0] in before
    (goals / MOSES).write_text(before.replace(*edit, 1), encoding="utf-8")
    found = edited_alone(good, load(goals, "goals", good))
    assert (found if found is None else [owner.id for owner in found]) == edited
