"""Whatever is in a text field comes out as visible text: on every page, in the search index and in the data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Build, Built
from .html_reader import read_page

PAYLOADS = {
    "script": "<script>alert({n})</script>",
    "javascript link": "[x{n}](javascript:alert({n}))",
    "template": "{{{{ config.x{n} }}}}{{% raw %}}",
    "attribute": '\\"><img src=x{n} onerror=alert({n})>',
    "attribute list": "text{n}{{: onclick=alert({n}) }}",
    "snippet": '--8<-- \\"mkdocs.yml{n}\\"',
    "table": "a{n} | b{n}",
    "comment": "<!-- {n} --></title></svg><style>x{n}</style>",
}

TEAM = """
name: "{0}"
leader: lea
context:
  market: "{1}"
  capacity:
    - {{what: "{2}", limit: 900, unit: "{3}", goal: revenue, note: "{4}"}}
  abilities:
    ana: {{estimate: 5, note: "{5}"}}
goals:
  - id: revenue
    title: "{6}"
    measure: {{unit: "{3}", target: 1000}}
    landmarks: [{{id: q1, due: 2017-03-31, value: 200, title: "{7}"}}]
    checkins: [{{on: 2017-03-30, value: 100, note: "{8}"}}, {{on: 2017-03-31, value: 150}}]
"""

SELLER = """
name: "{9}"
team: north
title: "{10}"
motivation: "{11}"
goals:
  - id: deals
    title: "{12}"
    why: "{13}"
    fits: "{14}"
    supports: revenue
    actions: ["{15}"]
    measure: {{unit: "{16}", target: 100}}
    landmarks:
      - {{id: q1, due: 2017-03-31, value: 20, title: "{17}"}}
      - {{id: paper, due: 2017-02-28, deliver: "{18}"}}
    agreed: [{{on: 2017-01-10, by: [ana, lea], note: "{19}"}}]
    checkins: [{{on: 2017-03-30, value: 5, note: "{20}"}}, {{on: 2017-04-02, value: 9}}]
    reviews: [{{on: 2017-04-05, by: lea, note: "{21}", next: "{22}"}}]
    accountings:
      - {{landmark: q1, on: 2017-04-06, by: ana, why: "{23}", action: recover, plan: [{{do: "{24}", due: 2017-05-01}}]}}
    adjustments:
      - {{on: 2017-04-07, by: lea, why: "{25}", changes: [{{field: unit, was: "{26}", now: "{16}"}}]}}
  - id: gone
    title: "{27}"
    kind: skill
    landmarks: [{{id: one, due: 2017-06-30, deliver: "{28}"}}]
    closed: {{on: 2017-04-01, result: dropped, note: "{29}", carried_to: "{30}"}}
"""

LEADER = """
name: "{31}"
title: "{32}"
goals:
  - id: talks
    title: "{33}"
    kind: support
    measure: {{cadence: {{times: 1, per: month, with: each-seller}}}}
    sessions: [{{on: 2017-02-03, with: ana, note: "{34}"}}]
"""

SETTINGS = """
format: 1
name: "{35}"
period: {{name: "{36}", start: 2017-01-01, end: 2017-12-31}}
as_of: 2017-05-15
"""

FIELDS = 37
LEADERS = (
    "site_name: Test\ntheme: {name: material, font: false, features: [navigation.indexes, navigation.path]}\n"
    "plugins: [search, goal-handbook: {audience: leaders}]\n"
)


def as_yaml(payload: str) -> list[str]:
    """Return the payload once for each field, numbered, as written inside double quotes in YAML."""
    return [payload.format(n=1000 + n) for n in range(FIELDS)]


def as_text(payload: str) -> list[str]:
    """Return the payloads as a reader must see them."""
    return [text.replace('\\"', '"') for text in as_yaml(payload)]


def hostile(build: Build, payload: str) -> Built:
    texts = as_yaml(payload)
    files = {
        "teams/north.yaml": TEAM,
        "sellers/ana.yaml": SELLER,
        "leaders/lea.yaml": LEADER,
        "handbook.yaml": SETTINGS,
    }
    return build({name: text.format(*texts) for name, text in files.items()}, mkdocs=LEADERS)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_text_of_every_field_is_shown_and_never_executed(build: Build, payload: str) -> None:
    done = hostile(build, payload)
    assert done.code == 0, done.output
    pages = [path for path in done.site.rglob("*.html") if "g" not in path.relative_to(done.site).parts[:1]]
    seen = ""
    for path in pages:
        page = read_page(path)
        seen += page.visible + "".join(a.get("title", "") + a.get("aria-label", "") for _, a in page.elements)
        assert_harmless(path, page.elements, page.hidden)
    missing = [text for text in as_text(payload) if " ".join(text.split()) not in " ".join(seen.split())]
    assert missing == []


def assert_harmless(path: Path, elements: list[tuple[str, dict[str, str]]], scripts: str) -> None:
    """Assert that no element, attribute, link or script came out of a text field."""
    for tag, attributes in elements:
        assert not [name for name in attributes if name.startswith("on")], (path, tag, attributes)
        for name in ("href", "src"):
            assert not attributes.get(name, "").strip().lower().startswith("javascript:"), (path, tag, attributes)
        assert tag != "img", (path, attributes)
    assert "alert(10" not in scripts, path
    assert "x10" not in scripts, path


@pytest.mark.parametrize("payload", [PAYLOADS["script"], PAYLOADS["attribute"], PAYLOADS["comment"]])
def test_the_search_index_holds_escaped_text(build: Build, payload: str) -> None:
    done = hostile(build, payload)
    index = json.loads((done.site / "search" / "search_index.json").read_text(encoding="utf-8"))
    for entry in index["docs"]:
        for part in (entry["title"], entry["text"]):
            for tag in ("<script", "<img", "<style", "<!--", "</title", "</svg"):
                assert tag not in part, entry


def test_the_data_file_holds_every_text_unchanged(build: Build) -> None:
    done = hostile(build, PAYLOADS["attribute"])
    data = json.loads((done.site / "handbook.json").read_text(encoding="utf-8"))
    texts = as_text(PAYLOADS["attribute"])
    assert data["handbook"]["name"] == texts[35]
    assert data["owners"]["ana"]["name"] == texts[9]
    assert data["goals"]["ana/deals"]["title"] == texts[12]


def test_prose_keeps_its_markdown_but_no_headings_images_or_strange_links(build: Build) -> None:
    why = (
        "**bold** and `code`, a [page](https://example.com/a), ![pic](https://example.com/p.png),\\n"
        "a [host](//example.com), [data](data:text/html;base64,x), <b>tag</b>\\n\\n# no heading\\n\\n- item"
    )
    seller = f'name: Ana\nteam: north\ngoals:\n  - {{id: a, title: A, kind: skill, why: "{why}"}}\n'
    done = build({"teams/north.yaml": "name: North\n", "sellers/ana.yaml": seller})
    page = done.page("sellers/ana")
    for good in ("<strong>bold</strong>", "<code>code</code>", 'href="https://example.com/a"', "<li>item</li>"):
        assert good in page
    for shown in ("&lt;b&gt;tag&lt;/b&gt;", "[host](//example.com)", "[data](data:", "# no heading"):
        assert shown in page
    assert "<img" not in page
