"""The catalogue of words: one file for each language in `locale/`, read when a site is built in it.

`python -m goal_handbook.catalogue` collects the messages of the code and the templates, and updates all files;
`python -m goal_handbook.catalogue fr` begins a file for French.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .words import ENGLISH, Words

LOCALE = Path(__file__).parent / "locale"
TEMPLATE = LOCALE / "messages.pot"
_PACKAGE = Path(__file__).parent
#: What says words that are shown on pages, and how to read it. Commands and findings are in English.
_SAID_IN = [
    ("pages/templates/*.html", "jinja2"),
    *(
        (name, "python")
        for name in ("words.py", "figures.py", "site/**.py", "changes/said.py", "views/**.py", "pages/**.py")
    ),
]
#: What messages are arguments of.
_KEYWORDS = {"_": None, "N_": None, "text": None, "ngettext": (1, 2), "plural": (1, 2), "form": (1, 2)}


@cache
def words_in(language: str) -> Words:
    """Return the words of a language such as `de` or `de_CH`; English where there is no catalogue for it."""
    for name in dict.fromkeys((language.replace("-", "_"), language.replace("_", "-").partition("-")[0])):
        if name and (path := messages_of(name)).is_file():
            return Words(name, _compiled(path.read_bytes(), name))
    return ENGLISH


def messages_of(language: str) -> Path:
    """Return the path of a language's messages."""
    return LOCALE / language / "messages.po"


def _compiled(messages: bytes, language: str) -> GNUTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(messages), language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def extracted() -> Catalog:
    """Return the messages of the code and the templates, each with the files that say it."""
    catalog = Catalog(project="Goal Handbook", fuzzy=False)
    found = extract_from_dir(_PACKAGE, _SAID_IN, keywords=_KEYWORDS, comment_tags=("words:",))
    for file, _, message, comments, context in found:
        catalog.add(message, None, [(Path(file).as_posix(), 0)], auto_comments=comments, context=context)
    return catalog


def spelled(catalog: Catalog) -> bytes:
    """Return a catalogue as its file: without dates, lines and flags, so that it changes only with its messages."""
    for message in catalog:
        message.flags.clear()  # which ones there are depends on Babel's version
    file = io.BytesIO()
    write_po(file, catalog, width=120, omit_header=True, sort_output=True, include_lineno=False)
    return _header(catalog).encode() + file.getvalue()


def _header(catalog: Catalog) -> str:
    """What translators' programs have to know of a file."""
    facts = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    if catalog.locale:
        facts += [f"Language: {catalog.locale}", f"Plural-Forms: {catalog.plural_forms}"]
    return "\n".join(['msgid ""', 'msgstr ""', *(f'"{fact}\\n"' for fact in facts), "", ""])


def update(new: Iterable[str] = ()) -> None:
    """Write the messages there are now into all files, also for new languages; untranslated ones are empty in them."""
    catalog = extracted()
    TEMPLATE.write_bytes(spelled(catalog))
    for language in {*new, *(path.parent.name for path in LOCALE.glob("*/messages.po"))}:
        path = messages_of(language)
        known = path.read_bytes() if path.is_file() else b""
        translated = read_po(io.BytesIO(known), language)
        translated.update(catalog, no_fuzzy_matching=True)
        translated.obsolete.clear()
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(spelled(translated))


if __name__ == "__main__":
    update(sys.argv[1:])
