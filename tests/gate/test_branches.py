"""How a change comes: as merges of many kinds, from old commits, squashed or rebased, into clones that lack something."""

from __future__ import annotations

from pathlib import Path

from ..changes.story import Story
from .cases import (
    BASE_DAY,
    LEADER,
    MOSES,
    Case,
    Edit,
    adjustment,
    agreement,
    both,
    cases,
    edit,
    matches,
    nothing,
    prepare,
    refused,
)
from .signing import BOTH_SIGN, DUSTIN_KEY, SIGNERS, STRANGER, WITH_KEYS, keys, signed

LOWERED = edit(MOSES, "target: 260_000", "target: 200_000")
BACK = edit(MOSES, "target: 200_000", "target: 260_000")
LOWER = (("GH601", "target: 200_000"),)
NOTE = edit(MOSES, "A fifth over", "Much over")
#: A new reading of a leader's, and another reason: what a branch may have too.
HOURS = edit(
    LEADER,
    "    checkins:\n",
    "    checkins:\n      - {on: 2017-07-19, note: Three of six., spent: {hours: 24, money: 1_950}}\n",
)
#: 300,000 instead of 260,000, as both have agreed.
RAISED = both(
    edit(MOSES, "target: 260_000", "target: 300_000"),
    edit(MOSES, "due: 2017-12-31, value: 260_000", "due: 2017-12-31, value: 300_000"),
    adjustment("2017-07-21", "field: target, was: 260_000, now: 300_000", "field: landmarks.year.value, was: 260_000, now: 300_000"),
    agreement("2017-07-21"),
)  # fmt: skip


def on(branch: str, *edits: Edit, start: str = "", day: str = "2017-07-25") -> Edit:
    """A commit on a branch, which begins at `start`."""

    def do(story: Story) -> None:
        story.git("checkout", "--quiet", *(("-b", branch, start) if start else (branch,)))
        both(*edits)(story)
        story.commit(f"on {branch}", day)

    return do


def merge(*branches: str, into: str = "", theirs: bool = False, evil: Edit = nothing) -> Edit:
    """A merge, with more in it than it merges where it is `evil`; `theirs` takes the other side as it is."""

    def do(story: Story) -> None:
        if into:
            story.git("checkout", "--quiet", into)
        story.git("merge", "--quiet", "--no-ff", "--no-commit", "--strategy-option=theirs", *branches)
        if theirs:
            story.git("checkout", branches[0], "--", "goals")
        evil(story)
        story.git("add", "--all")
        story.git("commit", "--quiet", "--message", "merge", day="2017-07-26")

    return do


def signed_at_the_end(story: Story) -> None:
    """Dustin's signature after what was agreed before, where no other branch writes."""
    signed(DUSTIN_KEY, by="dustin-brinkmann")(story)
    head, _, rest = story.read(MOSES).partition("    agreed:\n")
    item, _, rest = rest.partition("      - {on: 2017-01-20")
    line, _, rest = rest.partition("\n")
    story.write(MOSES, f"{head}    agreed:\n      - {{on: 2017-01-20{line}\n{item}{rest}")


def git(*command: str) -> Edit:
    return lambda story: story.git(*command, day="2017-07-27")


MAIN_MOVES_ON = both(on("side", NOTE, start="main"), on("main", RAISED, day="2017-07-21"))
STRANGERS = SIGNERS + f"moses-frase {STRANGER.line}\n"
#: A branch that says something, takes it back, and is merged.
TAKEN_BACK = (
    (
        BASE_DAY,
        both(
            on("side", keys(STRANGERS), LOWERED, start="main"),
            git("branch", "then"),
            on("side", keys(SIGNERS), BACK, NOTE),
            merge("side", into="main"),
        ),
    ),
)
GONE = ("GH604", "id: new-business")

