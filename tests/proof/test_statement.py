"""What is signed: one text for the same terms, however and wherever they are written, and another for any others."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.model.records import Agreement
from goal_handbook.proof.statement import canonical, digest, resolved_terms, statement, terms_digest
from goal_handbook.source.load import load

HOUSE = Path(__file__).parent.parent / "rules" / "house"
GOAL = "moses-frase/new-business"
MOSES = "sellers/moses-frase.yaml"

#: The terms of that goal as they are signed. docs/manual/proof.md has them too.
TERMS = (
    '{"due":"2017-12-31","kind":"production","landmarks.q2.due":"2017-06-30","landmarks.q2.value":"125000",'
    '"landmarks.year.due":"2017-12-31","landmarks.year.value":"260000","start":"2017-01-01",'
    '"supports":["central/revenue"],"target":"260000","unit":"money","visibility":"team"}'
)


def house(tmp_path: Path, *edits: tuple[str, str, str]) -> Handbook:
    """The house with the first `old` of a file replaced."""
    goals = tmp_path / "goals"
    shutil.copytree(HOUSE, goals)
    for path, old, new in edits:
        text = (goals / path).read_text(encoding="utf-8")
        assert old in text
        (goals / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    loaded = load(goals, "goals")
    assert loaded.handbook
    assert not [f for f in loaded.findings if f.severity == "error"]
    return loaded.handbook


def test_the_terms_are_signed_as_canonical_json(tmp_path: Path) -> None:
    handbook = house(tmp_path)
    assert canonical(resolved_terms(handbook, GOAL)).decode() == TERMS
    assert terms_digest(handbook, GOAL) == f"sha256:{hashlib.sha256(TERMS.encode()).hexdigest()}"


@pytest.mark.parametrize(
    ("agreement", "signed"),
    [
        (
            {"on": "2017-07-30", "by": "moses-frase"},
            '{"day":"2017-07-30","format":"1","goal":"moses-frase/new-business","person":"moses-frase","terms":"%s"}',
        ),
        (
            {"on": "2017-07-30", "by": "moses-frase", "understood": "Zuerst die Großen:\n„Retail“", "note": "is not signed"},
            '{"day":"2017-07-30","format":"1","goal":"moses-frase/new-business","person":"moses-frase","terms":"%s",'
            '"understood":"Zuerst die Großen:\\n„Retail“"}',
        ),
        (
            {"on": "2017-07-30", "by": "dustin-brinkmann", "via": "github!123@4f2a9c1"},
            '{"day":"2017-07-30","format":"1","goal":"moses-frase/new-business","person":"dustin-brinkmann","terms":"%s",'
            '"via":"github!123@4f2a9c1"}',
        ),
    ],
)  # fmt: skip
def test_the_statement_says_who_agreed_to_what_and_when(tmp_path: Path, agreement: dict[str, str], signed: str) -> None:
    handbook = house(tmp_path)
    terms = terms_digest(handbook, GOAL)
    item = Agreement.model_validate({**agreement, "terms": terms, "sig": "none"})
    assert statement(handbook, GOAL, item).decode() == signed % terms


SAME: dict[str, tuple[tuple[str, str, str], ...]] = {
    "a number with other underscores": ((MOSES, "target: 260_000", "target: 2_60000.0"),),
    "keys in another order": ((MOSES, "{unit: money, target: 260_000}", "{target: 260_000, unit: money}"),),
    "landmarks in another order": (
        (MOSES, "      - {id: q2, due: 2017-06-30, value: 125_000}\n", ""),
        (MOSES, "value: 260_000}\n", "value: 260_000}\n      - {id: q2, due: 2017-06-30, value: 125_000}\n"),
    ),
    "a date that the period gives anyway": ((MOSES, "    measure:", "    due: 2017-12-31\n    measure:"),),
    "a support spelled out": ((MOSES, "supports: revenue", "supports: [central/revenue]"),),
    "another title": ((MOSES, "title: Close 260,000", "title: Win 260,000"),),
    "another reason": ((MOSES, "A fifth over", "Much over"),),
    "a new reading": ((MOSES, "    checkins:\n", "    checkins:\n      - {on: 2017-07-15, value: 140_000}\n"),),
    "another name of the goal": ((MOSES, "id: new-business", "id: business\n    formerly: [new-business]"),),
}
OTHER: dict[str, tuple[tuple[str, str, str], ...]] = {
    "a lower target": ((MOSES, "target: 260_000", "target: 220_000"),),
    "a later landmark": ((MOSES, "due: 2017-06-30, value", "due: 2017-07-30, value"),),
    "another unit": ((MOSES, "unit: money", "unit: deals"),),
    "a landmark less": ((MOSES, "      - {id: q2, due: 2017-06-30, value: 125_000}\n", ""),),
    "half of it for the team": ((MOSES, "supports: revenue", "supports: {goal: revenue, share: 0.5}"),),
    "a later end": ((MOSES, "    measure:", "    due: 2018-01-31\n    measure:"),),
    "a level to hold": ((MOSES, "target: 260_000", "target: 260_000, hold: at_least"),),
    "another end of the period": (("handbook.yaml", "end: 2017-12-31", "end: 2018-01-31"),),
    "another day of joining": ((MOSES, "team: central", "team: central\njoined: 2017-02-01"),),
    "a landmark that was dropped": (
        (
            MOSES,
            "    reviews:\n",
            "    adjustments:\n      - on: 2017-07-01\n        by: [moses-frase, dustin-brinkmann]\n        why: No use.\n"
            "        changes: [{field: landmarks.q2, was: agreed, now: dropped}]\n    reviews:\n",
        ),
    ),
}


@pytest.mark.parametrize("edits", SAME.values(), ids=SAME)
def test_the_same_terms_have_the_same_digest(tmp_path: Path, edits: tuple[tuple[str, str, str], ...]) -> None:
    before, after = house(tmp_path / "before"), house(tmp_path / "after", *edits)
    goal = GOAL if GOAL in after.goals else "moses-frase/business"
    assert terms_digest(after, goal) == terms_digest(before, GOAL)


@pytest.mark.parametrize("edits", OTHER.values(), ids=OTHER)
def test_other_terms_have_another_digest(tmp_path: Path, edits: tuple[tuple[str, str, str], ...]) -> None:
    assert terms_digest(house(tmp_path / "after", *edits), GOAL) != terms_digest(house(tmp_path / "before"), GOAL)


def test_a_renamed_team_goal_changes_no_signature(tmp_path: Path) -> None:
    after = house(
        tmp_path / "after",
        ("teams/central.yaml", "id: revenue", "id: turnover\n    formerly: [revenue]"),
        (MOSES, "supports: revenue", "supports: turnover"),
    )
    assert terms_digest(after, GOAL) == terms_digest(house(tmp_path / "before"), GOAL)


@pytest.mark.parametrize("text", ["", "plain", 'quotes " and \\ and /', "\b\f\n\r\t\x1f", "Ä€😀\u2028", "\x7f"])
def test_text_is_written_as_rfc_8785_does(text: str) -> None:
    written = canonical({"b": text, "a": [text]}).decode("utf-8")
    assert json.loads(written) == {"a": [text], "b": text}
    assert written.startswith('{"a":["')
    assert "\\u2028" not in written
    assert "\\u00c4" not in written


def test_a_digest_names_its_kind() -> None:
    make: Callable[[bytes], str] = digest
    assert make(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
