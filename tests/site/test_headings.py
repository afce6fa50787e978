"""Each view declares its page's headings once: for the sections of the template, and for the table of contents."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

import pytest

from goal_handbook.changes.history import History
from goal_handbook.model.audience import Audience
from goal_handbook.pages.page import Site
from goal_handbook.site import SiteSettings, build_site
from goal_handbook.source.load import load
from goal_handbook.status.assessment import assess
from goal_handbook.views.components import Heading

from .html_reader import Page

GOALS = Path(__file__).parent.parent.parent / "goals"


def site(audience: Audience) -> Site:
    handbook = load(GOALS, "goals").handbook
    assert handbook is not None
    assessment = assess(handbook, datetime.date(2017, 10, 15))
    return build_site(handbook, assessment, History(), SiteSettings(audience))


def anchors(headings: Iterable[Heading]) -> list[str]:
    """Return the anchors of headings and of those below them, in order."""
    return [anchor for heading in headings for anchor in (heading.anchor, *anchors(heading.children))]


@pytest.mark.parametrize("audience", ["team", "leaders"])
def test_the_table_of_contents_lists_the_headings_of_every_page_in_order(audience: Audience) -> None:
    seen: set[str] = set()
    for page in site(audience).pages:
        if "toc" not in page.hide or page.headings:
            shown = [a["id"] for tag, a in Page(page.html).elements if tag in {"h2", "h3"} and "id" in a]
            assert anchors(page.headings) == shown, page.route
            seen.update(shown)
    assert seen > {"_context", "_goals", "_teams", "_sellers", "_support", "_improvement", "_agenda", "_owed", "_next"}
