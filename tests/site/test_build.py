"""The plugin in real builds: addresses, navigation, the pencil, overrides, redirects, and broken handbooks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

from goal_handbook.mkdocs_plugin.plugin import GoalHandbookPlugin

from .conftest import MKDOCS, Build, run_build_with_another_hash_seed
from .html_reader import dead_links, read_page

FILES = {
    "teams/west.yaml": "name: West\ngoals:\n  - {id: revenue, title: Revenue, measure: {unit: deals, target: 100, rollup: sum}, landmarks: [{id: y, due: 2017-12-31, value: 100}]}\n",
    "teams/north.yaml": "name: North\npart_of: west\nleader: lea\nformerly: arctic\ngoals:\n  - {id: revenue, title: Revenue, supports: west/revenue, measure: {unit: deals, target: 90, rollup: sum}, landmarks: [{id: y, due: 2017-12-31, value: 90}]}\n",
    "leaders/lea.yaml": "name: Lea Lund\ngoals:\n  - {id: talks, title: Talk, kind: support, measure: {cadence: {times: 1, per: month, with: each-seller}}, sessions: [{on: 2017-02-03, with: ana}]}\n",
    "sellers/ana.yaml": """
        name: Ana Abel
        team: north
        formerly: anna
        goals:
          - id: deals
            title: Forty deals
            supports: revenue
            formerly: contracts
            measure: {unit: deals, target: 40}
            landmarks: [{id: half, due: 2017-06-30, value: 20}, {id: year, due: 2017-12-31, value: 40}]
            checkins: [{on: 2017-03-31, value: 8}, {on: 2017-06-30, value: 21}]
        """,
    "sellers/ben.yaml": "name: Ben Bo\nteam: north\n",
    "handbook.yaml": "format: 1\nname: House\nperiod: {name: 2017, start: 2017-01-01, end: 2017-12-31}\nas_of: 2017-07-15\n",
}  # fmt: skip

AGREED = "{id: a, title: A, kind: skill, landmarks: [{id: l, due: 2017-12-01, deliver: x}], agreed: [{on: 2017-03-01, by: [ben, lea]}]}"


def test_pages_are_at_their_addresses_and_no_link_is_dead(build: Build) -> None:
    done = build(FILES)
    assert done.code == 0, done.output
    lists = ("teams", "people", "landmarks", "changes")
    for address in ("", *lists, "teams/west", "teams/north", "leaders/lea", "sellers/ana", "sellers/ben", "chapter"):
        assert (done.site / address / "index.html").is_file(), address
    pages = [path for path in done.site.rglob("*.html") if path.name != "404.html"]
    assert dead_links(done.site, pages) == []


def test_without_directory_addresses_no_link_is_dead(build: Build) -> None:
    done = build(FILES, mkdocs=MKDOCS + "use_directory_urls: false\n")
    assert done.code == 0, done.output
    assert (done.site / "sellers" / "ana.html").is_file()
    assert dead_links(done.site, [p for p in done.site.rglob("*.html") if p.name != "404.html"]) == []


def test_every_page_shows_the_status_date_and_statuses_in_words(build: Build) -> None:
    done = build(FILES)
    for address in ("", "teams", "teams/north", "leaders/lea", "sellers/ana"):
        assert "Status as of Jul 15, 2017" in " ".join(read_page(done.site / address / "index.html").visible.split())
    assert "On track" in done.page("sellers/ana")


@pytest.mark.parametrize(("page", "sellers", "text"), [
    ("", 1, "1 seller in 1 team"),
    ("reviews", 25, "and 1 other person, on their leaders' pages"),
    ("leaders/lea", 41, "and 1 other person with less to talk about"),
    ("teams", 1, "1 seller 1 owed"),
    ("reviews", 25, "and 1 more, on their owners' pages"),
    ("teams/west", 13, "and 1 more, on their owners' pages"),
    ("leaders/lea", 21, "and 1 more, on their owners' pages"),
])  # fmt: skip
def test_one_thing_is_not_called_many(build: Build, page: str, sellers: int, text: str) -> None:
    """Each seller has one goal with one landmark, and has owed its accounting for one day."""
    goal = "{id: g, title: Paper, kind: skill, landmarks: [{id: a, due: 2017-07-10, deliver: A paper}], reviews: [{on: 2017-07-01}], agreed: [{on: 2017-07-01, by: [s%s, lea]}]}"
    files = {f"sellers/s{n}.yaml": f"name: Seller {n}\nteam: west\ngoals:\n  - {goal % n}\n" for n in range(sellers)}
    west = {"teams/west.yaml": "name: West\nleader: lea\n", "leaders/lea.yaml": "name: Lea\n"}
    done = build({**files, **west, "handbook.yaml": FILES["handbook.yaml"]})
    shown = " ".join(read_page(done.site / page / "index.html").visible.split())
    assert re.search(rf"(?<![0-9]){re.escape(text)}(?![a-z])", shown), shown


def test_the_navigation_of_a_seller_shows_the_way_down_and_the_colleagues(build: Build) -> None:
    done = build(FILES)
    nav = done.page("sellers/ana").partition('<nav class="md-nav md-nav--primary')[2].partition("</nav>\n</div>")[0]
    for name in ("West", "North", "Lea Lund", "Ana Abel", "Ben Bo"):
        assert name in nav
    assert "Ben Bo" not in done.page("chapter")


def titles_in_navigation(page: str) -> list[str]:
    """Return the titles in a page's navigation, in order."""
    nav = page.partition('<nav class="md-nav md-nav--primary')[2]
    return [" ".join(title.split()) for title in re.findall(r'<span class="md-ellipsis">(.*?)</span>', nav, re.DOTALL)]


