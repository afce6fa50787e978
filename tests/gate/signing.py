"""Keys and signatures for the cases of the gate: who signs what, over which terms, and whose keys the house knows."""

from __future__ import annotations

from goal_handbook.model.records import Agreement
from goal_handbook.proof.key_changes import key_files
from goal_handbook.proof.sshsig import armored
from goal_handbook.proof.statement import statement, terms_digest
from goal_handbook.source.load import load

from ..changes.story import Story
from ..proof.signing import Key, make_key
from .cases import BASE_DAY, BOOK, MOSES, TEAM, Edit, adjustment, both, edit, nothing

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
    at: str = MOSES,
    **also: str,
) -> Edit:
    """An agreement signed by a key over the terms that a goal has (after `before`), written under a goal."""

    def do(story: Story) -> None:
        kept = {path: story.read(path) for path in (at, TEAM, BOOK)}
        before(story)
        handbook = load(story.goals, "goals").handbook
        assert handbook
        item = {"on": on, "by": by, **also, "terms": terms_digest(handbook, goal)}
        said = statement(handbook, goal, Agreement.model_validate({**item, "sig": "none"}))
        for path, text in kept.items():
            story.write(path, text)
        lines = "".join(f"        {name}: {value}\n" for name, value in item.items() if name != "on")
        text = f"      - on: {on}\n{lines}        sig: {key.sign(said, namespace)}\n"
        head, _, rest = story.read(at).partition(f"  - id: {(into or goal).partition('/')[2]}\n")
        start, _, end = rest.partition("    agreed:\n")
        story.write(at, f"{head}  - id: {(into or goal).partition('/')[2]}\n{start}    agreed:\n{text}{end}")

    return do


def keys(text: str, *sign_with: Key, namespace: str = "goal-handbook") -> Edit:
    """Another `goals/signers`, with a signature over the change."""

    def do(story: Story) -> None:
        before, new = key_files(load(story.goals, "goals")), text.encode()
        story.write("signers", text)
        for key in sign_with:
            signature = armored(key.sign(before.statement(new), namespace))
            story.write("signers.sig", before.changed(new, signature).log.decode())

    return do


def copy(source: str, to: str) -> Edit:
    return lambda story: story.write(to, story.read(source))


def asks_for(proof: str) -> Edit:
    return edit(BOOK, "currency: USD", f"currency: USD\nproof: {proof}")


def rules(severity: str) -> Edit:
    """One of the house's rules with another severity."""
    return edit(BOOK, "currency: USD", f"currency: USD\nrules: {{{severity}}}")


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
BOTH_SIGN = both(signed(), signed(DUSTIN_KEY, by="dustin-brinkmann"))
