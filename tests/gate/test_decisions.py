"""What decides and is no term: house rules, people, who signs, how a goal is dropped or closed, and why."""

from __future__ import annotations

from pathlib import Path

from ..changes.story import Story
from .cases import (
    BOOK,
    MOSES,
    TEAM,
    Case,
    Edit,
    adjustment,
    agreement,
    at_goal,
    both,
    cases,
    edit,
    matches,
    prepare,
    refused,
    write,
)

ANA = "sellers/ana-abel.yaml"
ANA_SELLS = write(ANA, "name: Ana Abel\nteam: central\njoined: 2015-05-04\naliases: [ana@example.com]\n")
CONTEXT = edit(
    TEAM,
    "  market:",
    "  capacity: [{what: Machines a month, limit: 40}]\n  abilities:\n    moses-frase: {estimate: 250_000}\n  market:",
)
LOWERED = both(
    edit(MOSES, "target: 260_000", "target: 240_000"),
    edit(MOSES, "due: 2017-12-31, value: 260_000", "due: 2017-12-31, value: 240_000"),
    agreement("2017-07-31"),
)
CHANGES = ("field: target, was: 260_000, now: 240_000", "field: landmarks.year.value, was: 260_000, now: 240_000")
MISSED = edit(MOSES, "value: 131_000", "value: 101_000")


def base(*edits: Edit) -> tuple[tuple[str, Edit], ...]:
    """What main has beside the house, committed on the day of the base."""
    return tuple(("2017-07-20", one) for one in edits)


def lowered(why: str) -> Edit:
    """A lower target, agreed by both, for a reason."""
    return both(LOWERED, adjustment("2017-07-31", *CHANGES, why=why))


def accounting(by: str, action: str = "drop", why: str = "Two deals slipped to July.", on: str = "2017-07-31") -> Edit:
    """An accounting of the landmark q2."""
    item = f"      - {{landmark: q2, on: {on}, by: [{by}], action: {action}, why: {why}}}\n"

    def do(story: Story) -> None:
        if "    accountings:\n" not in story.read(MOSES):
            at_goal("    accountings:\n")(story)
        story.edit(MOSES, "    accountings:\n", f"    accountings:\n{item}")

    return do


def setting(line: str) -> Edit:
    """A new line of handbook.yaml."""
    return edit(BOOK, "locale: en_US\n", f"locale: en_US\n{line}\n")


IMPORT = (
    "imports: [{name: crm, goal_pattern: '{owner}/pipeline', owner_column: Owner, date_column: Closed, "
    "value_column: Amount, into: readings/crm.csv}]"
)


def whys(*pairs: tuple[str, str]) -> tuple[Case, ...]:
    """A lower target without a reason, in several ways; the block style takes any of them."""
    return tuple(
        Case(f"the reason is {what}", lowered(f"|-\n          {why}"), (("GH602", "why: |-"),)) for what, why in pairs
    )


def new_leader(by: str) -> Edit:
    """A leader who was none, and an agreement that they sign."""
    return both(write("leaders/vera-vale.yaml", "name: Vera Vale\n"), agreement("2017-07-31", by=by))


def file_moved(old: str, new: str) -> Edit:
    """A person's file in another folder, with nothing but the name."""

    def do(story: Story) -> None:
        (story.goals / old).unlink()
        story.write(new, "name: Ana Abel\n")

    return do


