"""Every how-to can be followed, in the example, in a new handbook or in an empty folder, and shows what really happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from .walkthrough import assert_can_be_followed

HOW_TO = Path(__file__).parent.parent.parent / "docs" / "manual" / "how-to"
#: The pages that begin with a handbook as `goals init` makes it, and the one that begins with nothing.
NEW, EMPTY = ("crm", "own-templates"), ("by-hand",)


@pytest.mark.parametrize("page", sorted(path.stem for path in HOW_TO.glob("*.md")))
def test_a_how_to_can_be_followed(page: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("new_handbook" if page in NEW else "empty" if page in EMPTY else "example")
    assert_can_be_followed(HOW_TO / f"{page}.md", request.config)