def test_the_navigation_begins_with_home_and_the_lists(build: Build) -> None:
    titles = titles_in_navigation(build(FILES).page("chapter"))
    assert titles[:6] == ["Home", "Teams", "People", "Landmarks", "Reviews", "Changes"]


def test_a_month_of_changes_is_below_changes_and_not_searched(build: Build) -> None:
    files = {**FILES, "sellers/ben.yaml": f"{FILES['sellers/ben.yaml']}goals:\n  - {AGREED}\n"}
    done = build(files)
    assert done.code == 0, done.output
    page = done.page("changes/2017-03")
    assert re.search(r'md-nav__item--active">\s*<a href="\.\./"[^>]*>\s*<span class="md-ellipsis">\s*Changes', page)
    assert "2017-03" not in (done.site / "search" / "search_index.json").read_text(encoding="utf-8")


def test_of_the_lists_only_their_titles_are_in_the_search_index(build: Build) -> None:
    index = json.loads((build(FILES).site / "search" / "search_index.json").read_text(encoding="utf-8"))
    lists = [doc for doc in index["docs"] if doc["location"].startswith(("people/", "landmarks/", "changes/"))]
    assert [(doc["location"], doc["title"], doc["text"]) for doc in lists] == [
        ("people/", "People", ""),
        ("landmarks/", "Landmarks", ""),
        ("changes/", "Changes", ""),
    ]


def test_a_page_with_filters_has_their_rules_in_its_head(build: Build) -> None:
    page = build(FILES).page("landmarks")
    head = page.partition("</head>")[0]
    assert "<style>.gh-list:has(#team-west:target)" in head
    assert ":target)" not in page.removeprefix(head)


def test_a_sellers_page_is_the_same_to_the_byte_however_many_others_there_are(build: Build) -> None:
    alone = build(FILES).page("sellers/ana")
    others = {f"teams/t{n}.yaml": f"name: Team {n}\n" for n in range(12)}
    others |= {f"sellers/s{n}.yaml": f"name: Seller {n}\nteam: t{n % 12}\n" for n in range(60)}
    assert build({**FILES, **others}).page("sellers/ana") == alone


