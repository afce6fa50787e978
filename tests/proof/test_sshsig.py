"""A signature is worth what `ssh-keygen -Y verify` says it is worth."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from goal_handbook.proof.signers import read_signers
from goal_handbook.proof.sshsig import armored, signer_of, unarmored
from goal_handbook.proof.wire import BadSignature

from .signing import KINDS, NAMESPACE, Key, make_key, string

MESSAGE = b'{"day":"2017-07-30","format":"1"}'


def ssh_keygen_says(tmp_path: Path, allowed: str, signature: str, message: bytes = MESSAGE) -> bool:
    """Whether ssh-keygen takes a signature for one of Moses's over a message."""
    (tmp_path / "signers").write_text(allowed + "\n", encoding="utf-8")
    (tmp_path / "sig").write_text(armored(signature), encoding="ascii")
    command = ["ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "moses-frase", "-n", NAMESPACE, "-s", "sig"]
    verify_time = ["-O", "verify-time=20170730Z"]
    done = subprocess.run([*command, *verify_time], input=message, cwd=tmp_path, capture_output=True, check=False)
    return done.returncode == 0


def we_say(allowed: str, signature: str, message: bytes = MESSAGE) -> bool:
    """Whether we do."""
    from datetime import date

    signers, findings = read_signers("signers", allowed.encode())
    if findings:
        return False
    try:
        key = signer_of(signature, message)
    except BadSignature:
        return False
    return not signers.why_not(("moses-frase",), key, date(2017, 7, 30))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hash", ["sha256", "sha512"])
def test_every_kind_of_key_signs(kind: str, hash: str, tmp_path: Path) -> None:
    key = make_key(kind)
    signature = key.sign(MESSAGE, hash=hash)
    assert signer_of(signature, MESSAGE) == key.public
    assert ssh_keygen_says(tmp_path, f"moses-frase {key.line}", signature)


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_what_ssh_keygen_signs_is_right(kind: str, tmp_path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", "key"], cwd=tmp_path, check=True)
    sign = ["ssh-keygen", "-q", "-Y", "sign", "-n", NAMESPACE, "-f", "key"]
    done = subprocess.run(sign, input=MESSAGE, cwd=tmp_path, check=True, capture_output=True)
    signature = unarmored(done.stdout.decode())
    public = (tmp_path / "key.pub").read_text(encoding="utf-8").split()[1]
    assert signer_of(signature, MESSAGE) == base64.b64decode(public)
    assert armored(signature) == done.stdout.decode()


def flipped(signature: str, at: int) -> str:
    data = bytearray(base64.b64decode(signature))
    data[at] ^= 1
    return base64.b64encode(bytes(data)).decode()


def mixed(key: Key) -> str:
    """A signature by one key in an envelope that names another."""
    other = make_key(seed=b"dustin")
    whole = base64.b64decode(key.sign(MESSAGE))
    return base64.b64encode(whole.replace(string(key.public), string(other.public), 1)).decode()


WRONG: dict[str, Callable[[Key], str]] = {
    "over something else": lambda key: key.sign(b"{}"),
    "for another purpose": lambda key: key.sign(MESSAGE, "git"),
    "with a bit of the key flipped": lambda key: flipped(key.sign(MESSAGE), 40),
    "with a bit of the signature flipped": lambda key: flipped(key.sign(MESSAGE), -3),
    "cut off": lambda key: key.sign(MESSAGE)[:-8],
    "with more after its end": lambda key: base64.b64encode(base64.b64decode(key.sign(MESSAGE)) + b"x").decode(),
    "by a key that it does not name": mixed,
    "that is none": lambda _: base64.b64encode(b"SSHSIG and so on").decode(),
    "that is empty": lambda _: "",
}


@pytest.mark.parametrize("make", WRONG.values(), ids=WRONG)
def test_a_wrong_signature_is_refused_by_both(make: Callable[[Key], str], tmp_path: Path) -> None:
    key = make_key()
    signature = make(key)
    with pytest.raises(BadSignature, match=r"^(is|was|does|has|mixes|lacks) "):
        signer_of(signature, MESSAGE)
    assert not ssh_keygen_says(tmp_path, f"moses-frase {key.line}", signature)


ALLOWED = {
    "moses-frase {key}": True,
    'moses-frase namespaces="goal-handbook" {key} a comment': True,
    'moses-frase namespaces="git,goal-*" {key}': True,
    "ana-abel,moses-frase {key}": True,
    'moses-frase valid-after="20170730Z" {key}': True,
    'moses-frase valid-before="20170730Z" {key}': True,
    'moses-frase valid-after="20170101Z",valid-before="20171231Z" {key}': True,
    "# Moses\n\nmoses-frase {other}\nmoses-frase {key}": True,
    "ana-abel {key}": False,
    "moses-frase {other}": False,
    'moses-frase namespaces="git" {key}': False,
    'moses-frase namespaces="!goal-handbook,*" {key}': False,
    'moses-frase valid-after="20170731Z" {key}': False,
    'moses-frase valid-before="20170729Z" {key}': False,
    "": False,
    # what hides a key from whoever reads the file, or lets one through that was not meant
    "# a comment\u2028moses-frase {key}": False,
    "# a comment\x0bmoses-frase {key}": False,
    "# a comment\x0cmoses-frase {key}": False,
    "# a comment\x85moses-frase {key}": False,
    "# a comment\rmoses-frase {key}": False,
    "moses-frase\xa0{key}": False,
    "\ufeffmoses-frase {key}": False,
    "moses-frase\t{key}": True,
    "  moses-frase {key}": True,
    "moses-frase {key}\r\n": True,
    "# moses-frase\r\nmoses-frase {key}\r\n": True,
    "dustin-brinkmann {other} moses-frase {key}": False,
    "dustin-brinkmann # moses-frase {key}": False,
    "moses-frase": False,
    "moses-frase ssh-ed25519": False,
    "MOSES-FRASE {key}": False,
    "moses-frase-2 {key}": False,
    "moses {key}": False,
    "!moses-frase,* {key}": False,
    'moses-frase namespaces="" {key}': False,
    "moses-frase namespaces {key}": False,
    "moses-frase namespaces=goal-handbook {key}": False,
    'moses-frase namespaces="Goal-Handbook" {key}': False,
    'moses-frase namespaces="goal-[h]andbook" {key}': False,
    'moses-frase namespaces="goal-handboo?" {key}': True,
    'moses-frase namespaces="goal.handbook" {key}': False,
    'moses-frase namespaces="git" namespaces="goal-handbook" {key}': False,
    'moses-frase namespaces="git",namespaces="goal-handbook" {key}': False,
    'moses-frase valid-before="20180101Z" valid-after="20170101Z" {key}': False,
    'moses-frase valid-before="soon" {key}': False,
    'moses-frase valid-before="" {key}': False,
    "moses-frase valid-before {key}": False,
    "moses-frase valid-before=20180101Z {key}": False,
    'moses-frase valid-before="20170101Z",valid-before="20180101Z" {key}': False,
    "moses-frase no-touch-required {key}": False,
    'moses-frase "namespaces="goal-handbook"" {key}': False,
    'moses-frase namespaces="goal-handbook {key}': False,
    'moses-frase valid-before="20170101Z" {key}\nmoses-frase {key}': True,
    'moses-frase namespaces="git" {key}\nmoses-frase {key}': True,
    "moses-frase {key}\nmoses-frase {key}": True,
}
#: What ssh-keygen takes, and this program does not.
STRICTER = (
    "* {key}",
    "moses-* {key}",
    "moses-frase,* {key}",
    "moses-frase,moses@maventech.example {key}",
    '"moses-frase,Moses Frase" {key}',
    "MOSES-FRASE,moses-frase {key}",
    "moses-frase cert-authority {key}\nmoses-* {key}",
    'moses-frase NAMESPACES="goal-handbook" {key}',
    'moses-frase namespaces="goal-handbook",,valid-before="20180101Z" {key}',
    "nonsense\nmoses-frase {key}",
)


@pytest.mark.parametrize(("allowed", "is_right"), ALLOWED.items(), ids=ALLOWED)
def test_the_signers_are_read_as_ssh_keygen_reads_them(allowed: str, is_right: bool, tmp_path: Path) -> None:
    key, other = make_key(), make_key(seed=b"dustin")
    text = allowed.format(key=key.line, other=other.line)
    assert we_say(text, key.sign(MESSAGE)) is is_right
    assert ssh_keygen_says(tmp_path, text, key.sign(MESSAGE)) is is_right


@pytest.mark.parametrize("allowed", STRICTER)
def test_a_line_that_could_mean_somebody_else_does_not_count(allowed: str, tmp_path: Path) -> None:
    key = make_key()
    text = allowed.format(key=key.line)
    assert ssh_keygen_says(tmp_path, text, key.sign(MESSAGE))
    assert not we_say(text, key.sign(MESSAGE))


def test_ssh_keygen_is_there() -> None:
    assert shutil.which("ssh-keygen"), "these tests compare with it"
