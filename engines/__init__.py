"""The example under every engine and theme, each in an environment of its own: `python -m engines`."""
