"""Turns a row of `taxonomy/assertions.tsv` into the parts of an XBRL Formula value assertion.

A fact is rounded to its @decimals d, so that its true value lies within half a unit, 10^-d / 2, of what is reported
(XBRL 2.1, 4.6.5). A sum may differ by the half units of all its terms together; a product a x b by
|a| x half(b) + |b| x half(a) + half(a) x half(b), and half(result) besides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pressmark.resources import rows

_NAME = re.compile(r"[A-Z][A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Assertion:
    """A value assertion over us-gaap concepts (Formula 1.0, value assertions).

    `concepts` are bound to one fact each, in the same entity, period and unit (any unit for a product);
    the rule is not evaluated where a fact of an `absent` concept is other than 0 in that context.
    `test`, `preconditions` and `message` hold XPath 2.0 with the concept names as variables.
    """

    id: str
    severity: str
    equation: str
    meaning: str
    concepts: tuple[str, ...]
    absent: tuple[str, ...]
    product: bool
    test: str
    preconditions: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Function:
    """A function of ours: its name, the XML Schema type it gives, its parameters, and its XPath."""

    name: str
    output: str
    parameters: tuple[str, ...]
    expression: str


@cache
def assertions() -> tuple[Assertion, ...]:
    """The rules of the table, in its order. Raises ValueError for an equation it cannot read."""
    return tuple(_assertion(row) for row in rows("taxonomy/assertions.tsv"))


def functions() -> tuple[Function, ...]:
    """The functions that the rules call (Custom Function Implementation 1.0): each is compiled once for all rules."""
    d, zeros = "xfi:decimals($fact)", "'000000000000000'"
    half = (
        f"if (string({d}) eq 'INF') then 0 "
        f"else if (number({d}) ge 0) then xs:decimal(concat('0.', substring({zeros}, 1, xs:integer({d})), '5')) "
        f"else xs:decimal(concat('5', substring({zeros}, 1, -1 - xs:integer({d}))))"
    )
    product = "abs($a) * pm:half-unit($b) + abs($b) * pm:half-unit($a) + pm:half-unit($a) * pm:half-unit($b)"
    currency = "xfi:unit-numerator(xfi:unit($a))[1] eq xfi:unit-numerator(xfi:unit($b))[1]"
    return (
        Function("pm:half-unit", "xs:decimal", ("fact",), half),
        Function("pm:half-unit-of-product", "xs:decimal", ("a", "b"), product),
        Function("pm:same-currency", "xs:boolean", ("a", "b"), currency),
    )


def _assertion(row: dict[str, str]) -> Assertion:
    terms, equals, result = row["equation"].partition(" = ")
    words = terms.split()
    if not equals or any(word not in "+-*" for word in words[1::2]) or len(words) % 2 == 0:
        raise ValueError(f"assertions.tsv: {row['id']}: {row['equation']!r} is not an equation of concepts")
    parts = words[::2]
    product = "*" in words
    absent = tuple(row["absent"].split())
    preconditions = ["empty($absent[. ne 0])"] if absent else []
    if product:
        preconditions.append(f"pm:same-currency(${parts[0]}, ${result})")
    expression = " ".join(f"${word}" if _NAME.fullmatch(word) else word for word in words)
    return Assertion(
        id=row["id"],
        severity=row["severity"],
        equation=row["equation"],
        meaning=row["meaning"],
        concepts=(*parts, result),
        absent=absent,
        product=product,
        test=f"abs({expression} - ${result}) le {_tolerance(parts, result, product=product)}",
        preconditions=tuple(preconditions),
        message=_NAME_IN_BRACES.sub(r"{$\1}", row["message"]),
    )


_NAME_IN_BRACES = re.compile(r"\{(\w+)\}")


def _tolerance(parts: list[str], result: str, *, product: bool) -> str:
    if not product:
        return " + ".join(f"pm:half-unit(${name})" for name in (*parts, result))
    a, b = parts
    return f"pm:half-unit-of-product(${a}, ${b}) + pm:half-unit(${result})"
