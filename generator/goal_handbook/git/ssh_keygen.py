"""The only module that runs ssh-keygen: it signs with a person's own key, which never comes near this program."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from . import commands as git

_DEFAULTS = ("id_ed25519", "id_ed25519_sk", "id_ecdsa", "id_ecdsa_sk", "id_rsa")


class CannotSign(Exception):
    """There is no key, or ssh-keygen would not sign with it; the text says why, `help` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def public_key(folder: Path, key: Path | None = None) -> str:
    """Return the line of a public key, `ssh-ed25519 AAAA… comment`: of a file, or of the key that git pushes with.

    That is git's `user.signingkey` if it is one of SSH, or else the first key in ~/.ssh. Raises CannotSign.
    """
    if key is not None:
        return _read(key)
    configured = git.setting(folder, "user.signingkey")
    if configured.startswith(("key::", "ssh-", "ecdsa-", "sk-")):
        return configured.removeprefix("key::")
    found = [Path(configured).expanduser()] if configured and git.setting(folder, "gpg.format") == "ssh" else []
    for file in (*found, *_own_keys()):
        if file.with_name(f"{file.name.removesuffix('.pub')}.pub").exists():
            return _read(file)
    help = "name it with --key ~/.ssh/…, or make one with ssh-keygen -t ed25519"
    raise CannotSign("no SSH key of yours was found", help)


def sign(message: bytes, public: str, namespace: str, private: Path | None = None) -> str:
    """Return the signature over a message, with the lines around it, by the key that a public key belongs to.

    ssh-agent signs if it has the key, otherwise the file does; ssh-keygen asks for its passphrase itself. Raises
    CannotSign.
    """
    with tempfile.TemporaryDirectory() as folder:
        beside = private or _private_of(public)
        file = Path(folder) / "key.pub"
        file.write_text(public + "\n", encoding="utf-8")
        problem = "ssh-keygen is not installed"
        for path in filter(None, (file, beside)):
            command = ("ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", str(path))
            try:
                done = subprocess.run(command, input=message, capture_output=True, check=False)
            except FileNotFoundError:
                break
            if done.returncode == 0:
                return done.stdout.decode("ascii", "replace")
            problem = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2] or "ssh-keygen failed"
    raise CannotSign(problem, "load the key with ssh-add, or name its file with --key")


def _own_keys() -> Iterator[Path]:
    yield from (Path.home() / ".ssh" / name for name in _DEFAULTS)


def _private_of(public: str) -> Path | None:
    """The file of a private key in ~/.ssh that belongs to a public key."""
    wanted = public.split()[:2]
    for file in _own_keys():
        shown = file.with_name(f"{file.name}.pub")
        if shown.exists() and shown.read_text(encoding="utf-8", errors="replace").split()[:2] == wanted:
            return file
    return None


def _read(key: Path) -> str:
    file = key if key.suffix == ".pub" else key.with_name(f"{key.name}.pub")
    try:
        text = file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError as error:
        raise CannotSign(
            f"{file}: {error.strerror}", "name a file that ssh-keygen made, with its .pub beside it"
        ) from None
    if len(text.split()) < 2 or "\n" in text:
        raise CannotSign(f"{file} is not a public key", "name a file that ssh-keygen made, with its .pub beside it")
    return text
