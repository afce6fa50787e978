"""Rules about the code itself that no linter knows: where facts about dates may be computed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator" / "goal_handbook"

#: Names that denote a day in this code, alone or at the end of a name (`met_on`, `review_due`); `days_left` is a number.
DAYS = ("on", "due", "day", "as_of", "start", "end", "since", "until", "today", "joined", "left")


def date_arithmetic(code: str) -> Iterator[int]:
    """Yield the lines that compare days, take the earlier or later of some, or count with them.

    A day is recognised by its name. Ordering by a key (`sorted(…, key=…)`) and asking whether there is one are fine.
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Compare):
            compares = any(isinstance(op, (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)) for op in node.ops)
            if compares and any(map(_denotes_a_day, (node.left, *node.comparators))):
                yield node.lineno
        elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
            if _denotes_a_day(node.left) or _denotes_a_day(node.right):
                yield node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"min", "max"}:
            if not node.keywords and any(map(_denotes_a_day, node.args)):
                yield node.lineno
        elif isinstance(node, (ast.Name, ast.Attribute)) and _name(node) == "timedelta":
            yield node.lineno


def _denotes_a_day(node: ast.expr) -> bool:
    if isinstance(node, (ast.Name, ast.Attribute)):
        name = _name(node)
        return "days" not in name and (name in DAYS or name.endswith(tuple(f"_{day}" for day in DAYS)))
    if isinstance(node, (ast.GeneratorExp, ast.ListComp)):
        return _denotes_a_day(node.elt)
    if isinstance(node, ast.BinOp):
        return _denotes_a_day(node.left) or _denotes_a_day(node.right)
    if isinstance(node, (ast.Tuple, ast.BoolOp)):
        return any(map(_denotes_a_day, node.elts if isinstance(node, ast.Tuple) else node.values))
    return False


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


@pytest.mark.parametrize("folder", ["views", "reports", "feeds"])
def test_what_is_shown_computes_no_facts_about_dates(folder: str) -> None:
    """They are computed in status/, once, so that every page and every report shows the same."""
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in sorted((PACKAGE / folder).rglob("*.py"))
        for line in date_arithmetic(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "away = (standing.met_on - due).days",
        "late = step.due and not step.done and step.due < context.assessment.as_of",
        "ahead = today <= standing.landmark.due <= until",
        "ahead = as_of <= mark.due <= as_of + AHEAD",
        "until = context.assessment.as_of + datetime.timedelta(days=most_days)",
        "AHEAD = timedelta(days=30)",
        "coming = tuple(one for one in coming if one.day >= today)",
        "end = max(goal.due, readings[-1].day, *(m.day for m in marks))",
        "last = max(a.on for a in goal.agreed)",
        "here = seller.joined <= as_of and seller.left >= as_of",
        "same = accounting.on == latest.on",
    ],
)
def test_arithmetic_with_dates_is_found(line: str) -> None:
    assert set(date_arithmetic(line)) == {1}


@pytest.mark.parametrize(
    "line",
    [
        "newest = sorted(goal.agreed, key=lambda a: a.on, reverse=True)[:2]",
        "last = max(goal.reviews, key=lambda r: (r.on, r.note), default=None)",
        "text = context.day(step.due) if step.due else ''",
        "is_open = goal.closed is None and step.due is not None",
        "detail = away(state.days_left) if state.days_left > 0 else ''",
        "overdue = sum(item.overdue for item in items)",
        "rows = ', '.join(f'{cell.held} of {cell.due}' for cell in cells if cell.times > 1)",
    ],
)
def test_wording_and_ordering_are_not(line: str) -> None:
    assert list(date_arithmetic(line)) == []
