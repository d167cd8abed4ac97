"""Lexical forms shared by every output, so that a fact reads the same in XML, JSON and CSV."""

from __future__ import annotations

import re
from decimal import Decimal

from pressmark.report.model import Fact, Unit

# What the Char production of XML 1.0, section 2.2, leaves out.
_FORBIDDEN = re.compile("[\0-\x08\v\f\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANKS = "\v\f\x1c\x1d\x1e\x1f"
_REPLACED = "\ufffd"


def plain(text: str) -> str:
    """Text that XML 1.0 can carry.

    Line ends become newlines, control characters that break lines or pages become blanks, any other
    forbidden character becomes U+FFFD, so that its loss shows.
    """
    if text.isprintable():  # most texts by far: no control character, surrogate or noncharacter
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub(lambda match: " " if match[0] in _BLANKS else _REPLACED, text)


def number(value: Decimal) -> str:
    """The canonical form of xs:decimal (XML Schema 1.1, 3.3.3): no exponent, no needless zero, no minus zero.

    Raises ValueError for NaN and infinities, which no numeric fact may carry.
    """
    if not value.is_finite():
        raise ValueError(f"{value} is not a number that a fact can report")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def fact_value(fact: Fact) -> str:
    """The fact's value as it stands in XML, JSON and CSV."""
    return number(fact.value) if isinstance(fact.value, Decimal) else plain(fact.value)


def precision(fact: Fact) -> str:
    """The decimals of a numeric fact (XBRL 2.1, 4.6.4): INF where none is stated; "" for other facts."""
    if not isinstance(fact.value, Decimal):
        return ""
    return "INF" if fact.decimals is None else str(fact.decimals)


def unit_text(unit: Unit) -> str:
    """The unit as xBRL-JSON writes it (OIM 1.0, unit string representation): `iso4217:USD/xbrli:shares`."""
    if len(unit.numerator) == 1 and not unit.denominator:  # most units by far
        return unit.numerator[0]
    sides = ["*".join(sorted(side)) for side in (unit.numerator, unit.denominator) if side]
    if len(sides) == 1:
        return sides[0]
    return "/".join(f"({side})" if "*" in side else side for side in sides)
