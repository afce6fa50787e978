"""Who works when: a seller's first and last day both count."""

from __future__ import annotations

from typing import Any

import pytest

from goal_handbook.model.people import Seller

from ..status.make import case, day


@pytest.mark.parametrize(
    ("dates", "on", "active"),
    [
        case("without dates, always", {}, "2017-07-01", True),
        case("the day before joining", {"joined": "2017-05-04"}, "2017-05-03", False),
        case("the day of joining", {"joined": "2017-05-04"}, "2017-05-04", True),
        case("long after joining", {"joined": "2017-05-04"}, "2019-01-01", True),
        case("the last day", {"left": "2017-09-30"}, "2017-09-30", True),
        case("the day after the last", {"left": "2017-09-30"}, "2017-10-01", False),
        case("a single day", {"joined": "2017-05-04", "left": "2017-05-04"}, "2017-05-04", True),
    ],
)
def test_a_seller_works_from_joined_to_left(dates: dict[str, Any], on: str, active: bool) -> None:
    seller = Seller.model_validate({"id": "ana", "name": "Ana", "team": "north"} | dates)
    assert seller.is_active_on(day(on)) is active
