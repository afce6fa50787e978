"""The types of the format's values: each reads its value from YAML, and says what an editor checks of it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from .spellings import SLUG
from .values import (
    BASE64_LIMIT,
    CURRENCIES,
    DIGITS_LIMIT,
    EMAIL,
    FACTOR_LIMIT,
    NUMBER,
    OVER,
    PROSE_LIMIT,
    TITLE_LIMIT,
    one_id_or_more,
    one_or_more,
    parse_base64,
    parse_count,
    parse_currency,
    parse_day,
    parse_digest,
    parse_email,
    parse_factor,
    parse_goal_ref,
    parse_number,
    parse_over,
    parse_positive,
    parse_prose,
    parse_range,
    parse_rate,
    parse_required_prose,
    parse_share,
    parse_slug,
    parse_text,
    parse_times,
    parse_yes_no,
    plain_number,
)

# What an editor checks. It reads YAML 1.2, where an id such as 007 is a number and a number such as 1_000 is text.
_SCALAR = ["string", "number", "boolean"]
IDS_READ_OTHERWISE = [{"type": "integer", "minimum": 0}, {"type": "boolean"}]
SLUG_PATTERN = SLUG.pattern.removesuffix(r"\Z")
_AT_MOST_64 = "(?![^/]{65})"
_LEAP_YEAR = "(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)"
_DAY_PATTERN = (
    r"^\s*(?:(?:19|20|21)[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    rf"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP_YEAR}-02-29)\s*$"
)
_LARGEST = 10**DIGITS_LIMIT - 1
_FEW_DIGITS = rf"(?=(?:[^0-9]*[0-9]){{1,{DIGITS_LIMIT}}}[^0-9]*$)"
_NUMBER_PATTERN = rf"^{_FEW_DIGITS}\s*" + NUMBER.pattern.replace(r"\Z", r"\s*$")
_YES_NO_PATTERN = "^(?:[yY][eE][sS]|[nN][oO]|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE])$"


def _text_or(*others: dict[str, Any], **text: Any) -> WithJsonSchema:
    """Return the check of a value that an editor reads as text, or as something else."""
    return WithJsonSchema({"anyOf": [{"type": "string", **text}, *others]})


Text = Annotated[
    str, BeforeValidator(parse_text), WithJsonSchema({"type": _SCALAR, "pattern": r"\S", "maxLength": TITLE_LIMIT})
]
Prose = Annotated[str, BeforeValidator(parse_prose), WithJsonSchema({"type": _SCALAR, "maxLength": PROSE_LIMIT})]
RequiredProse = Annotated[
    str,
    BeforeValidator(parse_required_prose),
    WithJsonSchema({"type": _SCALAR, "pattern": r"\S", "maxLength": PROSE_LIMIT}),
]
Slug = Annotated[
    str, BeforeValidator(parse_slug), _text_or(*IDS_READ_OTHERWISE, pattern=f"^{SLUG_PATTERN}$", maxLength=64)
]
GoalRef = Annotated[
    str,
    BeforeValidator(parse_goal_ref),
    _text_or(*IDS_READ_OTHERWISE, pattern=f"^{_AT_MOST_64}{SLUG_PATTERN}(?:/{_AT_MOST_64}{SLUG_PATTERN})?$"),
]
Number = Annotated[
    Decimal,
    BeforeValidator(parse_number),
    PlainSerializer(plain_number, return_type=str, when_used="json"),
    _text_or({"type": "number", "minimum": -_LARGEST, "maximum": _LARGEST}, pattern=_NUMBER_PATTERN),
]
Count = Annotated[
    int,
    BeforeValidator(parse_count),
    _text_or({"type": "integer", "minimum": 0, "maximum": 100_000}, pattern="^[0-9_]{1,7}$"),
]
Positive = Annotated[
    int,
    BeforeValidator(parse_positive),
    _text_or({"type": "integer", "minimum": 1, "maximum": 100_000}, pattern="^[1-9][0-9_]{0,6}$"),
]
_RANGE_ITEM = {
    "anyOf": [
        {"type": "integer", "minimum": 1, "maximum": 100_000},
        {"type": "string", "pattern": "^[1-9][0-9_]{0,6}$"},
    ]
}
_RANGE = WithJsonSchema({"anyOf": [_RANGE_ITEM, {"type": "array", "items": _RANGE_ITEM, "minItems": 1, "maxItems": 2}]})
Share = Annotated[
    Decimal,
    BeforeValidator(parse_share),
    PlainSerializer(plain_number, return_type=str, when_used="json"),
    _text_or(
        {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
        pattern=r"^\s*(?:0*\.[0-9_]*[1-9][0-9_]*|0*1(?:\.0+)?)\s*$",
    ),
]
Rate = Annotated[
    Decimal,
    BeforeValidator(parse_rate),
    PlainSerializer(plain_number, return_type=str, when_used="json"),
    _text_or({"type": "number", "exclusiveMinimum": 0, "maximum": _LARGEST}, pattern=_NUMBER_PATTERN),
]
Factor = Annotated[
    Decimal,
    BeforeValidator(parse_factor),
    PlainSerializer(plain_number, return_type=str, when_used="json"),
    _text_or({"type": "number", "exclusiveMinimum": 0, "maximum": FACTOR_LIMIT}, pattern=_NUMBER_PATTERN),
]
Range = Annotated[tuple[int, int], BeforeValidator(parse_range), _RANGE]
Times = Annotated[int | tuple[int, int], BeforeValidator(parse_times), _RANGE]
Over = Annotated[
    str,
    BeforeValidator(parse_over),
    WithJsonSchema({"type": "string", "pattern": f"^\\s*{OVER.pattern.removesuffix(chr(92) + 'Z')}\\s*$"}),
]
Day = Annotated[datetime.date, BeforeValidator(parse_day), WithJsonSchema({"type": "string", "pattern": _DAY_PATTERN})]
YesNo = Annotated[bool, BeforeValidator(parse_yes_no), _text_or({"type": "boolean"}, pattern=_YES_NO_PATTERN)]
Currency = Annotated[str, BeforeValidator(parse_currency), WithJsonSchema({"enum": sorted(CURRENCIES)})]
Digest = Annotated[
    str, BeforeValidator(parse_digest), WithJsonSchema({"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"})
]
Base64 = Annotated[
    str,
    BeforeValidator(parse_base64),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9+/]+=*$", "maxLength": BASE64_LIMIT}),
]
Slugs = Annotated[tuple[Slug, ...], BeforeValidator(one_id_or_more)]
SomeSlugs = Annotated[tuple[Slug, ...], Field(min_length=1), BeforeValidator(one_id_or_more)]
Email = Annotated[
    str,
    BeforeValidator(parse_email),
    WithJsonSchema(
        {"type": "string", "pattern": rf"^\s*{EMAIL.pattern.removesuffix(chr(92) + 'Z')}\s*$", "maxLength": TITLE_LIMIT}
    ),
]
Emails = Annotated[tuple[Email, ...], BeforeValidator(one_or_more)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(one_or_more)]
GoalRefs = Annotated[tuple[GoalRef, ...], BeforeValidator(one_id_or_more)]
