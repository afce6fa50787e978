"""Verifying signatures in process, beside ssh-keygen, which is started for each."""

from __future__ import annotations

import statistics
import subprocess
import time
from pathlib import Path

from tests.proof.signing import NAMESPACE, Key, make_key

from goal_handbook.proof.sshsig import armored, signer_of

from .results import Section, ratio

_USUAL = 1_000
#: So many are given to ssh-keygen.
_SAMPLE = 50


def verify(sellers: int | None, times: int, folder: Path) -> Section:
    """Verify a signature of each of so many sellers, of every kind of key."""
    count, rows = sellers or _USUAL, []
    for kind in ("ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"):
        key = make_key(kind)
        messages = [f'{{"day":"2017-07-30","goal":"seller-{i}/quota"}}'.encode() for i in range(count)]
        signatures = [key.sign(message) for message in messages]
        turns = [(_ours(key, signatures, messages), _theirs(key, signatures, messages, folder)) for _ in range(times)]
        ours, theirs = (statistics.median(values) * 1000 for values in zip(*turns, strict=True))
        rows.append([kind, f"{ours:.2f}", f"{theirs:.2f}", ratio(theirs, ours)])
    return Section(
        "Signatures",
        f"Verifying {count:,} signatures of agreements. `ssh-keygen` is started for each of a sample.",
        ["", "ms each", "ssh-keygen, ms each", "ssh-keygen ÷ ours"],
        rows,
    )


def _ours(key: Key, signatures: list[str], messages: list[bytes]) -> float:
    """The seconds that a signature takes."""
    signer_of(signatures[0], messages[0])  # what it imports is not part of it
    signer_of.cache_clear()
    begin = time.perf_counter()
    assert all(signer_of(s, m) == key.public for s, m in zip(signatures, messages, strict=True))
    return (time.perf_counter() - begin) / len(signatures)


def _theirs(key: Key, signatures: list[str], messages: list[bytes], folder: Path) -> float:
    """The seconds that a signature of a sample takes."""
    (folder / "signers").write_text(f"moses {key.line}\n", encoding="utf-8")
    command = ["ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "moses", "-n", NAMESPACE, "-s", "sig"]
    sample = list(zip(signatures, messages, strict=True))[:_SAMPLE]
    spent = 0.0
    for signature, message in sample:
        (folder / "sig").write_text(armored(signature), encoding="ascii")
        begin = time.perf_counter()
        subprocess.run(command, input=message, cwd=folder, check=True, capture_output=True)
        spent += time.perf_counter() - begin
    return spent / len(sample)
