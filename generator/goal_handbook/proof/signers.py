"""`goals/signers`: whose key is whose, written as OpenSSH's allowed_signers file (ssh-keygen(1))."""

from __future__ import annotations

import base64
import binascii
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..findings import Finding, Location
from ..model.spellings import SLUG
from ..model.values import quoted
from .sshsig import NAMESPACE

_KEY_TYPE = re.compile(
    r"(?:ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|ssh-rsa|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)\Z"
)
#: What ssh-keygen takes for a space.
_SPACES = " \t\r"
_OPTION = re.compile(r'([a-z-]+)="([^"]+)"(?:,|\Z)')
_OPTIONS = ("namespaces", "valid-after", "valid-before")
_LOGIN = re.compile(r"#\s*login\s+(github|gitlab)\s+(\S+)\s+(\S+)\s*\Z")
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{4}(?:[0-9]{2})?)?Z?\Z")


@dataclass(frozen=True, slots=True)
class Signer:
    """A person's key and the days on which it counts, both included; `line` is where the file says so."""

    person: str
    key: bytes
    after: datetime.date | None = None
    before: datetime.date | None = None
    namespaces: tuple[str, ...] = ()
    line: int = 1

    def why_not(self, day: datetime.date, namespace: str = NAMESPACE) -> str:
        """Return why the key does not count on a day, as the end of a sentence; "" if it does."""
        if self.namespaces and not _matches(namespace, self.namespaces):
            return f'is only for "{",".join(self.namespaces)}"'
        if self.after and day < self.after:
            return f"counts from {self.after} on"
        return f"counted until {self.before}" if self.before and self.before < day else ""


@dataclass(frozen=True)
class Signers:
    """The keys of a handbook, and the logins by which a forge knows its people."""

    keys: tuple[Signer, ...] = ()
    logins: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> Mapping[bytes, tuple[Signer, ...]]:
        """The entries of each key."""
        found: dict[bytes, list[Signer]] = {}
        for signer in self.keys:
            found.setdefault(signer.key, []).append(signer)
        return {key: tuple(entries) for key, entries in found.items()}

    def why_not(self, ids: Sequence[str], key: bytes, day: datetime.date) -> str:
        """Return why a key is not on a day that of a person with these ids, as the end of a sentence; "" if it is."""
        entries = self.by_key.get(key, ())
        theirs = [signer.why_not(day) for signer in entries if signer.person in ids]
        if not theirs:
            owners = sorted({signer.person for signer in entries})
            return f"is {owners[0]}'s, not {ids[0]}'s" if owners else f"is not in goals/signers as {ids[0]}'s"
        return "" if "" in theirs else theirs[0]


def read_signers(path: str, data: bytes) -> tuple[Signers, list[Finding]]:
    """Return the keys in a `signers` file, and a GH416 for each line that is none; such a line is left out."""
    keys: list[Signer] = []
    logins: dict[tuple[str, str], str] = {}
    findings: list[Finding] = []
    lines = data.decode("utf-8", "replace").split("\n")  # as ssh-keygen reads it: no other character ends a line
    for number, line in enumerate(lines, start=1):
        text = line.strip(_SPACES)
        if login := _LOGIN.match(text):
            logins[login[1], login[2].casefold()] = login[3]
        elif text and not text.startswith("#"):
            try:
                keys += _signers(text, number)
            except _BadLine as problem:
                findings.append(Finding("GH416", Location(path, number, 1), problem.message, problem.help, line))
    return Signers(tuple(keys), logins), findings


class _BadLine(Exception):
    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message, self.help = message, help


_LIKE = 'write a line such as: moses-frase namespaces="goal-handbook" ssh-ed25519 AAAA…'


def _signers(text: str, line: int) -> Iterator[Signer]:
    """The entries of a line, one for each person it names. Raises _BadLine."""
    people, options, key = _parts(text)
    namespaces = tuple(filter(None, options.get("namespaces", "").split(",")))
    for person in people:
        if not SLUG.match(person):
            message = f"{quoted(person)} is not a person's id"
            raise _BadLine(message, "name the person as their file is called, without .yaml; patterns do not count")
        yield Signer(person, key, _day(options, "valid-after"), _day(options, "valid-before"), namespaces, line)


def _parts(text: str) -> tuple[list[str], Mapping[str, str], bytes]:
    words = _words(text)
    at = next((i for i, word in enumerate(words) if _KEY_TYPE.match(word)), 0)
    if at not in {1, 2} or len(words) <= at + 1:
        raise _BadLine("this line has no person followed by a public key", _LIKE)
    try:
        key = base64.b64decode(words[at + 1], validate=True)
    except (binascii.Error, ValueError):
        key = b""
    kind = words[at].encode()
    if not key.startswith(len(kind).to_bytes(4, "big") + kind):
        raise _BadLine(f"this is not a public key of the kind {words[at]}", "copy the whole line of the .pub file")
    return words[0].strip('"').split(","), _options(words[1]) if at == 2 else {}, key


def _words(text: str) -> list[str]:
    """The words of a line; what is in quotes has spaces. Nothing of a line whose quotes do not close."""
    return re.findall(r'(?:[^ \t\r"]|"[^"]*")+', text) if text.count('"') % 2 == 0 else []


def _options(text: str) -> Mapping[str, str]:
    """The options of a line, each with its value and once, as ssh-keygen asks for. Raises _BadLine."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        match = _OPTION.match(text, at)
        if match is None or match[1] not in _OPTIONS or match[1] in found or not match[2].strip(", "):
            raise _BadLine(
                f"the option {quoted(text[at:])} does not count here",
                'use namespaces, valid-after and valid-before once each, such as namespaces="goal-handbook"',
            )
        found[match[1]] = match[2]
        at = match.end()
    return found


def _day(options: Mapping[str, str], name: str) -> datetime.date | None:
    if name not in options:
        return None
    try:
        match = _DAY.match(options[name])
        return datetime.date(*map(int, match.groups())) if match else datetime.date.fromisoformat("")
    except ValueError:
        raise _BadLine(f"{quoted(options[name])} is not a day", f'write {name}="20170901Z"') from None


def _matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether a list of patterns has the name: `*` and `?` stand for anything, and `!` in front excludes."""
    found = [pattern for pattern in patterns if _as_regex(pattern.removeprefix("!")).fullmatch(name)]
    return bool(found) and not any(pattern.startswith("!") for pattern in found)


def _as_regex(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."))
