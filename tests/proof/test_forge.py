"""What a forge says of a merged change: its author and those who approved what was merged, and nobody else.

The answers in tests/data/forge have the shape of the forges' public documentation.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goal_handbook.proof.forge import BadAnswer, Forge, read_approvals

DATA = Path(__file__).parent.parent / "data" / "forge"
HEAD = "4f2a9c1d22aa4f2a9c1d22aa4f2a9c1d22aa4f2a"
OLDER = "a" * 40
FILES: dict[Forge, tuple[str, str]] = {
    "github": ("github-pull.json", "github-reviews.json"),
    "gitlab": ("gitlab-merge-request.json", "gitlab-approvals.json"),
}
Change = Callable[[Any, Any], object]


def logins(forge: Forge, change: Change = lambda pull, reviews: None) -> frozenset[str]:
    """Whom the answers name, after a change of them."""
    one, other = (json.loads((DATA / name).read_text(encoding="utf-8")) for name in FILES[forge])
    change(one, other)
    return read_approvals(forge, json.dumps(one).encode(), json.dumps(other).encode()).logins


@pytest.mark.parametrize("forge", FILES)
def test_the_author_and_who_approved_are_named(forge: Forge) -> None:
    one, other = ((DATA / name).read_bytes() for name in FILES[forge])
    found = read_approvals(forge, one, other)
    assert (found.number, found.merged_as, found.logins) == (123, "9" * 40, frozenset({"mfrase", "dbrinkmann"}))
    assert found.via(forge) == f"{forge}!123@4f2a9c1d22aa"


def review(login: str, state: str, at: str = "2017-07-30T12:00:00Z", commit: str = HEAD, kind: str = "User") -> Change:
    item = {"user": {"login": login, "type": kind}, "state": state, "commit_id": commit, "submitted_at": at}
    return lambda pull, reviews: reviews.append(item)


GITHUB: dict[str, tuple[Change, set[str]]] = {
    "an approval of an older commit": (lambda p, r: r[1].update(commit_id=OLDER), {"mfrase"}),
    "an approval that was dismissed": (lambda p, r: r[1].update(state="DISMISSED"), {"mfrase"}),
    "an approval taken back by a later review": (review("dbrinkmann", "CHANGES_REQUESTED"), {"mfrase"}),
    "an approval after asking for changes": (review("dbrinkmann", "CHANGES_REQUESTED", "2017-07-29T00:00:00Z"), {"mfrase", "dbrinkmann"}),
    "a comment after the approval": (review("dbrinkmann", "COMMENTED"), {"mfrase", "dbrinkmann"}),
    "a bot that approves": (review("renovate[bot]", "APPROVED", kind="Bot"), {"mfrase", "dbrinkmann"}),
    "a bot that wrote it": (lambda p, r: p["user"].update(type="Bot"), {"dbrinkmann"}),
    "a login in capitals": (review("CLosch", "APPROVED"), {"mfrase", "dbrinkmann", "closch"}),
    "a login of look-alike letters": (review("dbr\u0456nkmann", "APPROVED"), {"mfrase", "dbrinkmann"}),
    "a user who is gone": (lambda p, r: r[1].update(user=None), {"mfrase"}),
    "an author who is gone": (lambda p, r: p.update(user=None), {"dbrinkmann"}),
    "an author who approves their own": (review("mfrase", "APPROVED"), {"mfrase", "dbrinkmann"}),
    "reviews that are no reviews": (lambda p, r: r.extend([None, 7, "APPROVED", [], {}]), {"mfrase", "dbrinkmann"}),
    "nobody who approved": (lambda p, r: r.clear(), {"mfrase"}),
}  # fmt: skip


@pytest.mark.parametrize(("change", "named"), GITHUB.values(), ids=GITHUB)
def test_on_github_the_latest_word_on_what_was_merged_counts(change: Change, named: set[str]) -> None:
    assert logins("github", change) == named


GITLAB: dict[str, tuple[Change, set[str]]] = {
    "nobody who approved": (lambda m, a: a["approved_by"].clear(), {"mfrase"}),
    "a bot that wrote it": (lambda m, a: m["author"].update(bot=True), {"dbrinkmann"}),
    "an approval by nobody": (lambda m, a: a["approved_by"].append({"user": None}), {"mfrase", "dbrinkmann"}),
    "a squash": (lambda m, a: m.update(merge_commit_sha=None, squash_commit_sha="8" * 40), {"mfrase", "dbrinkmann"}),
}


@pytest.mark.parametrize(("change", "named"), GITLAB.values(), ids=GITLAB)
def test_on_gitlab_approvals_are_by_person(change: Change, named: set[str]) -> None:
    assert logins("gitlab", change) == named


REFUSED: dict[str, tuple[Forge, Change, str]] = {
    "a pull request that is open": ("github", lambda p, r: p.update(merged=False), "is not merged"),
    "merged in words": ("github", lambda p, r: p.update(merged="yes"), "is not merged"),
    "a merge request that is open": ("gitlab", lambda m, a: m.update(state="opened"), "is not merged"),
    "no head": ("github", lambda p, r: p.pop("head"), 'no "head.sha"'),
    "a head that is no commit": ("github", lambda p, r: p["head"].update(sha="main; rm -rf /"), "no commit where one should be"),
    "no number": ("github", lambda p, r: p.update(number="123"), "is not the number of a change"),
    "a number that is a truth": ("github", lambda p, r: p.update(number=True), "is not the number of a change"),
    "a huge number": ("gitlab", lambda m, a: m.update(iid=10**30), "is not the number of a change"),
    "no merge commit": ("github", lambda p, r: p.update(merge_commit_sha=None), "no commit where one should be"),
    "no list of approvals": ("gitlab", lambda m, a: a.update(approved_by={}), "approved_by is no list"),
    "no author": ("github", lambda p, r: p.pop("user"), 'no "user"'),
}  # fmt: skip


@pytest.mark.parametrize(("forge", "change", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_answer_about_a_merged_change_is_refused(forge: Forge, change: Change, says: str) -> None:
    with pytest.raises(BadAnswer, match=says) as refused:
        logins(forge, change)
    assert refused.value.help


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"null", b"[]", b"7", b'"x"', b"[" * 100_000, b"\xff", b'{"message":"Not Found"}']
)
@pytest.mark.parametrize("forge", FILES)
def test_any_other_bytes_are_refused(forge: Forge, data: bytes) -> None:
    one, other = ((DATA / name).read_bytes() for name in FILES[forge])
    for pair in ((data, other), (data, data)):
        with pytest.raises(BadAnswer):
            read_approvals(forge, *pair)
    with pytest.raises(BadAnswer):
        assert read_approvals(forge, one, data).logins == {"mfrase"}
        raise BadAnswer("an empty list of reviews is one too", "")
