"""Numbers as releases print them: currency signs, parentheses, dashes, fractions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from unicodedata import numeric


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number. `value` is signed as printed (parentheses or a minus: negative), unscaled.

    `places` counts the digits after the decimal point. `dash` marks a dash, which is zero.
    `currency` is the sign or code as printed ("$", "EUR"), empty for none.
    """

    value: Decimal
    places: int = 0
    currency: str = ""
    percent: bool = False
    dash: bool = False


DASHES = "-‐‑‒–—―−─━\x96\x97"
_DASH = f"[{DASHES}]"
_CURRENCY = (
    r"(?:(?:US|CA|AU|NZ|HK|NT|S|C|A|R)?\$|US ?dollars?|[€£¥₤₩₪₹]"
    r"|(?:USD|EUR|GBP|CHF|CAD|AUD|JPY|RMB|CNY|NIS|SEK|NOK|DKK)\b|RMB(?=\d))"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+"
_AMOUNT = rf"(?P<whole>{_DIGITS})?(?P<fraction>\.\d+)?\.?(?:[ -]?(?P<vulgar>[½¼¾⅛⅜⅝⅞⅓⅔]| ?\d{{1,2}}/\d{{1,2}}))?"
_NOTES = r"(?:\s*(?:\([a-z1-9]\)|\[[a-z1-9]\]|[*†‡§]+|[¹²³]))*"
_NUMBER = re.compile(
    rf"(?P<before>(?:{_CURRENCY}|{_DASH}|[(<+]|\s)*){_AMOUNT}\s*(?P<after>%?\s*[)>]?\s*(?:%|{_DASH}|€|£)?){_NOTES}",
    re.IGNORECASE,
)
_ZERO = re.compile(
    rf"[(<]?\s*(?P<currency>{_CURRENCY})?\s*[(<]?\s*(?:{_DASH}(?:\s?{_DASH}){{0,3}}|-\s?0\s?-)\s*[)>]?\s*(?P<percent>%)?\s*[)>]?{_NOTES}",
    re.IGNORECASE,
)
_SIGN = re.compile(_CURRENCY, re.IGNORECASE)
_MINUS = re.compile(rf"[()<>]|{_DASH}")
_TWICE = re.compile(
    rf"[(<][^(<]*[(<]|{_DASH}[^{DASHES}]*{_DASH}|\+[^+]*\+|(?P<sign>{_CURRENCY}).*(?:{_CURRENCY})", re.IGNORECASE
)
_PLAIN = re.compile(rf"(?P<open>\()?(?:(?:{_DIGITS})(?:\.(?P<places>\d+))?|\.(?P<bare>\d+))(?P<close>\))?")
_TRAILING = re.compile(_DASH)
_CLUE = re.compile(rf"[\d½¼¾⅛⅜⅝⅞⅓⅔]|{_DASH}")
_WORD = re.compile(r"(?<![a-z])(?!(?:us)?dollar)[a-z]{4}", re.IGNORECASE)
_LONGEST = 60
_MOST_DIGITS = 18
"""So many digits keep every sum exact; more are no amount."""


def parse_number(text: str) -> Number | None:
    """The number that `text` prints, or None where it prints anything else ("n/a", words, a date).

    White space is free between sign, currency and digits; a parenthesis may lack its other half, as
    where that half stands in a column of its own. Note marks after the number ("(1)", "*") are passed
    over. A dash of any kind, also "-0-", is zero with `dash` set. "(5)" is -5: only the
    surroundings tell whether it is a note mark.
    """
    text = text.strip()
    if len(text) > _MOST_DIGITS and (len(text) > _LONGEST or sum(map(str.isdigit, text)) > _MOST_DIGITS):
        return None
    return None if _WORD.search(text) or not _CLUE.search(text) else _number(text)


@lru_cache(maxsize=4096)
def _number(text: str) -> Number | None:
    plain = _PLAIN.fullmatch(text)
    if plain and bool(plain["open"]) == bool(plain["close"]):
        value = Decimal(text.strip("()").replace(",", ""))
        return Number(-value if plain["open"] else value, len(plain["places"] or plain["bare"] or ""))
    zero = _ZERO.fullmatch(text)
    if zero:
        return Number(Decimal(0), currency=zero["currency"] or "", percent=bool(zero["percent"]), dash=True)
    match = _NUMBER.fullmatch(text)
    if match is None or not (match["whole"] or match["fraction"] or match["vulgar"]):
        return None
    value = Decimal((match["whole"] or "0").replace(",", "") + (match["fraction"] or ""))
    if match["vulgar"]:
        part = _fraction(match["vulgar"].strip())
        if part is None or match["fraction"] or (len(match["vulgar"]) > 1 and not match["whole"]):
            return None
        value += part
    before, after = match["before"], match["after"]
    if _TWICE.search(before):
        return None
    currency = _SIGN.search(before) or _SIGN.search(after)
    minus = _MINUS.search(before) or _MINUS.search(after)
    if _TRAILING.search(after) and len(match["whole"] or "") < 3 and not match["fraction"]:
        return None
    places = len(match["fraction"] or " ") - 1
    return Number(
        -value if minus else value,
        places=places,
        currency=currency[0] if currency else "",
        percent="%" in after,
    )


def _fraction(text: str) -> Decimal | None:
    """The value of "7/8" or of one fraction character; None for what is no proper binary fraction."""
    if len(text) == 1:
        return Decimal(str(numeric(text)))
    top, bottom = (int(part) for part in text.split("/"))
    if bottom not in (2, 4, 8, 16, 32, 64) or not 0 < top < bottom:
        return None
    return Decimal(top) / Decimal(bottom)
