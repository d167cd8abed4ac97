"""Scale and currency as a release states them: "(in thousands, except share and per share data)".

Powers of ten apart for money and for counts of shares; per-share figures are never scaled. The words
stand in `taxonomy/scales.tsv`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from pressmark.reading.document import Document, Lines, Paragraph
from pressmark.resources import rows
from pressmark.statements.split import Block
from pressmark.tables.table import RowKind

_FIRST_LINES = 400


@dataclass(frozen=True, slots=True)
class Scale:
    """Powers of ten, None where nothing is said; `currency` is an ISO 4217 code or ""."""

    money: int | None
    shares: int | None = None
    currency: str = ""


@cache
def _powers() -> tuple[tuple[re.Pattern[str], int], ...]:
    table = [r for r in rows("taxonomy/scales.tsv") if r["kind"] == "power"]
    return tuple((re.compile(rf"(?:{r['pattern']})$"), int(r["value"])) for r in table)


@cache
def _currencies() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = [r for r in rows("taxonomy/scales.tsv") if r["kind"] == "currency"]
    return tuple((re.compile(r["pattern"]), r["value"]) for r in table)


_POWER = r"thousands|millions|billions|(?<![\d,.])['’]?000['’]?s?(?:\s+omitted)?|1,000['’]?s"
_STATED = re.compile(
    rf"(?:\b(?:in|of)\s+(?:u\.?s\.?\s*)?(?:\$\s*)?\(?(?P<a>{_POWER})(?!\s+of\s+(?!(?:\w+\s+){{0,2}}(?:dollars|euros?|pounds|yen|rmb|yuan|francs|pesos|shares)|u\.?s|nis|€|£))"
    rf"|(?:\$|dollars|amounts|figures|€|£|\b(?:usd|eur|euros?|cad|gbp|chf|rmb|nis|yen))\s*\(?\s*(?:in\s+)?(?P<b>{_POWER})"
    rf"|\(\s*(?:unaudited\s*[;,-]?\s*)?\$?\s*(?P<c>{_POWER})"
    rf"|^\s*(?P<d>thousands|millions|billions)\b(?:\s*[,;)]|\s+of\b|\s+except|\s*$)"
    rf"|(?P<e>thousands|millions)\s+of\s+(?:u\.?s\.?\s+)?(?:dollars|euros)"
    rf"|\((?:\$|us\$|€|£)?\s*(?P<f>mm?|k|bn)\))"
)
_LABELLED = re.compile(
    rf"[(,–-]\s*(?:shares\s+)?(?:in\s+)?\$?\s*(?P<p>{_POWER})\s*\)?|\bin\s+(?P<q>thousands|millions|billions)\b"
)
_SHARES = re.compile(
    r"(?<!per )(?<!per common )\bshares?(?:\s+(?:amounts?|data|counts?|outstanding|information))?"
    r"[\s,(]*(?:which|that)?\s*"
    r"(?:are|is)?\s*(?:reflected|stated|expressed|shown|presented)?\s*(?:in\s+)?[\s(]*"
    rf"(?P<p>{_POWER})"
)
_BOTH = re.compile(rf"\b(?:dollars|amounts|\$)\s+and\s+shares?(?:\s+amounts)?\s+(?:are\s+)?in\s+(?P<p>{_POWER})")
_EXCEPT = re.compile(r"\b(?:except(?:ing)?|other than|excluding|unless)\b")
_BARE_SHARE = re.compile(r"(?<!per )(?<!per common )(?<!per ordinary )\bshares?\b(?!\s*(?:/|and unit))")
_WHOLE = re.compile(r"\bin (?:whole|actual|u\.?s\.?)?\s*dollars\b(?! in)|\(in dollars\)|\bin whole\b")


@lru_cache(maxsize=4096)
def parse_scale(text: str) -> Scale | None:
    """The scale that a line states; None for a line that states none."""
    lower = " ".join(text.lower().split()).replace("per-", "per ")
    if len(lower.split()) > 40:
        return None
    stated = _STATED.search(lower)
    if stated is None:
        return Scale(0, None, currency_of(lower)) if _WHOLE.search(lower) and len(lower.split()) < 12 else None
    money = _power(next(g for g in stated.groups() if g))
    cut = _EXCEPT.search(lower, stated.end())
    rest = lower[cut.end() :] if cut else ""
    named = _BOTH.search(lower) or _SHARES.search(lower, 0)
    shares: int | None = None
    if named is not None:
        shares = _power(named["p"])
        others = [m for m in _STATED.finditer(lower) if not named.start() <= m.start() <= named.end()]
        if others:
            money = _power(next(g for g in others[0].groups() if g))
        elif _SHARES.match(lower.lstrip("( "), 0) and not _BOTH.search(lower):
            return Scale(money if "$" in lower else None, shares, currency_of(lower))
    elif rest and _BARE_SHARE.search(rest):
        shares = 0
    return Scale(money, shares, currency_of(lower))


def currency_of(text: str) -> str:
    """The ISO code that a text names, "" for none."""
    lower = text.lower()
    return next((code for pattern, code in _currencies() if pattern.search(lower)), "")


def cell_currency(block: Block) -> str:
    """The ISO code of the currency sign that most numbers of a block carry, "" for none."""
    signs = Counter(
        c.number.currency
        for r in block.rows
        if r.kind is RowKind.BODY
        for c in r.cells
        if c.number is not None and c.number.currency
    )
    return currency_of(signs.most_common(1)[0][0]) if signs else ""


def label_power(label: str) -> int | None:
    """The power that a label states for its own line: "Shares outstanding (in millions)"."""
    lower = label.lower()
    if "thousands" not in lower and "illions" not in lower and "000" not in lower:
        return None
    match = _LABELLED.search(lower)
    return _power(match["p"] or match["q"]) if match else None


def block_scale(block: Block) -> Scale | None:
    """The scale stated for a block: in its head, its first text rows, or the caption lines, the nearest first."""
    found: Scale | None = None
    for line in _lines(block):
        scale = parse_scale(line)
        if scale is None:
            continue
        if found is not None:
            scale = Scale(scale.money, found.shares, scale.currency or found.currency)
        if scale.money is not None:
            return scale
        found = scale
    return found


def _lines(block: Block) -> Iterator[str]:
    for row in block.heads:
        texts = [row.label.text] if row.label is not None else []
        yield " ".join([*texts, *(c.text for c in row.cells)])
    for row in block.rows[:3]:
        if row.label is not None and row.kind is not RowKind.BODY:
            yield row.label.text
    captions = [t.text for t in reversed(block.captions)]
    yield from captions
    # A phrase may break over two lines: "(in thousands, except per" / "share data)".
    yield from (f"{above} {below}" for below, above in pairwise(captions))


def document_scale(document: Document) -> Scale | None:
    """A scale that the release states once for all, in a line of its own."""
    for line in _first_lines(document):
        lower = line.lower()
        if "thousand" in lower or "million" in lower or "000" in lower:
            scale = parse_scale(line) if len(line.split()) <= 20 else None
            if scale is not None and scale.money is not None and not re.search(r"\d", line.replace("000", "")):
                return scale
    return None


def _first_lines(document: Document) -> Iterator[str]:
    count = 0
    for block in document.blocks:
        texts: Iterable[str] = ()
        if isinstance(block, Paragraph):
            texts = (block.text.text,)
        elif isinstance(block, Lines):
            texts = (t.text.strip() for t in block.lines)
        for text in texts:
            yield text
            count += 1
            if count == _FIRST_LINES:
                return


def _power(word: str) -> int:
    word = word.strip()
    return next(value for pattern, value in _powers() if pattern.match(word))
