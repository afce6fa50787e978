"""The drawings of forms are those of the script (`--refresh` draws them again), and the page goes through each of them."""

from __future__ import annotations

import re

import pytest
from forms import FOLDER, FORMS, Form, draw

from goal_handbook.cli.publishing import VISIBLE_TO


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_drawing_is_what_the_script_draws(form: Form, pytestconfig: pytest.Config) -> None:
    file = FOLDER / f"{form.name}.svg"
    if pytestconfig.getoption("--refresh"):
        file.write_text(draw(form), encoding="utf-8")
    assert file.read_text(encoding="utf-8") == draw(form)


def test_the_page_shows_each_of_them_with_the_values_in_words(pytestconfig: pytest.Config) -> None:
    text = (pytestconfig.rootpath / "docs" / "manual" / "publishing.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"!\[(.+)\]\(\.\./assets/publishing/(.+)\.svg\)", text))
    assert sorted(shown.values()) == sorted(form.name for form in FORMS)
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(form.name for form in FORMS)


def test_the_page_has_every_answer_to_who_may_see_the_site(pytestconfig: pytest.Config) -> None:
    text = (pytestconfig.rootpath / "docs" / "manual" / "publishing.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)`", text, re.MULTILINE) == list(VISIBLE_TO)
