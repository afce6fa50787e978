"""People's prose: CommonMark in, safe HTML out."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goal_handbook.pages import prose
from goal_handbook.pages.prose import render_line, render_prose

CASES = [
    ("plain words", "<p>plain words</p>\n"),
    ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>\n"),
    ("Talk to <Volvo>", "<p>Talk to &lt;Volvo&gt;</p>\n"),
    ("# not a heading", "<p># not a heading</p>\n"),
    ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
    ("[x](JaVaScRiPt:alert(1))", "<p>[x](JaVaScRiPt:alert(1))</p>\n"),
    ("[x](//example.com)", "<p>[x](//example.com)</p>\n"),
    ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>\n"),
    ("[x](https://example.com)", '<p><a href="https://example.com" rel="noopener noreferrer">x</a></p>\n'),
    ("{: onclick=alert(1) }", "<p>{: onclick=alert(1) }</p>\n"),
    ("{{ config }}", "<p>{{ config }}</p>\n"),
]


@pytest.mark.parametrize(("text", "html"), CASES, ids=[text for text, _ in CASES])
def test_prose_is_shown_and_never_executed(text: str, html: str) -> None:
    assert render_prose(text) == html


def test_a_line_has_no_blocks() -> None:
    assert render_line("**one** - two") == "<strong>one</strong> - two"


#: What a line without markup is made of, and some of what it is not.
WORDS = st.text(st.sampled_from("aé1Ωß語  ,.;:?!'\"()%/+$€–-")).map(lambda text: f"a{text}")
ANYTHING = st.text(st.sampled_from("aé1 ,.:?!'\"()-_*~`|#&<>[]\\\n\t\xa0\u0301\u200f\x00"))


@given(WORDS | ANYTHING | st.text())
@example("1. Not a list")
@example("a  b ")
@example("www.example.com, https://example.com and me@example.com")
def test_a_line_without_markup_needs_no_parser(text: str) -> None:
    whole, line = render_prose(text), render_line(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "_PLAIN", re.compile("(?!)"))
        assert (whole, line) == (render_prose.__wrapped__(text), render_line.__wrapped__(text))


@given(st.text(alphabet=st.sampled_from(list("<>\"'&[]()!*_`#-\\/:= \nascript onerrorimg{}")), max_size=80))
def test_no_text_produces_an_element_that_is_not_allowed(text: str) -> None:
    html = str(render_prose(text)).lower()
    for tag in ("<script", "<img", "<svg", "<iframe", "<h1", "<style", " onerror=", 'href="javascript', 'href="//'):
        assert tag not in html
