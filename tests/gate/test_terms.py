"""Terms that move: plain moves are refused where they are, and honest ways to write the same are not."""

from __future__ import annotations

from pathlib import Path

from .cases import MOSES, Case, adjustment, agreement, both, cases, edit, matches, prepare, refused

ATTACKS = (
    Case(
        "a target lowered without a word",
        edit(MOSES, "target: 260_000", "target: 200_000"),
        (("GH601", "target: 200_000"),),
    ),
)

HONEST = (
    Case(
        "a target adjusted with a reason and agreed again",
        both(
            edit(MOSES, "target: 260_000", "target: 240_000"),
            edit(MOSES, "due: 2017-12-31, value: 260_000", "due: 2017-12-31, value: 240_000"),
            adjustment(
                "2017-07-31",
                "field: target, was: 260_000, now: 240_000",
                "field: landmarks.year.value, was: 260_000, now: 240_000",
            ),
            agreement("2017-07-31"),
        ),
    ),
)


@cases(ATTACKS)
def test_an_attack_is_refused_where_it_is(case: Case, template: Path, tmp_path: Path) -> None:
    found = refused(prepare(case, template, tmp_path / "repository"), today=case.today)
    assert matches(found, case.expected), found


@cases(HONEST)
def test_an_honest_change_is_not_refused(case: Case, template: Path, tmp_path: Path) -> None:
    assert refused(prepare(case, template, tmp_path / "repository"), today=case.today) == []
