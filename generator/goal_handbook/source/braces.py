"""What was meant between braces where a comma or a missing space cut it into pieces: `{target: 120,000}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ..model.values import NUMBER, ids_between_commas, number_spelling, quoted
from .key_order import known_keys
from .nodes import Node, ScalarNode, SequenceNode
from .slips import in_quotes

Entries = Mapping[str, tuple[ScalarNode, Node]]
#: Where something is wrong, what, and how to fix it.
Report = tuple[ScalarNode, str, str]

_CURLY = '“”„‟‘’‚«»"'
_NO_SPACE = re.compile(r"([a-z_]+):(\S.*)\Z", re.DOTALL)


def pieced_together(
    text: str, entries: Entries, pieces: Sequence[tuple[str, ScalarNode]]
) -> Iterator[tuple[Report, dict[str, tuple[ScalarNode, Node]]]]:
    """Yield what to report about pieces without a value, and the entries that were meant.

    `entries` are those that have a value, `pieces` the others in the file's order, each after the key before it.
    `text` is the whole file's.
    """
    for key, group in groupby(pieces, lambda piece: piece[0]):
        run = [piece for _, piece in group]
        if unspaced := [piece for piece in run if _NO_SPACE.match(piece.text)]:
            yield _without_spaces(unspaced)
        rest = [piece for piece in run if piece not in unspaced]
        known = [piece for piece in rest if piece.text in known_keys()]
        for piece in known:
            yield (piece, f"{quoted(piece.text)} has no value", f"write {piece.text}: and its value"), {}
        if rest := [piece for piece in rest if piece not in known]:
            yield _after_comma(text, entries.get(key), rest)


def _without_spaces(pieces: Sequence[ScalarNode]) -> tuple[Report, dict[str, tuple[ScalarNode, Node]]]:
    """`{id:half, due:2026-06-30}`: one report for all of them."""
    meant: dict[str, tuple[ScalarNode, Node]] = {}
    for piece in pieces:
        key, value = _NO_SPACE.match(piece.text).groups()  # type: ignore[union-attr]  # it matched before
        middle = piece.start + len(key)
        column = piece.column + len(key) + 1
        meant[key] = (
            ScalarNode(key, piece.line, piece.column, piece.start, middle, plain=True),
            ScalarNode(value, piece.line, column, middle + 1, piece.end, plain=True),
        )
    spelled = ", ".join(f"{key}: {value.text}" for key, (_, value) in meant.items() if isinstance(value, ScalarNode))
    message = f"missing space after the colon in {quoted(pieces[0].text)}"
    return (pieces[0], message, f"write {spelled}"), meant


def _after_comma(
    text: str, entry: tuple[ScalarNode, Node] | None, pieces: Sequence[ScalarNode]
) -> tuple[Report, dict[str, tuple[ScalarNode, Node]]]:
    """`{target: 120,000}`, `{by: ana-abel, lea-lund}` or `{note: Good half, really}`."""
    first = pieces[0]
    if entry is None or not isinstance(value := entry[1], ScalarNode) or not value.plain or not value.text:
        help = "commas separate the keys between { }: quote text that has one"
        return (first, f"{quoted(first.text)} has no value", help), {}
    key, whole = entry[0].text, text[value.start : pieces[-1].end]
    number = number_spelling(whole)
    end = pieces[-1].end
    number = number_spelling(whole)
    meant: Node
    if NUMBER.match(number):
        meant = value._replace(text=number, end=end)
        message, help = f"{quoted(whole)} is not a number: the comma begins the next key", f"write {key}: {number}"
    elif ids := ids_between_commas(whole):
        meant = SequenceNode((value, *pieces), value.line, value.column, value.start, end)
        message, help = f"a list of {len(ids)} needs brackets", f"write {key}: [{', '.join(ids)}]"
    else:
        plain = whole.strip(_CURLY) if whole[0] in _CURLY else whole
        meant = value._replace(text=plain, end=end)
        message, help = "text with a comma needs quotes between { }", f"write {key}: {in_quotes(plain)}"
    return (value, message, help), {key: (entry[0], meant)}
