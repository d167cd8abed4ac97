"""Explains every code a finding can have: ours, those of the formula assertions, and Arelle's families of codes."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from pressmark.finding import codes
from pressmark.resources import rows

# How Arelle names an assertion's message.
ASSERTION = "message:"
# The names that our own assertions begin with: others are somebody else's.
_OURS = ("rule.", f"{ASSERTION}rule.")


@dataclass(frozen=True, slots=True)
class Explained:
    """A code or, for Arelle's, a glob of codes: what it means, what to do about it, what it may look like.

    `source` is pressmark, rule, or the specification that Arelle's code is about.
    """

    code: str
    severity: str
    source: str
    meaning: str
    hint: str
    example: str

    @property
    def family(self) -> bool:
        """Whether it stands for many codes."""
        return "*" in self.code


@cache
def rulebook() -> tuple[Explained, ...]:
    """Every code, ours first, each group in the order of its table or of names."""
    example = {row["code"]: row["example"] for row in rows("taxonomy/finding-examples.tsv")}
    ours = [
        Explained(c.code, c.severity.value, "pressmark", c.meaning, c.hint, example.get(c.code, ""))
        for c in sorted(codes().values(), key=lambda c: c.code)
    ]
    assertions = [
        Explained(
            f"{ASSERTION}{row['id']}",
            row["severity"],
            "rule",
            row["meaning"],
            "Compare the lines with the release; a wrong digit, sign, scale or concept breaks the rule.",
            row["message"],
        )
        for row in rows("taxonomy/assertions.tsv")
    ]
    arelle = [
        Explained(r["code"], r["severity"], r["specification"], r["meaning"], r["hint"], r["example"])
        for r in rows("taxonomy/arelle-codes.tsv")
    ]
    return (*ours, *assertions, *arelle)


def explained(code: str) -> Explained | None:
    """What is known of a code; an assertion may be named without its prefix. None for a code nobody gives."""
    for wanted in (code, f"{ASSERTION}{code}"):
        exact = next((one for one in rulebook() if one.code == wanted), None)
        if exact is not None:
            return exact
    if code.startswith(_OURS):
        return None
    fitting = [one for one in rulebook() if one.family and fnmatchcase(code, one.code)]
    return max(fitting, key=lambda one: len(one.code), default=None)


def matching(code: str) -> bool:
    """Whether a code, or a glob of codes, can be that of a finding."""
    return explained(code) is not None or any(fnmatchcase(one.code, code) for one in rulebook())


def search(text: str) -> tuple[Explained, ...]:
    """The codes whose name, meaning or hint hold every word."""
    words = text.lower().split()
    return tuple(
        one
        for one in rulebook()
        if all(w in f"{one.code} {one.source} {one.meaning} {one.hint}".lower() for w in words)
    )
