"""`goals approve`: after a merge, sign for those who wrote or approved the change at the forge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .agree import signature_by
from .common import DIR, Unusable, goals_folder
from .edits import edit_files
from .targets import Target, open_to_write, without_empty

if TYPE_CHECKING:
    from ..model.records import Agreement
    from ..proof.forge import Approvals, Forge
    from ..source.edit import Edit
    from ..source.load import Loaded
    from ..workspace import Workspace

_ANSWER = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.option("--forge", type=click.Choice(["github", "gitlab"]), required=True, help="Whose answers these are.")
@click.option("--change", type=_ANSWER, required=True, metavar="FILE", help="What its API says of the change.")
@click.option("--approvals", type=_ANSWER, required=True, metavar="FILE", help="What its API says of the approvals.")
@click.option(
    "--key", type=_ANSWER, required=True, metavar="FILE", help="The job's own SSH key: forge in goals/signers."
)
@DIR
def approve(forge: Forge, change: Path, approvals: Path, key: Path, directory: Path) -> None:
    """Sign for those who wrote or approved a change at the forge.

    For a job on the main branch, after the merge. Whoever agreed by name in the change, and wrote or approved it under
    a login that goals/signers knew before it, gets an agreement signed by the job's own key. A second run adds nothing.
    """
    from ..proof.forge import BadAnswer, read_approvals

    workspace, _ = open_to_write(directory)
    try:
        found = read_approvals(forge, change.read_bytes(), approvals.read_bytes())
    except BadAnswer as problem:
        raise Unusable(str(problem), problem.help) from None
    versions = _versions(goals_folder(directory), forge, found)
    job = _Job(goals_folder(directory), workspace, versions, found, forge, key)
    edits: dict[str, list[Edit]] = {}
    for full_id, agreement, who in job.named():
        if job.is_as_approved(full_id):
            edits.setdefault(full_id.partition("/")[0], []).append(job.signed(full_id, agreement, who))
            click.echo(f"{who} agreed to {full_id}, as {found.via(forge)} says")
        else:
            click.echo(f"{who} is not signed for: the terms of {full_id} were others when the change was approved")
    if edits:
        edit_files(job.folder, workspace, edits)
    else:
        click.echo("there is nothing to sign")


@dataclass(frozen=True)
class _Versions:
    """The handbook where the change began, as it was approved, before the merge, and as merged."""

    base: Loaded
    approved: Loaded
    before: Loaded
    merged: Loaded


def _versions(folder: Path, forge: Forge, found: Approvals) -> _Versions:
    """Read what a change was and became. Raises Unusable, also if it was not merged into this branch."""
    from ..git import commands as git
    from ..git.history import handbook_at

    number = found.number
    head = f"refs/pull/{number}/head" if forge == "github" else f"refs/merge-requests/{number}/head"
    try:
        if not git.has_been(folder, found.merged_as):
            raise Unusable(f"this branch has never been {found.merged_as}", "run this on the branch it was merged into")
        names = (found.base, found.head, f"{found.merged_as}^1", found.merged_as)
        return _Versions(*(handbook_at(folder, git.commit_of(folder, name), name) for name in names))
    except git.BadRevision as error:
        help = f"get it with git fetch origin {head}" if found.head in str(error) else error.help
        raise Unusable(f"{folder.as_posix()}: {error}", help) from None
    except git.NoGit as error:
        raise Unusable(f"{folder.as_posix()}: {error}") from None


@dataclass(frozen=True)
class _Job:
    """What is signed, for whom, and with which key."""

    folder: Path
    workspace: Workspace
    versions: _Versions
    found: Approvals
    forge: Forge
    key: Path

    def people(self) -> frozenset[str]:
        """The people behind the logins, by what `goals/signers` said before the change and where it began.

        Both, because what was before a rebased change is another commit of the same change.
        """
        from ..proof.proofs import signers_of

        known = [signers_of(version).logins for version in (self.versions.before, self.versions.base)]
        logins = [(self.forge, login) for login in self.found.logins]
        return frozenset(
            known[0][login] for login in logins if login in known[0] and known[0][login] == known[1].get(login)
        )

    def named(self) -> Iterator[tuple[str, Agreement, str]]:
        """The agreements by name that the change brought, with each of these people they name, not signed for yet."""
        old, new, now = self.versions.before.handbook, self.versions.merged.handbook, self.workspace.handbook
        people = self.people()
        if old is None or new is None or now is None:
            return
        for full_id, goal in new.goals.items():
            known = old.goals[full_id].agreed if full_id in old.goals else ()
            present = now.goals[full_id].agreed if full_id in now.goals else ()
            signed_for = {who for a in present if a.via == self.found.via(self.forge) for who in a.by}
            for agreement in goal.agreed:
                if not agreement.sig and agreement not in known and agreement in present:
                    for who in agreement.by:
                        if who in people and who not in signed_for:
                            signed_for.add(who)
                            yield full_id, agreement, who

    def is_as_approved(self, full_id: str) -> bool:
        """Whether a goal was merged with the terms that were approved: the branch may have moved on meanwhile."""
        from ..proof.statement import terms_digest

        approved, merged = self.versions.approved.handbook, self.versions.merged.handbook
        return bool(
            approved
            and merged
            and full_id in approved.goals
            and terms_digest(approved, full_id) == terms_digest(merged, full_id)
        )

    def signed(self, full_id: str, agreement: Agreement, who: str) -> Edit:
        """One more agreement of the goal, to the terms that were merged, with the job's signature."""
        from ..model.records import Agreement
        from ..proof.sshsig import unarmored
        from ..proof.statement import statement, terms_digest
        from ..source.edit import Add

        merged = self.versions.merged.handbook
        if merged is None or self.workspace.handbook is None:  # only for the type checker
            raise Unusable("handbook.yaml has errors")
        item: dict[str, Any] = without_empty(
            on=str(agreement.on),
            by=who,
            understood=agreement.understood,
            terms=terms_digest(merged, full_id),
            via=self.found.via(self.forge),
        )
        said = statement(merged, full_id, Agreement.model_validate({**item, "sig": "none"}))
        item["sig"] = unarmored(signature_by(self.folder, said, self.key))
        target = Target(self.folder, self.workspace, self.workspace.handbook, full_id)
        return Add((*target.path, "agreed"), item)