def test_a_sellers_page_does_not_grow_with_the_team(build: Build) -> None:
    def page(size: int) -> str:
        return build(
            {**FILES, **{f"sellers/s{n}.yaml": f"name: Seller {n}\nteam: north\n" for n in range(10, size)}}
        ).page("sellers/s33")

    assert abs(len(page(40)) - len(page(90))) < 200


def test_goal_ids_never_clash_with_the_pages_own_anchors(build: Build) -> None:
    ids = ("production", "owed", "goals", "sellers", "support", "ana", "top", "chart-owed-t")
    goals = "".join(
        f"\n  - {{id: {i}, title: {i}, kind: skill, landmarks: [{{id: a, due: 2017-12-01, deliver: x}}]}}" for i in ids
    )
    done = build({**FILES, "sellers/ben.yaml": f"name: Ben\nteam: north\ngoals:{goals}\n"})
    found = [a["id"] for _, a in read_page(done.site / "sellers" / "ben" / "index.html").elements if a.get("id")]
    assert sorted(found) == sorted(set(found))
    assert set(ids) < set(found)


def test_the_users_nav_decides_titles_and_order(build: Build) -> None:
    nav = "nav:\n  - Start: index.md\n  - Company:\n      - chapter.md\n      - The crews: teams/index.md\n      - Everybody: people/index.md\n"
    done = build(FILES, mkdocs=MKDOCS + nav)
    assert done.code == 0, done.output
    page = done.page("sellers/ana")
    assert "Start" in page
    assert "The crews" in page
    assert "Everybody" in page
    assert titles_in_navigation(page).count("People") == 0
    assert page.count("md-nav__item--active") >= 3


@pytest.mark.parametrize("name", ["teams/index.md", "teams/README.md", "sellers/ana.md"])
def test_a_users_file_in_the_place_of_a_page_is_reported(build: Build, name: str) -> None:
    done = build(FILES, docs={name: "# Mine\n"})
    assert done.code == 1
    assert f"{name} has the address of a page of the handbook; rename it" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("template", ["{{ view.nonsense }}", "{% if %}"])
def test_a_users_template_that_cannot_be_rendered_is_reported(build: Build, template: str) -> None:
    mkdocs = MKDOCS.replace("font: false,", "font: false, custom_dir: overrides,")
    done = build(FILES, mkdocs=mkdocs, docs={"../overrides/goal-handbook/team.html": template})
    assert done.code == 1
    assert "team.html" in done.output
    assert "Traceback" not in done.output


def test_a_permanent_address_shows_where_it_leads(build: Build) -> None:
    assert "<title>Forty deals – Ana Abel</title>" in build(FILES).page("g/ana/deals")


def test_a_rollup_names_people_who_have_not_reported(build: Build) -> None:
    ben = "name: Ben Bo\nteam: north\ngoals:\n  - {id: d, title: D, supports: revenue, measure: {unit: deals, target: 9}}\n"
    north = FILES["teams/north.yaml"].replace("{id: y,", "{id: h, due: 2017-06-30, value: 50}, {id: y,")
    done = build({**FILES, "sellers/ben.yaml": ben, "teams/north.yaml": north})
    assert "waiting for a reading from Ben Bo, 15 days after it was due" in done.page("teams/north")


def test_the_agenda_leaves_out_closed_goals_and_people_who_left(build: Build) -> None:
    closed = "closed: {on: 2017-07-10, result: dropped}"
    ana = f"name: Ana\nteam: north\ngoals:\n  - {{id: a, title: Old thing, kind: skill, landmarks: [{{id: x, due: 2017-06-01, deliver: y}}], {closed}}}\n"
    done = build({**FILES, "sellers/ana.yaml": ana, "sellers/ben.yaml": "name: Ben\nteam: north\nleft: 2017-05-31\n"})
    agenda = (
        read_page(done.site / "leaders" / "lea" / "index.html")
        .visible.partition("Next round of 1:1s¶")[2]
        .partition("Next steps¶")[0]
    )
    assert "Ana" in agenda
    assert "Old thing" not in agenda
    assert "Ben" not in agenda
    assert "owed for" not in done.page("sellers/ana")


