"""What a forge's API says about a merged change: its author, and who approved it as it was merged.

Sources: GitHub's REST API, "Get a pull request" and "List reviews for a pull request"; GitLab's REST API, "Get single
MR" and "Get configuration and approvals of a merge request". Anybody can choose a login, so it is taken for a person
only by `Signers.logins`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Forge = Literal["github", "gitlab"]

_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
#: So many characters of a commit's id are enough to find it again.
_SHORT = 12


class BadAnswer(Exception):
    """An answer that is none about a merged change; the text says why, `help` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


@dataclass(frozen=True, slots=True)
class Approvals:
    """A merged change: its number, its commits, and the logins of those who wrote or approved it.

    It was merged as the commit `merged_as`, and approved as `head`, which began at `base`.
    """

    number: int
    merged_as: str
    head: str
    base: str
    logins: frozenset[str]

    def via(self, forge: Forge) -> str:
        """Return where the approval was seen: `github!123@4f2a9c1d22aa`."""
        return f"{forge}!{self.number}@{self.head[:_SHORT]}"


def read_approvals(forge: Forge, change: bytes, approvals: bytes) -> Approvals:
    """Return what the two answers of an API say. Raises BadAnswer."""
    return _READERS[forge](_json(change), _json(approvals))


def _github(pull: Any, reviews: Any) -> Approvals:
    """An approval counts if it is the latest word of a person on the commit that was merged."""
    head = _sha(_in(pull, "head", "sha"))
    if _in(pull, "merged") is not True:
        raise BadAnswer("the pull request is not merged", "run this after the merge")
    if not isinstance(reviews, list):
        raise BadAnswer("the reviews are no list", "save what /pulls/NUMBER/reviews answers")
    latest: dict[str, bool] = {}
    for review in sorted(reviews, key=lambda r: str(_maybe(r, "submitted_at"))):
        login, state = _person(_maybe(review, "user")), _maybe(review, "state")
        if login and state in {"APPROVED", "CHANGES_REQUESTED", "DISMISSED"}:
            latest[login] = state == "APPROVED" and _maybe(review, "commit_id") == head
    approved = {login for login, is_approved in latest.items() if is_approved}
    author = _person(_in(pull, "user"))
    merged_as, base = _sha(_in(pull, "merge_commit_sha")), _sha(_in(pull, "base", "sha"))
    return Approvals(_number(pull, "number"), merged_as, head, base, _some(approved, author))


def _gitlab(request: Any, approvals: Any) -> Approvals:
    """GitLab keeps approvals by person; whether a new commit takes them back is a setting of the project."""
    if _in(request, "state") != "merged":
        raise BadAnswer("the merge request is not merged", "run this after the merge")
    given = _in(approvals, "approved_by")
    if not isinstance(given, list):
        raise BadAnswer("approved_by is no list", "save what /merge_requests/IID/approvals answers")
    approved = {login for one in given if (login := _person(_maybe(one, "user"), "username"))}
    merged_as = _maybe(request, "merge_commit_sha") or _maybe(request, "squash_commit_sha") or _in(request, "sha")
    author = _person(_in(request, "author"), "username")
    head, base = _sha(_in(request, "sha")), _sha(_in(request, "diff_refs", "base_sha"))
    return Approvals(_number(request, "iid"), _sha(merged_as), head, base, _some(approved, author))


_READERS: Mapping[Forge, Callable[[Any, Any], Approvals]] = {"github": _github, "gitlab": _gitlab}


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise BadAnswer("this is not JSON", "save what the forge's API answers, whole") from None


def _in(answer: Any, *path: str) -> Any:
    """What an answer has to say at a path. Raises BadAnswer."""
    for key in path:
        if not isinstance(answer, dict) or key not in answer:
            raise BadAnswer(f'the answer has no "{".".join(path)}"', "save what the forge's API answers, whole")
        answer = answer[key]
    return answer


def _maybe(answer: Any, key: str) -> Any:
    return answer.get(key) if isinstance(answer, dict) else None


def _number(answer: Any, key: str) -> int:
    number = _in(answer, key)
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 10**9:
        raise BadAnswer(f'"{key}" is not the number of a change', "save what the forge's API answers, whole")
    return number


def _sha(value: Any) -> str:
    if not isinstance(value, str) or not _SHA.match(value):
        raise BadAnswer("there is no commit where one should be", "save what the forge's API answers, whole")
    return value


def _person(user: Any, name: str = "login") -> str:
    """The login of a person in lower case, as forges compare them; "" for a bot, and for what is no login.

    GitHub says of each whether it is a person (`User`), GitLab only of some bots that they are one.
    """
    login = _maybe(user, name)
    is_person = _maybe(user, "type") == "User" if name == "login" else _maybe(user, "bot") is not True
    return login.lower() if isinstance(login, str) and login.isascii() and is_person else ""


def _some(approved: set[str], author: str) -> frozenset[str]:
    return frozenset(filter(None, {*approved, author}))
