"""Where the tests find what they need of npm."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def node_module(name: str) -> Path:
    """The folder of a package of `package.json` here. Fails, and says what to do, where it is not installed."""
    modules = Path(os.environ.get("NODE_MODULES") or ROOT / ".venv-test" / "node" / "node_modules")
    folder = modules / name
    assert folder.is_dir(), f"{name} is not installed in {modules}: run python3 run.py test once"
    return folder