def test_the_pencil_opens_the_yaml_file(build: Build) -> None:
    done = build(FILES)
    assert "https://example.com/edit/main/goals/sellers/ana.yaml" in done.page("sellers/ana")
    assert "https://example.com/edit/main/goals/handbook.yaml" in done.page("")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sellers/anna", "../../sellers/ana/"),
        ("teams/arctic", "../../teams/north/"),
        ("g/ana/deals", "../../../sellers/ana/#deals"),
        ("g/ana/contracts", "../../../sellers/ana/#deals"),
        ("g/anna/deals", "../../../sellers/ana/#deals"),
        ("g/north/revenue", "../../../teams/north/#revenue"),
    ],
)
def test_old_ids_and_permanent_addresses_redirect(build: Build, old: str, new: str) -> None:
    assert f'content="0; url={new}"' in build(FILES).page(old)


def test_the_data_file_is_the_status_contract(build: Build) -> None:
    data = json.loads((build(FILES).site / "handbook.json").read_text(encoding="utf-8"))
    assert data["as_of"] == "2017-07-15"
    assert data["goals"]["ana/deals"]["landmarks"]["half"]["status"] == "met"


def test_a_users_own_first_page_stays(build: Build) -> None:
    done = build(FILES, docs={"index.md": "# Welcome home\n"})
    assert done.code == 0, done.output
    assert "Welcome home" in done.page("")
    assert (done.site / "teams" / "index.html").is_file()


def test_a_users_template_replaces_ours(build: Build) -> None:
    override = '{% extends "original/seller.html" %}'
    mkdocs = MKDOCS.replace("font: false,", "font: false, custom_dir: overrides,")
    done = build(FILES, mkdocs=mkdocs, docs={"../overrides/goal-handbook/teams.html": "<p>Our own list</p>"})
    assert done.code == 0, done.output
    assert "Our own list" in done.page("teams")
    done = build(FILES, mkdocs=mkdocs, docs={"../overrides/goal-handbook/seller.html": override})
    assert "Forty deals" in done.page("sellers/ana")


def test_a_broken_handbook_publishes_nothing_and_keeps_the_old_site(build: Build) -> None:
    good = build(FILES)
    before = {path: path.read_bytes() for path in good.site.rglob("*") if path.is_file()}
    broken = build({**FILES, "sellers/ana.yaml": "name: Ana\nteam: nroth\ngoals:\n  - {id: a, titel: A}\n"})
    assert broken.code == 1
    assert "Traceback" not in broken.output
    for message in (
        'goals/sellers/ana.yaml:2:7: GH201 unknown team "nroth"\n'
        "    2 | team: nroth\n"
        "      |       ^\n"
        '  help: did you mean "north"?\n',
        'goals/sellers/ana.yaml:4:13: GH102 unknown key "titel"\n'
        "    4 |   - {id: a, titel: A}\n"
        "      |             ^\n"
        '  help: did you mean "title"?\n',
    ):
        assert message in broken.output
    assert {path: path.read_bytes() for path in good.site.rglob("*") if path.is_file()} == before


def test_a_chapter_with_a_dead_link_keeps_the_old_site(build: Build) -> None:
    good = build(FILES)
    before = sorted(path for path in good.site.parent.rglob("*") if "docs" not in path.parts)
    refused = build(FILES, docs={"chapter.md": "# Another\n\n[gone](nowhere.md)\n"})
    assert refused.code == 1
    assert "Another" not in refused.page("chapter")
    assert sorted(path for path in good.site.parent.rglob("*") if "docs" not in path.parts) == before


