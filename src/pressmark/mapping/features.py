"""What the model sees of a line: words, word pairs and context of its label, each hashed to a bucket."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pressmark.resources import rows
from pressmark.statements.words import abbreviations

MOST_WORDS = 30  # of a label: more features than these give would not fit the sums of the model
BUCKETS = 1 << 22
_NOTE = re.compile(
    r"\((?:see )?notes?\b[^)]*\)|[,-]? ?\b(?:see )?notes? (?:\d\S*|[A-Z])(?: and (?:\d+|[A-Z]))?$|\{\d+\}|\[\w+\]",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[,;:(]?\s*(?:\$|no par|par value|without par|stated value|authorized|issued"
    r"|\d[\d,.]* (?:million |billion )?shares).*|[,;(]\s*(?:less|net of|including|of which|with|at) [^,;]*\d.*",
    re.IGNORECASE | re.DOTALL,
)
_TOTAL = re.compile(r"^(.*?), ?(total|net|current|noncurrent)$")
_DATE = re.compile(
    r"(\W|\d|(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?"
    r"|dec(ember)?)\b)+$",
    re.IGNORECASE,
)
NONCONTROLLING = "nci"  # a cue: some line of the filer speaks of a noncontrolling interest
SHARED = "shared"  # a cue: one of the statement itself does
_TOLD_IN = {"CF": "IS"}
_WORD = re.compile(r"[a-z&][a-z&'-]*|\(")


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a line.

    `above` and `below` are codes of the nearest subtotals; `measure` is money,
    shares or per-share; `section` holds the words of the nearest heading; `cues` are codes of what else the
    filer's statements hold; `era` tells which elements were in use: "old" before 2018, "recent", "latest" from 2024;
    `block` is what the heading says about the lines below it (`taxonomy/blocks.tsv`), "" where nothing.
    """

    statement: str
    above: str = "^"
    below: str = ""
    measure: str = "money"
    section: str = ""
    cues: tuple[str, ...] = ()
    era: str = "recent"
    block: str = ""

    @property
    def recent(self) -> bool:
        """Whether today's elements were in use."""
        return self.era != "old"


@cache
def _stands_for() -> dict[str, str]:
    short = {word: " ".join(base(w) for w in whole.split()) for word, whole in abbreviations().items()}
    return short | {r["word"]: r["stands_for"] for r in rows("taxonomy/lexicon-words.tsv")}


@lru_cache(maxsize=4096)
def words(label: str) -> tuple[str, ...]:
    """The label's words in their base form: notes, amounts and details of share capital are left out."""
    text = label.replace("’", "'").replace("‘", "'").replace("–", "-").replace("—", "-").lower()
    text = _NOTE.sub(" ", text)
    short = _TAIL.sub("", text)
    text = short if len(short) > 5 else text
    inverted = _TOTAL.match(text)
    if inverted and inverted[2] == "total":
        text = f"total {inverted[1]}"
    table = _stands_for()
    out: list[str] = []
    for word in _WORD.findall(text):
        known = table.get(word)
        if known is None:
            known = base(word)
            known = table.get(known, known)
        if known and known != "(":
            out.extend(known.split(" ") if " " in known else (known,))
    return tuple(out)


def is_date(label: str) -> bool:
    """Whether a label is nothing but a date, so that what it is stands above it."""
    return _DATE.match(label) is not None


def base(word: str) -> str:
    """A word without its plural or possessive ending."""
    word = word.strip("'-")
    word = word.removesuffix("'s")
    if len(word) > 4:
        if word.endswith("ies"):
            return word[:-3] + "y"
        if word.endswith(("sses", "shes", "ches")):
            return word[:-2]
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return word[:-1]
    return word


def features(label: tuple[str, ...], context: Context, classes: Mapping[str, int] | None = None) -> list[str]:
    """The features of a line, as short strings; `classes` of words instead of the shipped ones."""
    return of_context(context) + of_label(label, context, classes)


def of_context(context: Context) -> list[str]:
    """The features that a line shares with all lines of its place."""
    out = [f"c{context.above}/{context.below}", f"m{context.measure}", f"e{context.recent}"]
    out += [f"g{c}" for c in context.cues]
    out += ["elatest"] if context.era == "latest" else []
    return [*out, f"s{context.section}"] if context.section else out


def of_label(label: tuple[str, ...], context: Context, classes: Mapping[str, int] | None = None) -> list[str]:
    """The features that the words of its label give a line, alone and with its place."""
    small = small_words()
    core = [w for w in label if w not in small][:MOST_WORDS]
    kinds = [(word_classes() if classes is None else classes).get(w, -1) for w in core]
    whole = " ".join(core)
    first, last = (core[0], core[-1]) if core else ("", "")
    sides = f"{context.above}/{context.below}"
    measure, below, recent = context.measure, context.below, context.recent
    out = [f"={whole}", f"={whole}|{sides}", f"={whole}<{context.above}", f"={whole}>{below}", f"e{recent}={whole}"]
    out += [f"elatest={whole}"] if context.era == "latest" else []
    out += [f"w{w}" for w in core]
    out += [f"w{w}>{below}" for w in core]
    out += [f"p{w[:5]}" for w in core if len(w) > 5]
    out += [f"b{a} {b}" for a, b in zip(("^", *core), (*core, "$"), strict=True)]
    out += [f"k{a} {b}" for a, b in zip(core, core[2:], strict=False)]
    out += [f"C{a}" for a in kinds] + [f"B{a} {b}" for a, b in zip(("^", *kinds), (*kinds, "$"), strict=True)]
    out += [f"f{first}|{last}", f"l{last}|{sides}", f"l{first}|{sides}", f"n{min(len(core), 7)}"]
    out += [f"m{measure}|{first}", f"m{measure}|{last}"]
    out += [f"g{c}={whole}" for c in context.cues]
    return [*out, f"s{context.section}={whole}"] if context.section else out


@cache
def word_classes() -> dict[str, int]:
    """The class of each known word: words of a class word the lines of like elements (`taxonomy/word-classes.tsv`)."""
    return {r["word"]: int(r["class"]) for r in rows("taxonomy/word-classes.tsv")}


def bucket(feature: str) -> int:
    """The bucket of a feature."""
    return zlib.crc32(feature.encode()) & (BUCKETS - 1)


def cues(labels: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """By statement the codes of what the labels of all statements tell about the filer, and of what its own do.

    `SHARED` is told by the statement itself, to a cash flow by the income statement.
    """
    texts = {statement: "\n".join(own).lower() for statement, own in labels.items()}
    whole = "\n".join(texts.values())
    found = tuple(code for code, pattern in _cues().items() if pattern.search(whole))
    shared = {s: bool(_cues()[NONCONTROLLING].search(texts.get(_TOLD_IN.get(s, s), whole))) for s in texts}
    return {s: (*found, SHARED) if shared[s] else found for s in texts}


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    return {r["code"]: re.compile(r["pattern"]) for r in rows("taxonomy/cues.tsv")}


@cache
def small_words() -> frozenset[str]:
    """Words that tell nothing about a line."""
    return frozenset(r["word"] for r in rows("taxonomy/small-words.tsv"))
