"""The fast path changes no byte: whole sites built with it and without it, and what it does where it must not be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goal_handbook.mkdocs_plugin.fast import path as fast
from goal_handbook.mkdocs_plugin.fast.theme import MkDocsTheme
from goal_handbook.pages.page import SitePage

from .conftest import MKDOCS, Build, Built

#: Names that every kind of escaping and every layout of white space changes in its own way.
NAMES = [
    "Ana Abel",
    'Ben & "Bo" O\'Neill <b>',
    "Cleo &amp; Co",
    "  Dan   Dahl ",
    "Eva {{ 1 }} \\1",
    "goalhandbookslot0z",
]
GOAL = "{id: ID, title: TITLE, kind: KIND, why: 'A \"reason\" & <more>', landmarks: [{id: l, due: 2017-12-01, deliver: x}]}"


def seller(number: int) -> str:
    """A seller with as many goals as the number says, of as many kinds: tables of contents of all lengths."""
    goals = [
        GOAL.replace("ID", f"g{n}")
        .replace("TITLE", f"'Goal {n} & <{NAMES[n % len(NAMES)].translate({39: None})}>'")
        .replace("KIND", ["skill", "education", "production"][n % 3])
        for n in range(number % 5)
    ]
    name = NAMES[number % len(NAMES)].replace("'", "''")
    body = "".join(f"\n  - {goal}" for goal in goals)
    return f"name: '{name}'\nteam: {['north', 'south', 'east'][number % 3]}\ngoals:{body or ' []'}\n"


FILES = {
    "handbook.yaml": "format: 1\nname: House & <Home>\nperiod: {name: 2017, start: 2017-01-01, end: 2017-12-31}\nas_of: 2017-07-15\n",
    "teams/world.yaml": "name: The World\n",
    "teams/north.yaml": "name: North & South's\npart_of: world\nleader: lea\n",
    "teams/south.yaml": "name: South\npart_of: north\nleader: max\n",
    "teams/east.yaml": "name: East\n",
    "leaders/lea.yaml": "name: Lea <Lund>\ngoals:\n  - {id: talks, title: Talk, kind: support, measure: {cadence: {times: 1, per: month, with: each-seller}}}\n",
    "leaders/max.yaml": "name: Max\n",
    **{f"sellers/s{number}.yaml": seller(number) for number in range(16)},
}  # fmt: skip

HOOK = """
def on_page_content(html, page, **_):
    return html.replace("Goal 1", "Goal one")

def on_post_page(output, page, **_):
    return output.replace("</body>", f"<!-- {page.url} --></body>")
"""
OVERRIDDEN = MKDOCS.replace("font: false,", "font: false, custom_dir: overrides,")
SHOUTED = '{% extends "base.html" %}{% block announce %}{{ page.title | upper }} {{ page.url }}{% endblock %}'

SITES: dict[str, tuple[str, dict[str, str]]] = {
    "as it is": (MKDOCS, {}),
    "flat addresses": (MKDOCS + "use_directory_urls: false\n", {}),
    "a place on the web": (MKDOCS + "site_url: https://example.com/a/b/\nrepo_url: https://github.com/o/r\n", {}),
    "all features": (
        MKDOCS.replace(
            "navigation.path,",
            "navigation.path, navigation.tabs, navigation.sections, navigation.expand, navigation.top, navigation.prune,"
            " navigation.instant, navigation.footer, toc.follow, content.action.view, search.highlight,",
        ),
        {},
    ),
    "contents in the navigation": (MKDOCS.replace("navigation.path,", "toc.integrate,"), {}),
    "German": (MKDOCS.replace("font: false,", "font: false, language: de,"), {}),
    "for leaders": (MKDOCS.replace("- goal-handbook", "- goal-handbook: {audience: leaders}"), {}),
    "without search": (MKDOCS.replace("  - search\n", ""), {}),
    "MkDocs' own theme": (MKDOCS.replace("name: material, font: false,", "name: mkdocs,"), {}),
    "MkDocs' own theme, without search": (
        MKDOCS.replace("name: material, font: false,", "name: mkdocs,").replace("  - search\n", ""),
        {},
    ),
    "a place in the user's navigation": (
        MKDOCS + "nav:\n  - Start: index.md\n  - Best: sellers/s3.md\n  - chapter.md\n",
        {"index.md": "# Mine\n\n[A goal](sellers/s4.md#g1) and [a calendar](sellers/s4/landmarks.ics).\n"},
    ),
    "a template of ours": (
        OVERRIDDEN,
        {"../overrides/goal-handbook/seller.html": '{% extends "original/seller.html" %}'},
    ),
    "a template of the theme's": (OVERRIDDEN, {"../overrides/main.html": SHOUTED}),
    "a hook with a hand in pages": (MKDOCS + "hooks: [hook.py]\n", {"../hook.py": HOOK}),
}


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a site, but for the compressed site map, which holds the name of its folder."""
    return {
        p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file() and p.suffix != ".gz"
    }


