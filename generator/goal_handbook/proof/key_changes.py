"""`goals/signers.sig`: the changes of `goals/signers`, the oldest first, each signed by somebody whose key was there.

A change is a statement, in one line, and its signature. The statement names the keys before and after, and all that
was signed before it: so none can be left out, and none counts a second time.
"""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass

from ..source.folder import FORGE, SIGNERS, SIGNERS_SIGNATURE, SourceFile
from ..source.load import Loaded
from .signers import Signers
from .sshsig import signer_of, unarmored
from .statement import FORMAT, canonical, digest
from .wire import BadSignature

_CHANGE = re.compile(rb"(\{[^\n]*\})\n(-----BEGIN SSH SIGNATURE-----\n[^-]*-----END SSH SIGNATURE-----\n)")


@dataclass(frozen=True)
class KeyFiles:
    """`goals/signers` and `goals/signers.sig`, each empty where there is none, with a line feed after each line."""

    keys: bytes = b""
    log: bytes = b""

    def statement(self, keys: bytes) -> bytes:
        """Return what is signed with a change to other keys."""
        return _statement(digest(self.keys), self.log, digest(as_in_git(keys)))

    def changed(self, keys: bytes, signature: str) -> KeyFiles:
        """Return the files after a change to other keys; the signature has its lines around it."""
        return KeyFiles(as_in_git(keys), self.log + self.statement(keys) + b"\n" + as_in_git(signature.encode()))


def key_files(loaded: Loaded) -> KeyFiles:
    """Return the two files of a version."""
    files = (signers_file(loaded, name) for name in (SIGNERS, SIGNERS_SIGNATURE))
    return KeyFiles(*(as_in_git(file.data) if file else b"" for file in files))


def signers_file(loaded: Loaded, name: str = SIGNERS) -> SourceFile | None:
    """Return `goals/signers` (or its signatures) as it was read, None without one."""
    return next((f for f in loaded.files if not f.folder and f.shown.rpartition("/")[2] == name), None)


def as_in_git(data: bytes) -> bytes:
    """Return a file as git keeps it: on Windows it may have another end of line once it is checked out."""
    return data.replace(b"\r\n", b"\n")


def why_not_signed(before: KeyFiles, now: KeyFiles, signers: Signers, day: datetime.date) -> str:
    """Return why a change of the keys does not count on a day, as a sentence without its full stop; "" if it does.

    Each step needs a signature by one of the `signers`, those of before.
    """
    if not now.log.startswith(before.log):
        return f"{SIGNERS_SIGNATURE} lacks what was signed before"
    if now.log == before.log:
        return "nobody who was in it has signed the change"
    keys, end = digest(before.keys), len(before.log)
    for step in _CHANGE.finditer(now.log, end):
        said, signature = step[1], unarmored(step[2].decode("ascii", "replace"))
        reached = _signers_of(said)
        if step.start() != end or said != _statement(keys, now.log[:end], reached):
            return f"{SIGNERS_SIGNATURE} signs another change"
        if problem := _why_not(signature, said, signers, day):
            return f"the signature in {SIGNERS_SIGNATURE} {problem}"
        keys, end = reached, step.end()
    is_whole = end == len(now.log) and keys == digest(now.keys)
    return "" if is_whole else f"{SIGNERS_SIGNATURE} signs another change"


def _why_not(signature: str, said: bytes, signers: Signers, day: datetime.date) -> str:
    try:
        key = signer_of(signature, said)
    except BadSignature as problem:
        return str(problem)
    entries = signers.by_key.get(key, ())
    reasons = [signer.why_not(day) for signer in entries if signer.person != FORGE]
    if not reasons:
        return "is by the forge's key, which signs only approvals" if entries else "is by a key that was not in it"
    return "" if "" in reasons else f"is by a key that {reasons[0]}"


def _statement(before: str, log: bytes, now: str) -> bytes:
    return canonical({"before": before, "earlier": digest(log), "format": FORMAT, "signers": now})


def _signers_of(said: bytes) -> str:
    """The digest of the keys after a change, "" where a statement names none."""
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return ""
    return str(found.get("signers", "")) if isinstance(found, dict) else ""
