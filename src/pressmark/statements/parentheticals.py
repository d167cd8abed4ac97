"""Figures inside labels: "net of allowance of $2.2 and $3.5", "par value $.001; 1,000 shares authorized".

A list with as many numbers as the statement has columns gives one value a column; a list under years
("2023, $60; 2022, $54") goes to the columns of those years; a number with a date to the column of that date;
one number of a stable quantity (par value, shares authorized) to every balance sheet date. A list that
fits none of these is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from pressmark.dates import Mention, mentions
from pressmark.resources import rows
from pressmark.span import Text
from pressmark.statements.scales import Scale
from pressmark.statements.statement import Column, LineItem, Measure, StatementKind, Value

_ONE = r"(?:\$\s?[—–-]+|\(?\$?\(?(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)\)?)(?:\s+(?:thousand|million|billion))?"
_LIST = rf"{_ONE}(?:(?:\s+shares)?(?:\s*,\s*and|\s*,|\s+and)(?:\s+of)?\s+{_ONE})*"
_NUMBER = re.compile(
    r"(?P<open>\()?\$?(?P<minus>\()?(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)\)?(?:\s+(?P<word>thousand|million|billion))?"
)
_MONEY = re.compile(
    rf"(?:\(?\$\(?[\d.]\S*?|\$\s?[—–-]+|nil)(?=[\s,;)]|$)(?:\s+(?:million|billion))?(?:(?:\s*,\s*and|\s*[,;]|\s+and)(?:\s+of)?\s+(?:{_ONE}|nil))+"
)
_BESIDE = re.compile(rf"\s*(?:,|:|[-–—])\s*(?P<n>{_ONE}|nil)")
_BY_YEAR = re.compile(rf"(?P<year>20\d\d|19\d\d)\s*(?:,|:|[-–—])\s*(?P<n>{_ONE}|nil)")
# "729 million shares as of <date> and 743 million shares as of <date>": what follows the first.
_MORE = re.compile(
    rf"\s(?:as of|at|in)\s+(?:and|,|;)\s+(?P<n>{_ONE})"
    r"(?=\s+(?:common\s+)?shares|\s+(?:issued|outstanding|as of|at|in)\s)"
)
# "625 issued and 493 outstanding at <date>": the date is of both numbers.
_BOTH = {
    name: re.compile(
        rf"\s*,?\s*(?:and\s+)?(?:{_ONE}\s*(?:shares\s+)?{other}\b"
        rf"|(?:shares\s+)?{other}\s*[:—–-]*\s*{_ONE}(?:\s+shares)?)"
    )
    for name, other in (("shares issued", "outstanding"), ("shares outstanding", "issued"))
}
# The word of the next clause right behind a number, unless it leads a number of its own.
_CLAIMED = re.compile(r"\s*(?:shares\s+)?(?:authorized|issued|outstanding)\b(?!\s*[:—–-]*\s*\d)")
_ZERO = re.compile(r"\$\s?[—–-]+|nil")
_FIRST = re.compile(rf"(?P<n>{_ONE})(?:\s+shares)?\s*,(?!\s*and\b)")
_WORDS = {"thousand": 3, "million": 6, "billion": 9}
_DIGIT = re.compile(r"\d")
_STOCK = re.compile(r"\b(?:stock|shares?|units?)\b", re.IGNORECASE)
# A number so large is no count of thousands: the statement's labels then count shares one by one.
_WHOLE = re.compile(r"(?<![$\d.,])[1-9]\d{0,2}(?:,\d{3}){2,}(?![\d.,]*\d)")

_Place = tuple[int, int]  # where it begins and ends in a label


@dataclass(frozen=True, slots=True)
class Clause:
    """A row of `taxonomy/label-figures.tsv`."""

    name: str
    measure: Measure
    stable: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Printed:
    """A number of a label: signed value, digits after the point, the power that its own word states, its place."""

    value: Decimal
    places: int
    power: int | None
    place: _Place


@dataclass(frozen=True, slots=True)
class _Label:
    """A stock line's label in lower case, its dates blanked and found, and the columns that it speaks of."""

    line: LineItem
    lower: str
    found: tuple[Mention, ...]
    columns: tuple[Column, ...]
    scale: Scale


@cache
def _clauses() -> tuple[Clause, ...]:
    table = rows("taxonomy/label-figures.tsv")
    return tuple(
        Clause(r["name"], Measure(r["measure"]), r["stable"] == "yes", re.compile(r["pattern"].replace("{n}", _LIST)))
        for r in table
    )


