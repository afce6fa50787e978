"""Builds a site as `mkdocs build` does, with MkDocs' own code, for commands.

The plugin is not imported here: MkDocs loads it, by the user's mkdocs.yml.
"""

from __future__ import annotations

import datetime
import logging
import sys
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

PLUGIN = "goal-handbook"


class CannotBuild(Exception):
    """No site was built; the text says why, unless MkDocs has."""


def build_site_at(config_file: Path, day: datetime.date, site_dir: Path) -> None:
    """Build the site of mkdocs.yml as the handbook stood on a day, into a folder.

    MkDocs' warnings and errors go to the error stream. Raises CannotBuild.
    """
    logger, to_stderr = logging.getLogger("mkdocs"), logging.StreamHandler(sys.stderr)
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
