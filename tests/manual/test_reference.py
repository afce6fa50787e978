"""The reference is what the program does: the contract has every key, and the page of templates what each is given."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_origin

import field_pages
import pytest
import template_pages

from goal_handbook.pages.render import Renderer
from goal_handbook.site import SiteSettings, build_site
from goal_handbook.source.load import load
from goal_handbook.source.schema import KINDS, schema_of
from goal_handbook.workspace import evaluate

ANA = "name: Ana\nteam: north\ngoals: [{id: deals, title: Deals, landmarks: [{id: a, due: 2017-06-30, deliver: x}]}]\n"


@pytest.fixture
def contract(pytestconfig: pytest.Config) -> str:
    """The page of the file format."""
    return (pytestconfig.rootpath / "docs/manual/format.md").read_text(encoding="utf-8")


def models() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The schema of every mapping of the format, by a name."""
    for kind in KINDS:
        schema = schema_of(kind)
        yield kind, schema
        yield from schema["$defs"].items()


def test_the_contract_names_every_key_and_the_page_of_every_key_too(contract: str) -> None:
    names = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", contract))))
    page = field_pages.page_of_fields()
    for name, schema in models():
        for key in schema["properties"]:
            assert key in names, f"{name}: {key} is not in format.md"
            assert re.search(rf"^\| (\*\*)?`{key}`", page, re.MULTILINE), f"{name}: {key} is not in fields.md"


@pytest.mark.parametrize(("heading", "model"), [("## handbook.yaml", "handbook"), ("## A goal", "Goal")])
def test_the_contract_s_tables_have_no_other_keys_and_the_defaults_of_the_program(
    contract: str, heading: str, model: str
) -> None:
    table = contract.partition(f"\n{heading}\n")[2].partition("\n\n**")[0].partition("\n## ")[0]
    keys = dict(models())[model]["properties"] | ({"formerly": {}} if model == "Goal" else {})
    rows = [row.strip("|").split(" | ") for row in table.splitlines() if row.startswith("| `")]
    found = [key for cells in rows for key in re.findall(r"`([a-z_]+)`", cells[0])]
    assert sorted(found) == sorted(set(keys) - {"id", "title", "formerly"} | ({"id", "title"} & set(found)))
    for name, _, default, *_ in (cells for cells in rows if len(cells) == 4):
        schema = keys[name.strip(" `")]
        if "default" in schema:
            assert default.strip(" `") == str(schema["default"]), name


def test_the_page_of_templates_has_what_each_template_is_given(
    monkeypatch: pytest.MonkeyPatch, goals: Callable[..., Path]
) -> None:
    given: dict[str, dict[str, object]] = {}
    render = Renderer.render

    def note(self: Renderer, template: str, route: str, **values: object) -> str:
        given[template.removesuffix(".html")] = values
        return render(self, template, route, **values)

    monkeypatch.setattr(Renderer, "render", note)
    folder = goals(
        {"sellers/ana.yaml": ANA, "teams/north.yaml": "name: North\nleader: lea\n", "leaders/lea.yaml": "name: Lea\n"}
    )
    workspace = evaluate(load(folder), datetime.date(2017, 7, 1), datetime.date(2017, 7, 1))
    assert workspace.handbook and workspace.assessment
    site = build_site(workspace.handbook, workspace.assessment, workspace.history, SiteSettings())
    chapters = site.chapters
    assert site.pages
    chapters.link("goal", "ana/deals", "")
    chapters.as_of("")
    for block, words in (("goal", "ana/deals"), ("goals", "team=north"), ("home", "changes"), ("goal", "nothing")):
        chapters.block(block, [words], "", 2)  # type: ignore[arg-type]
    only_elsewhere = {"chapter-nothing", "walk"}  # with a Home of one's own, and with other days
    assert set(given) | only_elsewhere == set(template_pages.TEMPLATES)
    for template, values in given.items():
        kinds = template_pages.TEMPLATES[template]
        assert set(values) == set(kinds), template
        for name, value in values.items():
            kind = Sequence if get_origin(kinds[name]) is tuple else kinds[name]
            assert isinstance(value, kind), (template, name, type(value))


def test_the_page_of_templates_has_every_template(pytestconfig: pytest.Config) -> None:
    folder = pytestconfig.rootpath / "generator/goal_handbook/pages/templates"
    assert {path.stem for path in folder.glob("*.html")} == {*template_pages.TEMPLATES, *template_pages.MACROS}


def test_every_link_on_the_page_of_templates_leads_to_a_value_on_it() -> None:
    page = template_pages.page_of_templates()
    headings = [heading.lower().replace(" ", "-") for heading in re.findall(r"^## (.+)$", page, re.MULTILINE)]
    assert sorted(headings) == sorted(set(headings))
    assert set(re.findall(r"\(#([^)]+)\)", page)) <= set(headings)