def parenthetical_lines(
    lines: Sequence[LineItem], columns: Sequence[Column], kind: StatementKind, scale: Scale
) -> tuple[LineItem, ...]:
    """The lines that the labels of `lines` hold, numbered after them."""
    dated = [c for c in columns if c.period is not None and not c.skip]
    if not dated:
        return ()
    if scale.shares is None and any(_STOCK.search(x.label.text) and _WHOLE.search(x.label.text) for x in lines):
        scale = replace(scale, shares=0)
    made: list[LineItem] = []
    for line in lines:
        if not _DIGIT.search(line.label.text):
            continue
        for name, measure, values in _figures(line, dated, kind, scale):
            base = re.split(r"[,;(—–:]|\s-\s", line.label.text)[0].strip() or line.label.text
            made.append(
                LineItem(
                    len(lines) + len(made),
                    Text(name, line.label.span),
                    f"{base}, {name}",
                    line.depth + 1,
                    line.section,
                    measure,
                    values,
                    line.currency,
                    parenthetical=True,
                    of=line.index,
                )
            )
    return tuple(made)


def _figures(
    line: LineItem, columns: Sequence[Column], kind: StatementKind, scale: Scale
) -> Iterator[tuple[str, Measure, tuple[Value, ...]]]:
    text = " ".join(line.label.text.split())
    bare, found = _without_dates(text)
    lower = _BY_YEAR.sub(lambda m: " " * len(m.group()), bare.lower())
    if kind is StatementKind.BALANCE_SHEET and _STOCK.search(text):
        yield from _stock(_Label(line, lower, tuple(found), tuple(columns), scale))
    yield from _by_date(line, text, columns, scale)
    if kind is not StatementKind.BALANCE_SHEET or not re.search(r"par value|authorized|\bissued\b", lower):
        yield from _money(line, lower, columns, scale)


def _stock(label: _Label) -> Iterator[tuple[str, Measure, tuple[Value, ...]]]:
    """The figures of a stock line, clause by clause; a number that one clause took is not read by another."""
    begins = [(c.name, m.start()) for c in _clauses() for m in c.pattern.finditer(label.lower)]
    text, seen = label.lower, set[str]()
    for clause in _clauses():
        if clause.name in seen:
            continue
        values, taken = _clause(replace(label, lower=text), clause, [at for n, at in begins if n != clause.name])
        for start, end in taken:
            seen.add(clause.name)
            text = text[:start] + "#" * (end - start) + text[end:]
        for name in clause.name.split(" and ") if values else ():
            full = name if name.startswith(("shares", "par", "treasury")) else f"shares {name}"
            yield full, clause.measure, tuple(values[i] for i in sorted(values))


def _clause(label: _Label, clause: Clause, begins: Sequence[int]) -> tuple[dict[int, Value], list[_Place]]:
    """The values of a clause by column and the places of the numbers that it took.

    `begins` are the places where other clauses begin. A number without a date holds for the columns that
    no other number is printed for; numbers that contradict each other give none.
    """
    sure, loose = list[dict[int, Value]](), list[dict[int, Value]]()
    taken: list[_Place] = []
    for match in clause.pattern.finditer(label.lower):
        place = _own(label.lower, match)
        placed, dated = _placed(label, place, (match.start(), max(place[1], match.end())), clause)
        if not placed:
            continue
        taken.append(place)
        (sure if dated else loose).append(placed)
        if clause.measure is Measure.PER_SHARE:
            continue  # what follows a par value are numbers of shares
        stop = min(at for at in (label.lower.find(";", match.end()), len(label.lower), *begins) if at >= match.end())
        for more in _MORE.finditer(label.lower, match.end(), stop):
            placed, dated = _placed(label, more.span("n"), more.span("n"), clause)
            if placed and dated:
                taken.append(more.span("n"))
                sure.append(placed)
    values, refused = _agreed(sure)
    rest, _ = _agreed(loose)
    return values | {i: v for i, v in rest.items() if i not in values and i not in refused}, taken


def _own(lower: str, match: re.Match[str]) -> _Place:
    """The place of the clause's own numbers: in "authorized 900, 50 issued" the second is the next clause's."""
    start, end = match.span("n")
    if lower[end : match.end()].strip() in ("", "shares") and _CLAIMED.match(lower, match.end()):
        first = _FIRST.match(lower, start, end)
        return first.span("n") if first else (start, start)
    return start, end


def _agreed(found: Sequence[dict[int, Value]]) -> tuple[dict[int, Value], set[int]]:
    """One value a column, and the columns that two different ones were found for."""
    values: dict[int, Value] = {}
    refused: set[int] = set()
    for index, value in (item for placed in found for item in placed.items()):
        if values.setdefault(index, value).amount != value.amount:
            refused.add(index)
    return {i: v for i, v in values.items() if i not in refused}, refused


def _placed(label: _Label, own: _Place, place: _Place, clause: Clause) -> tuple[dict[int, Value], bool]:
    """The numbers at `own` by column, and whether a date or a list that is complete says which; `place`: the match."""
    numbers, columns = _numbers(label.lower[own[0] : own[1]], own[0]), label.columns
    after = _dates_after(label, place[1], clause) or [m for m in label.found if place[0] <= m.at <= place[1]]
    by_date = [[c for c in columns if c.period is not None and _same(m, c.period.end)] for m in after]
    if len(numbers) == 1 and len(after) == 1:
        pairs, dated = [(c, numbers[0]) for c in by_date[0]], True
    elif len(numbers) == len(columns):
        pairs, dated = list(zip(columns, numbers, strict=True)), len(numbers) > 1
    elif len(numbers) == 1 and clause.stable:
        pairs, dated = [(c, numbers[0]) for c in columns], len(after) > 1
    else:
        return {}, False
    return {c.index: _value(label.line, c, n, clause.measure, label.scale) for c, n in pairs}, dated


