"""Builds a site as `mkdocs build` or `properdocs build` does, with the engine's own code, for commands.

The plugin is not imported here: the engine loads it, by the user's configuration.
"""

from __future__ import annotations

import datetime
import logging
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from .findings import with_help

PLUGIN = "goal-handbook"
#: The names of an engine's configuration, those that only ProperDocs reads first.
CONFIG_NAMES = ("properdocs.yml", "properdocs.yaml", "mkdocs.yml", "mkdocs.yaml")


class CannotBuild(Exception):
    """No site was built; the text says why, unless the engine has."""


def build_site_at(config_file: Path, day: datetime.date, site_dir: Path) -> None:
    """Build the site of a configuration as the handbook stood on a day, into a folder.

    The engine's warnings and errors go to the error stream. Raises CannotBuild.
    """
    logger, to_stderr = logging.getLogger(_use_engine_of(config_file)), logging.StreamHandler(sys.stderr)
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    to_stderr.setLevel(logging.WARNING)
    logger.addHandler(to_stderr)
    try:
        config = load_config(str(config_file), site_dir=str(site_dir.absolute()))
        plugin = config.plugins.get(PLUGIN)
        if plugin is None:
            raise CannotBuild(f"{config_file} does not list the plugin {PLUGIN}")
        plugin.config["site_at"] = day
        build(config)
    except MkDocsException as error:
        raise CannotBuild(f"no site was built: {error}") from None
    finally:
        logger.removeHandler(to_stderr)


def _use_engine_of(config_file: Path) -> str:
    """Make `mkdocs` mean the engine that the name of a configuration asks for, or else the other; return its name.

    ProperDocs is MkDocs under another name, and has a module that puts it in the place of `mkdocs`. Raises CannotBuild
    where neither is installed.
    """
    names = ("properdocs", "mkdocs") if config_file.stem == "properdocs" else ("mkdocs", "properdocs")
    engine = next((name for name in names if find_spec(name)), None)
    if engine is None:
        raise CannotBuild(
            with_help("neither MkDocs nor ProperDocs is installed", "run pip install 'goal-handbook[mkdocs]'")
        )
    if engine == "properdocs":
        import_module("properdocs.replacement")
    return engine
