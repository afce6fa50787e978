"""Files as MkDocs has to know them, and what writes them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, MutableSequence
from contextlib import suppress
from dataclasses import dataclass, field

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import get_build_date

from ...pages.page import Draft
from ..adapter import anchors_of, canonical_url

#: After how many files progress is shown.
_LOOK_EVERY = 50


class WrittenFile(File):
    """A file that MkDocs knows of, so that links to it are checked, and that is written here."""

    def __init__(self, path: str, to: str, url: str, config: MkDocsConfig) -> None:
        self.src_uri, self.dest_uri, self.url = path, to, url
        self.src_dir, self.dest_dir, self.abs_src_path = None, config.site_dir, None
        self.use_directory_urls, self.inclusion = config.use_directory_urls, InclusionLevel.INCLUDED
        self.generated_by, self.edit_uri, self._content = "goal-handbook", None, b""

    def is_documentation_page(self) -> bool:
        """Return False: MkDocs has nothing to render."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Copy nothing."""


class WrittenPage:
    """What MkDocs asks of a page that it does not render: its place in the site map, and which anchors it has."""

    is_link = False

    def __init__(self, draft: Draft, url: str, config: MkDocsConfig) -> None:
        self.draft = draft
        self.canonical_url, self.abs_url = canonical_url(config, url)
        self.update_date = get_build_date()

    @property
    def present_anchor_ids(self) -> set[str]:
        """The anchors of its table of contents."""
        return set(anchors_of(self.draft.make().headings))


@dataclass
class Writer:
    """Writes files below a folder; folders are made once. A Path for each would take time.

    `counts` is shared by all processes that write, each of which counts in its own place, `number`; while there is
    only one, `look` is called now and then.
    """

    site_dir: str
    counts: MutableSequence[int]
    number: int = 0
    look: Callable[[], None] | None = None
    made: set[str] = field(default_factory=set)

    def write(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file of these pieces. Raises OSError."""
        self._make(name.rpartition("/")[0])
        with open(f"{self.site_dir}/{name}", "wb") as file:  # noqa: PTH123
            file.writelines(pieces)
        self.counts[self.number] += 1
        if self.look and not self.counts[self.number] % _LOOK_EVERY:
            self.look()

    def _make(self, folder: str) -> None:
        if folder in self.made:
            return
        if folder:
            self._make(folder.rpartition("/")[0])
            with suppress(FileExistsError):
                os.mkdir(f"{self.site_dir}/{folder}")  # noqa: PTH102
        else:
            os.makedirs(self.site_dir, exist_ok=True)  # noqa: PTH103
        self.made.add(folder)
