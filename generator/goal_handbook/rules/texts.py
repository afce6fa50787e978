"""GH7: texts that say something else than they seem to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ..findings import Finding, Location
from ..source.load import Loaded
from ..source.nodes import Document, Mapping, Node, Scalar, Sequence

#: Keys whose value is text for people.
_TEXTS = frozenset(
    [
        "name",
        "title",
        "why",
        "fits",
        "actions",
        "note",
        "next",
        "market",
        "motivation",
        "do",
        "deliver",
        "what",
        "carried_to",
        "unit",
    ]
)
_CUT = re.compile(r"[ \t]+(#\S[^\r\n]*)")
_QUOTES = {"“": "”", "„": "“”", "‘": "’", "‚": "‘’", "«": "»", "»": "«", "”": "”", "’": "’"}
_MARKS = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_WORD = re.compile(r"\w+")
#: Spellings the eye takes for one another.
_TWINS = (("0", "o"), ("1", "l"), ("rn", "m"), ("vv", "w"))


def check_texts(loaded: Loaded) -> Iterator[Finding]:
    """Findings GH701 to GH704."""
    for document in (loaded.settings_document, *loaded.documents.values()):
        if document.root and (_CUT.search(document.text) or not document.text.isascii() or "\\" in document.text):
            for scalar in _texts(document.root, False):
                yield from _of_text(document, scalar)
    yield from _owners_alike(loaded)
    if loaded.handbook:
        for owner in loaded.handbook.owners.values():
            yield from _alike(loaded, owner.id, ("goals",), [goal.id for goal in owner.goals])
            for i, goal in enumerate(owner.goals):
                yield from _alike(loaded, owner.id, ("goals", i, "landmarks"), [lm.id for lm in goal.landmarks])


def _texts(node: Node, is_text: bool) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        if is_text:
            yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _texts(item, is_text)
    elif isinstance(node, Mapping):
        for key, (_, value) in node.entries.items():
            yield from _texts(value, key in _TEXTS)


def _of_text(document: Document, scalar: Scalar) -> Iterator[Finding]:
    location, text = Location(document.path, scalar.line, scalar.column), scalar.text
    if scalar.plain and text and (cut := _CUT.match(document.text, scalar.end)):
        message = f'the text ends before "{cut[1][:40]}": behind a space, # begins a comment'
        yield document.finding(
            "GH701", location, message, "put the text in quotes, or a space behind a # that is a comment"
        )
    if scalar.plain and len(text) > 1 and text[-1] in _QUOTES.get(text[0], ""):
        message = f"the quotes {text[0]} {text[-1]} are part of the text"
        yield document.finding("GH702", location, message, 'delete them, or write straight ones (")')
    if text.isascii():
        return
    if mark := _MARKS.search(text):
        name = unicodedata.name(mark[0], "").lower().replace("-", " ")
        message = f"an invisible mark, {name} (U+{ord(mark[0]):04X}), stands in this text"
        yield document.finding("GH704", location, message, "type the text anew")
    for word in _WORD.findall(text):
        if len(scripts := _scripts(word)) > 1:
            odd = next(c for c in word if _script(c) in {"CYRILLIC", "GREEK"})
            message = (
                f'"{word}" mixes {" and ".join(s.capitalize() for s in scripts)} letters: "{odd}" looks like another'
            )
            yield document.finding("GH703", location, message, "type the word anew")
            break


def _scripts(word: str) -> list[str]:
    """The alphabets of a word among those whose letters look alike."""
    return sorted({script for c in word if (script := _script(c))}) if not word.isascii() else []


def _script(character: str) -> str:
    name = unicodedata.name(character, "")
    return next((script for script in ("LATIN", "CYRILLIC", "GREEK") if name.startswith(script)), "")


def _owners_alike(loaded: Loaded) -> Iterator[Finding]:
    for one, other in _twins(sorted(loaded.documents)):
        document = loaded.documents[other]
        message = f'the id "{other}" looks like "{one}"'
        yield Finding(
            "GH703",
            Location(document.path, 1, 1),
            message,
            "rename one of the two files",
            document.excerpt(Location("", 1, 1)),
        )


def _alike(loaded: Loaded, owner: str, path: tuple[str | int, ...], ids: list[str]) -> Iterator[Finding]:
    for one, other in _twins(ids):
        message = f'the id "{other}" looks like "{one}"'
        yield loaded.finding(owner, (*path, ids.index(other), "id"), "GH703", message, "give one of them another id")


def _twins(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of different ids that look the same; each id is told once."""
    seen: dict[str, str] = {}
    for name in ids:
        first = seen.setdefault(_folded(name), name)
        if first != name:
            yield first, name


def _folded(name: str) -> str:
    for spelling, twin in _TWINS:
        name = name.replace(spelling, twin)
    return name
