"""A small handbook to plan in: the one of the rules' examples, in which there is nothing to fix on 31 July 2017."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .sheets import HOUSE


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The handbook in ./goals; the current directory is the folder around it."""
    shutil.copytree(HOUSE, tmp_path / "goals")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path / "goals"
