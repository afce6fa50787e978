"""Whether a `why` gives a reason: a few words are left of it once it is rendered (GH602)."""

from __future__ import annotations

import html
import re

from ..model.people import PastCorrection
from ..model.records import Accounting, Adjustment

#: What a reader of the page does not see: comments, tags, and lines and addresses of links (`[//]: # (like this)`).
_NOT_SHOWN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[^>]*>|^\s*\[[^\]]*\]:.*$|\]\([^)]*\)|https?://\S+", re.DOTALL | re.MULTILINE
)
#: Two letters of any script, and what follows.
_WORD = re.compile(r"[^\W\d_]{2,}")
#: Letters of scripts that do not put spaces between words: Thai, Lao, Burmese, Khmer, kana and ideographs.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
#: Words that an empty reason is made of anyway: the keys of an adjustment and of an accounting.
_KEYS = {*Adjustment.model_fields, *Accounting.model_fields, "was", "now", "field"}


def gives_a_reason(record: Adjustment | Accounting | PastCorrection) -> bool:
    """Return whether at least two words are left of a record's `why`, or four letters of a script without spaces.

    A word has two letters or more. What is not shown on the page is not counted, nor is what the record says anyway:
    the names of its fields, their values, its landmark and its action.
    """
    shown = html.unescape(_NOT_SHOWN.sub(" ", html.unescape(record.why)))
    said = _KEYS | {word.casefold() for word in _WORD.findall(_said(record))}
    words = {word.casefold() for word in _WORD.findall(_UNSPACED.sub(" ", shown))} - said
    return len(words) >= 2 or len(_UNSPACED.findall(shown)) >= 4


def _said(record: Adjustment | Accounting | PastCorrection) -> str:
    if isinstance(record, PastCorrection):
        return " ".join((record.field, *record.was, *record.now))
    if isinstance(record, Accounting):
        return f"{record.landmark} {record.action}"
    return " ".join(f"{change.field} {change.was} {change.now}" for change in record.changes)
