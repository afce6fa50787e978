"""The file of keys: what it says to ssh-keygen it says here, and nobody gets a key into it by a way around."""

from __future__ import annotations

from pathlib import Path

from ..changes.story import Story
from .cases import BASE_DAY, BOOK, MOSES, Case, Edit, both, cases, edit, matches, prepare, refused, write
from .signing import DUSTIN_KEY, MOSES_KEY, OLD_KEY, SIGNERS, STRANGER, WITH_KEYS, copy, keys, rules, signed
from .test_base import BREAK_BOOK, again, linked, move_folder, pushed, remove

FORGE = f"forge {STRANGER.line}\n"
STRANGERS = SIGNERS + f"moses-frase {STRANGER.line}\n"
SIGNED = (*WITH_KEYS, ("2017-07-21", signed(on="2017-07-21")))
#: Two changes of the keys, each signed for; the second takes back the first.
TWICE = (
    *WITH_KEYS,
    ("2017-07-21", keys(STRANGERS, MOSES_KEY)),
    ("2017-07-22", keys(STRANGERS + "# more\n", DUSTIN_KEY)),
)
THERE_AND_BACK = (
    *WITH_KEYS,
    ("2017-07-21", both(keys(STRANGERS, MOSES_KEY), copy("signers.sig", "first.txt"))),
    ("2017-07-22", keys(SIGNERS, DUSTIN_KEY)),
)
BOTH_SIGN_WITH_ONE = both(signed(), signed(by="dustin-brinkmann"))


def called(former: str) -> Edit:
    """A former id of Moses."""
    return edit(MOSES, "name: Moses Frase\n", f"name: Moses Frase\nformerly: {former}\n")


def renamed(story: Story) -> None:
    """Moses's file under another name, with his goals and all they say of him."""
    text = (
        story.read(MOSES)
        .replace("moses-frase", "mo-frase")
        .replace("name: Moses", "formerly: moses-frase\nname: Moses")
    )
    (story.goals / MOSES).unlink()
    story.write("sellers/mo-frase.yaml", text)


def again_with_its_signature(story: Story) -> None:
    """The keys as they once were, with the signatures of then."""
    story.write("signers", STRANGERS)
    story.write("signers.sig", story.read("first.txt"))


ATTACKS = (
    # the base is not read as usual
    Case("keys swapped while handbook.yaml is repaired", lambda s: (again(BOOK)(s), keys(STRANGERS)(s)), (("GH614", "moses"),), (*WITH_KEYS, *pushed(BREAK_BOOK))),
    Case("keys swapped in the push that breaks handbook.yaml", again(BOOK), (("GH614", "moses"),), (*WITH_KEYS, *pushed(lambda s: (BREAK_BOOK(s), keys(STRANGERS)(s))))),
    Case("keys removed while handbook.yaml is repaired", lambda s: (again(BOOK)(s), remove("signers")(s)), (("GH614", ""),), (*WITH_KEYS, *pushed(BREAK_BOOK))),
    Case("keys swapped while the folder moves", move_folder("plan", keys(STRANGERS)), (("GH614", "moses"),), WITH_KEYS),
    Case("keys left behind while the folder moves", move_folder("plan", remove("signers")), (("GH614", ""),), WITH_KEYS),
    # who signs for the keys
    Case("the signatures for the keys are removed", remove("signers.sig"), (("GH614", ""),), TWICE),
    Case("the signatures for the keys are cut off", lambda s: s.write("signers.sig", s.read("signers.sig").partition("\n{")[0] + "\n"), (("GH614", "before"),), TWICE),
    Case("one of the signatures for the keys is edited", lambda s: s.write("signers.sig", s.read("signers.sig").replace("U1NI", "U1NJ", 1)), (("GH614", "before"),), TWICE),
    Case("a change of the keys is made again with the signature it once had", again_with_its_signature, (("GH614", "moses"),), THERE_AND_BACK),
    Case("keys are added a second time with all that was ever signed", keys(STRANGERS), (("GH614", "moses"),), THERE_AND_BACK),
    Case("one signature, and two changes", lambda s: (keys(STRANGERS, MOSES_KEY)(s), keys(STRANGERS + "# more\n")(s)), (("GH614", "moses"),), WITH_KEYS),
    Case("the second change is signed with the key of the first", lambda s: (keys(STRANGERS, MOSES_KEY)(s), keys(STRANGERS + "# more\n", STRANGER)(s)), (("GH614", "moses"),), WITH_KEYS),
    Case("an expired key signs for the keys", keys(STRANGERS, MOSES_KEY), (("GH614", "moses"),), ((BASE_DAY, keys(OLD_KEY)),)),
    Case("a signature for git signs for the keys", keys(STRANGERS, MOSES_KEY, namespace="git"), (("GH614", "moses"),), WITH_KEYS),
    Case("the forge's key signs for the keys", keys(STRANGERS + FORGE, STRANGER), (("GH614", "moses"),), ((BASE_DAY, keys(SIGNERS + FORGE)),)),
    Case("a login is added, so that a stranger may approve", keys(SIGNERS + "# login github stranger moses-frase\n"), (("GH614", "moses"),), WITH_KEYS),
    Case("a comment is changed in the file of keys", keys("# mine\n" + SIGNERS), (("GH614", "# mine"),), WITH_KEYS),
    Case("the file of keys becomes a link", linked("goals/signers", "keys"), (("GH114", ""), ("GH614", "")), WITH_KEYS),
    Case("the file of keys becomes a folder", lambda s: (remove("signers")(s), write("signers/moses-frase.yaml", "x")(s)), (("GH114", ""), ("GH614", "")), WITH_KEYS),
    # whose key it is
    Case("somebody claims to have been a person who left, with a key", both(called("gone-boss"), signed(STRANGER)), (("GH415", "sig: "),), ((BASE_DAY, keys(SIGNERS + f"gone-boss {STRANGER.line}\n")),)),
    Case("somebody claims to have been the forge", both(called("forge"), signed(STRANGER)), (("GH415", "sig: "),), ((BASE_DAY, keys(SIGNERS + FORGE)),)),
    Case("the seller claims to have been the leader, who signs for both", both(called("dustin-brinkmann"), signed(DUSTIN_KEY)), (("GH204", "formerly"), ("GH415", "sig: "), ("GH609", "name: Dustin")), WITH_KEYS),
    Case("with the rule for former ids switched off", both(rules("GH204: off"), called("dustin-brinkmann"), signed(DUSTIN_KEY)), (("GH204", "formerly"), ("GH415", "sig: "), ("GH609", "name: Dustin"), ("GH609", "rules:")), WITH_KEYS),
    Case("a person is called forge", write("sellers/forge.yaml", "name: Fred Orge\nteam: central\n"), (("GH107", ""),), WITH_KEYS),
    Case("a key in a comment signs", signed(STRANGER), (("GH415", "sig: "),), ((BASE_DAY, keys(SIGNERS + f"# moses-frase {STRANGER.line}\n")),)),
    Case("a key behind what looks like the end of a line signs", signed(STRANGER), (("GH415", "sig: "),), ((BASE_DAY, keys(SIGNERS + f"# old\u2028moses-frase {STRANGER.line}\n")),)),
    Case("a key for another purpose signs", signed(), (("GH415", "sig: "),), ((BASE_DAY, keys(SIGNERS.replace("goal-handbook", "git", 1))),)),
    Case("a key that does not count yet signs", signed(), (("GH415", "sig: "),), ((BASE_DAY, keys(SIGNERS.replace('moses-frase namespaces="goal-handbook"', 'moses-frase valid-after="20170801Z"'))),)),
    Case("a key without any purpose is added", keys(SIGNERS + f'moses-frase namespaces="" {STRANGER.line}\n', DUSTIN_KEY), (("GH416", 'namespaces=""'),), WITH_KEYS),
    Case("an authority for keys is added", keys(SIGNERS + f"moses-frase cert-authority {STRANGER.line}\n", DUSTIN_KEY), (("GH416", "cert-authority"),), WITH_KEYS),
    Case("two purposes are added, the second in the way of the first", keys(SIGNERS + f'moses-frase namespaces="git",namespaces="*" {STRANGER.line}\n', DUSTIN_KEY), (("GH416", "namespaces="),), WITH_KEYS),
)  # fmt: skip

