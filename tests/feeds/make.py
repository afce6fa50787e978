"""A small house whose files for other programs are short enough to read, and one whose every text is hostile."""

from __future__ import annotations

import re
from typing import Any

from goal_handbook.model.handbook import Handbook
from goal_handbook.status.assessment import assess
from goal_handbook.views.context import ViewContext

from ..status.make import accounting, adjustment, day, handbook, number, paper, step, value

AS_OF = "2017-07-10"
#: What may be in a text and has a meaning in some file.
HOSTILE = (
    "]]></title><script>alert(1)</script>&amp; \"'`",
    "BEGIN:VEVENT\nSUMMARY:injected\r\nEND:VEVENT",
    r"a\,b\;c\nd, e; f\\",
    "=HYPERLINK(\"https://x\";\"y\")",
    "日本語の目標 " * 12,
    "\u202eהיי مرحبا 👩‍👩‍👧‍👦 é",
    "control \x07\x1b[31m\x7f\ufffe here",
    "x" * 200,
)  # fmt: skip


def as_shown(text: str) -> str:
    """Return a text as files show it: in one line, and without what no file may hold."""
    return re.sub("[\x07\x1b\x7f\ufffe]", "\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def house(title: str = "Forty deals", do: str = "Call Isdom", why: str = "Two deals slipped", **goal: Any) -> Handbook:
    """Ana has missed a landmark and accounted for it; she promised one step, her leader Lea another."""
    plan = [step(do, "2017-07-05", who="ana"), step("Go along", "2017-07-20", who="lea"), step("No day", who="ana")]
    deals = number(
        ("2017-03-31", "8"),
        ("2017-06-30", "15"),
        target="40",
        title=title,
        landmarks=[value("half", "2017-06-30", "20"), value("year", "2017-12-31", "40")],
        accountings=[accounting("half", "2017-07-05", why=why) | {"by": ["ana", "lea"], "plan": plan}],
        reviews=[{"on": "2017-07-05", "by": ["lea", "ana"]}],
        adjustments=[adjustment("2017-05-01", ("target", "30", "40")), adjustment("2017-05-01", ("title", "A", "B"))],
    )
    course = {"id": "course", "title": "A course", "landmarks": [paper("paper", "2017-08-31")]}
    return handbook(
        {"ana": {"goals": [deals | goal, course]}, "ben": {}},
        {"west": {}, "north": {"leader": "lea", "part_of": "west"}},
        {"lea": {"goals": [{"landmarks": [paper("own", "2017-09-30")]}]}},
        locale="en_US",
    )


def context_of(book: Handbook, as_of: str = AS_OF) -> ViewContext:
    """Return what files are made from, on a day."""
    return ViewContext(assess(book, day(as_of)))
