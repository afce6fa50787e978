"""How a goal is measured: which keys go together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from goal_handbook.model.measure import Measure


@pytest.mark.parametrize(
    "measure",
    [
        {"unit": "money", "target": "260_000"},
        {"unit": "customers", "from": "60", "target": "40"},
        {"unit": "percent", "target": "58", "hold": "at_least"},
        {"unit": "money", "target": "260_000", "rollup": "sum"},
    ],
    ids=["a number", "a number that goes down", "a level", "a sum"],
)
def test_whatever_has_a_target_can_say_what_it_was_last_period(measure: dict[str, Any]) -> None:
    assert Measure.model_validate(measure).last is None
    assert Measure.model_validate({**measure, "last": "55.5"}).last == Decimal("55.5")


def test_a_cadence_has_no_result_of_last_period() -> None:
    with pytest.raises(ValidationError, match="a cadence cannot have last"):
        Measure.model_validate({"cadence": {"times": "1", "per": "week"}, "last": "38"})