ATTACKS = (
    Case("a merge brings more than it merges", both(on("side", NOTE, start="main"), on("change", HOURS), merge("side", evil=LOWERED)), LOWER),
    Case("a merge of three branches brings more than they have", both(on("one", NOTE, start="main"), on("two", HOURS, start="main"), git("checkout", "--quiet", "change"), merge("one", "two", evil=LOWERED)), LOWER),
    Case("a merge of main takes back what main has adjusted", both(on("change", NOTE), on("main", RAISED), merge("main", into="change", evil=git("checkout", "HEAD", "--", "goals"))), (("GH604", "on: 2017-01-20"), ("GH604", "id: new-business"), ("GH601", "target: 260_000"), ("GH601", "value: 260_000"))),
    Case("main's adjustment is reverted", both(git("revert", "--no-edit", "HEAD")), (("GH604", "on: 2017-01-20"), ("GH604", "id: new-business"), ("GH601", "target: 260_000"), ("GH601", "value: 260_000")), (("2017-07-21", RAISED),)),
    Case("a branch that crosses main twice takes back what main has adjusted", both(MAIN_MOVES_ON, merge("side", into="main"), on("cross", HOURS, start="side", day="2017-07-29"), merge("main~1", evil=git("checkout", "cross", "--", "goals"))), (("GH604", "on: 2017-01-20"), ("GH604", "id: new-business"), ("GH601", "target: 260_000"), ("GH601", "value: 260_000"))),
    Case("a branch begins where a merged one had other keys for a while", both(on("again", signed(STRANGER), start="then")), (("GH415", "sig: "), ("GH614", "moses"), *LOWER), (*WITH_KEYS, *TAKEN_BACK)),
    Case("main becomes the second parent of what is pushed", both(on("change", LOWERED), on("main", NOTE), merge("main", into="change")), LOWER),
    Case("a target is lowered, put back and lowered again", both(on("change", LOWERED), on("change", BACK), LOWERED), LOWER),
    Case("a target is lowered under many honest commits", both(on("change", LOWERED), on("change", NOTE), on("change", HOURS)), LOWER),
    Case("a squash hides the commit that lowers", both(on("side", LOWERED, start="main"), on("side", NOTE), git("checkout", "--quiet", "change"), git("merge", "--squash", "side")), LOWER),
    Case("a commit that lowers is picked from another branch", both(on("side", LOWERED, start="main"), git("checkout", "--quiet", "change"), git("cherry-pick", "side")), LOWER),
    Case("a merge with a strategy of its own drops what main has", both(on("main", RAISED), git("checkout", "--quiet", "change"), on("change", NOTE), git("merge", "--quiet", "--strategy=ours", "--message", "merge", "main")), (("GH604", "on: 2017-01-20"), ("GH604", "id: new-business"), ("GH601", "target: 260_000"), ("GH601", "value: 260_000"))),
    Case("a branch that was merged before goes on with a lower target", both(on("side", NOTE, start="main"), merge("side", into="main"), on("side", LOWERED)), LOWER),
    Case("a rename is split over two commits, and the target lowered between", both(on("change", edit(MOSES, "id: new-business", "id: business\n    formerly: [new-business]")), on("change", LOWERED)), LOWER),
)  # fmt: skip

HONEST = (
    Case("main merged into the branch", both(on("change", NOTE), on("main", RAISED), merge("main", into="change"))),
    Case("three branches merged at once", both(on("one", NOTE, start="main"), on("two", HOURS, start="main"), git("checkout", "--quiet", "change"), merge("one", "two"))),
    Case("a branch and main that cross twice", both(MAIN_MOVES_ON, merge("side", into="main"), on("cross", edit(MOSES, "Large buyers have", "Our buyers have"), start="side"), merge("main~1"))),
    Case("a branch that goes on after it was merged", both(on("side", RAISED, start="main"), merge("side", into="main"), on("side", NOTE))),
    Case("a branch that goes on after it was squashed", both(on("side", RAISED, start="main"), git("checkout", "--quiet", "main"), git("merge", "--squash", "side"), git("commit", "--quiet", "--message", "squashed"), on("side", NOTE))),
    Case("an old branch, while main has moved on", both(on("change", NOTE), on("main", RAISED), git("checkout", "--quiet", "change"))),
    Case("an adjustment that was rebased", both(on("change", RAISED), on("main", NOTE, day="2017-07-21"), git("checkout", "--quiet", "change"), git("rebase", "--quiet", "main"))),
    Case("seller and leader sign on a branch each, and both are merged", both(on("one", signed(), start="main"), on("two", signed_at_the_end, start="main"), git("checkout", "--quiet", "change"), merge("one"), merge("two")), (), WITH_KEYS),
    Case("signed changes that were squashed", both(on("side", BOTH_SIGN, start="main"), on("side", NOTE), git("checkout", "--quiet", "change"), git("merge", "--squash", "side")), (), WITH_KEYS),
    Case("a revert of a revert", both(on("change", NOTE), git("revert", "--no-edit", "HEAD"), git("revert", "--no-edit", "HEAD"))),
    Case("keys that were added on a branch and taken out again", both(on("change", keys(STRANGERS)), on("change", keys(SIGNERS))), (), WITH_KEYS),
    Case("a target that was lowered on a branch and put back", both(on("change", LOWERED), on("change", BACK))),
)  # fmt: skip


@cases(ATTACKS)
def test_an_attack_is_refused_where_it_is(case: Case, template: Path, tmp_path: Path) -> None:
    found = refused(prepare(case, template, tmp_path / "repository"), today=case.today)
    assert matches(found, case.expected), found


@cases(HONEST)
def test_an_honest_change_is_not_refused(case: Case, template: Path, tmp_path: Path) -> None:
    assert refused(prepare(case, template, tmp_path / "repository"), today=case.today) == []
