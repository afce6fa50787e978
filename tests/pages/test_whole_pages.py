"""Whole pages of a small house, as they are written: those that no other test has a golden file of.

`--refresh` rewrites the golden files.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from goal_handbook.changes.history import History
from goal_handbook.model.handbook import Handbook
from goal_handbook.site import SiteSettings, build_site
from goal_handbook.status.assessment import assess

from ..status.make import accounting, adjustment, day, handbook, number, paper, step, value

GOLDEN = Path(__file__).parent / "golden"
AS_OF = day("2017-07-12")


def small_house() -> Handbook:
    """A region with one city. Moses is far behind and has said why, Ana is on the way, and Lea meets them each month."""
    both = [{"on": "2017-01-10", "by": ["moses", "lea"]}]
    said = accounting("half", "2017-07-06") | {"plan": [step("Call <b>Isdom</b>", "2017-07-10", who="lea")]}
    moses = number(
        ("2017-03-31", "20"),
        ("2017-06-30", "30"),
        title="Forty <new> accounts",
        supports="revenue",
        landmarks=[value("half", "2017-06-30", "50")],
        accountings=[said],
        agreed=both,
        reviews=[{"on": "2017-07-06", "by": "lea", "confidence": "low", "next": "Is 100 still a goal?"}],
    )
    ana = number(
        ("2017-06-30", "56"),
        title="A hundred deals",
        supports="revenue",
        landmarks=[paper("map", "2017-07-20")],
        adjustments=[adjustment("2017-05-01", ("target", "90", "100"))],
    )
    talks = {
        "id": "talks",
        "title": "Half an hour each",
        "kind": "support",
        "measure": {"cadence": {"times": "1", "per": "month", "with": "each-seller", "minutes": "30"}},
        "sessions": [{"on": f"2017-0{month}-10", "with": ["ana", "moses"], "minutes": "30"} for month in range(3, 7)],
        "start": "2017-03-01",
    }
    revenue = number(title="Two hundred together", target="200", measure={"rollup": "sum"}) | {"id": "revenue"}
    return handbook(
        {"moses": {"name": "Moses & Co", "team": "city", "goals": [moses]}, "ana": {"team": "city", "goals": [ana]}},
        {"region": {}, "city": {"name": "<City>", "part_of": "region", "leader": "lea", "goals": [revenue]}},
        {"lea": {"name": "Lea Lund", "title": "Manager", "goals": [talks]}},
        locale="en_US",
    )


@pytest.mark.parametrize(
    ("name", "route"),
    [("home", "index"), ("leader", "leaders/lea"), ("reviews", "reviews/index"), ("teams", "teams/index")],
)
def test_a_page_reads_like_this(name: str, route: str, request: pytest.FixtureRequest) -> None:
    book, file = small_house(), GOLDEN / f"{name}.html"
    pages = {page.route: page.html for page in build_site(book, assess(book, AS_OF), History(), SiteSettings()).pages}
    if request.config.getoption("--refresh"):
        file.write_text(pages[route], encoding="utf-8")
    assert pages[route] == file.read_text(encoding="utf-8")