ATTACKS = (
    Case("the status date is fixed before the miss", setting("as_of: 2017-03-31"), (("GH609", "as_of: 2017-03-31"),)),
    Case("the currency is taken out", edit(BOOK, "currency: USD\n", ""), (("GH611", "format: 1"),)),
    Case(
        "a first currency is given",
        edit(BOOK, "locale: en_US", "locale: en_US\ncurrency: JPY"),
        (("GH609", "currency: JPY"),),
        base(edit(BOOK, "currency: USD\n", "")),
    ),
    Case(
        "a capacity is raised that nobody looked at again",
        edit(TEAM, "limit: 40", "limit: 80"),
        (("GH609", "limit: 80"),),
        base(CONTEXT),
    ),
    Case(
        "a capacity is taken out",
        edit(TEAM, "  capacity: [{what: Machines a month, limit: 40}]\n", ""),
        (("GH609", "on: 2017-01-10"),),
        base(CONTEXT),
    ),
    Case(
        "an estimate is raised with the day of an earlier look",
        both(edit(TEAM, "estimate: 250_000", "estimate: 400_000"), edit(TEAM, "on: 2017-01-10", "on: 2017-01-05")),
        (("GH609", "moses-frase: {estimate: 400_000}"),),
        base(CONTEXT),
    ),
    Case(
        "an estimate is taken out",
        edit(TEAM, "  abilities:\n    moses-frase: {estimate: 250_000}\n", ""),
        (("GH609", "on: 2017-01-10"),),
        base(CONTEXT),
    ),
    Case(
        "somebody is said to have left in spring, so that nothing was owed",
        edit(MOSES, "team: central\n", "team: central\nleft: 2017-03-31\n"),
        (("GH611", "left: 2017-03-31"),),
    ),
    Case(
        "the day somebody left is put off, so that what was reported later counts",
        edit(ANA, "left: 2017-02-28", "left: 2017-06-30"),
        (("GH611", "left: 2017-06-30"),),
        base(ANA_SELLS, edit(ANA, "joined: 2015-05-04\n", "joined: 2015-05-04\nleft: 2017-02-28\n")),
    ),
    Case(
        "somebody who was always there is said to have joined in June",
        edit(ANA, "joined: 2015-05-04", "joined: 2017-06-01"),
        (("GH609", "joined: 2017-06-01"),),
        base(ANA_SELLS),
    ),
    Case(
        "an alias goes to somebody else, and the deals with it",
        both(
            edit(ANA, "aliases: [ana@example.com]\n", ""),
            edit(MOSES, "team: central\n", "team: central\naliases: [Ana@Example.com]\n"),
        ),
        (("GH609", "aliases: [Ana@Example.com]"),),
        base(ANA_SELLS),
    ),
    Case(
        "somebody takes the name of another as an alias",
        edit(MOSES, "team: central\n", "team: central\naliases: [Ana Abel]\n"),
        (("GH609", "aliases: [Ana Abel]"),),
        base(ANA_SELLS),
    ),
    Case(
        "a leader is made up who signs with the seller",
        new_leader("moses-frase, vera-vale"),
        (("GH609", "name: Vera Vale"),),
    ),
    Case(
        "a seller becomes a leader, so that an old signature counts",
        file_moved(ANA, "leaders/ana-abel.yaml"),
        (("GH609", "name: Ana Abel"),),
        base(both(ANA_SELLS, agreement("2017-07-19", by="moses-frase, ana-abel"))),
    ),
    Case(
        "the seller alone drops a missed landmark",
        both(accounting("moses-frase")),
        (("GH617", "landmark: q2"),),
        base(MISSED),
    ),
    Case("the leader alone drops it", accounting("dustin-brinkmann"), (("GH617", "landmark: q2"),), base(MISSED)),
    Case(
        "two sellers drop it",
        accounting("moses-frase, ana-abel"),
        (("GH617", "landmark: q2"),),
        base(MISSED, ANA_SELLS),
    ),
    Case(
        "one drops it on one day and the other on another",
        both(accounting("moses-frase", on="2017-07-30"), accounting("dustin-brinkmann", on="2017-07-31")),
        (("GH617", "on: 2017-07-30"), ("GH617", "on: 2017-07-31")),
        base(MISSED),
    ),
    Case(
        "an accounting that both signed is turned into a drop by one",
        both(
            edit(MOSES, "by: [moses-frase, dustin-brinkmann], action: recover", "by: [moses-frase], action: drop"),
            adjustment("2017-07-31", "field: accountings.q2, was: recover, now: drop"),
        ),
        (("GH617", "action: drop"), ("GH608", "field: accountings.q2")),
        base(MISSED, accounting("moses-frase, dustin-brinkmann", "recover")),
    ),
    Case(
        "an accounting gives no reason",
        accounting("moses-frase, dustin-brinkmann", "recover", why='"."'),
        (("GH602", 'why: "."'),),
        base(MISSED),
    ),
    *whys(
        ("a full stop", "."),
        ("an HTML comment", "<!-- the market, as everybody knows -->"),
        ("a comment in the way of Markdown", "[//]: # (the market, as everybody knows)"),
        ("a tag", "<span title='the market'></span>"),
        ("entities that show nothing", "&#8203;&zwj;&nbsp;"),
        ("n/a", "n/a"),
        ("one word", "Market"),
        ("one word, again and again", "Market market MARKET"),
        ("the name of the field", "target: 260_000 → 240_000"),
        ("the names of everything that changed", "landmarks.year.value and target"),
        ("dashes", "--- - ---"),
        ("numbers", "240 000, 260 000"),
        ("an address", "<https://example.com/the/market/fell>"),
        ("an emoji", "🙂 👍"),
    ),
)

