"""The style sheet, and what is drawn elsewhere in its look: the shapes of icons and the colours of tones."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from urllib.parse import unquote

_ICON = re.compile(r"^\.gh-i-([a-z-]+) \{[^}]*?%3Cpath (.*?)/%3E", re.MULTILINE)
_COLOUR = re.compile(r"--gh-([a-z]+):\s*(#[0-9a-f]{6})")


@cache
def style_sheet() -> str:
    """Return the style sheet of the site."""
    return files("goal_handbook.pages").joinpath("assets/handbook.css").read_text(encoding="utf-8")


@cache
def icons() -> dict[str, str]:
    """Return the shape of each icon on a 24 by 24 grid, as the attributes of an SVG path."""
    return {name: unquote(shape) for name, shape in _ICON.findall(style_sheet())}


@cache
def tones() -> dict[str, str]:
    """Return the colour of each tone's words in the light scheme; white on it has a contrast of 4.5:1 and more."""
    return dict(_COLOUR.findall(style_sheet().partition('[data-md-color-scheme="slate"] {')[0]))
