"""The example handbook: it builds strictly, has no dead links, and shows a real company's year."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from goal_handbook.source.load import load
from goal_handbook.status.assessment import Assessment, all_owed, count_landmarks
from goal_handbook.workspace import evaluate

from .html_reader import dead_links, read_page

ROOT = Path(__file__).parent.parent.parent
AS_OF = datetime.date(2017, 10, 15)


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    workspace = evaluate(load(ROOT / "goals", "goals"), AS_OF, AS_OF)
    assert workspace.errors == []
    assert workspace.assessment is not None
    return workspace.assessment


def test_it_builds_strictly_and_no_link_is_dead(example_site: Path) -> None:
    pages = [path for path in example_site.rglob("*.html") if path.name != "404.html"]
    assert dead_links(example_site, pages) == []


def test_ids_are_unique_on_a_page_and_nothing_is_fetched_from_the_internet(example_site: Path) -> None:
    for folder in ("sellers", "teams", "leaders"):
        for path in (example_site / folder).rglob("*.html"):
            page = read_page(path)
            ids = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
            assert sorted(set(ids)) == sorted(ids), path
            loaded = [
                a[n] for tag, a in page.elements for n in ("src", "href") if n in a and tag in {"script", "img", "link"}
            ]
            assert [address for address in loaded if "//" in address] == [], path


def test_the_manual_is_found_after_the_handbook_and_its_list_of_templates_not_at_all(example_site: Path) -> None:
    index = json.loads((example_site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    manual = [entry for entry in index if entry["location"].startswith("manual/")]
    assert {entry["boost"] for entry in manual} == {0.2}
    assert [entry for entry in manual if entry["location"].startswith("manual/templates/")] == []


def test_everyone_has_a_page(example_site: Path) -> None:
    count = {name: len(list((example_site / name).glob("*/index.html"))) for name in ("sellers", "leaders", "teams")}
    assert count == {"sellers": 35, "leaders": 6, "teams": 9}


def test_three_regions_hold_six_teams_with_their_managers(assessment: Assessment) -> None:
    handbook = assessment.handbook
    assert {region: len(parts) for region, parts in handbook.subteams.items()} == {"central": 2, "east": 2, "west": 2}
    assert len(handbook.led) == len(handbook.leaders) == 6
    assert len(handbook.sellers) == 35


def test_it_shows_everything_that_happens_in_a_year(assessment: Assessment) -> None:
    goals, sellers = assessment.goals, assessment.handbook.sellers
    landmarks = count_landmarks(goals.values())
    owed = {kind: sum(o.kind == kind for o in all_owed(goals.values())) for kind in ("accounting", "agreement")}
    assert landmarks["met"] > 100
    assert landmarks["accounted"] > 10
    assert landmarks["missed"] == owed["accounting"] == 1
    assert [g.owner_id for g in goals.values() if any(b.over for b in g.capacities)] == ["central-marxen"]
    assert any(g.goal.adjustments and g.agreement == "agreed" for g in goals.values())
    assert [g.owner_id for g in goals.values() if g.agreement == "stale"] == ["violet-mclelland"]
    assert [s.id for s in sellers.values() if s.joined and f"{s.joined:%Y-%m}" == "2017-06"] == ["carl-lin"]


def test_every_seller_has_a_production_goal_and_one_of_education_or_skill(assessment: Assessment) -> None:
    for seller in assessment.handbook.sellers.values():
        kinds = {goal.kind for goal in seller.goals}
        assert "production" in kinds, seller.id
        assert kinds & {"education", "skill"}, seller.id
