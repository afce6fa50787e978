"""The catalogue of words: complete, up to date, and chosen by language; how words in another language read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages import Message
from babel.messages.pofile import read_po

from goal_handbook.catalogue import LOCALE, TEMPLATE, extracted, messages_of, spelled, words_in
from goal_handbook.model.handbook import Handbook
from goal_handbook.model.records import RECORDS
from goal_handbook.model.terms import GOAL_TERMS, LANDMARK_TERMS
from goal_handbook.pages.render import Renderer
from goal_handbook.pages.routes import Addresses
from goal_handbook.status.assessment import assess
from goal_handbook.views.context import ViewContext
from goal_handbook.views.seller import seller_view
from goal_handbook.views.terms import RECORD, TERMS
from goal_handbook.words import ENGLISH

from .status.make import accounting, adjustment, day, handbook, number, paper, step, value

GOLDEN = Path(__file__).parent / "pages" / "golden" / "seller.de.html"
LANGUAGES = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())
MESSAGES = [message for message in extracted() if message.id]


def forms(text: object) -> list[str]:
    """A message, or its forms if it has a plural."""
    return [text] if isinstance(text, str) else list(text)  # type: ignore[call-overload]


def translations(language: str) -> dict[object, Message]:
    with messages_of(language).open("rb") as file:
        return {message.id: message for message in read_po(file, language) if message.id}


# The files


def test_the_template_has_every_message_of_the_code() -> None:
    """If this fails: `python -m goal_handbook.catalogue`, then translate what is new."""
    assert TEMPLATE.read_text(encoding="utf-8") == spelled(extracted()).decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    found = translations(language)
    assert set(found) == {message.id for message in MESSAGES}
    assert [key for key, message in found.items() if message.fuzzy or not all(forms(message.string))] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", [r"\{\w*\}", r"</?\w+>"], ids=["placeholders", "tags"])
def test_a_translation_has_what_its_message_has(language: str, what: str) -> None:
    """A form for one need not say the number: `the sheet`."""
    wrong = []
    for key, message in translations(language).items():
        wanted, many = set(re.findall(what, forms(key)[-1])), len(forms(key)) > 1
        for text in forms(message.string):
            found = set(re.findall(what, text))
            wrong += [text] if found != wanted and not (many and found | {"{n}"} == wanted) else []
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_can_end_an_attribute(language: str) -> None:
    texts = [text for message in translations(language).values() for text in forms(message.string)]
    assert [text for text in texts if '"' in text] == []


def test_every_term_and_every_record_has_a_name() -> None:
    terms = {term.removeprefix("cadence.") for term in (*GOAL_TERMS, *LANDMARK_TERMS)}
    assert terms - set(TERMS) == set()
    assert set(RECORD) == set(RECORDS)


# Languages


@pytest.mark.parametrize(
    ("language", "found"),
    [("de", "de"), ("de-CH", "de"), ("de_AT", "de"), ("en", "en"), ("fr", "en"), ("", "en"), ("../de", "en")],
)
def test_a_language_without_a_catalogue_is_shown_in_english(language: str, found: str) -> None:
    assert words_in(language).language == found


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [("en", 1, "in 1 day"), ("en", 1200, "in 1,200 days"), ("de", 1, "in 1 Tag"), ("de", 1200, "in 1.200 Tagen")],
)
def test_a_count_has_the_form_and_the_digits_of_its_language(language: str, count: int, text: str) -> None:
    assert words_in(language).plural("in {n} day", "in {n} days", count) == text


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a und b"),
        (["a", "b", "c"], "a, b und c"),
        (["a", "b", "c", "d"], "a, b, c und 1 weitere"),
    ],
)
def test_a_list_reads_as_in_its_language(items: list[str], text: str) -> None:
    assert words_in("de").some_of(items, 3) == text


def test_values_are_escaped_in_templates_and_messages_are_not() -> None:
    templates = Renderer(Addresses(), ViewContext(assess(handbook({}), day("2017-07-10"))).fmt).environment
    shown = templates.from_string('{{ _("Status as of <strong>{day}</strong>", day=day) }}').render(day="<b>")
    assert shown == "Status as of <strong>&lt;b&gt;</strong>"


# A page in German


def book() -> Handbook:
    deals = number(
        ("2017-03-31", "80_000"),
        ("2017-06-30", "150_000"),
        target="400_000",
        title="Umsatz mit Neukunden",
        kind="production",
        measure={"unit": "money"},
        landmarks=[value("half", "2017-06-30", "200_000"), value("year", "2017-12-31", "400_000")],
        accountings=[accounting("half", "2017-07-05", why="Zwei Abschlüsse sind in den Juli gerutscht.")
                     | {"by": ["ana", "lea"], "plan": [step("Angebot an Isdom", "2017-07-08", who="ana")]}],
        reviews=[{"on": "2017-07-05", "by": ["lea", "ana"], "confidence": "medium"}],
        adjustments=[adjustment("2017-05-01", ("target", "300_000", "400_000"))],
    )  # fmt: skip
    exam = paper("exam", "2018-01-31") | {"deliver": "Prüfung"}
    course = {"id": "course", "title": "Verhandlungskurs", "kind": "skill", "landmarks": [exam]}
    return handbook({"ana": {"goals": [deals, course]}}, {"north": {"leader": "lea"}}, locale="de_DE", currency="EUR")


def test_a_page_reads_like_this_in_german(request: pytest.FixtureRequest) -> None:
    context = ViewContext(assess(book(), day("2017-07-10")), words=words_in("de"), year=2017)
    view = seller_view(context, context.assessment.handbook.sellers["ana"])
    html = Renderer(Addresses(), context.fmt).render("seller.html", "sellers/ana", view=view, sheet="")
    shown = re.sub(r"<svg.*</svg>", "<svg/>", html, flags=re.DOTALL)
    if request.config.getoption("--refresh"):
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("day_shown", "text"),
    [("2017-10-31", "31. Okt."), ("2018-01-31", "31. Jan. 2018"), ("2016-12-31", "31. Dez. 2016")],
)
def test_days_of_the_year_that_a_site_is_about_are_without_it(day_shown: str, text: str) -> None:
    context = ViewContext(assess(book(), day("2017-07-10")), words=words_in("de"), year=2017)
    assert context.day(day(day_shown)) == text


def test_the_status_date_always_has_its_year() -> None:
    assert ViewContext(assess(book(), day("2017-07-10")), year=2017).as_of == "10. Juli 2017"


def test_without_a_year_of_its_own_every_day_has_its_year() -> None:
    context = ViewContext(assess(book(), day("2017-07-10")))
    assert (context.day(day("2017-10-31")), context.words) == ("31. Okt. 2017", ENGLISH)
