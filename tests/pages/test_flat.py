"""Templates compiled flat say what Jinja's own code says, or fail, so that Jinja's own code has its say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup, escape

from goal_handbook.changes.history import History
from goal_handbook.pages.output import Html, output
from goal_handbook.pages.render import BadTemplate, Renderer
from goal_handbook.pages.routes import Addresses, PageUrls
from goal_handbook.site import SiteSettings, build_site
from goal_handbook.source.load import load
from goal_handbook.status.assessment import assess
from goal_handbook.views.badge import GOAL
from goal_handbook.views.components import Chip, Person
from goal_handbook.views.context import ViewContext
from goal_handbook.views.walk import WalkView

from ..status.make import day, handbook

ROOT = Path(__file__).parents[2]
AS_OF = day("2017-07-10")
MACROS = '{% import "parts.html" as p %}'
VALUES = {
    "chip": Chip(GOAL["at-risk"], "20 < 30"),
    "who": Person("ana", "Ana & Co", "seller"),
    "names": ("<a>", "b", "c"),
    "none_here": (),
    "safe": Markup("<b>bold</b>"),
    "texts": {"items": "of a dict", "plain": "a value"},
    "n": 1234,
    "url": PageUrls(Addresses(), "index"),
    "view": WalkView((), None),
}

#: What templates are written of. Ours need nothing else.
USUAL = [
    "{{ who.name }} & {{ safe }} {{ n }} {{ n + 1 }} {{ none }} {{ 'a' ~ who.id }}",
    "{{ ' loud' if n }}{{ ' quiet' if not n }}{{ '<' if n }}{{ who.name if n else safe }}",
    "{% for name in names %}{{ name }}{{ ', ' if not loop.last }}{% else %}nobody{% endfor %}",
    "{% for name in none_here %}{{ loop.first }}{{ loop.index }}{{ loop.index0 }}{% else %}nobody{% endfor %}",
    "{% for name in names if name != 'b' %}{{ loop.index }}{{ loop.first }}{{ name }}{% endfor %}",
    "{% for a in names %}{% for b in names %}{{ loop.last }}{% endfor %}{{ loop.last }}{% endfor %}",
    "{% set all = names | join(', ') %}{{ all }}{% if n > 3 %}{% set all = n %}{% endif %}{{ all }}",
    "{% macro one(a, b='<', c=true) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ one(n) }}{{ one(n, c=none) }}{{ one(b=2, a=1) }}",
    "{% macro outer(a) %}{{ inner(a) }}{% endmacro %}{% macro inner(a) %}<i>{{ a }}{{ n }}</i>{% endmacro %}{{ outer('<') }}",
    "{% macro m(a) %}{% if a %}{% set link = url.owner(a) %}{{ link }}{% endif %}{% endmacro %}{{ m(who) }}{{ m(none) }}",
    "{% macro type(str) %}{{ str }}{% endmacro %}{{ type(n) }}{{ type('<') }}",
    "{% macro m(context, output) %}{{ context }}{{ output }}{{ names }}{% endmacro %}{{ m('<', n) }}",
    "{% macro m(a) %}[{{ a }}{{ caller() }}]{% endmacro %}{% call m(n) %}{{ who.name }}{% endcall %}",
    "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, '<', x=3) }}",
    "{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m('<') }}",
    "{% if n %}{% macro m(a) %}{{ a }}{% endmacro %}{{ m(n) }}{% endif %}",
    "{% for name in names %}{% macro m() %}{{ name }}{% endmacro %}{{ m() }}{% endfor %}",
    "{{ p.chip(chip) }}{{ p.badge(chip.badge, chip.extra, small=true) }}{{ p.person(url, who) }}",
    "{% from 'parts.html' import people as all %}{{ all(url, [who, who]) }}",
    "{% set x = p.person(url, who) %}{{ x }}{{ x | length }}{{ x ~ '<' }}{{ [x] | join }}{{ x.upper() }}",
    "{{ _('Status as of <strong>{day}</strong>', day=who.name) }}{{ _('Owed') }}{{ ngettext('{n} seller', '{n} sellers', n) }}",
    "{{ who.name | prose }}{{ who.name | line }}{{ who.name | safe }}{{ who.name | e | upper }}{{ names | length }}",
    "{{ texts['items'] }}{{ names[0] }}{{ names[:2] | join }}{{ who['name'] }}",
    "{% set cell = namespace(n=1) %}{% for name in names %}{% set cell.n = cell.n + 1 %}{% endfor %}{{ cell.n }}",
    "{% set text %}<b>{{ who.name }}</b>{% endset %}{{ text }}{% filter upper %}a{{ who.name }}{% endfilter %}",
    "{% with a = n, b = who.name %}{{ a }}{{ b }}{% endwith %}{{ names is sequence }}{{ who.name in names }}",
    "{% include 'walk.html' %}" + "{{ n }}",
    "{% raw %}{{ n }}{% endraw %}{# nothing #}{{- n -}} ",
    "{{ range(3) | list }}{{ dict(a=who.name) }}{{ joiner('|')() }}{{ '%s<' | format(n) }}{{ who.name.upper() }}",
]
#: What needs Jinja's own code, or fails with it as well.
UNUSUAL = [
    "{{ texts.plain }}{{ texts.nothing is defined }}",
    "{{ texts.items }}",
    "{{ who.nothing }}",
    "{{ who.nothing is defined }}{{ who.nothing | default('-') }}",
    "{{ nothing is defined }}{{ nothing | default(n) }}",
    "{{ nothing }}",
    "{% if nothing %}{% endif %}",
    "{% for x in nothing %}{% endfor %}",
    "{{ p.nothing(n) }}",
    "{{ p.badge() }}",
    "{{ p.chip(chip, true, 3, 4) }}",
    "{{ p.chip(chip, nothing=3) }}",
    "{{ p.badge.name }}{{ p.badge.arguments }}",
    "{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}",
    "{% macro m(a) %}{{ nothing is defined }}{{ nothing }}{% endmacro %}{{ m(1) if not n }}",
    "{% macro m(a) %}{{ later }}{% endmacro %}{% set later = n %}{{ m(1) }}",
    "{% for name in names recursive %}{{ name }}{% endfor %}",
    "{% for name in names %}{{ loop.length }}{{ loop.revindex }}{{ loop.cycle('a', 'b') }}{{ loop.nextitem }}{% endfor %}",
    "{% for name in names %}{{ loop.changed(name) }}{{ loop }}{% endfor %}",
    "{% block one %}{{ who.name }}{% endblock %}{{ self.one() }}",
    "{% extends 'chapter-nothing.html' %}",
    "a{% include 'chapter-nothing.html' without context %}b",
    "a{% include 'nothing.html' ignore missing %}b",
    "{% autoescape false %}{{ who.name }}{{ p.person(url, who) }}{% endautoescape %}",
    "{{ m(*names) }}{% macro m(a, b, c) %}{% endmacro %}",
    "{% macro m(a, b, c) %}{{ b }}{% endmacro %}{{ m(*names) }}{{ m(**dict(a=1, b=2, c=3)) }}",
    "{{ n // 0 }}{{ n.real }}",
    "{{ who.name | nothing }}",
    "{% set class = n %}{{ class }}{{ who.class }}{{ dict(class=2) }}",
]


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(Addresses(), ViewContext(assess(handbook({}), AS_OF)).fmt)


def said(environment: Environment, template: str) -> str:
    return environment.from_string(MACROS + template).render(VALUES)


@pytest.mark.parametrize("template", USUAL)
def test_what_is_usual_is_the_same(renderer: Renderer, template: str) -> None:
    assert said(renderer.environment, template) == said(renderer.plain, template)


@given(st.lists(st.sampled_from(USUAL), min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_and_so_are_any_of_these_together(renderer: Renderer, templates: list[str]) -> None:
    together = "\n".join(templates)
    assert said(renderer.environment, together) == said(renderer.plain, together)


@pytest.mark.parametrize("template", UNUSUAL)
def test_what_is_unusual_is_the_same_or_fails(renderer: Renderer, template: str) -> None:
    try:
        flat = said(renderer.environment, template)
    except Exception:
        return
    assert flat == said(renderer.plain, template)


@given(st.sampled_from([None, 1, 2.5, True, "<a>", Markup("<b>"), Html("<c>"), ("<d>",), AS_OF]) | st.text())
def test_every_value_is_escaped_as_it_should_be(value: object) -> None:
    assert output(value) == escape(value)


def test_every_page_of_the_example_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: set[str] = set()

    def both(self: Renderer, template: str, values: Mapping[str, object]) -> str:
        rendered.add(template)
        flat = self.environment.get_template(template).render(values)
        assert flat == self.plain.get_template(template).render(values), template
        return flat

    monkeypatch.setattr(Renderer, "_rendered", both)
    loaded = load(ROOT / "goals", "goals").handbook
    assert loaded
    assert build_site(loaded, assess(loaded, day("2017-10-15")), History(), SiteSettings("leaders")).pages
    assert rendered >= {"home.html", "team.html", "seller.html", "leader.html", "sheet.html", "changes.html"}


def with_template(folder: Path, text: str) -> Renderer:
    folder.joinpath("teams.html").write_text(text, encoding="utf-8")
    return Renderer(Addresses(), ViewContext(assess(handbook({}), AS_OF)).fmt, [folder])


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("{{ view.plain }}", "a value"),
        ("{{ view.nothing | default('-') }}", "-"),
        ("{{ placeable('x', '<') }}{{ view.nothing is defined }}", "&lt;False"),
        ("{% for x in view %}{{ loop.length }}{% endfor %}", "22"),
    ],
)
def test_a_users_template_may_be_as_unusual_as_it_likes(tmp_path: Path, text: str, html: str) -> None:
    renderer = with_template(tmp_path, text)
    for _ in range(2):
        assert renderer.render("teams.html", "teams/index", view=VALUES["texts"]) == html


def test_what_is_wrong_with_a_template_is_said_in_jinjas_words(tmp_path: Path) -> None:
    renderer = with_template(tmp_path, "{{ view.nothing }}")
    with pytest.raises(BadTemplate) as raised:
        renderer.render("teams.html", "teams/index", view=VALUES["who"])
    assert str(raised.value) == (
        "teams.html: 'goal_handbook.views.components.Person object' has no attribute 'nothing'; "
        "fix the template in goal-handbook/"
    )
