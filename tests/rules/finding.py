"""What a rule finds in a handbook written as a few texts."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Mapping

from goal_handbook.findings import Finding
from goal_handbook.source.load import load_files
from goal_handbook.workspace import evaluate

HANDBOOK = """
    format: 1
    name: MavenTech
    period: {name: 2017, start: 2017-01-01, end: 2017-12-31}
    currency: USD
"""
#: A team and its leader.
NORTH = {
    "handbook.yaml": HANDBOOK,
    "teams/north.yaml": """
        name: North
        leader: lea
        context: {market: Clinics}
        goals: [{id: revenue, title: R, measure: {unit: money, target: 500, rollup: sum}}]
        """,
    "leaders/lea.yaml": "name: Lea",
}


def findings(code: str, files: Mapping[str, str], as_of: str = "2017-10-01") -> list[Finding]:
    """Return what the rule finds on a day."""
    held = {name: textwrap.dedent(text).lstrip("\n").encode() for name, text in files.items()}
    day = datetime.date.fromisoformat(as_of)
    found = evaluate(load_files(held, "goals"), day, day).findings
    assert [f for f in found if f.severity == "error"] == []
    return [f for f in found if f.code == code]


def with_seller(goal: str, about: str = "team: north", handbook: str = "") -> dict[str, str]:
    """Return North with a seller, Ana, who has one goal: its keys as they are within the braces."""
    seller = f"name: Ana\n{about}\ngoals: [{{id: a, title: A, {goal}}}]\n"
    return {**NORTH, "handbook.yaml": f"{textwrap.dedent(HANDBOOK)}{handbook}", "sellers/ana.yaml": seller}
