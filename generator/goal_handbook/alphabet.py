"""Names in the order of a language's alphabet, and the letter each is listed under.

Python's own order puts Émile after Zoe, and Åsa before Bo even for Swedes. ICU knows better, but needs a
compiled library; this table has what it says of the letters that names begin with.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

#: The letter under which names are listed that begin with none.
OTHER = "#"
#: More first letters than any alphabet has; rarer ones are listed under OTHER, so that the list of letters stays short.
_LETTERS = 60

_NORDIC = {"sv": "zåäö", "fi": "zåäö", "da": "zæøå", "nb": "zæøå", "nn": "zæøå", "no": "zæøå", "is": "dð zþæö"}
_BALTIC = {"et": "sšzž wõäöü", "lt": "cč sš zž", "lv": "cč gģ kķ lļ nņ sš zž"}
_SLAVIC = {
    **dict.fromkeys(("bs", "hr", "sl"), "cčć dđ sš zž"),
    **dict.fromkeys(("cs", "sk"), "cč rř sš zž"),
    **dict.fromkeys(("bg", "ru"), "ий"),
    "be": "ий уў",
    "pl": "aą cć eę lł nń oó sś zźż",
    "uk": "гґ еє ії ий",
}
_OTHERS = {
    "az": "cç eə gğ hı oö sş uü",
    "es": "nñ",
    "gl": "nñ",
    "hu": "oöő uüű",
    "ro": "aăâ iî sș tț",
    "tr": "cç gğ hı oö sş uü",
}
#: Letters of their own, each after another one; in all other languages they are the same letter with an accent.
_OWN_LETTERS = {**_NORDIC, **_BALTIC, **_SLAVIC, **_OTHERS}
#: Letters that Unicode takes for letters of their own everywhere.
_PLAIN = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "e"})

#: What names are sorted by: their letters first, then their accents, then as they are written.
Key = tuple[tuple[tuple[str, int], ...], str, str]


@dataclass(frozen=True)
class Alphabet:
    """The alphabet of a locale (`sv_SE`)."""

    locale: str

    @cached_property
    def language(self) -> str:
        """The language of the locale: `sv`."""
        return self.locale.replace("-", "_").partition("_")[0].lower()

    @cached_property
    def _own(self) -> dict[str, tuple[str, int]]:
        groups = _OWN_LETTERS.get(self.language, "").split()
        return {letter: (group[0], at) for group in groups for at, letter in enumerate(group) if at}

    def key(self, name: str) -> Key:
        """Return what a name is sorted by."""
        return _key(self, name)

    def letter(self, name: str) -> str:
        """Return the letter a name is listed under: `M`, `É` as `E`; OTHER for a name that begins with none."""
        first = self._lower(name)[:1]
        if first in self._own:
            return first.upper()
        base = "".join(letter for letter, _ in self._weights(first))[:1]
        return base.upper() if base.isalpha() else OTHER

    def letters(self, names: Iterable[str]) -> dict[str, str]:
        """Return the letter that each name is listed under, in order; the rarest of too many share OTHER."""
        found = {name: self.letter(name) for name in sorted(names, key=self.key)}
        common = {letter for letter, _ in Counter(found.values()).most_common(_LETTERS)}
        listed = {name: letter if letter in common else OTHER for name, letter in found.items()}
        return dict(sorted(listed.items(), key=lambda pair: pair[1] == OTHER))

    def _lower(self, name: str) -> str:
        if self.language in {"az", "tr"}:
            name = name.replace("I", "ı").replace("İ", "i")
        return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.strip()).casefold())

    def _weights(self, letter: str) -> list[tuple[str, int]]:
        """A letter as the letters of the basic alphabet it is sorted by, without its accents."""
        if letter in self._own:
            return [self._own[letter]]
        plain = unicodedata.normalize("NFD", letter.translate(_PLAIN))
        return [(part, 0) for part in plain if not unicodedata.combining(part)]


@lru_cache(maxsize=65_536)
def _key(alphabet: Alphabet, name: str) -> Key:
    """What a name is sorted by. The same names are sorted for each list, and for each day that is looked back on."""
    lower = alphabet._lower(name)
    return tuple(weight for letter in lower for weight in alphabet._weights(letter)), lower, name