HONEST = (
    Case("handbook.yaml repaired in a house where people sign", again(BOOK), (), (*SIGNED, *pushed(BREAK_BOOK))),
    Case("the folder moved in a house where people sign", move_folder("plan"), (), SIGNED),
    Case("keys changed and signed for while the folder moves", move_folder("plan", keys(STRANGERS, MOSES_KEY)), (), WITH_KEYS),
    Case("two keys added and each signed for", lambda s: (keys(STRANGERS, MOSES_KEY)(s), keys(STRANGERS + FORGE, DUSTIN_KEY)(s)), (), WITH_KEYS),
    Case("a key added and taken out again", lambda s: (keys(STRANGERS, MOSES_KEY)(s), keys(SIGNERS, DUSTIN_KEY)(s)), (), WITH_KEYS),
    Case("keys changed once more", keys(SIGNERS + FORGE, MOSES_KEY), (), THERE_AND_BACK),
    Case("a key replaced with its successor, signed for with the old one", keys(SIGNERS.replace(MOSES_KEY.line, STRANGER.line), MOSES_KEY), (), SIGNED),
    Case("the keys checked out with the line ends of Windows", lambda s: s.write("signers", s.read("signers").replace("\n", "\r\n")), (), SIGNED),
    Case("a login for approvals added", keys(SIGNERS + "# login github mfrase moses-frase\n", MOSES_KEY), (), WITH_KEYS),
    Case("a signer's file renamed", renamed, (), SIGNED),
    Case("a signer's file renamed, who signs at once", both(renamed, signed(by="mo-frase", goal="mo-frase/new-business", at="sellers/mo-frase.yaml")), (), WITH_KEYS),
    Case("somebody who was renamed signs as the one they were", signed(by="mo-frase", goal="mo-frase/new-business", at="sellers/mo-frase.yaml"), (), (*WITH_KEYS, ("2017-07-21", renamed))),
    Case("a key that two people share, each for what they say", BOTH_SIGN_WITH_ONE, (), ((BASE_DAY, keys(f"moses-frase,dustin-brinkmann {MOSES_KEY.line}\n")),)),
)  # fmt: skip


@cases(ATTACKS)
def test_an_attack_is_refused_where_it_is(case: Case, template: Path, tmp_path: Path) -> None:
    found = refused(prepare(case, template, tmp_path / "repository"), today=case.today)
    assert matches(found, case.expected), found


@cases(HONEST)
def test_an_honest_change_is_not_refused(case: Case, template: Path, tmp_path: Path) -> None:
    assert refused(prepare(case, template, tmp_path / "repository"), today=case.today) == []
