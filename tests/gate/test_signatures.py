"""Signatures at the gate: what somebody else signed, or signed for something else, proves nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main
from goal_handbook.model.records import Agreement
from goal_handbook.proof.sshsig import armored
from goal_handbook.proof.statement import signers_statement, statement, terms_digest
from goal_handbook.source.load import load

from ..changes.story import Story
from ..proof.signing import Key, make_key
from .cases import (
    BASE_DAY,
    BOOK,
    MOSES,
    TEAM,
    TODAY,
    Case,
    Edit,
    adjustment,
    both,
    cases,
    edit,
    matches,
    nothing,
    prepare,
    refused,
)

GOAL = "moses-frase/new-business"
MOSES_KEY, DUSTIN_KEY, STRANGER = make_key(seed=b"moses"), make_key(seed=b"dustin"), make_key(seed=b"stranger")
SIGNERS = (
    f'moses-frase namespaces="goal-handbook" {MOSES_KEY.line}\n'
    f'dustin-brinkmann namespaces="goal-handbook" {DUSTIN_KEY.line}\n'
)
NEXT = "  - id: negotiation\n"


def signed(
    key: Key = MOSES_KEY,
    by: str = "moses-frase",
    on: str = "2017-07-30",
    goal: str = GOAL,
    into: str = "",
    namespace: str = "goal-handbook",
    before: Edit = nothing,
    **also: str,
) -> Edit:
    """An agreement signed by a key over the terms that a goal has (after `before`), written under a goal."""

    def do(story: Story) -> None:
        kept = {path: story.read(path) for path in (MOSES, TEAM, BOOK)}
        before(story)
        handbook = load(story.goals, "goals").handbook
        assert handbook
        item = {"on": on, "by": by, **also, "terms": terms_digest(handbook, goal)}
        said = statement(handbook, goal, Agreement.model_validate({**item, "sig": "none"}))
        for path, text in kept.items():
            story.write(path, text)
        lines = "".join(f"        {name}: {value}\n" for name, value in item.items() if name != "on")
        text = f"      - on: {on}\n{lines}        sig: {key.sign(said, namespace)}\n"
        head, _, rest = story.read(MOSES).partition(f"  - id: {(into or goal).partition('/')[2]}\n")
        start, _, end = rest.partition("    agreed:\n")
        story.write(MOSES, f"{head}  - id: {(into or goal).partition('/')[2]}\n{start}    agreed:\n{text}{end}")

    return do


def keys(text: str, *sign_with: Key) -> Edit:
    """Another `goals/signers`, with a signature over the change."""

    def do(story: Story) -> None:
        before = story.read("signers").encode() if (story.goals / "signers").exists() else b""
        story.write("signers", text)
        for key in sign_with:
            story.write("signers.sig", armored(key.sign(signers_statement(before, text.encode()))))

    return do


def copy(source: str, to: str) -> Edit:
    return lambda story: story.write(to, story.read(source))


def asks_for(proof: str) -> Edit:
    return edit(BOOK, "currency: USD", f"currency: USD\nproof: {proof}")


def digest_of_today(story: Story) -> None:
    handbook = load(story.goals, "goals").handbook
    assert handbook
    text = story.read(MOSES)
    at = text.index("terms: sha256:")
    story.write(MOSES, text[:at] + f"terms: {terms_digest(handbook, GOAL)}" + text[at + len("terms: sha256:") + 64 :])


def flip_a_bit(story: Story) -> None:
    text = story.read(MOSES)
    at = text.index("sig: ") + 150
    story.write(MOSES, text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :])


WITH_KEYS = ((BASE_DAY, keys(SIGNERS)),)
STRICT = ((BASE_DAY, both(keys(SIGNERS), asks_for("signed"))),)
LOWER = both(
    edit(MOSES, "target: 260_000", "target: 240_000"),
    edit(MOSES, "due: 2017-12-31, value: 260_000", "due: 2017-12-31, value: 240_000"),
    adjustment(
        "2017-07-30",
        "field: target, was: 260_000, now: 240_000",
        "field: landmarks.year.value, was: 260_000, now: 240_000",
    ),
)
NAMES_AGAIN = edit(
    MOSES, "    agreed:\n", "    agreed:\n      - {on: 2017-07-30, by: [moses-frase, dustin-brinkmann]}\n"
)
OLD_KEY = SIGNERS.replace('moses-frase namespaces="goal-handbook"', 'moses-frase valid-before="20170715Z"')

ATTACKS = (
    Case("the leader signs in the seller's name", signed(DUSTIN_KEY), (("GH415", "sig: "),), WITH_KEYS),
    Case("a stranger signs in the seller's name", signed(STRANGER), (("GH415", "sig: "),), WITH_KEYS),
    Case("somebody signs, and nobody has a key", signed(STRANGER), (("GH415", "sig: "),)),
    Case(
        "the key comes with the change that it signs",
        both(keys(SIGNERS), signed()),
        (("GH415", "sig: "), ("GH609", "moses")),
    ),
    Case(
        "a stranger's key comes with the change that it signs",
        both(keys(SIGNERS + f"moses-frase {STRANGER.line}\n"), signed(STRANGER)),
        (("GH415", "sig: "), ("GH614", "moses")),
        WITH_KEYS,
    ),
    Case(
        "a stranger signs for the new key itself",
        keys(SIGNERS + f"moses-frase {STRANGER.line}\n", STRANGER),
        (("GH614", "moses"),),
        WITH_KEYS,
    ),
    Case("a key goes without a signature", keys(SIGNERS.splitlines()[0] + "\n"), (("GH614", "moses"),), WITH_KEYS),
    Case("all keys go", lambda s: (s.goals / "signers").unlink(), (("GH614", ""),), WITH_KEYS),
    Case(
        "old keys come back with the signature they once had",
        both(keys(SIGNERS), copy("old.sig.txt", "signers.sig")),
        (("GH614", "moses"),),
        (
            (BASE_DAY, both(keys(SIGNERS + f"moses-frase {STRANGER.line}\n"))),
            ("2017-07-21", both(keys(SIGNERS, DUSTIN_KEY), copy("signers.sig", "old.sig.txt"))),
            ("2017-07-22", keys(SIGNERS + f"moses-frase {STRANGER.line}\n# again\n", DUSTIN_KEY)),
        ),
    ),
    Case("a signature for git is used as one for a goal", signed(namespace="git"), (("GH415", "sig: "),), WITH_KEYS),
    Case(
        "a signature over another goal",
        signed(goal="moses-frase/negotiation", into=GOAL),
        (("GH415", "sig: "),),
        WITH_KEYS,
    ),
    Case(
        "the day is changed after signing",
        both(signed(), edit(MOSES, "on: 2017-07-30", "on: 2017-07-29")),
        (("GH415", "sig: "),),
        WITH_KEYS,
    ),
    Case(
        "the person is changed after signing",
        both(signed(), edit(MOSES, "by: moses-frase", "by: dustin-brinkmann")),
        (("GH415", "sig: "),),
        WITH_KEYS,
    ),
    Case(
        "what was understood is changed after signing",
        both(signed(understood="Retail first"), edit(MOSES, "Retail first", "Retail last")),
        (("GH415", "sig: "),),
        WITH_KEYS,
    ),
    Case(
        "where it was approved is made up",
        both(signed(), edit(MOSES, "        sig: ", "        via: github!1@4f2a9c1\n        sig: ")),
        (("GH415", "sig: "),),
        WITH_KEYS,
    ),
    Case("a person signs as the forge", signed(via="github!1@4f2a9c1"), (("GH415", "sig: "),), WITH_KEYS),
    Case(
        "the digest of today's terms is put over an old signature",
        both(LOWER, digest_of_today),
        (("GH415", "sig: "), ("GH604", "on: 2017-07-21"), ("GH607", "on: 2017-07-30")),
        (*WITH_KEYS, ("2017-07-21", signed(on="2017-07-21"))),
    ),
    Case("a bit of a signature is changed", both(signed(), flip_a_bit), (("GH415", "sig: "),), WITH_KEYS),
    Case(
        "an expired key signs a day it was still good on",
        signed(on="2017-07-10"),
        (("GH415", "sig: "), ("GH612", "on: 2017-07-10")),
        ((BASE_DAY, keys(OLD_KEY)),),
    ),
    Case("an expired key signs today", signed(), (("GH415", "sig: "),), ((BASE_DAY, keys(OLD_KEY)),)),
    Case(
        "the seller's signature is removed",
        copy("unsigned.txt", MOSES),
        (("GH604", "on: 2017-01-20"),),
        (*WITH_KEYS, ("2017-07-21", both(copy(MOSES, "unsigned.txt"), signed(on="2017-07-21")))),
    ),
    Case(
        "the leader types both names where signatures are asked for",
        both(LOWER, NAMES_AGAIN),
        (("GH615", "on: 2017-07-30"),),
        STRICT,
    ),
    Case(
        "the change that needs signatures stops asking for them",
        both(edit(BOOK, "proof: signed\n", ""), LOWER, NAMES_AGAIN),
        (("GH609", "format"), ("GH615", "on: 2017-07-30")),
        STRICT,
    ),
    Case(
        "only the seller signs, and the leader types a name",
        both(
            LOWER,
            signed(),
            edit(MOSES, "    agreed:\n", "    agreed:\n      - {on: 2017-07-30, by: dustin-brinkmann}\n"),
        ),
        (("GH615", "by: dustin-brinkmann"),),
        STRICT,
    ),
    Case(
        "a line of the keys is nonsense",
        keys(SIGNERS + "Moses Frase, his key\n", DUSTIN_KEY),
        (("GH416", "his key"),),
        WITH_KEYS,
    ),
    Case(
        "a pattern stands for everybody",
        keys(SIGNERS + f"* {STRANGER.line}\n", DUSTIN_KEY),
        (("GH416", "* "),),
        WITH_KEYS,
    ),
    Case(
        "an adjustment is signed before it is made",
        both(signed(), signed(DUSTIN_KEY, by="dustin-brinkmann"), LOWER),
        (("GH607", "on: 2017-07-30"),),
        WITH_KEYS,
    ),
)

BOTH_SIGN = both(signed(), signed(DUSTIN_KEY, by="dustin-brinkmann"))
HONEST = (
    Case("seller and leader sign the goal as it is", BOTH_SIGN, (), WITH_KEYS),
    Case("they sign where signatures are asked for", BOTH_SIGN, (), STRICT),
    Case("they adjust and sign again", both(LOWER, BOTH_SIGN), (), STRICT),
    Case("a seller signs what they understood", signed(understood="Retail first"), (), WITH_KEYS),
    Case("somebody adds a key and signs for it", keys(SIGNERS + f"moses-frase {STRANGER.line}\n", MOSES_KEY), (), WITH_KEYS),
    Case("a key expires with a leader's signature", keys(OLD_KEY.replace("20170715", "20170731"), DUSTIN_KEY), (), WITH_KEYS),
    Case(
        "what was signed with a key that has expired since stays signed",
        edit(MOSES, "A fifth over", "Much over"),
        (),
        (*WITH_KEYS, ("2017-07-21", signed(on="2017-07-21")), ("2017-07-22", keys(OLD_KEY.replace("20170715", "20170722"), DUSTIN_KEY))),
    ),
    Case("a signed goal is renamed", edit(MOSES, "id: new-business", "id: business\n    formerly: [new-business]"), (), (*WITH_KEYS, ("2017-07-21", signed(on="2017-07-21")))),
    Case("a comment is added to the keys", keys("# whose keys count\n" + SIGNERS, DUSTIN_KEY), (), WITH_KEYS),
)  # fmt: skip


@cases(ATTACKS)
def test_an_attack_is_refused_where_it_is(case: Case, template: Path, tmp_path: Path) -> None:
    found = refused(prepare(case, template, tmp_path / "repository"), today=case.today)
    assert matches(found, case.expected), found


@cases(HONEST)
def test_an_honest_change_is_not_refused(case: Case, template: Path, tmp_path: Path) -> None:
    assert refused(prepare(case, template, tmp_path / "repository"), today=case.today) == []


def test_two_signatures_in_one_commit_are_two_peoples_words(template: Path, tmp_path: Path) -> None:
    story = prepare(Case("", BOTH_SIGN, main=WITH_KEYS), template, tmp_path / "repository")
    assert refused(story, without=frozenset()) == []


@pytest.mark.parametrize(("proof", "severity"), [("said", "warning"), ("approved", "error")])
def test_two_names_of_one_author_are_an_error_where_a_name_is_not_enough(
    template: Path, tmp_path: Path, proof: str, severity: str
) -> None:
    house = ((BASE_DAY, both(keys(SIGNERS), asks_for(proof))),)
    story = prepare(Case("", both(LOWER, NAMES_AGAIN), main=house), template, tmp_path / "repository")
    result = CliRunner().invoke(
        main, ["check", "--dir", str(story.goals), "--since", "main", "--as-of", TODAY, "--format", "json"]
    )
    found = {f["code"]: f["severity"] for f in json.loads(result.stdout)["findings"]}
    assert found["GH613"] == severity
    assert "GH615" not in found
