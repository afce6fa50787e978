"""Goals in chapters: what a link and a block become, where they work, and what is said of a wrong name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build as build_site_of
from mkdocs.config import load_config

from goal_handbook.findings import as_text
from goal_handbook.mkdocs_plugin.plugin import GoalHandbookPlugin
from goal_handbook.model.audience import Audience
from goal_handbook.pages.routes import Addresses
from goal_handbook.rules.registry import judge
from goal_handbook.site import SiteSettings
from goal_handbook.source.load import load
from goal_handbook.workspace import evaluate

from ..status.make import case, day
from .chapter import Rendered, render_chapter
from .conftest import MKDOCS, Build
from .html_reader import dead_links

FILES = {
    "teams/west.yaml": """
        name: West
        goals:
          - {id: revenue, title: Revenue, measure: {unit: deals, target: 100}, checkins: [{on: 2017-06-30, value: 70}]}
          - {id: secret, title: CANARY, visibility: leaders, formerly: hush, measure: {unit: deals, target: 1}}
        """,
    "teams/north.yaml": "name: North\npart_of: west\nleader: lea\nformerly: arctic\n",
    "leaders/lea.yaml": "name: Lea Lund\n",
    "sellers/ana.yaml": """
        name: Ana <Abel>
        team: north
        formerly: anna
        goals:
          - id: deals
            title: Forty deals & more
            formerly: contracts
            measure: {unit: deals, target: 40}
            landmarks: [{id: half, due: 2017-06-30, value: 20}, {id: year, due: 2017-12-31, value: 40}]
            checkins: [{on: 2017-06-30, value: 21}]
          - {id: course, title: A course, kind: education, due: 2017-10-31, landmarks: [{id: exam, due: 2017-09-30, deliver: Exam}]}
        """,
    "handbook.yaml": "format: 1\nname: House\nperiod: {name: 2017, start: 2017-01-01, end: 2017-12-31}\nas_of: 2017-07-15\nlocale: en_US\nrules: {GH3: off, GH4: off, GH5: off}\n",
}  # fmt: skip

DEALS = '<a href="../sellers/ana/#deals">Forty deals &amp; more</a>'
ON_TRACK = (
    '<span class="gh-badge gh-good gh-i-up gh-badge--small" title="On or ahead of the agreed curve">On track</span>'
)

Render = Callable[..., Rendered]


@pytest.fixture
def render(goals: Callable[..., Path]) -> Render:
    """Return a function that renders a chapter of the given text beside the goals above."""

    def run(text: str, name: str = "our-year.md", audience: Audience = "team", directories: bool = True) -> Rendered:
        folder = goals(FILES)
        workspace = evaluate(load(folder, "goals"), day("2017-07-15"), day("2017-07-15"))
        settings = SiteSettings(audience, Addresses(directories))
        return render_chapter(workspace, text, folder.parent, name, settings)

    return run


@pytest.mark.parametrize(
    ("text", "html"),
    [
        case("a goal by its id alone shows its title and its status", "<goal:ana/deals>", f"{DEALS} {ON_TRACK}"),
        case("so does a link without words", "[](goal:ana/deals)", f"{DEALS} {ON_TRACK}"),
        case("your own words are a plain link", "[the *deals*](goal:ana/deals)", '<a href="../sellers/ana/#deals">the <em>deals</em></a>'),
        case("a link keeps its title", '[x](goal:ana/deals "Since May")', '<a href="../sellers/ana/#deals" title="Since May">x</a>'),
        case("a link may be defined elsewhere", "[x][d]\n\n[d]: goal:ana/deals", '<a href="../sellers/ana/#deals">x</a>'),
        case("a person goes by name", "<person:ana>", '<a href="../sellers/ana/">Ana &lt;Abel&gt;</a>'),
        case("a leader is a person", "<person:lea>", '<a href="../leaders/lea/">Lea Lund</a>'),
        case("a team goes by name", "[](team:north)", '<a href="../teams/north/">North</a>'),
        case("words before and after stay", "So <team:north>, then.", 'So <a href="../teams/north/">North</a>, then.'),
    ],
)  # fmt: skip
def test_a_link_becomes(render: Render, text: str, html: str) -> None:
    rendered = render(text)
    assert rendered.html == f"<p>{html}</p>"
    assert rendered.findings == []


#: Where a link has to work.
PLACES = [
    case("a list", "- first\n- <goal:ana/deals>"),
    case("a table", "| a |\n|---|\n| <goal:ana/deals> |"),
    case("an admonition", "!!! note\n    <goal:ana/deals>"),
    case("a quotation", "> <goal:ana/deals>"),
    case("a heading", "## <goal:ana/deals>"),
    case("bold text", "**<goal:ana/deals>**"),
    case("a footnote", "So[^1].\n\n[^1]: See <goal:ana/deals>."),
    case("Markdown in HTML", '<div markdown="1">\n<goal:ana/deals>\n</div>'),
]


@pytest.mark.parametrize("text", PLACES)
def test_a_link_works_in(render: Render, text: str) -> None:
    assert f"{DEALS} {ON_TRACK}" in render(text).html


@pytest.mark.parametrize(
    "text",
    [
        case("at the beginning", "::: goals owner=ana"),
        case("between paragraphs", "Before.\n\n::: goals owner=ana\n\nAfter."),
        case("right below a paragraph", "Before.\n::: goals owner=ana\nAfter."),
        case("a list", "- first\n\n    ::: goals owner=ana"),
        case("an admonition", "!!! note\n    ::: goals owner=ana"),
        case("a quotation", "> ::: goals owner=ana"),
    ],
)
def test_a_block_works_in(render: Render, text: str) -> None:
    html = render(text).html
    assert html.count('<div class="gh-placed">') == 1
    assert ":::" not in html
    assert re.findall(r"Before\.|After\.|Forty", html) == [
        w for w in ("Before.", "Forty", "After.") if w in text + "Forty"
    ]


@pytest.mark.parametrize(
    "text",
    [
        case("a fence", "```\n<goal:ana/deals>\n\n::: goals owner=ana\n```"),
        case("a fence in a list", "- x\n\n    ```\n    <goal:ana/no>\n\n    ::: goals owner=no\n    ```"),
        case("an indented block", "    <goal:ana/deals>\n\n    ::: goals owner=ana"),
        case("backticks", "`<goal:ana/deals>` and `[](goal:ana/no)`"),
        case("raw HTML code", "<pre><code>\n::: goals owner=no\n</code></pre>"),
    ],
)
def test_code_stays_as_it_is(render: Render, text: str) -> None:
    rendered = render(text)
    assert "gh-" not in rendered.html
    assert "href" not in rendered.html
    assert re.findall(r"goal:ana|::: goals|goal:", rendered.html)
    assert rendered.findings == []


@pytest.mark.parametrize("text", ["::: goalkeepers", "::: package.module", ":::", "Mail <goals@example.com>"])
def test_what_is_not_ours_is_left_to_others(render: Render, text: str) -> None:
    assert "gh-" not in render(text).html


@pytest.mark.parametrize(
    ("name", "directories", "href"),
    [
        ("index.md", True, "sellers/ana/#deals"),
        ("index.md", False, "sellers/ana.html#deals"),
        ("our-year.md", True, "../sellers/ana/#deals"),
        ("our-year.md", False, "sellers/ana.html#deals"),
        ("how/index.md", True, "../sellers/ana/#deals"),
        ("how/index.md", False, "../sellers/ana.html#deals"),
        ("how/we/sell.md", True, "../../../sellers/ana/#deals"),
        ("how/we/sell.md", False, "../../sellers/ana.html#deals"),
    ],
)
def test_a_link_is_relative_to_its_chapter(render: Render, name: str, directories: bool, href: str) -> None:
    html = render("[x](goal:ana/deals)\n\n::: goals owner=ana", name, directories=directories).html
    assert f'<a href="{href}">x</a>' in html
    assert f'<td><a href="{href}">Forty deals &amp; more</a>' in html


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        case(
            "a goal", "We try.\n\n> Most of all <goal:ana/dials>.",
            'docs/our-year.md:3:21: GH705 unknown goal "ana/dials"\n'
            "    3 | > Most of all <goal:ana/dials>.\n"
            "      |                     ^\n"
            '  help: did you mean "ana/deals"?',
        ),
        case(
            "a goal that only leaders may see, which is neither named nor suggested", "[](goal:west/secret)",
            'docs/our-year.md:1:9: GH705 unknown goal "west/secret"\n'
            "    1 | [](goal:west/secret)\n"
            "      |         ^\n"
            '  help: did you mean "west/revenue"?',
        ),
        case(
            "its former id", "[](goal:west/hush)",
            'docs/our-year.md:1:9: GH705 unknown goal "west/hush"\n'
            "    1 | [](goal:west/hush)\n"
            "      |         ^\n"
            "  help: write a goal as OWNER/GOAL",
        ),
        case(
            "a person who is a team", "[North](person:north)",
            'docs/our-year.md:1:16: GH705 unknown person "north"\n'
            "    1 | [North](person:north)\n"
            "      |                ^\n"
            "  help: an id is the name of a file in goals/, without .yaml",
        ),
        case(
            "a former id", "---\ntitle: Ours\n---\n<goal:anna/contracts>",
            'docs/our-year.md:4:7: warning: GH706 "anna/contracts" is a former id\n'
            "    4 | <goal:anna/contracts>\n"
            "      |       ^\n"
            "  help: use ana/deals, the new id",
        ),
        case(
            "a former team in a list", "::: goals team=arctic",
            'docs/our-year.md:1:16: warning: GH706 "arctic" is a former id\n'
            "    1 | ::: goals team=arctic\n"
            "      |                ^\n"
            "  help: use north, the new id",
        ),
        case(
            "a status", "::: goals team=west status=at-risk,of-track",
            'docs/our-year.md:1:36: GH705 unknown status "of-track"\n'
            "    1 | ::: goals team=west status=at-risk,of-track\n"
            "      |                                    ^\n"
            '  help: did you mean "off-track"?',
        ),
        case(
            "a filter", "::: goals taem=west",
            'docs/our-year.md:1:11: GH705 unknown filter "taem"\n'
            "    1 | ::: goals taem=west\n"
            "      |           ^\n"
            '  help: did you mean "team"?',
        ),
        case(
            "a day", "::: goals due-before=2017-02-30",
            "docs/our-year.md:1:22: GH705 2017-02-30 does not exist\n"
            "    1 | ::: goals due-before=2017-02-30\n"
            "      |                      ^\n"
            "  help: February 2017 has 28 days",
        ),
        case(
            "a part of Home", "::: home temas",
            'docs/our-year.md:1:10: GH705 unknown part of Home "temas"\n'
            "    1 | ::: home temas\n"
            "      |          ^\n"
            '  help: did you mean "teams"?',
        ),
    ],
)  # fmt: skip
def test_a_wrong_name_is_a_finding(render: Render, text: str, finding: str) -> None:
    rendered = render(text)
    assert [as_text(f) for f in judge(rendered.findings, {})] == [finding]
    assert "CANARY" not in rendered.html


@pytest.mark.parametrize("text", ["::: goals", "::: goals team=west", "::: home teams", "::: goal west/revenue"])
def test_no_block_shows_the_team_what_is_for_leaders(render: Render, text: str) -> None:
    assert "CANARY" not in render(text).html


def test_leaders_see_a_goal_that_is_for_them(render: Render) -> None:
    rendered = render("[](goal:west/secret)", audience="leaders")
    assert "CANARY" in rendered.html
    assert rendered.findings == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        case("every use has its own line", "<goal:x/y>\n\n[](goal:x/y)", [1, 3]),
        case("not the one in a fence", "```\n<goal:x/y>\n```\n\n<goal:x/y>", [5]),
        case("nor the one in backticks", "`<goal:x/y>`\n\n<goal:x/y>", [3]),
        case("a backtick that is never closed is no code", "A ` and so on.\n\n<goal:x/y> `", [3]),
        case("nor a longer name", "`x`\n\n<goal:x/y-z>\n\n<goal:x/y>", [3, 5]),
        case("a definition has one line, however often it is used", "[a][d] [b][d]\n\n[d]: goal:x/y", [3]),
        case("several mistakes in a line", "::: goals team=x owner=y", [1, 1]),
        case("spaces do not matter", "Here:\n\n:::  goal   x  y", [3]),
        case("nor does a missing name", "Here:\n\n::: goal", [3]),
    ],
)
def test_the_line_is_the_one_of_the_mistake(render: Render, text: str, lines: list[int]) -> None:
    assert [finding.location.line for finding in render(text).findings] == lines


def test_a_mistake_is_shown_on_the_page(render: Render) -> None:
    html = render(
        "So <goal:ana/<b>> and <goal:no/no>. [Own words](team:x)\n\n::: goals team=<i> status=x\n\n::: goal a<b>/b"
    ).html
    assert (
        '<span class="gh-badge gh-bad gh-i-alert" title="unknown goal &quot;no/no&quot;">unknown goal "no/no"</span>'
        in html
    )
    assert '<span class="gh-badge gh-bad gh-i-alert" title="unknown team &quot;x&quot;">Own words</span>' in html
    assert '<p class="admonition-title">::: goals team=&lt;i&gt; status=x</p>' in html
    assert "<p>unknown goal &#34;a&lt;b&gt;/b&#34;<br>" in html
    assert "<i>" not in html


def test_the_contents_and_search_know_the_chapter_and_not_the_goals_in_it(render: Render) -> None:
    rendered = render(
        "# Our year\n\n## <goal:ana/deals>\n\nAbout <goal:ana/course>.\n\n::: goal ana/deals\n\n## Others\n"
    )
    assert rendered.toc == [
        (1, "Our year", "our-year"),
        (2, "Forty deals &amp; more", "forty-deals-more"),
        (2, "Others", "others"),
    ]
    assert rendered.searched.count("Forty deals") == 1
    assert "About <a" in rendered.searched
    assert "On track" not in rendered.searched
    assert "Status as of" not in rendered.searched


def test_a_goals_heading_is_one_level_below_the_chapters(render: Render) -> None:
    html = render("# A\n\n::: goal ana/deals\n\n### C\n\n::: goal ana/course").html
    assert re.findall(r'<(h\d) id="ana/', html) == ["h2", "h4"]


def test_every_anchor_is_there_once_also_for_a_goal_that_is_placed_twice(render: Render) -> None:
    ids = re.findall(r'\bid="([^"]+)"', render("## Deals\n\n::: goal ana/deals\n\n::: goal ana/deals").html)
    assert len(ids) == len(set(ids))
    assert {"deals", "ana/deals", "ana/deals_2"} <= set(ids)


def test_a_part_of_home_comes_without_its_heading(render: Render) -> None:
    html = render("## Our teams\n\n::: home teams").html
    assert '<a href="../teams/west/">West</a>' in html
    assert "<h2" not in html.partition("</h2>")[2]


def test_a_chapter_says_once_for_which_day_its_blocks_are(render: Render) -> None:
    html = render("::: home teams\n\n::: goals\n\n::: goal ana/deals\n\nThe end.").html
    assert html.count("Status as of <strong>Jul 15, 2017</strong>") == 1
    assert html.index("Status as of") > html.index('id="ana/deals"')
    assert "Status as of" not in render("Only <goal:ana/deals>.").html


def test_every_part_of_home_is_named_like_its_section(render: Render) -> None:
    """In the order of the page, whose own groups come before the first section."""
    (finding,) = render("::: home ?").findings
    assert finding.help == "the parts of Home are groups, teams, owed, next, changes"


def test_a_chapter_becomes(render: Render, pytestconfig: pytest.Config) -> None:
    golden = Path(__file__).parent / "golden" / "chapter.html"
    html = render("# Our year\n\nMost of all <goal:ana/deals>.\n\n::: goals team=west\n\n::: goals kind=skill\n").html
    if pytestconfig.getoption("--refresh"):
        golden.write_text(html + "\n", encoding="utf-8")
    assert html + "\n" == golden.read_text(encoding="utf-8")


INDEX = """
---
hide: [toc]
---
# Welcome, <person:ana>

