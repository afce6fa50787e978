"""Names in any script are found without accents, and lead to ids."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from goal_handbook.cli import main
from goal_handbook.cli.names import id_of, letters, matching
from goal_handbook.model.values import parse_slug


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Weiß", "weiss"),
        ("Łuczak-Ørsted", "luczak-orsted"),
        ("Müller & Co", "muller-co"),
        ("Иван Петров", "ivan-petrov"),
        ("王芳", "wang-fang"),
        ("김민수", "gim-min-su"),
        ("McDonald", "mcdonald"),
        ("—", ""),
    ],
)
def test_a_name_leads_to_an_id(name: str, id: str) -> None:
    assert id_of(name) == id


@given(st.text(max_size=80))
def test_an_id_from_a_name_is_valid_or_empty(name: str) -> None:
    found = id_of(name)
    assert not found or parse_slug(found) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Lukasz", [0]),
        ("łukasz", [0]),
        ("pet", [1]),
        ("petrov", [1]),
        ("new", [3]),
        ("business", [2, 3]),
        ("moses new", [2]),
        ("nobody", []),
        ("", [0, 1, 2, 3]),
    ],
)
def test_a_few_letters_find_a_name_or_a_title(typed: str, found: list[int]) -> None:
    texts = ["lukasz-nowak Łukasz Nowak", "Иван Петров", "moses/new-business", "new-business"]
    assert matching(typed, texts) == found


def test_words_are_the_same_with_spaces_and_hyphens() -> None:
    assert letters("each seller") == letters("Each-Seller") == letters("each_seller")


def test_a_person_is_found_without_accents(house: Path) -> None:
    (house / "sellers" / "lukasz.yaml").write_text("name: Łukasz Żak\nteam: central\n", encoding="utf-8")
    goal = ["new", "goal", "lukasz zak", "--title", "Sell", "--kind", "production"]
    assert CliRunner().invoke(main, goal).exit_code == 0
    assert "id: sell" in (house / "sellers" / "lukasz.yaml").read_text(encoding="utf-8")


def test_a_name_without_letters_needs_an_id(house: Path) -> None:
    result = CliRunner().invoke(main, ["new", "team", "--name", "—"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'there is no letter in "—" to make an id from\n  help: give it an id in letters and digits' in result.stderr
    assert not (house / "teams" / ".yaml").exists()
    assert CliRunner().invoke(main, ["new", "team", "dash", "--name", "—"]).exit_code == 0
