"""`goals signers`: add a person's key to those that count, or let it expire. Each change is signed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .agree import KEY, signature_by
from .common import DIR, Unusable, goals_folder, writing
from .edits import refuse_new_errors, show
from .targets import open_to_write, person_reader

if TYPE_CHECKING:
    from ..workspace import Workspace


@click.group()
def signers() -> None:
    """Say whose SSH keys count, in goals/signers."""


@signers.command()
@click.argument("person")
@click.argument("public_key", metavar="[KEY]", required=False)
@KEY
@DIR
def add(person: str, public_key: str | None, key: Path | None, directory: Path) -> None:
    """Add a person's public key.

    KEY is the line of a .pub file, or the file; without it, it is your own key. If there are keys already, the change
    is signed with yours (--key), which has to be one of them.
    """
    workspace, handbook = open_to_write(directory)
    who = person_reader(handbook)(person)
    line = _public_key(directory, public_key, key)
    start = f'{who} namespaces="goal-handbook",valid-after="{workspace.as_of:%Y%m%d}Z" '
    _change(directory, workspace, key, lambda text: f"{text}{start}{line}\n")


@signers.command()
@click.argument("person")
@click.option(
    "--on", metavar="DATE", help="The last day on which the key counts; default: as_of in handbook.yaml, or today."
)
@KEY
@DIR
def expire(person: str, on: str | None, key: Path | None, directory: Path) -> None:
    """Let all keys of a person expire.

    What they signed until then stays signed.
    """
    from .prompts import day

    workspace, handbook = open_to_write(directory)
    who = person_reader(handbook)(person)
    last = datetime.date.fromisoformat(day(on)) if on else workspace.as_of
    _change(directory, workspace, key, lambda text: _expired(text, who, last))


def _expired(text: str, person: str, last: datetime.date) -> str:
    """The file with a last day for each key of a person that has none. Raises Unusable without one."""
    lines, changed = [], False
    for line in text.splitlines(keepends=True):
        people, _, rest = line.partition(" ")
        if person in people.split(",") and "valid-before=" not in rest and not line.startswith("#"):
            options, has_options, key = rest.partition(" ") if '="' in rest.partition(" ")[0] else ("", "", rest)
            ends = f'{options}{"," if has_options else ""}valid-before="{last:%Y%m%d}Z"'
            line = f"{people} {ends} {key}"  # noqa: PLW2901
            changed = True
        lines.append(line)
    if not changed:
        raise Unusable(f"{person} has no key in goals/signers that still counts", "see goals/signers")
    expired = "".join(lines)
    _refuse_keys_left(expired, person, last)
    return expired


def _refuse_keys_left(text: str, person: str, last: datetime.date) -> None:
    """Raise Unusable where a key of a person counts beyond a day in a line that is written in a way of its own."""
    from ..proof.signers import read_signers

    for signer in read_signers("signers", text.encode("utf-8"))[0].keys:
        if signer.person == person and not (signer.before and signer.before <= last):
            message = f"line {signer.line} of goals/signers has a key of {person} that counts longer"
            raise Unusable(message, f'write valid-before="{last:%Y%m%d}Z" there')


def _public_key(directory: Path, given: str | None, key: Path | None) -> str:
    from ..git.ssh_keygen import CannotSign, public_key

    if given and " " in given:
        return given.strip()
    try:
        return public_key(goals_folder(directory), Path(given).expanduser() if given else key)
    except CannotSign as problem:
        raise Unusable(str(problem), problem.help) from None


def _change(directory: Path, workspace: Workspace, key: Path | None, edit: Callable[[str], str]) -> None:
    """Write the file as `edit` makes it and, if there was one, the signature over the change. Raises Unusable."""
    from ..proof.key_changes import key_files, signers_file
    from ..source.atomic import write_together
    from ..source.folder import SIGNERS, SIGNERS_SIGNATURE

    folder = goals_folder(directory)
    file = signers_file(workspace.loaded)
    before = file.data if file else b""
    text = before.decode("utf-8", "replace")
    after = edit(text if not text or text.endswith("\n") else f"{text}\n").encode("utf-8")
    contents = {SIGNERS: after}
    if file:
        files = key_files(workspace.loaded)
        signature = signature_by(folder, files.statement(after), key)
        contents[SIGNERS_SIGNATURE] = files.changed(after, signature).log
    with writing(folder / SIGNERS, lock=folder):
        refuse_new_errors(workspace, contents)
        write_together({folder / name: data for name, data in contents.items()})
    show(folder / SIGNERS, text, after.decode("utf-8"))
