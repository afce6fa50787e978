"""`goals agree --sign`, `goals signers` and `goals proof`, with keys that ssh-keygen made."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

GOAL = "moses-frase/new-business"
MOSES = "sellers/moses-frase.yaml"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def make_key(folder: Path, name: str, kind: str = "ed25519") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    command = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", name, "-f", name]
    subprocess.run(command, cwd=folder, check=True)
    return folder / name


@pytest.fixture
def home(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Moses's home folder, with the key that he pushes with; no agent runs."""
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    make_key(home / ".ssh", "id_ed25519")
    return home


@pytest.fixture
def keys(home: Path, house: Path) -> dict[str, Path]:
    """The keys of seller and leader, which goals/signers has."""
    found = {"moses-frase": home / ".ssh" / "id_ed25519", "dustin-brinkmann": make_key(home, "dustin", "ecdsa")}
    lines = (f"{who} {key.with_name(f'{key.name}.pub').read_text(encoding='utf-8')}" for who, key in found.items())
    (house / "signers").write_text("".join(lines), encoding="utf-8")
    return found


def test_a_goal_is_signed_with_the_key_that_one_pushes_with(house: Path, keys: dict[str, Path]) -> None:
    result = run("agree", GOAL, "--by", "moses-frase", "--sign", "--understood", "Retail first")
    assert result.exit_code == 0, result.output
    text = (house / MOSES).read_text(encoding="utf-8")
    assert "        understood: Retail first\n        terms: sha256:" in text
    assert "\n        sig: U1NIU0lH" in text
    assert run("check").output == "checked 3 files, 5 goals: no problems found\n"
    assert run("proof", GOAL).output == "2017-07-31 moses-frase signed these terms\n"


def test_both_sign_and_the_proof_says_so(house: Path, keys: dict[str, Path]) -> None:
    for who, key in keys.items():
        assert run("agree", GOAL, "--by", who, "--sign", "--key", str(key)).exit_code == 0
    book = (house / "handbook.yaml").read_text(encoding="utf-8")
    (house / "handbook.yaml").write_text(book + "proof: signed\n", encoding="utf-8")
    found = run("check", "--all").output
    assert f"run goals agree {GOAL}" not in found
    assert "run goals agree moses-frase/negotiation --sign" in found  # only said


def test_ssh_keygen_verifies_what_proof_writes(house: Path, keys: dict[str, Path]) -> None:
    for who, key in keys.items():
        run("agree", GOAL, "--by", who, "--sign", "--key", str(key), "--understood", "Großkunden zuerst")
    printed = run("proof", GOAL, "--write", "proof").output.splitlines()
    commands = [line.strip() for line in printed if line.startswith("  ssh-keygen")]
    assert len(commands) == 2
    for command in commands:
        arguments, _, statement = command.partition(" < ")
        said = Path(statement).read_bytes()
        assert subprocess.run(shlex.split(arguments), input=said, check=False, capture_output=True).returncode == 0
        assert subprocess.run(shlex.split(arguments), input=said + b" ", check=False, capture_output=True).returncode


def test_a_signature_over_other_terms_is_stale_and_the_goal_says_so(house: Path, keys: dict[str, Path]) -> None:
    for who, key in keys.items():
        run("agree", GOAL, "--by", who, "--sign", "--key", str(key), "--on", "2017-07-30")
    text = (house / MOSES).read_text(encoding="utf-8")
    (house / MOSES).write_text(text.replace("target: 260_000", "target: 300_000"), encoding="utf-8")
    assert "moses-frase signed other terms than today's" in run("proof", GOAL).output
    assert "GH407" in run("check", "--all").output  # without git, and without an adjustment


def test_the_terms_are_printed_as_they_are_signed(house: Path) -> None:
    assert run("proof", GOAL, "--terms").output.startswith(
        '{"due":"2017-12-31","kind":"production","landmarks.q2.due":"2017-06-30"'
    )
    assert run("proof", GOAL).output == f"{GOAL}: nobody has signed it\n"


