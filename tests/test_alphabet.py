"""Names are in the order of the handbook's language, each under the letter where people look for it."""

from __future__ import annotations

import pytest

from goal_handbook.alphabet import Alphabet

from .status.make import case


@pytest.mark.parametrize(
    ("locale", "names"),
    [
        case("an accent is no letter of its own", "en", "Eda Émile Ewa Zoe"),
        case("a hyphen and an apostrophe come before letters", "en", "Mei-Mei Melvin O'Neil Olga"),
        case("small and capital letters are the same", "en", "anna Bo carl"),
        case("Germans take ä for a, and ß for ss", "de_DE", "Ärne Bo Strauß Strobel"),
        case("Swedes list Å, Ä and Ö last", "sv_SE", "Aron Zoe Åsa Ärla Östen"),
        case("others take Å for A", "en_GB", "Aron Åsa Bo Zoe"),
        case("Danes list Æ, Ø and Å last", "da_DK", "Zoe Ægir Øyvind Åse"),
        case("Poles have Ł after L", "pl_PL", "Lucja Lzyna Łucja Maja"),
        case("others take Ł for L", "en", "Lucja Łukasz Lzyna"),
        case("Spaniards have Ñ after N", "es_ES", "Nzo Ñaco Olga"),
        case("Turks have ı before i", "tr_TR", "Hakan Irmak İrem Jale"),
        case("Russians have Й after И, and Ё as Е", "ru_RU", "Ёжик Елена Ефим Иван Йозеф Кира"),
        case("an alphabet follows another", "en", "Zoe Ζωή Иван"),
    ],
)  # fmt: skip
def test_names_are_in_the_order_of_the_language(locale: str, names: str) -> None:
    in_order = names.split()
    assert sorted({*in_order}, key=Alphabet(locale).key) == in_order


@pytest.mark.parametrize(
    ("locale", "name", "letter"),
    [
        ("en", "moses", "M"),
        ("en", "Émile", "E"),
        ("en", "Åsa", "A"),
        ("sv_SE", "Åsa", "Å"),
        ("sv-SE", "åsa", "Å"),
        ("en", "Æsop", "A"),
        ("en", "ﬁona", "F"),
        ("ru_RU", "Иван", "И"),
        ("el_GR", "Άννα", "Α"),
        ("ko_KR", "김민수", "ᄀ"),
        ("zh_CN", "王芳", "王"),
        ("ar", "ليلى", "ل"),
        ("en", "3PO", "#"),
        ("en", "'t Hooft", "#"),
        ("en", "😀", "#"),
    ],
)  # fmt: skip
def test_the_letter_a_name_is_listed_under(locale: str, name: str, letter: str) -> None:
    assert Alphabet(locale).letter(name) == letter


def test_what_begins_with_no_letter_comes_last() -> None:
    assert list(Alphabet("en").letters(["3PO", "Zoe", "Ana"]).items()) == [("Ana", "A"), ("Zoe", "Z"), ("3PO", "#")]


def test_a_list_never_has_more_letters_than_an_alphabet() -> None:
    """Chinese names begin with thousands of characters; the sixty commonest are letters."""
    common = [f"{chr(0x4E00 + n)}{again}" for n in range(60) for again in "甲乙"]
    rare = [f"{chr(0x5E00 + n)}丙" for n in range(500)]
    found = Alphabet("zh_CN").letters([*rare, *common])
    assert {found[name] for name in rare} == {"#"}
    assert len({found[name] for name in common}) == 60
    assert list(found.values())[-500:] == ["#"] * 500