HONEST = (
    Case("an import is remembered", setting(IMPORT)),
    Case(
        "a remembered import counts towards another goal",
        edit(BOOK, "{owner}/pipeline", "{owner}/renewals"),
        main=base(setting(IMPORT)),
    ),
    Case(
        "a capacity is looked at once a quarter",
        both(edit(TEAM, "limit: 40", "limit: 45"), edit(TEAM, "on: 2017-01-10", "on: 2017-07-31")),
        main=base(CONTEXT),
    ),
    Case("a first capacity is written down", CONTEXT),
    Case(
        "a member leaves this week, and the estimate goes",
        both(
            edit(TEAM, "  abilities:\n    moses-frase: {estimate: 250_000}\n", ""),
            edit(MOSES, "team: central\n", "team: central\nleft: 2017-07-31\n"),
        ),
        main=base(CONTEXT),
    ),
    Case("somebody is hired", write("sellers/ben-berg.yaml", "name: Ben Berg\nteam: central\njoined: 2017-07-24\n")),
    Case("somebody left two weeks ago", edit(MOSES, "team: central\n", "team: central\nleft: 2017-07-17\n")),
    Case("somebody leaves in autumn", edit(MOSES, "team: central\n", "team: central\nleft: 2017-10-31\n")),
    Case("a new alias", edit(MOSES, "team: central\n", "team: central\naliases: [m.frase, Moses F.]\n")),
    Case("an alias is spelled another way", edit(ANA, "ana@example.com", "Ana@Example.com"), main=base(ANA_SELLS)),
    Case("a first day long before the period", edit(ANA, "2015-05-04", "2015-06-04"), main=base(ANA_SELLS)),
    Case("a new leader who has signed nothing yet", write("leaders/vera-vale.yaml", "name: Vera Vale\n")),
    Case("both drop a missed landmark", accounting("moses-frase, dustin-brinkmann"), main=base(MISSED)),
    Case(
        "both drop it, each in an accounting of the day",
        both(accounting("moses-frase", why="Two deals slipped."), accounting("dustin-brinkmann", why="I let two go.")),
        main=base(MISSED),
    ),
    Case("one accounts for it and goes on", accounting("moses-frase", "recover"), main=base(MISSED)),
    Case(
        "a landmark that one dropped long ago is left as it is",
        edit(MOSES, "Ten first meetings", "Twelve first meetings"),
        main=base(MISSED, accounting("moses-frase")),
    ),
    *(
        Case(f"a reason {what}", lowered(why))
        for what, why in (
            ("in two words", "Market collapsed"),
            ("in German", "Zwei Konten sind weg"),
            ("in Russian", "Рынок упал"),
            ("in Chinese", "两个客户合并了"),
            ("in Japanese", "競合に負けた"),
            ("in Korean", "시장이 무너졌다"),
            ("in Arabic", "انهار السوق"),
            ("that names the field too", "The target was set before two accounts were sold"),
            ("with an address", "See https://example.com, where two accounts went"),
            ("in bold", '"**Two accounts** were sold"'),
        )
    ),
)


@cases(ATTACKS)
def test_an_attack_is_refused_where_it_is(case: Case, template: Path, tmp_path: Path) -> None:
    found = refused(prepare(case, template, tmp_path / "repository"), today=case.today)
    assert matches(found, case.expected), found


@cases(HONEST)
def test_an_honest_change_is_not_refused(case: Case, template: Path, tmp_path: Path) -> None:
    assert refused(prepare(case, template, tmp_path / "repository"), today=case.today) == []
