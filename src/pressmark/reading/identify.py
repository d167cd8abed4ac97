"""Tells who a release is of: by the submission header, the dateline, the ticker in parentheses, the wire's lines.

The ladder for the name, in order: the submission header; the words between dateline and ticker; the wire's
"CO:" or "SOURCE" line; the heading over the statements; the subject of the headline ("X Reports ...").
A short name is completed with the legal form where the release writes it out ("Acme" to "Acme Inc.").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from pressmark import dates
from pressmark.lower import lowered
from pressmark.reading.dateline import Dateline, datelines, entity_words, state_code
from pressmark.reading.document import Document, texts
from pressmark.reading.entity import Entity, Named
from pressmark.reading.paragraphs import Passage, paragraphs
from pressmark.resources import rows
from pressmark.span import Span, Text

_MARKS = re.compile(r"\s*[®™†‡*]|\((?:R|TM|SM)\)")
_WIRE_LINE = re.compile(r"\s*(CO|ST|SOURCE|SOURCE:)\s*:?\s{1,}(\S.*?)\s*$")
# A line over a statement that names the company is no longer than that.
_TITLE = 120
_SUBSIDIARIES = re.compile(r"\s+(?:and|&)\s+(?:its\s+)?(?:consolidated\s+)?subsidiar(?:y|ies)$", re.IGNORECASE)
_COLUMN = re.compile(r"\s{3,}")
_PASSIVE = re.compile(r"(?<=ed)\s+(?:in|at|on|by|as|within|under)\b", re.IGNORECASE)
_LETTERHEAD = re.compile(r"\b(?:news|press|media|for|immediate)\s*$", re.IGNORECASE)  # "News release" is no headline
# A ticker as it follows its exchange, which few passages hold: "(Nasdaq: XYZ)", "Nasdaq under the symbol XYZ".
_COLON = re.compile(r"[:/]\s*[“\"'‘]?[A-Z][A-Z0-9]{0,5}\b")
_UNDER = re.compile(r"(?:under|symbol)\s+(?:(?:the|ticker|symbol)\s+)*[“\"'‘]?(?-i:[A-Z]{1,5})\b", re.IGNORECASE)
_ALONE = re.compile(r"\s*\(([A-Z]{2,5})\)\s*")


def identify(
    document: Document, passages: Sequence[Passage] | None = None, *, cik: str = "", ticker: str = ""
) -> Entity:
    """The company that `document` is of. `cik` and `ticker` are what the caller knows; they win.

    `passages` are the document's paragraphs, where they are at hand. City and state come from the dateline and are
    marked as inferred. The name is "" only where nothing in the release tells it.
    """
    passages = paragraphs(document) if passages is None else passages
    lines = tuple(texts(document))
    header = document.header
    opening = next(datelines(passages), None)
    symbol = _symbol(passages)
    wire = dict(_wire(lines))
    name = _name(document, passages, lines, opening, symbol, wire)
    state = Named(opening.state, _place(opening), inferred=True) if opening and opening.state else None
    if "ST" in wire and (code := state_code(wire["ST"].text)) and (state is None or state.value != code):
        state = Named(code, wire["ST"].span, inferred=True)
    traded = Named(symbol.ticker, symbol.span) if symbol else _lone_ticker(lines)
    return Entity(
        name=name,
        ticker=Named(ticker.upper()) if ticker else traded,
        exchange=Named(symbol.exchange, symbol.span) if symbol and symbol.exchange else None,
        cik=Named(cik.zfill(10)) if cik else (Named(header.cik.zfill(10)) if header.cik else None),
        city=Named(opening.city, _place(opening), inferred=True) if opening else None,
        state=state,
        sic=header.sic,
        fiscal_year_end=header.fiscal_year_end,
    )


def release_date(document: Document) -> date | None:
    """The day of the release: the dateline's, the wire's or the first lines', else the day of filing."""
    passages = paragraphs(document)
    lines = tuple(texts(document))
    opening = next(datelines(passages), None)
    if opening and opening.day:
        return opening.day
    wired = next((m.date for t in lines if "-0-" in t.text for m in dates.mentions(t.text) if m.date), None)
    if opening and opening.month_day:
        return _next(opening.month_day, wired or _latest(opening.passage.text) or document.header.filed)
    early = next((m.date for t in lines[:15] for m in _alone(t.text) if m.date), None)
    return wired or early or document.header.filed


def _alone(text: str) -> tuple[dates.Mention, ...]:
    """The dates of a short line that does not speak of a period: "August 6, 2026", "FOR RELEASE April 20, 2004"."""
    return () if len(text) > 120 or re.search(r"\bend(?:ed|ing)\b", text, re.IGNORECASE) else dates.mentions(text)


def _latest(text: str) -> date | None:
    """The last day that the opening paragraph names: the period reported on, so the release follows it."""
    return max((m.date for m in dates.mentions(text) if m.date), default=None)


