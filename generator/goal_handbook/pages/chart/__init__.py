"""Charts as inline SVG: where everything goes. Colours are the page's own CSS variables."""

from .drawing import Drawing, draw
from .svg import svg

__all__ = ["Drawing", "draw", "svg"]
