"""`goals proof`: who signed a goal, whether these are its terms today, and how to check that without this program."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import AS_OF, DIR, Unusable, goals_folder, open_handbook, writing
from .targets import goal_reader

if TYPE_CHECKING:
    from ..model.handbook import Handbook
    from ..proof.verdicts import Proof

_SAYS = {
    "signed": "signed these terms",
    "approved": "approved these terms at the forge",
    "stale": "signed other terms than today's",
    "invalid": "has not signed this",
}


@click.command()
@click.argument("goal", metavar="OWNER/GOAL")
@click.option("--terms", "with_terms", is_flag=True, help="Print the terms as they are signed, in canonical JSON.")
@click.option(
    "--write", "into", type=click.Path(path_type=Path), metavar="DIR", help="Write what was signed, and each signature."
)
@AS_OF
@DIR
def proof(goal: str, with_terms: bool, into: Path | None, directory: Path, as_of: datetime.date | None) -> None:
    """Show who signed a goal's terms, and whether they are today's.

    With --write, each statement and its signature become files that ssh-keygen can verify without this program.
    """
    from ..proof.statement import canonical, resolved_terms

    workspace = open_handbook(directory, as_of)
    if workspace.assessment is None:
        raise Unusable("handbook.yaml has errors", "see goals check")
    handbook = workspace.assessment.handbook
    full_id = goal_reader(handbook.goals)(goal)
    if with_terms:
        click.echo(canonical(resolved_terms(handbook, full_id)))
        return
    found = [one for one in workspace.proofs.found if one.full_id == full_id]
    if not found:
        click.echo(f"{full_id}: nobody has signed it")
    for one in found:
        detail = f": {one.problem}" if one.problem else ""
        click.echo(f"{one.agreement.on} {one.agreement.by[0]} {_SAYS[one.verdict]}{detail}")
        if into:
            _write(handbook, one, into, goals_folder(directory))


def _write(handbook: Handbook, one: Proof, into: Path, goals: Path) -> None:
    """Write a statement and its signature, and print the command that verifies them."""
    from ..proof.sshsig import NAMESPACE, armored
    from ..proof.statement import statement
    from ..source.atomic import write_together
    from ..source.folder import FORGE

    agreement = one.agreement
    name = into / f"{one.full_id.replace('/', '_')}-{agreement.by[0]}-{agreement.on}"
    said, signed = name.with_name(f"{name.name}.json"), name.with_name(f"{name.name}.sig")
    with writing(into):
        write_together({
            said: statement(handbook, one.full_id, agreement), signed: armored(agreement.sig).encode("ascii")
        })  # fmt: skip
    who = FORGE if agreement.via else agreement.by[0]
    when = f"{agreement.on:%Y%m%d}Z"
    keys = f"-f {goals.as_posix()}/signers -I {who} -n {NAMESPACE} -O verify-time={when}"
    click.echo(f"  ssh-keygen -Y verify {keys} -s {signed.as_posix()} < {said.as_posix()}")
