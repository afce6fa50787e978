"""Verifying signatures in process, compared with ssh-keygen in the same run: python -m benchmarks.signatures [N]."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.proof.signing import NAMESPACE, make_key

from goal_handbook.proof.sshsig import armored, signer_of

#: So many are given to ssh-keygen, which is started for each.
_SAMPLE = 50


def main(count: int) -> None:
    """Print the time for each kind of key, and how many times as long ssh-keygen takes."""
    for kind in ("ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"):
        key = make_key(kind)
        messages = [f'{{"day":"2017-07-30","goal":"seller-{i}/quota"}}'.encode() for i in range(count)]
        signatures = [key.sign(message) for message in messages]
        signer_of(signatures[0], messages[0])  # what it imports is not part of it
        signer_of.cache_clear()
        begun = time.perf_counter()
        assert all(signer_of(s, m) == key.public for s, m in zip(signatures, messages, strict=True))
        ours = time.perf_counter() - begun
        theirs = _ssh_keygen(key.line, signatures[:_SAMPLE], messages[:_SAMPLE]) / _SAMPLE * count
        print(f"{kind}: {count} signatures in {ours:.2f} s; ssh-keygen takes {theirs / ours:.0f} times as long")


def _ssh_keygen(line: str, signatures: list[str], messages: list[bytes]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "signers").write_text(f"moses {line}\n", encoding="utf-8")
        command = ["ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "moses", "-n", NAMESPACE, "-s", "sig"]
        spent = 0.0
        for signature, message in zip(signatures, messages, strict=True):
            (Path(folder) / "sig").write_text(armored(signature), encoding="ascii")
            begun = time.perf_counter()
            subprocess.run(command, input=message, cwd=folder, check=True, capture_output=True)
            spent += time.perf_counter() - begun
    return spent


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