def test_leftovers_of_a_killed_build_are_cleared_away(build: Build) -> None:
    done = build(FILES)
    stray = done.site.parent / ".site.new-999999999"
    stray.mkdir()
    assert build(FILES).code == 0
    assert not stray.exists()


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("{goal_dir: x}", 'did you mean "goals_dir"?'),
        ("{audience: boss}", "Expected one of"),
        ("{as_of: '2017-02-31'}", "February 2017 has 28 days"),
        ("{strict_rules: maybe}", "Expected type"),
        (
            '{goals_dir: "\\0"}',
            "no folder \N{REPLACEMENT CHARACTER}\n  help: name the folder that contains handbook.yaml",
        ),
        (f"{{goals_dir: {'a' * 5000}}}", "File name too long"),
        ("{goals_dir: nowhere}", "no folder nowhere\n  help: name the folder that contains handbook.yaml"),
    ],
)
def test_a_wrong_option_is_refused_with_a_hint(build: Build, option: str, message: str) -> None:
    done = build(FILES, mkdocs=MKDOCS.replace("- goal-handbook", f"- goal-handbook: {option}"))
    assert done.code == 1
    assert message in done.output
    assert "Traceback" not in done.output


def test_strict_rules_make_a_warning_an_error(build: Build) -> None:
    files = {**FILES, "sellers/ben.yaml": "name: Ben\nteam: north\ngoals:\n  - {id: a, title: A, kind: skill}\n"}
    assert build(files).code == 0
    strict = build(files, mkdocs=MKDOCS.replace("- goal-handbook", "- goal-handbook: {strict_rules: true}"))
    assert strict.code == 1
    assert "GH301" in strict.output


def test_the_plugins_date_wins_over_the_handbooks(build: Build) -> None:
    done = build(FILES, mkdocs=MKDOCS.replace("- goal-handbook", "- goal-handbook: {as_of: 2017-04-01}"))
    assert "Apr 1, 2017" in done.page("sellers/ana")


def test_serve_keeps_the_last_good_site_and_reports_what_is_wrong(
    goals: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = goals(FILES).parent
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    config = load_config(str(root / "mkdocs.yml"))
    plugin = config.plugins["goal-handbook"]
    assert isinstance(plugin, GoalHandbookPlugin)
    plugin.on_startup(command="serve", dirty=False)
    plugin.on_config(config)
    assert str(root / "goals") in config.watch
    good = plugin.site
    goals({**FILES, "sellers/ana.yaml": "name: [\n"})
    plugin.on_config(load_config(str(root / "mkdocs.yml")))
    assert plugin.site == good
    assert "goals/sellers/ana.yaml" in capsys.readouterr().err
    plugin.on_startup(command="build", dirty=False)
    with pytest.raises(PluginError):
        plugin.on_config(config)


def test_the_same_handbook_gives_the_same_bytes(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    first = build(FILES)
    before = {p.relative_to(first.site): p.read_bytes() for p in first.site.rglob("*") if p.is_file()}
    again = run_build_with_another_hash_seed(first.site.parent)
    assert again.code == 0, again.output
    assert {p.relative_to(again.site): p.read_bytes() for p in again.site.rglob("*") if p.is_file()} == before


def test_the_search_finds_goals_by_their_status_and_before_other_pages(build: Build) -> None:
    """A status is in a goal's heading; what needs somebody is a tag of its owner's page; both outweigh any other text."""
    late = "{id: late, title: A late paper, kind: skill, landmarks: [{id: a, due: 2017-06-01, deliver: A paper}]}"
    fine = "{id: fine, title: A fine paper, kind: skill, landmarks: [{id: a, due: 2017-12-01, deliver: A paper}]}"
    ana = f"name: Ana\nteam: north\ngoals:\n  - {late}\n  - {fine}\n"
    index = json.loads((build({**FILES, "sellers/ana.yaml": ana}).site / "search" / "search_index.json").read_bytes())
    found = {entry["location"]: entry for entry in index["docs"]}
    assert found["sellers/ana/#late"]["title"] == "A late paper · Needs accounting, overdue"
    assert found["sellers/ana/#fine"]["title"].startswith("A fine paper · Not started")
    assert found["sellers/ana/"]["tags"] == ["Needs accounting", "Overdue"]
    assert found["sellers/ana/"]["boost"] > 1
    assert all(
        "boost" not in entry
        for where, entry in found.items()
        if not where.startswith(("sellers/", "teams/", "leaders/"))
    )
