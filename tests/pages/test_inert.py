"""HTML inside Markdown stays what it is, whatever people have written in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markupsafe import Markup

from goal_handbook.pages.inert import inert, on_one_line
from goal_handbook.pages.prose import render_prose

from ..site.html_reader import Page
from ..status.make import case

#: What a handbook's own chapters may have switched on.
EXTENSIONS = ["fenced_code", "attr_list", "md_in_html", "tables", "toc", "pymdownx.superfences", "pymdownx.snippets"]


def rendered(html: str) -> str:
    return Markdown(extensions=EXTENSIONS).convert(f"<div>\n{html}\n</div>")


@pytest.mark.parametrize(
    "text",
    [
        case("fences around other text", "```\n<b>not bold</b>\n```"),
        case("tildes", "~~~\nx\n~~~"),
        case("a list of attributes", "x {: onclick=alert(1) }"),
        case("a macro", "{{ config }} {% raw %}"),
        case("a snippet", '--8<-- "pyproject.toml"'),
        case("emphasis", "a * b * c _d_"),
        case("a link", "[x](javascript:alert(1))"),
        case("empty lines, and code after them", "a\n\n    b"),
    ],
)
def test_text_of_people_is_shown_as_typed(text: str) -> None:
    html = f"<p>\n{Markup.escape(text)}\n</p>"
    page = Page(rendered(inert(html)))
    assert page.visible.split() == text.split()
    assert {tag for tag, _ in page.elements} == {"div", "p"}


def test_preformatted_text_keeps_its_lines() -> None:
    html = render_prose("```\na\n\n    b\n```")
    assert Page(rendered(inert(html))).visible.strip() == "a\n\n    b"


def test_an_attribute_on_several_lines_is_still_one() -> None:
    html = '<a href="https://example.com" title="a\n```\nb">x</a>\n<a title="c\n```\nd">y</a>'
    assert [attrs["title"] for tag, attrs in Page(rendered(inert(html))).elements if tag == "a"] == [
        "a ``` b",
        "c ``` d",
    ]


def test_there_is_no_empty_line_and_no_indented_one() -> None:
    assert inert("<ul>\n\n  <li>x\n  </li>\n</ul>\n") == "<ul>\n<li>x\n</li>\n</ul>"
    assert on_one_line(inert("<ul>\n  <li>x</li>\n</ul>")) == "<ul> <li>x</li> </ul>"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])), min_size=1, max_size=4))
def test_any_text_is_shown_as_typed(lines: list[str]) -> None:
    text = "\n".join(lines)
    page = Page(rendered(inert(f'<p title="{Markup.escape(text)}">{Markup.escape(text)}</p>')))
    assert page.visible.split() == text.split()
    assert [tag for tag, _ in page.elements] == ["div", "p"]
