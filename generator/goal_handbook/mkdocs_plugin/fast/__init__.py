"""The fast path: our pages are joined into the theme's shell instead of being rendered by its template one by one.

The site is the same without it (the option `fast: false`), byte for byte, and every build proves it on samples.
"""

from .path import FastPath, fast_path, other_hand

__all__ = ["FastPath", "fast_path", "other_hand"]
