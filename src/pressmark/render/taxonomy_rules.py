"""Turns a row of `taxonomy/assertions.tsv` into the parts of an XBRL Formula value assertion.

A row's formula compares sums (or one product) of terms with =, >= or <=. A term is a number or a concept:

- `A|B`: whichever of the concepts is reported; `@set`: any concept of a set in `taxonomy/assertion-sets.tsv`;
- `A@start`, `A@end`: a balance on the day before the first, or on the last day of the period of the other terms;
- `A@longer`: the same concept for a longer period that ends on the same day.

A fact is rounded to its @decimals d, so that its true value lies within half a unit, 10^-d / 2, of what is reported
(XBRL 2.1, 4.6.5). A sum may differ by the half units of all its terms together; a product a x b by
|a| x half(b) + |b| x half(a) + half(a) x half(b), and half(result) besides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pressmark.mapping.table import concept_set
from pressmark.resources import rows

_TERM = re.compile(r"(?P<names>[A-Z]\w*(?:\|[A-Z]\w*)*|@[a-z-]+)(?:@(?P<when>start|end|longer))?")
_COMPARED = re.compile(r"(?P<left>.+) (?P<sign>=|>=|<=) (?P<right>\S+)")
_IN_BRACES = re.compile(r"\{([^}]+)\}")
_TESTS = {"=": "abs({off}) le {slack}", ">=": "{off} ge -({slack})", "<=": "{off} le {slack}"}
_OPERATORS = {">": "gt", ">=": "ge", "<": "lt", "<=": "le"}


@dataclass(frozen=True, slots=True)
class Variable:
    """A fact variable (Variables 1.0): bound to one fact of one of its concepts.

    `when` is "" for the period that the terms share, else start, end or longer. `alike`: another variable of the rule
    must be bound to the same concept.
    """

    name: str
    concepts: tuple[str, ...]
    when: str = ""
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Assertion:
    """A value assertion over us-gaap concepts (Formula 1.0, value assertions).

    `above`: by how many percent of itself a positive result may be more than the sum or product.
    The variables are bound in the same entity, period and unit (any unit for a product), but for what their `when`
    says; `anchor` names the variable whose period that is about. The rule is not evaluated where a fact of an `absent`
    concept is other than 0 in that period, one of `absent_end` on its last day.
    `test`, `preconditions` and `message` hold XPath 2.0.
    """

    id: str
    severity: str
    formula: str
    when: str
    above: str
    meaning: str
    variables: tuple[Variable, ...]
    anchor: str
    absent: tuple[str, ...]
    absent_end: tuple[str, ...]
    product: bool
    test: str
    preconditions: tuple[str, ...]
    message: str

    @property
    def concepts(self) -> tuple[str, ...]:
        """Every concept that a variable may be bound to."""
        return tuple(dict.fromkeys(name for v in self.variables for name in v.concepts))


@dataclass(frozen=True, slots=True)
class Function:
    """A function of ours: its name, the XML Schema type it gives, its parameters, and its XPath."""

    name: str
    output: str
    parameters: tuple[str, ...]
    expression: str


@cache
def assertions() -> tuple[Assertion, ...]:
    """The rules of the table, in its order. Raises ValueError for a formula it cannot read."""
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
    longer = (
        "xfi:period-end(xfi:period($a)) eq xfi:period-end(xfi:period($b)) "
        "and xfi:period-start(xfi:period($a)) lt xfi:period-start(xfi:period($b))"
    )
    return (
        Function("pm:half-unit", "xs:decimal", ("fact",), half),
        Function("pm:half-unit-of-product", "xs:decimal", ("a", "b"), product),
        Function("pm:same-currency", "xs:boolean", ("a", "b"), currency),
        Function("pm:longer", "xs:boolean", ("a", "b"), longer),
    )


def concept_filters(rules: Sequence[Assertion]) -> dict[tuple[str, ...], str]:
    """A label for each different choice of concepts that the rules' variables make: one filter serves them all."""
    chosen = (names for r in rules for names in (*(v.concepts for v in r.variables), r.absent, r.absent_end) if names)
    return {names: f"concepts-{n}" for n, names in enumerate(dict.fromkeys(chosen), 1)}


