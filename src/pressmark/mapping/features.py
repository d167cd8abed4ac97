"""What the model sees of a line: words, word pairs and context of its label, each hashed to a bucket."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pressmark.resources import rows

BUCKETS = 1 << 17
_NOTE = re.compile(r"\((?:see )?notes?\b[^)]*\)|[,-]? ?\b(?:see )?notes? [\dA-Z]\S*(?: and [\dA-Z]+)?$|\{\d+\}|\[\w+\]", re.I)
_TAIL = re.compile(
    r"[,;:(]?\s*(?:\$|no par|par value|without par|stated value|authorized|issued|\d[\d,.]* (?:million |billion )?shares)"
    r".*|[,;(]\s*(?:less|net of|including|of which|with|at) [^,;]*\d.*",
    re.I | re.S,
)
_TOTAL = re.compile(r"^(.*?), ?(total|net|current|noncurrent)$")
_WORD = re.compile(r"[a-z&][a-z&'-]*|\(")
_STOP = frozenset("the a an of to in on for by from at with its our and or as per".split())


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a line. `above` and `below` are codes of the nearest subtotals; `measure` is money,
    shares or per-share; `section` holds the words of the nearest heading; `cues` are codes of what else the
    filer's statements hold; `recent` tells the years in which today's elements were in use."""

    statement: str
    above: str = "^"
    below: str = ""
    measure: str = "money"
    section: str = ""
    cues: tuple[str, ...] = ()
    recent: bool = True


@cache
def _stands_for() -> dict[str, str]:
    return {r["word"]: r["stands_for"] for r in rows("taxonomy/lexicon-words.tsv")}


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


def base(word: str) -> str:
    """A word without its plural or possessive ending."""
    word = word.strip("'-")
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) > 4:
        if word.endswith("ies"):
            return word[:-3] + "y"
        if word.endswith(("sses", "shes", "ches")):
            return word[:-2]
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return word[:-1]
    return word


def features(label: tuple[str, ...], context: Context) -> list[str]:
    """The features of a line, as short strings."""
    core = [w for w in label if w not in _STOP]
    whole = " ".join(core)
    first, last = (core[0], core[-1]) if core else ("", "")
    sides = f"{context.above}/{context.below}"
    out = [f"={whole}", f"={whole}|{sides}", f"c{sides}", f"m{context.measure}", f"e{context.recent}"]
    out += [f"={whole}<{context.above}", f"={whole}>{context.below}", f"e{context.recent}={whole}"]
    out += [f"w{w}" for w in core]
    out += [f"p{w[:5]}" for w in core if len(w) > 5]
    out += [f"b{a} {b}" for a, b in zip(("^", *core), (*core, "$"), strict=True)]
    out += [f"k{a} {b}" for a, b in zip(core, core[2:], strict=False)]
    out += [f"f{first}|{last}", f"l{last}|{sides}", f"l{first}|{sides}", f"n{min(len(core), 7)}"]
    out += [f"w{w}>{context.below}" for w in core]
    out += [f"m{context.measure}|{first}", f"m{context.measure}|{last}"]
    if context.section:
        out += [f"s{context.section}", f"s{context.section}={whole}"]
    out += [f"g{c}={whole}" for c in context.cues]
    out += [f"g{c}" for c in context.cues]
    return out


def bucket(feature: str) -> int:
    """The bucket of a feature."""
    return zlib.crc32(feature.encode()) & (BUCKETS - 1)


# Codes of what a statement or filing holds, told from its labels alone.
_CUES = (
    ("nci", re.compile(r"noncontrolling|non-controlling|minority interest", re.I)),
    ("attrib", re.compile(r"attributable to", re.I)),
    ("restr", re.compile(r"cash.*restricted cash|restricted cash.*cash", re.I)),
    ("class", re.compile(r"total current (assets|liabilities)", re.I)),
    ("disc", re.compile(r"discontinued", re.I)),
    ("gross", re.compile(r"gross (profit|margin)", re.I)),
    ("bank", re.compile(r"\b(deposits?|loans?)\b.*\b(interest-bearing|net of|loans|interest|customers)\b|allowance for loan|provision for (loan|credit) losses", re.I)),
    ("ins", re.compile(r"\bpremiums?\b|policyholder|reinsurance", re.I)),
    ("reit", re.compile(r"real estate|rental|tenant", re.I)),
    ("util", re.compile(r"regulatory|electric|natural gas|utility", re.I)),
    ("partner", re.compile(r"partners?'|limited partner|per unit|unitholder", re.I)),
    ("costs", re.compile(r"total (operating )?costs and expenses|total (operating )?costs", re.I)),
    ("opex", re.compile(r"total operating expenses", re.I)),
    ("equityinc", re.compile(r"equity in .*(earnings|income|loss)|(earnings|income|loss).* of (unconsolidated )?affiliates", re.I)),
)


def cues(labels: Iterable[str]) -> tuple[str, ...]:
    """The codes of what the labels of a statement tell about the filer."""
    text = "\n".join(labels)
    return tuple(code for code, pattern in _CUES if pattern.search(text))
