"""Names in any script: compared without accents, and turned into ids."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: How long an id that is derived from a name gets.
_LENGTH = 40


def folded(text: str) -> str:
    """Return a text in small ASCII letters, for comparing: `Łukasz` is `lukasz`, `王芳` is `wang fang`."""
    return " ".join(_ascii(text).lower().split())


def id_of(name: str) -> str:
    """Return an id derived from a name: `Müller & Co` becomes `muller-co`; "" for one without letters or digits."""
    words = re.sub(r"[^a-z0-9]+", "-", _ascii(name).lower()).strip("-")
    return words[:_LENGTH].strip("-")


def letters(text: str) -> str:
    """Return the letters and digits of a text, for comparing words: `each seller` and `each-seller` are the same."""
    return re.sub("[^a-z0-9]", "", folded(text))


def matching(typed: str, texts: Sequence[str]) -> list[int]:
    """Return which of some texts somebody means by a few letters: all of them without any.

    It is the one that is typed in full, those that begin with it, or those with words that begin so, in this order.
    """
    plain, words = [folded(text) for text in texts], folded(typed).split()
    whole = " ".join(words)
    for fits in (
        lambda text: text == whole,
        lambda text: text.startswith(whole),
        lambda text: all(any(part.startswith(word) for part in re.split("[^a-z0-9]+", text)) for word in words),
        lambda text: all(word in text for word in words),
    ):
        if found := [index for index, text in enumerate(plain) if fits(text)]:
            return found
    return []


def _ascii(text: str) -> str:
    """A text in ASCII, with a space before each word of a script that has none between them."""
    if text.isascii():
        return text
    from anyascii import anyascii

    return "".join(_letter(character, anyascii(character)) for character in text)


def _letter(character: str, ascii: str) -> str:
    """A character in ASCII: a syllable such as `王` is a word of its own, which `ß` and an emoji's colons are not."""
    is_syllable = ascii[:1].isupper() and not character.isupper()
    return f" {ascii}" if is_syllable else ascii
