"""Date and period phrases in a line of text: what is named, not yet which days are meant.

"Three Months Ended March 31, 2004", "Q2 FY25", "thirteen weeks ended", "1Q04", "YTD", "As of 6/30/25":
`mentions` finds them left to right; `statements.periods` and `prose` put them together with a
`fiscal.Calendar`. The words stand in `taxonomy/periods.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from pressmark.lower import lowered
from pressmark.resources import rows

# Every phrase holds one of these: a quick look before the long pattern is tried at each letter.
_HINT = re.compile(
    r"\d{2}|[1-4]\s?q|[qh][1-4]|[12]h|month|mos?\b|week|wk|year|yr|quarter|qtr|half|to.date|ytd|y\.t\.d"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
)


_FISCAL = re.compile(r"fiscal|f\.?y", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase at `text[at:end]`. Fields that the phrase does not name are None, 0 or False.

    A date, perhaps partial: `year`, `month`, `day`.
    A length: `months` or `weeks`; `ended` when "ended" follows it; `to_date` for "YTD", "first nine months".
    A part of a fiscal year: `quarter` 1-4 or `half` 1-2, with `year` when it is named with it.
    `fiscal` says that the year is named as a fiscal year ("FY25", "fiscal 2004").
    """

    at: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    months: int = 0
    weeks: int = 0
    quarter: int = 0
    half: int = 0
    ended: bool = False
    to_date: bool = False
    fiscal: bool = False

    @property
    def date(self) -> date | None:
        """The calendar date, when year, month and day are named and the day exists."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def is_length(self) -> bool:
        """True for "three months", "quarter ended", "YTD" (whose months are 0)."""
        return bool(self.months or self.weeks or self.to_date) and not self.quarter and not self.half

    @property
    def is_part(self) -> bool:
        """True for a quarter or a half of a fiscal year."""
        return bool(self.quarter or self.half)


@cache
def _words(kind: str) -> dict[str, str]:
    return {r["word"]: r["value"] for r in rows("taxonomy/periods.tsv") if r["kind"] == kind}


def month_name(number: int) -> str:
    """The full name of a month, in lower case."""
    return max((word for word, value in _words("month").items() if int(value) == number), key=len)


def standing_alone(words: str) -> int | None:
    """The months of a length that a head names by one word ("annual"): 0 for the year to date, None for other words."""
    value = _words("alone").get(words)
    return None if value is None else int(value)


def _choice(kind: str) -> str:
    """The words of a kind as alternatives, which are tried only where one of their first letters stands."""
    words = sorted(_words(kind), key=len, reverse=True)
    firsts = "".join(sorted({w[0] for w in words}))
    body = "|".join(w.replace("-", r"[\s-]+") for w in words)
    return f"(?=[{firsts}])(?:{body})"


@cache
def _pattern() -> re.Pattern[str]:
    """The pattern of a phrase in lower case."""
    month, number, ordinal, unit = (_choice(k) for k in ("month", "number", "ordinal", "unit"))
    year = r"(?:19[5-9]\d|20[0-6]\d)"
    named = (
        r"(?:,?\s*(?:of\s+)?(?:the\s+)?(?:fiscal(?:\s+year)?|calendar(?:\s+year)?|f\.?y\.?|year)?\s*['’]?\s*"
        rf"(?P<qy>{year}|(?<=[y'’])\d\d|(?<=y\s)\d\d)(?![\d,.]*\d))"
    )
    part = rf"""
      (?P<pre>{year})[\s-]+(?:fiscal\s+)?(?:(?P<ordp>{ordinal})[\s-]+(?:fiscal\s+)?(?P<whatp>quarter|half)|q(?P<qp>[1-4])\b)
      | (?:(?P<ord>{ordinal})[\s-]+(?:fiscal[\s-]+)?(?P<what>quarter|qtr|half)\b
         |\bq(?P<q>[1-4])(?=\b|f|_)|\b(?P<nq>[1-4])\s?q(?=\b|\d)
         |\bh(?P<h>[12])\b|\b(?P<nh>[12])h(?=\b|\d))(?:\s*{named}|(?<=q)(?P<qyy>\d\d)\b(?![\d,./]))?
      | \bf\.?y\.?\s*['’]?\s*(?P<fyq>{year}|\d\d)[\s-]*q(?P<fq>[1-4])\b"""
    length = rf"""
      \b(?P<shared>\d{{1,2}}|{number})(?=(?:[\s-]+(?:months?|weeks?))?(?:,\s*|,?\s+(?:and|&)\s+|-\s+and\s+)
           (?:(?:\d{{1,2}}|{number})[\s-]+(?:and\s+)?)*?(?:\d{{1,2}}|{number})[\s-]+(?P<later>{unit})\b)
      | (?:(?P<first>first)\s+)?(?:\b(?P<count>\d{{1,2}}|{number}))[\s-]+(?P<fis>fiscal\s+)?(?P<unit>{unit})\b\.?
         (?:[\s-]*(?:periods?|to\s+date))?(?P<ended>\s*(?:ended|ending|then\s+ended|through))?
      | \b(?P<sole>(?:fiscal\s+|calendar\s+)?(?:quarterly\s+periods?
           |(?:full\s+)?(?:fiscal\s+)?(?:quarters?|years?|qtrs?\.?|yrs?\.?|half[\s-]years?))(?:\s*\([^)]*\))?)
         \s*(?P<sended>(?:then\s+)?(?:ended|ending))
      | \b(?P<full>(?:full|entire)[\s-]+(?:fiscal\s+)?year|twelve-month)\b
      | \b(?P<ytd>(?:fiscal\s+)?(?:year|yr)[\s-]+to[\s-]+date|ytd|y\.t\.d\.)(?=\b|\s|$)"""
    when = rf"""
      (?P<iso>{year})-(?P<isom>[01]\d)-(?P<isod>[0-3]\d)\b
      | \b(?P<nm>[01]?\d)[/](?P<nd>[0-3]?\d)[/](?P<ny>{year}|\d\d)\b
      | (?<![\d$./,-])(?:(?<=ended\s)|(?<=ending\s)|(?=\d\d?/(?:2[89]|3[01])))
         (?P<nm3>1[0-2]|0?[1-9])/(?P<nd3>[0-3]?\d)(?![\d/%])
      | \b(?P<nm2>[01]?\d)-(?P<nd2>[0-3]?\d)-(?P<ny2>{year}|\d\d)\b
      | \b(?P<dd>[0-3]?\d)(?:st|nd|rd|th)?[\s-]+(?P<dm>{month})\b\.?[\s,-]*(?P<dy>{year}|(?<=-)\d\d\b)
      | \b(?P<m>{month})\b\.?[\s-]*(?:(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?![\d/])\b)?(?:\s*,)?(?:\s*\(\d\))?
         [\s-]*(?P<y>{year}(?!\d))?
      | \b(?:f\.?y\.?|fiscal(?:\s+years?)?)\s*['’]?\s*(?P<fy>{year}|\d\d)\b(?![\d,.]*\d)
      | (?<![\d$.,])(?P<bare>{year})(?![\d%]|[.,]\d)
      | (?<!\w)['’](?P<short>\d\d)\b"""
    # Where any of them can begin, so that most letters are passed over: a digit, certain words, an ordinal.
    leads = "|".join(sorted({w[:2] for kind in ("month", "number", "ordinal") for w in _words(kind)}))
    begin = rf"(?=[\d'’]|(?<!\w)(?:{leads}|ca|en|f[.iuy]|h[12a]|[qy])|{ordinal})"
    return re.compile(f"{begin}(?:{part}|{length}|{when})", re.VERBOSE)


def short_year(text: str) -> int:
    """The year of its digits: two are read within 1960 to 2059, as EDGAR begins in 1993."""
    value = int(text)
    return value if value > 99 else value + (1900 if value >= 60 else 2000)


def _count(text: str) -> int:
    return int(text) if text.isdigit() else int(_words("number")[re.sub(r"[\s-]+", "-", text)])


@lru_cache(maxsize=2048)
def mentions(text: str) -> tuple[Mention, ...]:
    """The date and period phrases of `text`, left to right, not overlapping.

    A month alone counts only when it is capitalised ("may" is a verb more often than a month).
    """
    found: list[Mention] = []
    lower = lowered(text)
    if not _HINT.search(lower):
        return ()
    for match in _pattern().finditer(lower):
        at, end = match.span()
        made = _mention(at, text[at:end], match.groupdict())
        if made is not None:
            found.append(made)
    return tuple(found)


def _mention(at: int, text: str, g: dict[str, str | None]) -> Mention | None:
    """What a phrase names: `g` are the groups of the pattern, in lower case."""
    for make in (_part, _length, _date):
        made = make(at, text, g)
        if made is not None:
            return made
    return None


def _part(at: int, text: str, g: dict[str, str | None]) -> Mention | None:
    end = at + len(text)
    ordinal = g["ord"] or g["ordp"]
    number = int(_words("ordinal")[ordinal]) if ordinal else 0
    word = g["what"] or g["whatp"] or "quarter"
    quarter = int(g["q"] or g["nq"] or g["qp"] or g["fq"] or 0) or (number if word != "half" else 0)
    half = int(g["h"] or g["nh"] or 0) or (number if word == "half" else 0)
    if not quarter and not half:
        return None
    if half > 2:
        return None
    year = g["pre"] or g["qy"] or g["qyy"] or g["fyq"]
    fiscal = _FISCAL.search(text) is not None
    return Mention(at, end, text, short_year(year) if year else None, quarter=quarter, half=half, fiscal=fiscal)


def _length(at: int, text: str, g: dict[str, str | None]) -> Mention | None:
    end = at + len(text)
    if g["ytd"]:
        return Mention(at, end, text, to_date=True)
    if g["full"]:
        return Mention(at, end, text, months=12)
    if g["sole"]:
        word = g["sole"]
        months = 6 if "half" in word else 12 if "year" in word or "yr" in word else 3
        return Mention(at, end, text, months=months, ended=True, fiscal="fiscal" in word)
    counted, unit = g["count"] or g["shared"], g["unit"] or g["later"]
    if counted is None or unit is None:
        return None
    count, size = _count(counted), _words("unit")[unit]
    if count == 0 or size.endswith("d"):
        return None
    to_date = g["first"] is not None or "to date" in text.lower()
    if size.endswith("w"):
        return Mention(at, end, text, weeks=count, ended=g["ended"] is not None, to_date=to_date)
    return Mention(at, end, text, months=count * int(size), ended=g["ended"] is not None, to_date=to_date)


def _date(at: int, text: str, g: dict[str, str | None]) -> Mention | None:
    end = at + len(text)
    if g["iso"]:
        return _checked(at, text, g["iso"], g["isom"], g["isod"])
    if g["nm"]:
        return _checked(at, text, g["ny"], g["nm"], g["nd"])
    if g["nm3"]:
        return _checked(at, text, None, g["nm3"], g["nd3"])
    if g["nm2"]:
        return _checked(at, text, g["ny2"], g["nm2"], g["nd2"])
    if g["dm"]:
        return _checked(at, text, g["dy"], _words("month")[g["dm"]], g["dd"])
    if g["m"]:
        if not g["d"] and not text[0].isupper():
            return None
        return _checked(at, text, g["y"], _words("month")[g["m"]], g["d"])
    if g["fy"]:
        return Mention(at, end, text, short_year(g["fy"]), fiscal=True)
    bare = g["bare"] or g["short"]
    return Mention(at, end, text, short_year(bare)) if bare else None


def _checked(at: int, text: str, year: str | None, month: str | None, day: str | None) -> Mention | None:
    y, m, d = (short_year(year) if year else None), int(month or 0), (int(day) if day else None)
    if not 1 <= m <= 12 or (d is not None and not 1 <= d <= 31):
        return None
    stripped = text.rstrip(" ,-\n")
    return Mention(at, at + len(stripped), stripped, y, m, d)
