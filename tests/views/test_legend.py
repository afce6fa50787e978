"""The legend: it explains every badge there is, and the manual decides the same statuses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from goal_handbook.views import badge
from goal_handbook.views.badge import Badge
from goal_handbook.views.legend import KINDS

MANUAL = (Path(__file__).parent.parent.parent / "docs" / "manual" / "status.md").read_text(encoding="utf-8")
ALL = [
    look
    for table in vars(badge).values()
    if isinstance(table, Mapping)
    for look in table.values()
    if isinstance(look, Badge)
]


def test_every_badge_is_explained() -> None:
    explained = [look for _, _, tables in KINDS for table in tables for look in table.values()]
    assert [look.label for look in ALL if look not in explained] == []
    assert [look.label for look in ALL if not look.title] == []


@pytest.mark.parametrize("table", [badge.GOAL, badge.LANDMARK, badge.AGREEMENT])
def test_the_manual_says_when_each_status_applies(table: Mapping[str, Badge]) -> None:
    assert [status for status in table if f"`{status}`" not in MANUAL] == []
