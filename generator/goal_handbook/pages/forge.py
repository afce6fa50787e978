"""The page on which a forge lets people propose a new file, and what makes a check-in open it."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from importlib.resources import files
from urllib.parse import quote, urlencode, urlsplit

from ..frozen import frozen
from ..views.components import CheckInForm

SCRIPT = "assets/goal-handbook/checkin.js"

#: The address of a file to edit: the repository, how the forge says "edit", the branch, and the folder of the docs.
_EDIT = re.compile(r"(https?://[^/?#]+(?:/[^/?#]+){2,}?)/(-/)?(_?)(?:edit|blob|tree)/([^/?#]+)/([^?#]*)")
#: Forges without such a page, by part of the host's name.
_WITHOUT = ("bitbucket", "dev.azure")
#: What stands where the number goes, on a page without scripts.
_PLACEHOLDER = "VALUE"


@frozen
class NewFile:
    """A forge's page for a new file: its address, what it calls the file's name and text, and the folder of readings.

    `text_field` is "" where the text cannot be given: it has to be pasted there.
    """

    address: str
    name_field: str
    text_field: str
    folder: str

    @property
    def host(self) -> str:
        """The forge's name as readers know it, such as `github.com`."""
        return urlsplit(self.address).netloc.rpartition("@")[2]

    def text(self, form: CheckInForm) -> str:
        """Return a file with a row for the status date, in which only the number is missing."""
        return f"goal,on,value\n{form.full_id},{form.today},{_PLACEHOLDER}\n"

    def link(self, form: CheckInForm) -> str:
        """Return the address of the page with such a file, for those who have no script to fill in the number."""
        name = f"{self.folder}/{form.today}-{form.full_id.replace('/', '-')}.csv"
        fields = {self.name_field: name} | ({self.text_field: self.text(form)} if self.text_field else {})
        return f"{self.address}?{urlencode(fields, quote_via=quote)}"


def new_file_of(edit_address: str, goals: str) -> NewFile | None:
    """Return the page for new readings of the repository, None where the forge is not known to have one.

    `edit_address` is that of the docs on the forge, such as `https://github.com/o/r/edit/main/docs/`; `goals` is the
    goals folder relative to the docs.
    """
    found = _EDIT.match(edit_address)
    if found is None:
        return None
    root, dash, underscore, branch, docs = found.groups()
    host = urlsplit(root).netloc
    folder = posixpath.normpath(posixpath.join(docs, goals, "readings"))
    if folder.startswith((".", "/")) or any(name in host for name in _WITHOUT):
        return None
    if dash or "gitlab" in host:  # it fills in the name, but not the text (its issue 594214)
        return NewFile(f"{root}/-/new/{branch}", "file_name", "", folder)
    if underscore or any(name in host for name in ("gitea", "forgejo", "codeberg")):
        return NewFile(f"{root}/_new/{branch}/", "filename", "value", folder)
    return NewFile(f"{root}/new/{branch}", "filename", "value", folder)


@cache
def check_in_script() -> str:
    """Return the script that turns what is typed into a file."""
    return files("goal_handbook.pages").joinpath("assets/checkin.js").read_text(encoding="utf-8")
