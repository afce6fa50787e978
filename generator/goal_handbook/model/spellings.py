"""How to write a day or an id that was written otherwise."""

from __future__ import annotations

import datetime
import re
import unicodedata
from contextlib import suppress

#: The id of an owner, a goal or a landmark: a lower-case slug of at most 64 characters.
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_CURLY = "“”„‟‘’‚«»\"'"


def day_help(text: str) -> str:
    """Return how to write a day: the day itself where it can be read in one way, else an example."""
    days = _readings_of(text)
    if days:
        return f"write {' or '.join(map(str, days))}"
    if text.lower() in {"yes", "true", "done", "ok", "ja", "x"}:
        return "write the day itself, e.g. 2017-09-30"
    return "write YYYY-MM-DD, e.g. 2017-09-30"


def _readings_of(text: str) -> list[datetime.date]:
    """Return the days that a text such as `30.9.2026` or `03/04/2026` can mean."""
    parts = re.split(r"[-/.\u2010-\u2015 ]+", text.partition("T")[0].strip())
    if len(parts) > 3 and ":" in parts[3]:
        parts = parts[:3]
    if len(parts) != 3 or not all(part.isdecimal() and part.isascii() and len(part) <= 4 for part in parts):
        return []
    if len(parts[0]) == 4:
        orders = [parts]
    elif "/" in text or "-" in text:
        orders = [[parts[2], parts[0], parts[1]], [parts[2], parts[1], parts[0]]]
    else:
        orders = [[parts[2], parts[1], parts[0]]]
    found: list[datetime.date] = []
    for year, month, day in orders:
        with suppress(ValueError):
            one = datetime.date(int(year), int(month), int(day))
            if len(year) == 4 and one not in found:
                found.append(one)
    return found


def slug_help(text: str) -> str:
    """Return how to fix an invalid id, with an example made from it if possible."""
    odd = next((c for c in text if not c.isascii()), "")
    spelled = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64].strip("-")
    if spelled and not odd:
        return f"use lower case, digits and hyphens, e.g. {spelled}"
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf").strip(_CURLY)
    if visible != text and SLUG.match(visible):
        return f"write {visible}, without the invisible {unicodedata.name(odd, 'character').lower()}"
    script = unicodedata.name(odd, "").partition(" ")[0] if odd else ""
    if script in {"CYRILLIC", "GREEK"} and any(c.isascii() and c.isalpha() for c in text):
        return f'retype it: its "{odd}" is a {script.capitalize()} letter that only looks like the Latin one'
    return "use a-z, 0-9 and single hyphens, at most 64 characters"
