"""The option `part`: a build that writes one part of the site, for `goals join`."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from ..findings import with_help
from ..git.commands import BadRevision, NoGit, commit_of
from ..parts import Manifest, Part
from .fast import other_hand
from .load import Goals


def no_fast_path(plugin: BasePlugin[Any], config: MkDocsConfig) -> PluginError:
    """Return what to raise where no part can be built, because MkDocs writes all pages."""
    hand = other_hand(plugin, config)
    reason = (
        f"{hand} has a hand in pages" if hand else "a part is built by mkdocs build, without --dirty and fast: false"
    )
    return PluginError(with_help(f"no part of the site can be built: {reason}", "take out the option part"))


def leave_to_first(files: Files, config: MkDocsConfig) -> None:
    """Leave MkDocs nothing to write: the first part has it."""
    for file in tuple(files):
        files.remove(file)
    config.theme.static_templates.clear()
    config.extra_templates.clear()


def manifest_of(part: Part, config: MkDocsConfig, goals: Goals) -> Manifest:
    """Return what a part says about itself: two parts of one build differ in nothing but their numbers."""
    digest = hashlib.sha256()
    for text in _made_from(config, goals):
        digest.update(hashlib.sha256(text).digest())
    try:
        commit = commit_of(Path(config.config_file_path).parent, "HEAD")
    except (NoGit, BadRevision):
        commit = ""
    return Manifest(part, commit, str(goals.assessment.as_of), digest.hexdigest())


def _made_from(config: MkDocsConfig, goals: Goals) -> Iterator[bytes]:
    """Yield everything the site is made from, but for git's commits: the packages, the configuration, the files."""
    yield repr([platform.python_version(), *sorted(f"{d.name} {d.version}" for d in distributions())]).encode()
    yield repr([goals.workspace.no_history, goals.history.complete]).encode()
    root = json.dumps(str(Path(config.config_file_path).parent))[1:-1]
    yield json.dumps(_plain(config), default=_plain, sort_keys=True).replace(root, "").encode()
    for source in goals.workspace.loaded.files:
        yield source.shown.encode()
        yield source.data
    for folder in filter(None, (config.docs_dir, config.theme.custom_dir)):
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix().encode()
                yield path.read_bytes()


def _plain(value: object) -> object:
    """A value of the configuration as one that JSON has; what a part does not share is left out."""
    if isinstance(value, BasePlugin):
        return _plain(value.config)
    if isinstance(value, (Config, Theme)):
        return {key: value[key] for key in value if key not in {"part", "site_dir"}}
    return type(value).__name__