<goal:west/revenue>, [](goal:ana/course)

::: home groups

::: home teams

::: home next

::: goals team=west

::: goal ana/deals
"""


@pytest.mark.parametrize("directories", ["true", "false"])
def test_a_users_own_home_places_parts_of_ours_and_no_link_is_dead(build: Build, directories: str) -> None:
    chapters = {"index.md": INDEX.lstrip(), "how/we/sell.md": INDEX.lstrip()}
    done = build(FILES, mkdocs=f"{MKDOCS}use_directory_urls: {directories}\n", docs=chapters)
    assert done.code == 0, done.output
    pages = [done.site / "index.html", *(done.site / "how").rglob("*.html")]
    assert dead_links(done.site, pages) == []
    search = (done.site / "search" / "search_index.json").read_text(encoding="utf-8")
    assert search.count("Exam") == 1  # on Ana's page


def test_a_goal_that_does_not_exist_keeps_the_old_site(build: Build) -> None:
    good = build(FILES, docs={"our-year.md": "# Our year\n\n<goal:ana/deals>\n"})
    before = {path: path.read_bytes() for path in good.site.rglob("*") if path.is_file()}
    broken = build(FILES, docs={"our-year.md": "# Another year\n\n<goal:ana/dials>\n"})
    assert broken.code == 1
    assert (
        "the chapters have 1 error; no new site is built\n\n"
        'docs/our-year.md:3:7: GH705 unknown goal "ana/dials"\n'
        "    3 | <goal:ana/dials>\n"
    ) in broken.output
    assert "Traceback" not in broken.output
    assert {path: path.read_bytes() for path in good.site.rglob("*") if path.is_file()} == before


def test_a_former_id_is_a_warning_and_under_strict_rules_an_error(build: Build) -> None:
    docs = {"our-year.md": "<goal:anna/contracts>\n"}
    done = build(FILES, docs=docs)
    assert done.code == 0, done.output
    assert 'docs/our-year.md:1:7: warning: GH706 "anna/contracts" is a former id' in done.output
    assert DEALS in done.page("our-year")
    strict = build(FILES, MKDOCS.replace("- goal-handbook", "- goal-handbook: {strict_rules: true}"), docs)
    assert strict.code == 1
    assert "use ana/deals, the new id" in strict.output


def test_a_users_template_that_cannot_be_rendered_is_reported(build: Build) -> None:
    mkdocs = MKDOCS.replace("font: false,", "font: false, custom_dir: overrides,")
    template = {"../overrides/goal-handbook/chapter-goals.html": "{{ view.nonsense }}"}
    done = build(FILES, mkdocs, {"our-year.md": "::: goals\n", **template})
    assert done.code == 1
    assert "chapter-goals.html" in done.output
    assert "Traceback" not in done.output


def test_the_handbook_sets_how_severe_a_wrong_name_is(build: Build) -> None:
    settings = {"handbook.yaml": FILES["handbook.yaml"].replace("GH5: off", "GH5: off, GH705: warning")}
    done = build({**FILES, **settings}, docs={"our-year.md": "<goal:no/no>\n"})
    assert done.code == 0, done.output
    assert 'warning: GH705 unknown goal "no/no"' in done.output


def test_serve_shows_a_mistake_on_the_page_and_follows_the_goals(
    goals: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = goals(FILES).parent
    (root / "docs").mkdir()
    (root / "docs" / "our-year.md").write_text("<goal:ana/deals>\n\n::: goal ana/dials\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")

    def page() -> str:
        """Build as `serve` does after each change, and return the chapter."""
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(tmp_path / "served"))
        plugin = config.plugins["goal-handbook"]
        assert isinstance(plugin, GoalHandbookPlugin)
        plugin.on_startup(command="serve", dirty=False)
        build_site_of(config)
        return (tmp_path / "served" / "our-year" / "index.html").read_text(encoding="utf-8")

    first = page()
    assert "Forty deals" in first
    assert '<p class="admonition-title">::: goal ana/dials</p>' in first
    assert 'docs/our-year.md:3:10: GH705 unknown goal "ana/dials"' in capsys.readouterr().err
    goals({**FILES, "sellers/ana.yaml": FILES["sellers/ana.yaml"].replace("Forty deals", "Fifty deals")})
    assert "Fifty deals" in page()