def _next(month_day: tuple[int, int], after: date | None) -> date | None:
    """That day of the year, on or after a day."""
    if after is None:
        return None
    same = date(after.year, *month_day)
    return same if same >= after else date(after.year + 1, *month_day)


@dataclass(frozen=True, slots=True)
class _Symbol:
    exchange: str
    ticker: str
    span: Span
    passage: Passage
    at: int


@cache
def _form() -> str:
    return rf"(?:{entity_words('form')})\.?"


@cache
def _names() -> re.Pattern[str]:
    """A run of capitalised words."""
    word = r"[A-Z0-9&][\w&.'’/-]*"
    return re.compile(rf"(?:The )?(?:[a-z]?[A-Z]|\d+[A-Za-z-])[\w&.'’/-]*(?:,? (?:{word}|of|the|and|de|{_form()}))*")


@cache
def _legal() -> re.Pattern[str]:
    return re.compile(rf"[,\s]+{_form()}(?:\s+(?:and|&)\s+Subsidiaries)?$", re.IGNORECASE)


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:(?:today|has|also|is)\s+)?(?:{entity_words('verb')})\b", re.IGNORECASE)


@cache
def _exchanges() -> tuple[str, ...]:
    return tuple(r["code"] for r in rows("taxonomy/exchanges.tsv"))


@cache
def _symbols() -> re.Pattern[str]:
    """An exchange and a ticker, in lower case."""
    table = list(rows("taxonomy/exchanges.tsv"))
    spaced = [r["words"].replace(" ?", r"\s*").replace(" ", r"\s+") for r in table]
    first, second = ("|".join(f"(?P<{g}{n}>{words})" for n, words in enumerate(spaced)) for g in "ef")
    ticker = r"(?P<ticker>[a-z][a-z0-9]{0,5}(?:[.-][a-z])?)\b"
    colon = rf"\b(?:{first})(?:\s+(?:ticker\s+)?symbol)?\s*[:/]\s*[“\"'‘]?{ticker}"
    under = rf"\b(?:{second})\s+(?:under|symbol)\s+(?:(?:the|ticker|symbol)\s+)*[“\"'‘]?(?P<quoted>[a-z]{{1,5}})\b"
    return re.compile(f"{colon}|{under}")


def _symbol(passages: Sequence[Passage]) -> _Symbol | None:
    """The first exchange and ticker of the release; a US exchange before a foreign one, one in parentheses first."""
    found: list[tuple[bool, bool, _Symbol]] = []
    for passage in passages:
        if not _tells_ticker(passage.text):
            continue
        for match in _symbols().finditer(lowered(passage.text)):
            start, end = match.span("ticker" if match["ticker"] else "quoted")
            ticker = passage.text[start:end]
            if not ticker.isupper():
                continue
            code = next(
                (c for n, c in enumerate(_exchanges()) if match[f"e{n}"] is not None or match[f"f{n}"] is not None), ""
            )
            span = passage.place(match.start(), match.end())
            enclosed = "(" in passage.text[max(match.start() - 3, 0) : match.start()]
            symbol = _Symbol(code, ticker, span, passage, match.start())
            if code and enclosed:
                return symbol
            found.append((not code, not enclosed, symbol))
    return min(found, key=lambda f: f[:2])[2] if found else None


def _tells_ticker(text: str) -> bool:
    if (":" in text or "/" in text) and _COLON.search(text):
        return True
    lower = text.lower()
    return ("under" in lower or "symbol" in lower) and _UNDER.search(text) is not None


def _lone_ticker(lines: Sequence[Text]) -> Named | None:
    """A wire's line that holds a ticker alone: "(ALTH)"."""
    for line in lines:
        match = _ALONE.fullmatch(line.text)
        if match:
            return Named(match.group(1), line.span._replace(column=line.text.index("(") + 2))
    return None


def _wire(lines: Sequence[Text]) -> Iterator[tuple[str, Text]]:
    """The wire's own lines, which stand at the end: SOURCE, CO (company), ST (state)."""
    for line in [line for line in lines if line.text.lstrip()[:1] in ("C", "S")]:
        match = _WIRE_LINE.match(line.text)
        if match and (match.group(1) != "ST" or state_code(match.group(2))):
            span = line.span._replace(column=line.span.column + match.start(2))
            yield match.group(1).rstrip(":"), Text(match.group(2), span)


def _place(opening: Dateline) -> Span:
    return opening.passage.place(opening.at, opening.end)


