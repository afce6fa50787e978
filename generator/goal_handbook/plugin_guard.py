"""A Python-Markdown extension that stops a build without the plugin, which would leave out every goal.

Zensical reads mkdocs.yml, ignores plugins that it does not know, and calls the site without their pages a success. What
it does load is the extensions of Markdown.
"""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

#: What the plugin's own extension is registered as.
_PLUGIN = "goal-handbook"
_FIRST = 1000


class PluginMissing(Exception):
    """The plugin is not at work; the text says what to do."""


class PluginGuard(Extension):
    """Raises PluginMissing at the first page, unless the plugin takes part in the rendering."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Take part in the parsing."""
        md.preprocessors.register(_Guard(md), "goal-handbook-guard", _FIRST)


def makeExtension() -> PluginGuard:  # noqa: N802 - Python-Markdown's name
    """Return the extension; it is listed as `goal_handbook.plugin_guard` under `markdown_extensions`."""
    return PluginGuard()


class _Guard(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        if _PLUGIN not in self.md.treeprocessors:
            raise PluginMissing(
                "the plugin goal-handbook is not at work, and without it this site has no goals\n"
                "  help: build it with MkDocs or ProperDocs, or run goals export --format markdown for Zensical"
            )
        return lines
