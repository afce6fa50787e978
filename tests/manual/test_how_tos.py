"""Every how-to can be followed, in the example, in a new handbook or in an empty folder, and shows what really happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from .walkthrough import assert_can_be_followed

HOW_TO = Path(__file__).parent.parent.parent / "docs" / "manual" / "how-to"
#: The pages that begin with a handbook as `goals init` makes it, and the one that begins with nothing.
NEW, EMPTY = ("crm", "own-templates"), ("by-hand",)
#: What is to be seen on the site, where a page is about that.
SEEN = {
    "own-templates": {
        "sellers/ana-abel": ("Numbers are final", "Finish the negotiation course", "house.css"),
        "teams": ("<h1>Our teams</h1>", "2 sellers"),
    }
}


@pytest.mark.parametrize("page", sorted(path.stem for path in HOW_TO.glob("*.md")))
def test_a_how_to_can_be_followed(page: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("new_handbook" if page in NEW else "empty" if page in EMPTY else "example")
    assert_can_be_followed(HOW_TO / f"{page}.md", request.config)
    for address, texts in SEEN.get(page, {}).items():
        html = Path("site", address, "index.html").read_text(encoding="utf-8")
        assert [text for text in texts if text not in html] == []
