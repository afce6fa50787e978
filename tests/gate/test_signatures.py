"""Signatures at the gate: what somebody else signed, or signed for something else, proves nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from .cases import BASE_DAY, BOOK, MOSES, TODAY, Case, both, cases, edit, matches, prepare, refused
from .signing import (
    BOTH_SIGN,
    DUSTIN_KEY,
    GOAL,
    LOWER,
    MOSES_KEY,
    NAMES_AGAIN,
    OLD_KEY,
    SIGNERS,
    STRANGER,
    STRICT,
    WITH_KEYS,
    asks_for,
    copy,
    digest_of_today,
    flip_a_bit,
    keys,
    rules,
    signed,
)

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
        "the rule for wrong signatures is switched off",
        both(rules("GH415: off"), signed(DUSTIN_KEY)),
        (("GH415", "sig: "), ("GH609", "rules:")),
        WITH_KEYS,
    ),
    Case(
        "its whole family is switched off",
        both(rules("GH4: off"), signed(DUSTIN_KEY)),
        (("GH415", "sig: "), ("GH609", "rules:")),
        WITH_KEYS,
    ),
    Case(
        "the rule for lines that are no keys is switched off",
        both(rules("GH416: off"), keys(SIGNERS + f"* {STRANGER.line}\n", DUSTIN_KEY)),
        (("GH416", "* "), ("GH609", "rules:")),
        WITH_KEYS,
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