def _name(
    document: Document,
    passages: Sequence[Passage],
    lines: Sequence[Text],
    opening: Dateline | None,
    symbol: _Symbol | None,
    wire: dict[str, Text],
) -> Named:
    if document.header.name:
        return Named(document.header.name)
    found = (
        (_before_symbol(symbol) if symbol else None)
        or (_after_dateline(opening) if opening else None)
        or next((Named(wire[k].text, wire[k].span) for k in ("CO", "SOURCE") if k in wire), None)
        or _headline(passages)
        or next(
            (Named(t.text.strip(), t.span) for t in lines if len(t.text) < _TITLE and _legal().search(t.text.strip())),
            None,
        )
        or Named("")
    )
    clean = _SUBSIDIARIES.sub("", _MARKS.sub("", found.value)).strip(" ,")
    return _completed(replace(found, value=clean), lines, torn=symbol is not None and _torn(symbol))


def _before_symbol(symbol: _Symbol) -> Named | None:
    """The capitalised words that end right before "(Nasdaq: XYZ)"."""
    before = symbol.passage.text[: symbol.at].rstrip(" ([")
    clean = _MARKS.sub(lambda m: " " * len(m.group()), before).rstrip()
    tail = re.split(r"(?:--+|—|–|\s-\s|[.!?:]\s+(?=[A-Z][a-z]+ [a-z]))\s*", clean)[-1]
    matches = [m for m in _names().finditer(tail) if m.end() == len(tail)]
    if not matches:
        return None
    at = len(clean) - len(tail) + matches[-1].start()
    value = matches[-1].group()
    return Named(value, symbol.passage.place(at, at + len(value))) if len(value) > 1 else None


def _torn(symbol: _Symbol) -> bool:
    """True where a torn word stands in the name, as behind a drop capital drawn in characters: "(_)ommodore"."""
    return re.search(r"[^\sA-Za-z’'(“\"-][a-z]+\s[^,.;:]*$", symbol.passage.text[: symbol.at]) is not None


def _after_dateline(opening: Dateline) -> Named | None:
    """The capitalised words between the dateline and "today announced"."""
    body = _MARKS.sub(lambda m: " " * len(m.group()), opening.passage.text[opening.body :])
    match = _names().match(body)
    if match is None:
        return None
    value = match.group().split(" today")[0]
    rest = body[match.end() :]
    if not re.match(r"\s*(?:,|\(|\[|today\b|\w+ed\b|has\b|announces?\b|reports?\b|\s)", rest):
        return None
    return Named(value, opening.passage.place(opening.body, opening.body + len(value)))


def _headline(passages: Sequence[Passage]) -> Named | None:
    """The subject of the first heading that says what a company does, not of a line "Shares reported in equity:"."""
    for passage in passages[:20]:
        verb = None if passage.text.endswith(":") else _verbs().search(passage.text)
        if passage.heading and verb and verb.start() < 60 and not _PASSIVE.match(passage.text, verb.end()):
            value = _COLUMN.split(_MARKS.sub("", passage.text[: verb.start()]).strip())[0]
            if value and value[0].isupper() and not _LETTERHEAD.search(passage.text[: verb.start()]):
                return Named(value, passage.place(0, verb.start()))
    return None


def _completed(name: Named, lines: Sequence[Text], *, torn: bool = False) -> Named:
    """The name with its legal form, where a line of its own (over a statement, a copyright) writes it out.

    A name that lost its first word (to a drop capital, a line of art) is completed from such lines too.
    """
    if torn:
        longer = re.compile(
            rf"((?:[A-Z][\w&.'’-]*\s){{1,3}}{re.escape(name.value)})(?:\s+and\s+Subsidiaries)?", re.IGNORECASE
        )
        heads = Counter(m.group(1) for t in lines if len(t.text) < _TITLE and (m := longer.fullmatch(t.text.strip())))
        lead = re.compile(rf"(?:{entity_words('lead')})\b", re.IGNORECASE)
        often = next((h for h, count in heads.most_common() if count > 1 and not h.isupper() and not lead.match(h)), "")
        if often:
            return replace(name, value=often)
    if not name.value or _legal().search(name.value):
        return name
    # A period belongs to an abbreviated form alone: "Corp." but "Corporation".
    full = re.compile(rf"(?:©\s*\d{{4}}\s+)?({re.escape(name.value)},?\s+{_form()})(?:\W|$)", re.IGNORECASE)
    least = len(name.value)
    spelled = [
        (re.sub(r"(?<=[a-z]{6})\.$", "", m.group(1).strip()), t)
        for t in lines
        if len(t.text) > least and (m := full.match(t.text.strip()))
    ]
    best = next((s for s, _ in spelled if not s.isupper()), None)
    if best:
        return replace(name, value=best)
    return replace(name, value=f"{name.value}{title_form(spelled[0][0][len(name.value) :])}") if spelled else name


def title_form(form: str) -> str:
    """The legal form of a name printed in capitals: " INC." is " Inc."."""
    return " ".join(w if w in ("LLC", "LP", "PLC", "AG", "SE") else w.capitalize() for w in form.split(" "))
