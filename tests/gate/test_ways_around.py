"""Ways around the comparison: the status date, the commit compared with, another period, and signatures of the past."""

from __future__ import annotations

from pathlib import Path

from ..changes.story import Story
from .cases import (
    BASE_DAY,
    BOOK,
    MOSES,
    Case,
    Edit,
    adjustment,
    agreement,
    both,
    cases,
    edit,
    matches,
    prepare,
    refused,
)
from .signing import DUSTIN_KEY, MOSES_KEY, OLD_KEY, SIGNERS, STRANGER, STRICT, keys, signed
from .test_periods import ALL_CLOSED, of_2018


def both_sign(on: str) -> Edit:
    """Seller and leader each sign the terms as they are, on a day."""
    return both(signed(on=on), signed(DUSTIN_KEY, by="dustin-brinkmann", on=on))


def to(target: str, was: str, on: str) -> Edit:
    """Another target, as an adjustment says."""
    return both(
        edit(MOSES, f"target: {was}", f"target: {target}"),
        edit(MOSES, f"due: 2017-12-31, value: {was}", f"due: 2017-12-31, value: {target}"),
        adjustment(
            on, f"field: target, was: {was}, now: {target}", f"field: landmarks.year.value, was: {was}, now: {target}"
        ),
    )


def setting(line: str) -> Edit:
    return edit(BOOK, "currency: USD\n", f"currency: USD\n{line}\n")


LOWERED_21 = to("240_000", "260_000", "2017-07-21")
BACK_UP = to("260_000", "240_000", "2017-07-30")
#: Both have signed 260,000, and then 240,000.
MOVED_ON = (*STRICT, ("2017-07-20", both_sign("2017-07-20")), ("2017-07-21", both(LOWERED_21, both_sign("2017-07-21"))))
SHORT = ("2017-07-20", edit(MOSES, "value: 131_000", "value: 100_000"))
PUT_OFF = both(
    edit(MOSES, "due: 2017-06-30, value: 125", "due: 2017-08-31, value: 125"),
    adjustment("2017-06-20", "field: landmarks.q2.due, was: 2017-06-30, now: 2017-08-31"),
    agreement("2017-06-20"),
)
CLOSED = (*STRICT, (BASE_DAY, ALL_CLOSED))


def no_names(story: Story) -> None:
    """Nobody has agreed to the goals of Moses yet."""
    lines = story.read(MOSES).splitlines(keepends=True)
    names = "      - {on: 2018-01-20, by: [moses-frase, dustin-brinkmann]}\n"
    story.write(MOSES, "".join(line for line in lines if line != names))


ATTACKS = (
    # the status date
    Case("the status date goes back, and an expired key signs", both(setting("as_of: 2017-07-10"), signed(on="2017-07-10")), (("GH415", "sig: "), ("GH609", "as_of"), ("GH612", "on: 2017-07-10")), ((BASE_DAY, keys(OLD_KEY)),), today=""),
    Case("the status date goes back, and an expired key signs for keys", both(setting("as_of: 2017-07-10"), keys(OLD_KEY + "# more\n", MOSES_KEY)), (("GH609", "as_of"), ("GH614", "moses")), ((BASE_DAY, keys(OLD_KEY)),), today=""),
    Case("the status date goes back, and somebody left in spring", both(setting("as_of: 2017-01-01"), edit(MOSES, "team: central\n", "team: central\nleft: 2017-03-31\n")), (("GH609", "as_of"), ("GH611", "left: 2017-03-31")), today=""),
    Case("the status date goes back to before a miss, and the landmark is put off", both(setting("as_of: 2017-06-25"), PUT_OFF), (("GH603", "on: 2017-06-20"), ("GH609", "as_of"), ("GH612", "on: 2017-06-20"), ("GH612", "on: 2017-06-20")), (SHORT,), today=""),
    # what was signed before
    Case("the terms are again what both once signed, and nobody signs", BACK_UP, (("GH607", "on: 2017-07-30"),), MOVED_ON),
    Case("the terms are again what both once signed, and only the leader signs", both(BACK_UP, signed(DUSTIN_KEY, by="dustin-brinkmann")), (("GH607", "on: 2017-07-30"),), MOVED_ON),
    Case("the same, and all was signed on one day", BACK_UP, (("GH607", "on: 2017-07-30"),), (*STRICT, ("2017-07-21", both(both_sign("2017-07-21"), LOWERED_21, both_sign("2017-07-21"))))),
    # another period, of which nothing is compared
    Case("a new period begins, and the leader types both names", of_2018, (("GH609", "period:"), ("GH615", "on: 2018-01-20"), ("GH615", "on: 2018-01-20")), CLOSED, today="2018-12-31"),
    Case("a new period begins, and asks for no signatures", both(of_2018, edit(BOOK, "proof: signed\n", "")), (("GH609", "format"), ("GH609", "period:"), ("GH615", "on: 2018-01-20"), ("GH615", "on: 2018-01-20")), CLOSED, today="2018-12-31"),
    Case("a new period begins, and a stranger signs", both(of_2018, no_names, signed(STRANGER, on="2018-01-20")), (("GH415", "sig: "), ("GH609", "period:")), CLOSED, today="2018-12-31"),
    Case("a new period begins, and an expired key signs", both(of_2018, no_names, signed(on="2018-01-20")), (("GH415", "sig: "), ("GH609", "period:")), ((BASE_DAY, keys(OLD_KEY)), (BASE_DAY, ALL_CLOSED)), today="2018-12-31"),
    Case("a new period begins, and the keys are others", both(of_2018, no_names, keys(SIGNERS + f"moses-frase {STRANGER.line}\n")), (("GH609", "period:"), ("GH614", "moses")), CLOSED, today="2018-12-31"),
)  # fmt: skip

HONEST = (
    Case("the terms are again what both once signed, and both sign again", both(BACK_UP, both_sign("2017-07-30")), (), MOVED_ON),
    Case("both sign the old terms, adjust them and sign again, all on one day", both(both_sign("2017-07-30"), to("240_000", "260_000", "2017-07-30"), both_sign("2017-07-30")), (), STRICT),
)  # fmt: skip


#: A new period is told (GH609), and nothing of it is refused.
NEXT_PERIOD = (
    Case("a new period begins, and nobody has agreed yet", both(of_2018, no_names), (), CLOSED, today="2018-12-31"),
    Case("a new period begins, and both sign", both(of_2018, no_names, both_sign("2018-01-20")), (), CLOSED, today="2018-12-31"),
    Case("a new period begins in a house where a name is enough", of_2018, (), ((BASE_DAY, both(keys(SIGNERS), ALL_CLOSED)),), today="2018-12-31"),
)  # fmt: skip


@cases(ATTACKS)
def test_an_attack_is_refused_where_it_is(case: Case, template: Path, tmp_path: Path) -> None:
    found = refused(prepare(case, template, tmp_path / "repository"), today=case.today)
    assert matches(found, case.expected), found


@cases(NEXT_PERIOD)
def test_a_new_period_is_reported_and_not_refused(case: Case, template: Path, tmp_path: Path) -> None:
    found = refused(prepare(case, template, tmp_path / "repository"), today=case.today)
    assert matches(found, (("GH609", "period:"),)), found


@cases(HONEST)
def test_an_honest_change_is_not_refused(case: Case, template: Path, tmp_path: Path) -> None:
    assert refused(prepare(case, template, tmp_path / "repository"), today=case.today) == []
