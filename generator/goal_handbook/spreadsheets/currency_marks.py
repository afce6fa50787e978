"""The signs that people write for currencies."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ..model.values import CURRENCIES

#: What the signs that people write stand for. Several countries share some of them.
_SIGNS: Mapping[str, str] = {
    "$": "USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP DOP UYU BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SRD TTD XCD",
    "¥": "JPY CNY",
    "￥": "JPY CNY",
    "kr": "SEK NOK DKK ISK",
    "kr.": "DKK ISK",
    "rs": "INR PKR LKR NPR",
    "rs.": "INR PKR LKR NPR",
    "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₴": "UAH", "₱": "PHP",
    "฿": "THB", "₫": "VND", "zł": "PLN", "kč": "CZK", "ft": "HUF", "lei": "RON", "fr.": "CHF", "r": "ZAR",
    "us$": "USD", "$us": "USD", "ca$": "CAD", "c$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD",
    "s$": "SGD", "nt$": "TWD", "mx$": "MXN", "r$": "BRL", "cn¥": "CNY", "jp¥": "JPY", "rmb": "CNY",
}  # fmt: skip


@lru_cache(maxsize=1_024)
def currencies_named(mark: str) -> tuple[str, ...]:
    """Return the currencies that a sign or an ISO 4217 code can stand for; none if it is neither."""
    code = mark.upper()
    return tuple(_SIGNS.get(mark.casefold(), code if code in CURRENCIES else "").split())
