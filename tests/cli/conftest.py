"""The handbook that the commands that write are tested with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "rules" / "house"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook in ./goals, where today is 31 July 2017 and there is nothing to fix."""
    shutil.copytree(HOUSE, tmp_path / "goals")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1501459200")
    return tmp_path / "goals"