def _same(mention: Mention, day: date) -> bool:
    """True where the mention names that day, or only its year."""
    return mention.date == day or (mention.month is None and mention.year == day.year)


def _dates_after(label: _Label, end: int, clause: Clause) -> list[Mention]:
    """The dates of the list that follows in the same clause: "at June 30, 2025 and December 31, 2024" are two."""
    run: list[Mention] = []
    both = _BOTH[clause.name].match(label.lower, end) if clause.name in _BOTH else None
    end = both.end() if both else end
    for mention in label.found:
        at = run[-1].end if run else end
        if mention.at >= at and re.fullmatch(r"[a-z\s]{0,36}|[\s,]*(?:and)?\s*", label.lower[at : mention.at]):
            run.append(mention)
    return run


def _money(
    line: LineItem, lower: str, columns: Sequence[Column], scale: Scale
) -> Iterator[tuple[str, Measure, tuple[Value, ...]]]:
    """A list of amounts, one a column, named by the words before it."""
    for match in _MONEY.finditer(lower):
        numbers = _numbers(match.group(), match.start())
        if len(numbers) != len(columns) or len(numbers) < 2:
            continue
        name = re.split(r"[,;(—–:]", line.label.text[: match.start()])[-1].strip()
        name = re.sub(r"\s+of\s*$", "", name)
        pairs = zip(columns, numbers, strict=True)
        yield name or "amount", Measure.MONEY, tuple(_value(line, c, n, Measure.MONEY, scale) for c, n in pairs)


def _by_date(
    line: LineItem, text: str, columns: Sequence[Column], scale: Scale
) -> Iterator[tuple[str, Measure, tuple[Value, ...]]]:
    """Lists such as "2023, $60; 2022, $54" and "June 30, 2023 – 833; December 31, 2022 – 835"."""
    found = [(m, match) for m in mentions(text) if m.year is not None and (match := _BESIDE.match(text, m.end))]
    if len(found) < 2:
        return
    before = text[: found[0][0].at].rstrip(" :-–—")
    name = re.sub(r"\s+of\s*$", "", re.split(r"[,;(—–]", before)[-1].strip())
    measure = Measure.SHARES if "share" in name.lower() else Measure.MONEY
    values: dict[int, Value] = {}
    for mention, match in found:
        same = [c for c in columns if c.period is not None and _same(mention, c.period.end)]
        numbers = _numbers(match["n"], match.start("n"))
        if len(same) == 1 and numbers:
            values[same[0].index] = _value(line, same[0], numbers[0], measure, scale)
    if values:
        yield name or "amount", measure, tuple(values[i] for i in sorted(values))


def _without_dates(text: str) -> tuple[str, list[Mention]]:
    """The text with its dates blanked, so that their digits are not taken for numbers, and the dates."""
    found: list[Mention] = []
    for m in mentions(text):
        bare = m.month is None and m.year is not None and not m.is_length
        joined = bool(found) and text[: m.at].endswith(" and ") and m.at - found[-1].end <= 6
        if m.month is not None or (bare and (text[: m.at].endswith("in ") or joined)):
            found.append(m)
    for mention in found:
        text = text[: mention.at] + " " * (mention.end - mention.at) + text[mention.end :]
    return text, found


def _numbers(text: str, offset: int) -> list[Printed]:
    """The numbers of a piece of a label that begins at `offset`."""
    made = []
    for match in _NUMBER.finditer(_ZERO.sub(lambda zero: "0".rjust(len(zero[0])), text)):
        digits = match["digits"].replace(",", "")
        value = Decimal(digits)
        negative = match["minus"] is not None or (match["open"] is not None and match.group().endswith(")"))
        power = _WORDS[match["word"]] if match["word"] else None
        start, end = match.span("digits")
        if text[:end].endswith("nil"):
            start -= 2
        place = (offset + start, offset + end)
        made.append(Printed(-value if negative else value, len(digits.partition(".")[2]), power, place))
    return made


def _value(line: LineItem, column: Column, number: Printed, measure: Measure, scale: Scale) -> Value:
    assert column.period is not None  # noqa: S101 - the caller passes dated columns
    power = number.power
    if power is None:
        power = 0 if measure is Measure.PER_SHARE else scale.money or 0
        if measure is Measure.SHARES:
            power = scale.shares if scale.shares is not None else power
    text, span = f"{number.value:f}", line.label.place(*number.place)
    return Value(column.index, text, span, number.value, power, number.places - power, column.period)
