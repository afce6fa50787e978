"""GH7: texts that do not say what they seem to say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ..findings import Finding, Location
from ..model.people import AnyOwner
from ..source.document import Document
from ..source.load import Loaded
from ..source.nodes import MappingNode, Node, NodePath, ScalarNode, SequenceNode
from ..source.slips import quoted_line
from ..words import sentence_list

#: Keys whose value is text for people.
_TEXT_KEYS = frozenset([
    "name", "title", "why", "fits", "actions", "note", "next", "market", "motivation", "do", "deliver", "what",
    "carried_to", "unit",
])  # fmt: skip
_CUT = re.compile(r"[ \t]+(#\S[^\r\n]*)")
_QUOTES = {"“": "”", "„": "“”", "‘": "’", "‚": "‘’", "«": "»", "»": "«", "”": "”", "’": "’"}
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_WORD = re.compile(r"\w+")
#: Letters that are easily mistaken for each other.
_LOOK_ALIKES = (("0", "o"), ("1", "l"), ("rn", "m"), ("vv", "w"))


def check_texts(loaded: Loaded, edited: Iterable[AnyOwner] | None = None) -> Iterator[Finding]:
    """Yield GH701 to GH704; of the `edited` owners only, if given."""
    if edited is None:
        yield from _check_documents([loaded.settings_document, *loaded.documents.values()])
        yield from _look_alike_owners(loaded)
        edited = loaded.handbook.owners.values() if loaded.handbook else ()
    else:
        yield from _check_documents(loaded.documents[owner.id] for owner in edited)
    for owner in edited:
        yield from _look_alike_ids(loaded, owner.id, ("goals",), [goal.id for goal in owner.goals])
        for i, goal in enumerate(owner.goals):
            yield from _look_alike_ids(loaded, owner.id, ("goals", i, "landmarks"), [lm.id for lm in goal.landmarks])


def _check_documents(documents: Iterable[Document]) -> Iterator[Finding]:
    for document in documents:
        text = document.text
        may_be_cut = "#" in text and _CUT.search(text)
        if (may_be_cut or not text.isascii() or "\\" in text) and document.root:
            for scalar in _texts(document.root, False):
                yield from _check_text(document, scalar)


def _texts(node: Node, is_text: bool) -> Iterator[ScalarNode]:
    """Yield the values below a node that are text for people; `is_text` says whether the node itself is."""
    if isinstance(node, ScalarNode):
        if is_text:
            yield node
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _texts(item, is_text)
    elif isinstance(node, MappingNode):
        for key, (_, value) in node.entries.items():
            yield from _texts(value, key in _TEXT_KEYS)


def _check_text(document: Document, scalar: ScalarNode) -> Iterator[Finding]:
    location, text = Location(document.path, scalar.line, scalar.column), scalar.text
    if scalar.plain and text and (cut := _CUT.match(document.text, scalar.end)):
        message = f'the text ends before "{cut[1][:40]}", because a # after a space starts a comment'
        line = quoted_line(document.excerpt(location))
        quoted = f"put the text in quotes: {line}" if line else "put the text in quotes"
        help = f"{quoted}, or add a space after the # if it is meant as a comment"
        yield document.finding("GH701", location, message, help)
    if scalar.plain and len(text) > 1 and text[-1] in _QUOTES.get(text[0], ""):
        message = f"the curly quotes {text[0]} {text[-1]} are part of the text"
        yield document.finding("GH702", location, message, 'delete them, or use straight quotes (")')
    if text.isascii():
        return
    if character := _INVISIBLE.search(text):
        name = unicodedata.name(character[0], "").lower().replace("-", " ")
        message = f"the text contains an invisible character: {name} (U+{ord(character[0]):04X})"
        yield document.finding("GH704", location, message, "retype the text")
    for word in _WORD.findall(text):
        if len(scripts := _scripts(word)) > 1:
            odd = next(c for c in word if _script(c) in {"CYRILLIC", "GREEK"})
            alphabets = sentence_list(script.capitalize() for script in scripts)
            message = f'"{word}" mixes {alphabets} letters: its "{odd}" is {_script(odd).capitalize()}'
            yield document.finding("GH703", location, message, "retype the word")
            break


def _scripts(word: str) -> list[str]:
    """Return the alphabets a word uses, of those whose letters look alike."""
    return sorted({script for c in word if (script := _script(c))}) if not word.isascii() else []


def _script(character: str) -> str:
    name = unicodedata.name(character, "")
    return next((script for script in ("LATIN", "CYRILLIC", "GREEK") if name.startswith(script)), "")


def _look_alike_owners(loaded: Loaded) -> Iterator[Finding]:
    for first, other in _look_alike_pairs(sorted(loaded.documents)):
        document = loaded.documents[other]
        message = f'the id "{other}" looks like "{first}"'
        location = Location(document.path, 1, 1)
        yield document.finding("GH703", location, message, "rename one of the two files")


def _look_alike_ids(loaded: Loaded, owner: str, path: NodePath, ids: list[str]) -> Iterator[Finding]:
    for first, other in _look_alike_pairs(ids):
        message = f'the id "{other}" looks like "{first}"'
        at = (*path, ids.index(other), "id")
        yield loaded.finding(owner, at, "GH703", message, "give one of them a different id")


def _look_alike_pairs(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each id that looks like an earlier one, after the first that looks like it."""
    seen: dict[str, str] = {}
    for name in ids:
        first = seen.setdefault(_appearance(name), name)
        if first != name:
            yield first, name


def _appearance(name: str) -> str:
    """Return the same text for all names that look the same."""
    for spelling, look_alike in _LOOK_ALIKES:
        name = name.replace(spelling, look_alike)
    return name
