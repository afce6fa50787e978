"""Charts as inline SVG: where everything goes. Colours are the page's own CSS variables."""

from .drawing import Drawing, draw

__all__ = ["Drawing", "draw"]
