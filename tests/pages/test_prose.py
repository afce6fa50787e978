"""People's prose: CommonMark in, safe HTML out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@given(st.text(alphabet=st.sampled_from(list("<>\"'&[]()!*_`#-\\/:= \nascript onerrorimg{}")), max_size=80))
def test_no_text_produces_an_element_that_is_not_allowed(text: str) -> None:
    html = str(render_prose(text)).lower()
    for tag in ("<script", "<img", "<svg", "<iframe", "<h1", "<style", " onerror=", 'href="javascript', 'href="//'):
        assert tag not in html
