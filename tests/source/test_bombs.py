"""Files made to exhaust a machine: each leads to a few findings, within 400 MB and 20 seconds of processor time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

CHECK_WITHIN_LIMITS = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (400 * 2**20, 400 * 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from goal_handbook.cli import main
main(["check", "--dir", sys.argv[1]])
"""

SELLER = "name: Moses Frase\nteam: central\n"


def alias_bomb() -> str:
    lines = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return SELLER + "\n".join(lines)


def merge_bomb() -> str:
    lines = ["m0: &m0 {a: 1}"] + [f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}]}}" for n in range(1, 12)]
    return SELLER + "\n".join(lines)


def many_goals(count: int) -> str:
    return SELLER + "goals:\n" + "\n".join(f"  - {{id: g{n}, title: T}}" for n in range(count))


BOMBS = {
    "200,000 lists, nested": ("[" * 200_000, "GH111"),
    "200,000 mappings, nested": ("{" * 200_000, "GH111"),
    "mappings in lists, nested": ('[{"":' * 100_000, "GH111"),
    "indentation, nested": ("".join(f"{' ' * n}a:\n" for n in range(1_000)), "GH111"),
    "dashes, nested": ("- " * 200_000, "GH111"),
    "complex keys, nested": ("? " * 200_000, "GH111"),
    "aliases of aliases": (alias_bomb(), "GH110"),
    "merge keys of merge keys": (merge_bomb(), "GH110"),
    "a list that contains itself": (f"{SELLER}goals: &a [*a]\n", "GH110"),
    "a text of 10 MB": (f"{SELLER}motivation: {'x' * 10_000_000}\n", "GH112"),
    "a text of almost 1 MiB": (f"{SELLER}motivation: {'x ' * 500_000}\n", "GH119"),
    "a key of almost 1 MiB": (f"{SELLER}? {'x' * 1_000_000}\n: 1\n", "GH102"),
    "an anchor of almost 1 MiB": (f"{SELLER}title: &{'x' * 1_000_000} T\n", "GH110"),
    "20,000 goals": (many_goals(20_000), "GH112"),
    "20,000 keys": (SELLER + "\n".join(f"k{n}: 1" for n in range(20_000)), "GH112"),
    "one key 100,000 times": (SELLER + "k: 1\n" * 100_000, "GH109"),
    "4,000 goals without a title": (SELLER + "goals:\n" + "  - {id: g, k: 1}\n" * 4_000, "GH102"),
    "100,000 tags": (SELLER + "goals: [" + "!t x," * 100_000 + "]\n", "GH110"),
    "100,000 documents": ("---\n" * 100_000, "GH110"),
    "300,000 brackets": (SELLER + "x-a: [" + "[]," * 300_000 + "]", "GH112"),
    "4,000 misspelt keys": (SELLER + "goals:\n" + "  - {id: g, title: T, tilte: T}\n" * 4_000, "GH102"),
}


@pytest.mark.parametrize(("text", "code"), BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_leads_to_a_few_findings(goals: Callable[..., Path], text: str, code: str) -> None:
    folder = goals({"teams/central.yaml": "name: Central"})
    (folder / "sellers").mkdir()
    (folder / "sellers" / "moses-frase.yaml").write_text(text, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", CHECK_WITHIN_LIMITS, str(folder)], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert done.returncode == 1
    assert f" {code} " in done.stdout
    assert done.stdout.count("moses-frase.yaml:") <= 102
    assert len(done.stdout) < 60_000


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("nobody-{n}/a,2017-01-31,1", "and 99,900 more like these"),
        ("nobody/a,2017-01-31,1", '"nobody/a" (100,000 rows)'),
        ("moses-frase/a,soon,1", "and 99,900 more like these"),
    ],
)
def test_the_same_error_in_100_000_rows_is_reported_briefly(goals: Callable[..., Path], row: str, message: str) -> None:
    folder = goals({"teams/central.yaml": "name: Central", "sellers/moses-frase.yaml": many_goals(500)})
    (folder / "readings").mkdir()
    rows = "\n".join(row.format(n=n) for n in range(100_000))
    (folder / "readings" / "crm.csv").write_text(f"goal,on,value\n{rows}\n", encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", CHECK_WITHIN_LIMITS, str(folder)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (1, "")
    assert message in done.stdout
    assert done.stdout.count("crm.csv:") <= 102


def test_5000_valid_goals_in_one_file_are_read(goals: Callable[..., Path]) -> None:
    folder = goals({"teams/central.yaml": "name: Central", "sellers/moses-frase.yaml": many_goals(5_000)})

    done = subprocess.run(
        [sys.executable, "-c", CHECK_WITHIN_LIMITS, str(folder)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "5,000 warnings found\n" in done.stdout


def test_100_000_readings_are_read(goals: Callable[..., Path]) -> None:
    goal = "{id: a, title: A, measure: {unit: deals, target: 9}, landmarks: [{id: b, due: 2017-06-30, value: 1}]}"
    rows = "moses-frase/a,2017-01-31,1\n" * 100_000
    folder = goals({"teams/central.yaml": "name: Central", "sellers/moses-frase.yaml": f"{SELLER}goals: [{goal}]"})
    (folder / "readings").mkdir()
    (folder / "readings" / "crm.csv").write_text(f"goal,on,value\n{rows}", encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", CHECK_WITHIN_LIMITS, str(folder)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


def sum_(supports: str) -> str:
    return f"{{id: r, title: T, supports: {supports}, measure: {{unit: money, target: 9, rollup: sum}}}}"


def teams(*goals: str) -> dict[str, str]:
    return {f"teams/t{n}.yaml": f"name: T\ngoals: [{goal}]" for n, goal in enumerate(goals)}


CHAINS = {
    "3,000 sums in one another": (teams(*(sum_(f"t{n}/r") for n in range(1, 3_000)), sum_("[]")), "GH111"),
    "3,000 sums in a ring": (teams(*(sum_(f"t{(n + 1) % 3_000}/r") for n in range(3_000))), "GH111"),
    "2,000 teams in one another": ({f"teams/t{n}.yaml": f"name: T\npart_of: t{n + 1}" for n in range(2_000)}, "GH111"),
    "3,000 goals that support goals unknown": (
        {
            f"sellers/s{n}.yaml": f"name: S\nteam: t\ngoals: [{{id: g, title: T, supports: x{n}/g}}]"
            for n in range(3_000)
        },
        "GH201",
    ),
    "2 to the power of 40 ways to a sum": (
        teams(*(sum_(f"[t{n // 2 * 2 + 2}/r, t{n // 2 * 2 + 3}/r]") for n in range(80)), sum_("[]"), sum_("[]")),
        "GH209",
    ),
}


@pytest.mark.parametrize(("files", "code"), CHAINS.values(), ids=CHAINS.keys())
def test_a_structure_that_no_company_has_is_checked_all_the_same(
    goals: Callable[..., Path], files: dict[str, str], code: str
) -> None:
    folder = goals({"teams/t.yaml": "name: T", **files})

    done = subprocess.run(
        [sys.executable, "-c", CHECK_WITHIN_LIMITS, str(folder)], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert f"{code} " in done.stdout