def slow(mkdocs: str) -> str:
    """The same mkdocs.yml with the fast path turned off."""
    if "goal-handbook: {" in mkdocs:
        return mkdocs.replace("goal-handbook: {", "goal-handbook: {fast: false, ")
    return mkdocs.replace("- goal-handbook", "- goal-handbook: {fast: false}")


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.fixture(autouse=True)
def at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Themes may print the time of the build."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The routes of the pages that the theme is asked to render."""
    found: list[str] = []
    render = MkDocsTheme.render

    def noted(self: MkDocsTheme, page: SitePage, source: str) -> Any:
        found.append(page.route)
        return render(self, page, source)

    monkeypatch.setattr(MkDocsTheme, "render", noted)
    return found


@pytest.mark.parametrize("site", SITES)
def test_a_site_is_the_same_with_and_without_the_fast_path(build: Build, site: str) -> None:
    mkdocs, docs = SITES[site]
    without = built(build, slow(mkdocs), docs)
    assert differing(built(build, mkdocs, docs), without) == []
    assert len(without) > 60


def built(build: Build, mkdocs: str, docs: dict[str, str] | None = None) -> dict[str, bytes]:
    done: Built = build(FILES, mkdocs, docs)
    assert done.code == 0, done.output
    return contents(done.site)


def test_the_theme_renders_one_page_of_each_kind_and_proves_it_on_another(build: Build, rendered: list[str]) -> None:
    teams = {f"teams/t{t}.yaml": f"name: Team {t}\n" for t in range(5)}
    sellers = {f"sellers/t{t}-{n}.yaml": f"name: S {t}{n}\nteam: t{t}\n" for t in range(5) for n in range(4)}
    done = build({"handbook.yaml": FILES["handbook.yaml"], **teams, **sellers})
    assert done.code == 0, done.output
    assert [route for route in rendered if "slot" not in route] == ["teams/t0", *(f"sellers/t0-{n}" for n in range(4))]
    assert len(rendered) == 10


@pytest.mark.parametrize("site", ["a template of the theme's", "a hook with a hand in pages"])
def test_what_has_a_hand_in_pages_gets_every_page(build: Build, rendered: list[str], site: str) -> None:
    mkdocs, docs = SITES[site]
    pages = built(build, mkdocs, docs)
    assert rendered == []
    assert b"sellers/s3/" in pages["sellers/s3/index.html"]


@pytest.mark.parametrize(
    "template", [SHOUTED, '{% extends "base.html" %}{% block announce %}{{ page.url == "sellers/s7/" }}{% endblock %}']
)
def test_a_page_that_is_not_what_the_theme_makes_of_it_is_rendered_by_the_theme(
    build: Build, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    docs = {"../overrides/main.html": template}
    without = built(build, slow(OVERRIDDEN), docs)
    monkeypatch.setattr(fast, "_has_overrides", lambda _: False)
    monkeypatch.setattr("goal_handbook.mkdocs_plugin.fast.shell._SAMPLED", 1)
    done = build(FILES, OVERRIDDEN, docs)
    assert differing(contents(done.site), without) == []
    assert "rendered one by one" in done.output


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_write_the_same_site(build: Build, monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    alone = built(build, MKDOCS)
    use(workers, monkeypatch)
    assert differing(built(build, MKDOCS), alone) == []


def use(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "worker_count", lambda *_: workers)
    monkeypatch.setattr(fast, "_FIRST", 1)
    monkeypatch.setattr(fast, "_RUN", 2)


def test_a_template_that_fails_in_a_worker_is_reported_and_the_old_site_stays(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = built(build, MKDOCS)
    use(2, monkeypatch)
    template = '{% if view.person.id == "s9" %}{{ view.nonsense }}{% endif %}{{ view.person.name }}'
    done = build(FILES, OVERRIDDEN, {"../overrides/goal-handbook/seller.html": template})
    assert done.code == 1
    assert "seller.html" in done.output
    assert "fix the template in goal-handbook/" in done.output
    assert "Traceback" not in done.output
    assert differing(contents(done.site), before) == []
    assert [path for path in done.site.parent.iterdir() if path.name.startswith(".site")] == []


def end_without_a_word(*_: object) -> Any:
    import os

    os._exit(9)


def fail_in_a_way_nobody_expects(*_: object) -> Any:
    raise RuntimeError("nobody expects this")


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (end_without_a_word, "a worker process was ended from outside; is there enough memory?"),
        (fail_in_a_way_nobody_expects, "nobody expects this"),
    ],
)
def test_a_worker_that_ends_early_fails_the_build_and_the_old_site_stays(
    build: Build, monkeypatch: pytest.MonkeyPatch, fault: Callable[..., Any], message: str
) -> None:
    before = built(build, MKDOCS)
    use(2, monkeypatch)
    monkeypatch.setattr(fast.FastPath, "_write_share", fault)
    done = build(FILES)
    assert done.code == 1
    assert message in done.output
    assert "build with the option `fast: false`" in done.output
    assert differing(contents(done.site), before) == []


def test_a_dead_link_from_a_chapter_to_a_goal_is_still_found(build: Build) -> None:
    validated = MKDOCS + "validation: {links: {anchors: warn}}\n"
    good = build(FILES, validated, {"chapter.md": "[One](sellers/s4.md#g1)\n"})
    assert good.code == 0, good.output
    dead = build(FILES, validated, {"chapter.md": "[One](sellers/s4.md#g9) [two](sellers/s99.md)\n"})
    assert dead.code == 1
    assert "the doc 'sellers/s4.md' does not contain an anchor '#g9'" in dead.output
    assert "a link 'sellers/s99.md', but the target is not found" in dead.output
