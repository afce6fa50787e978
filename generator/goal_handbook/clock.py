"""The only module that asks what day it is."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping


class BadClock(ValueError):
    """SOURCE_DATE_EPOCH is not a number of seconds."""


def now(environ: Mapping[str, str] = os.environ) -> datetime.date | None:
    """Return the day (UTC) that SOURCE_DATE_EPOCH names, or None if it is not set.

    Raises BadClock if it is anything but whole seconds since 1970, up to the year 2199
    (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    epoch = environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return None
    if not (epoch.isascii() and epoch.isdigit() and len(epoch) <= 10 and int(epoch) < 7_258_118_400):
        raise BadClock(f'SOURCE_DATE_EPOCH is "{epoch[:40]}" but must be whole seconds since 1970, e.g. 1508025600')
    return datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC).date()


def today() -> datetime.date:
    """Return today's date in UTC."""
    return datetime.datetime.now(tz=datetime.UTC).date()


def status_date(
    option: datetime.date | None, handbook: datetime.date | None, environ: Mapping[str, str] = os.environ
) -> datetime.date:
    """Return the status date: the first of option, SOURCE_DATE_EPOCH, handbook.yaml and today (status.md)."""
    return option or now(environ) or handbook or today()
