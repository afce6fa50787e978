"""The name of the base: one that could mean two commits is refused with both, and none is chosen quietly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from ..changes.story import Story
from .cases import MOSES, Case, edit, marked, matches, prepare, refused

LOWERED = edit(MOSES, "target: 260_000", "target: 200_000")
REMOTE = "refs/remotes/origin/main"


def ref(name: str, commit: str = "HEAD") -> Callable[[Story], object]:
    """Give a ref to a commit, as a push or a fetch does."""
    return lambda story: story.git("update-ref", name, commit)


@dataclass(frozen=True)
class Name:
    """What refs there are besides the remote's main, the name that is given, and what is said of it."""

    what: str
    refs: tuple[str, ...]
    since: str
    message: str
    help: str


ATTACKS = (
    Name(
        "a tag named like the remote's branch",
        ("refs/tags/origin/main",),
        "origin/main",
        f'"origin/main" is ambiguous: refs/tags/origin/main and {REMOTE} have that name',
        f"name it in full: {REMOTE}",
    ),
    Name(
        "a branch named like the remote's branch",
        ("refs/heads/origin/main",),
        "origin/main",
        f'"origin/main" is ambiguous: refs/heads/origin/main and {REMOTE} have that name',
        f"name it in full: {REMOTE}",
    ),
    Name(
        "a tag and a branch named like it",
        ("refs/tags/origin/main", "refs/heads/origin/main"),
        "origin/main",
        f"refs/tags/origin/main and refs/heads/origin/main and {REMOTE} have that name",
        f"name it in full: {REMOTE}",
    ),
    Name(
        "a tag named like a commit before the remote's branch is asked for",
        ("refs/tags/origin/main",),
        "origin/main~0",
        '"origin/main" is ambiguous',
        f"name it in full: {REMOTE}",
    ),
    Name(
        "a tag named like the main branch",
        ("refs/tags/main",),
        "main",
        '"main" is ambiguous: refs/tags/main and refs/heads/main have that name',
        "name it in full: refs/heads/main",
    ),
    Name(
        "a branch named like a tag",
        ("refs/tags/v1", "refs/heads/v1"),
        "v1",
        '"v1" is ambiguous: refs/tags/v1 and refs/heads/v1 have that name',
        "name it in full: refs/heads/v1",
    ),
    Name(
        "a tag with the half-written name of a branch",
        ("refs/tags/heads/main",),
        "heads/main",
        '"heads/main" is ambiguous: refs/heads/main and refs/tags/heads/main have that name',
        "name it in full: refs/tags/heads/main",
    ),
    Name(
        "a tag with the half-written name of the remote's branch",
        ("refs/tags/remotes/origin/main",),
        "remotes/origin/main",
        f"{REMOTE} and refs/tags/remotes/origin/main have that name",
        "name it in full: refs/tags/remotes/origin/main",
    ),
    Name(
        "a tag named like a branch of the remote that was not fetched",
        ("refs/tags/origin/release",),
        "origin/release",
        '"origin/release" is refs/tags/origin/release, which only looks like a branch of a remote',
        "get the branch with git fetch, or name this one in full: refs/tags/origin/release",
    ),
    Name(
        "a tag with the full name of a branch that was not fetched",
        ("refs/tags/refs/remotes/origin/release",),
        "refs/remotes/origin/release",
        'unknown commit "refs/remotes/origin/release"',
        "list all names with git show-ref",
    ),
    Name(
        "a tag named like what was fetched last",
        ("refs/tags/FETCH_HEAD",),
        "FETCH_HEAD",
        '"FETCH_HEAD" is ambiguous: refs/tags/FETCH_HEAD and a commit have that name',
        "name it in full: refs/tags/FETCH_HEAD",
    ),
    Name(
        "a tag named like the remote itself",
        ("refs/remotes/origin/HEAD", "refs/tags/origin"),
        "origin",
        '"origin" is ambiguous: refs/tags/origin and refs/remotes/origin/HEAD have that name',
        "name it in full: refs/remotes/origin/HEAD",
    ),
)


def attacked(template: Path, folder: Path, refs: tuple[str, ...]) -> Story:
    """A branch whose only commit lowers a target, and refs that name this commit, as if it were the base."""
    story = prepare(Case("", ref(REMOTE, "main")), template, folder)
    LOWERED(story)
    story.commit("lowered", "2017-07-30")
    for name in refs:
        ref(name)(story)
    return story


@pytest.mark.parametrize("name", [pytest.param(n, id=n.what, marks=marked(n)) for n in ATTACKS])
def test_a_name_that_could_be_another_commit_is_refused(name: Name, template: Path, tmp_path: Path) -> None:
    story = attacked(template, tmp_path / "repository", name.refs)
    for command in (["check", "--since", name.since], ["diff", name.since]):
        result = CliRunner().invoke(main, [*command, "--dir", str(story.goals)])
        assert (result.exit_code, result.stdout) == (2, "")
        assert name.message in result.stderr
        assert f"help: {name.help}\n" in result.stderr


def test_a_branch_named_like_the_short_id_of_the_base_is_refused(template: Path, tmp_path: Path) -> None:
    story = attacked(template, tmp_path / "repository", ())
    short = story.git("rev-parse", "--short=8", "main")
    ref(f"refs/heads/{short}")(story)
    result = CliRunner().invoke(main, ["check", "--since", short, "--dir", str(story.goals)])
    assert f'"{short}" is ambiguous: refs/heads/{short} and a commit have that name' in result.stderr
    assert result.exit_code == 2


CAUGHT = (
    ("the remote's branch in full", ("refs/tags/origin/main", "refs/tags/refs/remotes/origin/main"), REMOTE),
    ("the branch in full", ("refs/tags/main", "refs/heads/heads/main"), "refs/heads/main"),
    ("the remote's branch where nothing else has its name", (), "origin/main"),
    ("the remote by its name alone", ("refs/remotes/origin/other",), "origin/main^0"),
    ("the commit before this one, with a tag named HEAD", ("refs/tags/HEAD", "refs/heads/HEAD"), "HEAD~1"),
)


@pytest.mark.parametrize(("what", "refs", "since"), CAUGHT, ids=[what for what, *_ in CAUGHT])
def test_a_name_with_one_meaning_is_compared_with(
    what: str, refs: tuple[str, ...], since: str, template: Path, tmp_path: Path
) -> None:
    found = refused(attacked(template, tmp_path / "repository", refs), since)
    assert matches(found, (("GH601", "target: 200_000"),)), found


def test_a_full_id_is_the_commit_whatever_is_called_so(template: Path, tmp_path: Path) -> None:
    story = attacked(template, tmp_path / "repository", ())
    base = story.git("rev-parse", "main")
    ref(f"refs/tags/{base}")(story)
    assert matches(refused(story, base), (("GH601", "target: 200_000"),))


def test_a_commit_that_is_replaced_in_this_clone_is_read_as_it_is(template: Path, tmp_path: Path) -> None:
    story = attacked(template, tmp_path / "repository", ())
    story.git("replace", "--force", story.git("rev-parse", "main"), "HEAD")
    assert matches(refused(story, "refs/heads/main"), (("GH601", "target: 200_000"),))
