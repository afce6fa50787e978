"""The shapes of statuses as paths on a 24 by 24 grid: those of the style sheet, which has them for badges."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_ICON = re.compile(r"\.gh-i-([a-z-]+) \{ --gh-icon: url\(\"[^\"]*?%3Cpath[^\"]*? d='([^']+)'")


@cache
def icon_paths() -> dict[str, str]:
    """Return the path of each icon by its name."""
    style = files("goal_handbook.pages").joinpath("assets/handbook.css").read_text(encoding="utf-8")
    return dict(_ICON.findall(style))