def _assertion(row: dict[str, str]) -> Assertion:
    compared = _COMPARED.fullmatch(row["formula"])
    words = compared["left"].split() if compared else []
    if compared is None or any(word not in "+-*" for word in words[1::2]) or len(words) % 2 == 0:
        raise ValueError(f"assertions.tsv: {row['id']}: {row['formula']!r} is not a comparison of concepts")
    terms = [*words[::2], compared["right"]]
    variables = _variables(row["id"], [t for t in terms if not t.isdigit()])
    xpath = {t: t if t.isdigit() else f"${_name(t)}" for t in terms}
    product = "*" in words
    anchor = next(v.name for v in variables if not v.when)
    absent = tuple(n for w in row["absent"].split() if not w.endswith("@end") for n in _names(w))
    absent_end = tuple(n for w in row["absent"].split() if w.endswith("@end") for n in _names(w.removesuffix("@end")))
    expression = " ".join(word if word in "+-*" else xpath[word] for word in words)
    off, slack = f"({expression} - {xpath[terms[-1]]})", _tolerance([xpath[t] for t in terms], product=product)
    test = _TESTS[compared["sign"]].format(off=off, slack=slack)
    if row["above"]:
        above = f"{xpath[terms[-1]]} * {row['above']} div 100"
        test = f"{off} le {slack} and -{off} le {slack} + max(({above}, 0))"
    preconditions = [f"empty(${name}[. ne 0])" for name, any_ in _absences(absent, absent_end) if any_]
    preconditions += [f"pm:longer(${v.name}, ${anchor})" for v in variables if v.when == "longer"]
    if product:
        preconditions.append(f"pm:same-currency({xpath[terms[0]]}, {xpath[terms[-1]]})")
    if row["when"]:
        concept, operator, number = row["when"].split()
        preconditions.append(f"${_name(concept)} {_OPERATORS[operator]} {number}")
    return Assertion(
        id=row["id"],
        severity=row["severity"],
        formula=row["formula"],
        when=row["when"],
        above=row["above"],
        meaning=row["meaning"],
        variables=variables,
        anchor=anchor,
        absent=absent,
        absent_end=absent_end,
        product=product,
        test=test,
        preconditions=tuple(preconditions),
        message=_IN_BRACES.sub(_said, row["message"]),
    )


def _absences(absent: Sequence[str], absent_end: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    return (("absent", bool(absent)), ("absent_end", bool(absent_end)))


def _variables(rule: str, terms: Sequence[str]) -> tuple[Variable, ...]:
    """A variable for each different term."""
    found: list[Variable] = []
    for term in dict.fromkeys(terms):
        match = _TERM.fullmatch(term)
        if match is None:
            raise ValueError(f"assertions.tsv: {rule}: {term!r} is neither a concept nor a number")
        found.append(Variable(_name(term), _names(match["names"]), match["when"] or ""))
    names = [v.concepts for v in found]
    return tuple(Variable(v.name, v.concepts, v.when, names.count(v.concepts) > 1) for v in found)


def _names(word: str) -> tuple[str, ...]:
    """The concepts of a term: those of a set, or of the names between its bars."""
    return concept_set(word[1:]) if word.startswith("@") else tuple(word.split("|"))


def _name(term: str) -> str:
    """The XPath variable of a term: `Cash@start` is `Cash_start`, `A|B` is `A`, a set is `each`."""
    match = _TERM.fullmatch(term)
    assert match is not None  # noqa: S101 - `_variables` has refused any other
    first = "each" if match["names"].startswith("@") else match["names"].partition("|")[0]
    return f"{first}_{match['when']}" if match["when"] else first


def _said(match: re.Match[str]) -> str:
    """The XPath of what stands in braces: `{A}` a value, `{name}` the concept that a set's variable is bound to."""
    return "{local-name($each)}" if match[1] == "name" else f"{{${_name(match[1])}}}"


def _tolerance(terms: Sequence[str], *, product: bool) -> str:
    facts = [t for t in terms if t.startswith("$")]
    if product:
        a, b, result = facts
        return f"pm:half-unit-of-product({a}, {b}) + pm:half-unit({result})"
    return " + ".join(f"pm:half-unit({fact})" for fact in facts) if len(facts) == len(terms) else "0"
