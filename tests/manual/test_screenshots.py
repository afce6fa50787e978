"""The screenshots are those that `python3 run.py screenshots` takes, and each is shown somewhere."""

from __future__ import annotations

import pytest
from PIL import Image
from screenshots import FOLDER, SCHEMES, SHOTS, Shot


def test_every_picture_is_there_in_light_and_dark_and_no_other() -> None:
    expected = {f"{shot.name}-{scheme}.png" for shot in SHOTS for scheme in SCHEMES}
    assert {path.name for path in FOLDER.iterdir()} == expected


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_picture_has_its_size_and_few_bytes(shot: Shot) -> None:
    for scheme in SCHEMES:
        file = FOLDER / f"{shot.name}-{scheme}.png"
        with Image.open(file) as image:
            assert image.size == (shot.width * shot.scale, shot.height * shot.scale)
        assert file.stat().st_size < 200_000


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_picture_is_shown_in_the_readme_or_the_manual(shot: Shot, pytestconfig: pytest.Config) -> None:
    root = pytestconfig.rootpath
    pages = [root / "README.md", *(root / "docs" / "manual").rglob("*.md")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert all(f"assets/screenshots/{shot.name}-{scheme}.png" in text for scheme in SCHEMES)