def test_an_agent_signs_where_there_is_no_file(
    house: Path, keys: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    socket = tmp_path / "agent"
    started = subprocess.run(["ssh-agent", "-s", "-a", str(socket)], check=True, capture_output=True, text=True).stdout
    agent = {"SSH_AUTH_SOCK": str(socket), "SSH_AGENT_PID": started.partition("SSH_AGENT_PID=")[2].partition(";")[0]}
    try:
        for name, value in agent.items():
            monkeypatch.setenv(name, value)
        subprocess.run(["ssh-add", "-q", str(keys["moses-frase"])], check=True, capture_output=True)
        keys["moses-frase"].unlink()
        assert run("agree", GOAL, "--by", "moses-frase", "--sign").exit_code == 0
    finally:
        subprocess.run(["ssh-agent", "-k"], check=True, capture_output=True, env={**os.environ, **agent})
    assert run("proof", GOAL).output == "2017-07-31 moses-frase signed these terms\n"


REFUSED = {
    "two people with one signature": (
        ["agree", GOAL, "--by", "moses-frase", "--by", "dustin-brinkmann", "--sign"],
        "a signature is by one person: name one with --by",
    ),
    "somebody else's key": (["agree", GOAL, "--by", "dustin-brinkmann", "--sign"], "is moses-frase's, not dustin-brinkmann's"),
    "a file that is no key": (["agree", GOAL, "--by", "moses-frase", "--sign", "--key", "goals/handbook.yaml"], "help: name a file that ssh-keygen made"),
    "a key of a person who is not there": (["signers", "add", "anna"], 'unknown person "anna"'),
    "a line that is no key": (["signers", "add", "moses-frase", "ssh-dss AAAA"], "this line has no person followed by a public key"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_not_written(house: Path, keys: dict[str, Path], arguments: list[str], says: str) -> None:
    before = {path: path.read_bytes() for path in house.rglob("*") if path.is_file()}
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.output
    assert {path: path.read_bytes() for path in house.rglob("*") if path.is_file()} == before


def test_without_a_key_it_says_how_to_make_one(house: Path, home: Path) -> None:
    for file in (home / ".ssh").iterdir():
        file.unlink()
    result = run("agree", GOAL, "--by", "moses-frase", "--sign")
    assert (result.exit_code, "make one with ssh-keygen -t ed25519" in result.output) == (2, True)


def test_the_first_key_needs_no_signature_and_the_next_one_does(house: Path, home: Path) -> None:
    assert run("signers", "add", "moses-frase").exit_code == 0
    assert not (house / "signers.sig").exists()
    dustin = make_key(home, "dustin")
    public = dustin.with_suffix(".pub").read_text(encoding="utf-8").strip()
    result = run("signers", "add", "dustin-brinkmann", public)
    assert result.exit_code == 0, result.output
    lines = (house / "signers").read_text(encoding="utf-8").splitlines()
    options = 'namespaces="goal-handbook",valid-after="20170731Z"'
    assert [line.partition(" ssh-")[0] for line in lines] == [f"moses-frase {options}", f"dustin-brinkmann {options}"]
    said, _, signature = (house / "signers.sig").read_text(encoding="ascii").partition("\n")
    assert said.startswith('{"before":"sha256:')
    assert signature.startswith("-----BEGIN SSH SIGNATURE-----\n")


def test_no_key_of_a_person_is_left_when_they_expire(house: Path, keys: dict[str, Path]) -> None:
    other = (house / "signers").read_text(encoding="utf-8").splitlines()[1].partition(" ")[2]
    text = (house / "signers").read_text(encoding="utf-8")
    for line in (f'"moses-frase" {other}', f"moses-frase\t{other}", f'moses-frase valid-before="20200101Z" {other}'):
        (house / "signers").write_text(f"{text}{line}\n", encoding="utf-8")
        result = run("signers", "expire", "moses-frase", "--on", "2017-07-20", "--key", str(keys["dustin-brinkmann"]))
        assert (result.exit_code, "line 3 of goals/signers has a key of moses-frase" in result.output) == (2, True)


def test_keys_expire(house: Path, keys: dict[str, Path]) -> None:
    run("agree", GOAL, "--by", "moses-frase", "--sign", "--on", "2017-07-10")
    result = run("signers", "expire", "moses-frase", "--on", "2017-07-20", "--key", str(keys["dustin-brinkmann"]))
    assert result.exit_code == 0, result.output
    assert run("proof", GOAL).output == "2017-07-10 moses-frase signed these terms\n"
    refused = run("agree", GOAL, "--by", "moses-frase", "--sign")
    assert (refused.exit_code, "counted until 2017-07-20" in refused.output) == (2, True)
    again = run("signers", "expire", "moses-frase", "--key", str(keys["dustin-brinkmann"]))
    assert (again.exit_code, "has no key in goals/signers that still counts" in again.output) == (2, True)
