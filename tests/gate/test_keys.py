"""The file of keys: what it says to ssh-keygen it says here, and nobody gets a key into it by a way around."""

from __future__ import annotations

from pathlib import Path

from .cases import BOOK, Case, cases, matches, prepare, refused
from .signing import MOSES_KEY, SIGNERS, STRANGER, WITH_KEYS, keys, signed
from .test_base import BREAK_BOOK, again, move_folder, pushed, remove

STRANGERS = SIGNERS + f"moses-frase {STRANGER.line}\n"
SIGNED = (*WITH_KEYS, ("2017-07-21", signed(on="2017-07-21")))

ATTACKS = (
    # the base is not read as usual
    Case("keys swapped while handbook.yaml is repaired", lambda s: (again(BOOK)(s), keys(STRANGERS)(s)), (("GH614", "moses"),), (*WITH_KEYS, *pushed(BREAK_BOOK))),
    Case("keys swapped in the push that breaks handbook.yaml", again(BOOK), (("GH614", "moses"),), (*WITH_KEYS, *pushed(lambda s: (BREAK_BOOK(s), keys(STRANGERS)(s))))),
    Case("keys removed while handbook.yaml is repaired", lambda s: (again(BOOK)(s), remove("signers")(s)), (("GH614", ""),), (*WITH_KEYS, *pushed(BREAK_BOOK))),
    Case("keys swapped while the folder moves", move_folder("plan", keys(STRANGERS)), (("GH614", "moses"),), WITH_KEYS),
    Case("keys left behind while the folder moves", move_folder("plan", remove("signers")), (("GH614", ""),), WITH_KEYS),
)  # fmt: skip

HONEST = (
    Case("handbook.yaml repaired in a house where people sign", again(BOOK), (), (*SIGNED, *pushed(BREAK_BOOK))),
    Case("the folder moved in a house where people sign", move_folder("plan"), (), SIGNED),
    Case("keys changed and signed for while the folder moves", move_folder("plan", keys(STRANGERS, MOSES_KEY)), (), WITH_KEYS),
)  # fmt: skip


@cases(ATTACKS)
def test_an_attack_is_refused_where_it_is(case: Case, template: Path, tmp_path: Path) -> None:
    found = refused(prepare(case, template, tmp_path / "repository"), today=case.today)
    assert matches(found, case.expected), found


@cases(HONEST)
def test_an_honest_change_is_not_refused(case: Case, template: Path, tmp_path: Path) -> None:
    assert refused(prepare(case, template, tmp_path / "repository"), today=case.today) == []
