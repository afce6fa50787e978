"""The repository that every case of the gate begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..changes.story import Story
from .cases import BASE_DAY


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a house on main; cases work on copies."""
    folder = tmp_path_factory.mktemp("gate") / "repository"
    story = Story(folder)
    story.commit("the house", BASE_DAY)
    return folder
