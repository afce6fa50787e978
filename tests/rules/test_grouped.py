"""Warnings grouped by rule and person: each block can be read, and each place clicked, in 80 columns."""

from __future__ import annotations

from collections.abc import Mapping

from goal_handbook.findings import Finding, Location
from goal_handbook.reports.grouped import grouped
from goal_handbook.source.load import load_files

SETTINGS = b"format: 1\nname: M\nperiod: {name: Y, start: 2017-01-01, end: 2017-12-31}\n"


def warning(path: str, line: int = 3, help: str = "fix it", code: str = "GH301") -> Finding:
    return Finding(code, Location(path, line, 5), "wrong", help, "", "warning")


def shown(warnings: list[Finding], names: Mapping[str, str] = {}) -> list[str]:
    """Return the lines that are shown of warnings in the files of sellers with these names."""
    files = {f"sellers/{seller}.yaml": f"name: {name}\nteam: central\n".encode() for seller, name in names.items()}
    return grouped(warnings, load_files({"handbook.yaml": SETTINGS, **files}, "goals")).splitlines()


def test_people_of_the_same_name_have_a_line_each() -> None:
    lines = shown([warning("goals/sellers/a.yaml"), warning("goals/sellers/b.yaml")], {"a": "Chris", "b": "Chris"})
    assert lines[2:] == ["  Chris  goals/sellers/a.yaml:3:5", "  Chris  goals/sellers/b.yaml:3:5"]


def test_what_concerns_nobody_is_named_by_its_file() -> None:
    assert shown([warning("goals/handbook.yaml")])[2:] == ["  handbook.yaml  goals/handbook.yaml:3:5"]


def test_the_first_three_places_stand_for_all() -> None:
    lines = shown([warning("goals/sellers/a.yaml", line) for line in range(1, 1_001)], {"a": "Ana"})
    assert lines[0] == "GH301 no-landmark (1,000): The goal has no landmarks"
    assert lines[2:] == [
        "  Ana (1,000)  goals/sellers/a.yaml:1:5",
        "               goals/sellers/a.yaml:2:5",
        "               goals/sellers/a.yaml:3:5",
    ]


def test_the_first_forty_people_stand_for_all() -> None:
    lines = shown([warning(f"goals/sellers/s{n:04}.yaml") for n in range(1_041)])
    assert lines[-2:] == ["  s0039.yaml  goals/sellers/s0039.yaml:3:5", "  and 1,001 more people or teams"]


def test_rules_come_in_the_order_of_their_codes() -> None:
    lines = shown([warning("goals/sellers/a.yaml", code=code) for code in ("GH401", "GH301")])
    assert [line[:5] for line in lines if line.startswith("GH")] == ["GH301", "GH401"]


def test_helps_that_differ_are_on_the_rule_s_page() -> None:
    assert shown([warning("goals/sellers/a.yaml"), warning("goals/sellers/a.yaml", 4, "or so")])[1] == (
        "  help: see goals rule GH301"
    )


def test_long_texts_are_wrapped_and_long_names_cut() -> None:
    lines = shown([warning("goals/sellers/a.yaml", help="word " * 30)], {"a": "Maximiliane " * 5})
    assert max(map(len, lines)) <= 80
    assert lines[-1] == "  Maximiliane Maximiliane Maxim…  goals/sellers/a.yaml:3:5"


def test_nothing_moves_the_cursor() -> None:
    lines = shown([warning("goals/sellers/\x1b[2J.yaml", help="\x1b[31m red")])
    assert all(line.isprintable() for line in lines)
