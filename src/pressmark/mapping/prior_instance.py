"""What an XBRL instance and an Inline XBRL page have in common: contexts, units, namespaces, values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING

from pressmark.mapping.dictionary import OWN, Filer
from pressmark.period import Period

if TYPE_CHECKING:
    from lxml.etree import _Element

_GAAP = re.compile(r"/us-gaap/")
_STANDARD = re.compile(r"^https?://(?:[\w.]+\.)?(?:fasb\.org|sec\.gov|xbrl\.us|xbrl\.org|ifrs\.org|w3\.org)/")
_YEAR = re.compile(r"/us-gaap/(\d{4})")
_PLAIN = re.compile(r"[\d.,]*\d[\d.,]*|[.,]\d+")
_ZERO = ("fixed-zero", "fixedzero", "zerodash", "numdash", "fixed-empty", "nocontent")


@dataclass(frozen=True, slots=True)
class Context:
    """`period` is None for "forever"; `dimensional` where a segment or scenario narrows it."""

    period: Period | None
    dimensional: bool


@dataclass(frozen=True, slots=True)
class Environment:
    """What the facts of one document refer to."""

    contexts: Mapping[str, Context]
    units: Mapping[str, str]
    filer: Filer = field(default_factory=Filer)


def local(element: _Element) -> str:
    """The local name in lower case, whichever parser read it; "" for a comment."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@cache
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def attribute(element: _Element, name: str) -> str:
    """An attribute by its name, also where an HTML parser has put it in lower case."""
    return element.get(name) or element.get(name.lower()) or ""


def squeezed(text: str) -> str:
    """The text with white space and invisible characters folded."""
    return " ".join(text.replace("\u200b", "").replace("\xa0", " ").replace("\ufeff", "").split())


def text_of(element: _Element) -> str:
    """All text inside an element, folded."""
    return squeezed("".join(map(str, element.itertext())))


def concept_key(namespace: str, name: str) -> str:
    """`Name` for a us-gaap element, `dei:Name`, `ext:Name` for the filer's own, "" for another publisher's."""
    if _GAAP.search(namespace):
        return name
    if "/dei/" in namespace:
        return f"dei:{name}"
    return "" if _STANDARD.match(namespace) else f"{OWN}:{name}"


def taxonomy(namespaces: Iterable[str]) -> str:
    """The year of us-gaap that a document uses, "" for none."""
    years = [m[1] for n in namespaces if (m := _YEAR.search(n))]
    return max(years, default="")


def day(text: str) -> date:
    """A date, or the date part of a date and time. Raises ValueError for anything else."""
    return date.fromisoformat(text.strip()[:10])


def context_of(element: _Element) -> Context:
    """A context element (XBRL 2.1, 4.7); midnight as an end belongs to the day before."""
    start: date | None = None
    end: date | None = None
    dimensional = False
    for child in element.iter():
        name = local(child)
        try:
            if name == "startdate":
                start = day(child.text or "")
            elif name in ("enddate", "instant"):
                end = day(child.text or "")
                if "T00:00" in (child.text or ""):
                    end -= timedelta(days=1)
        except ValueError:
            return Context(None, dimensional)
        if name in ("explicitmember", "typedmember"):
            dimensional = True
    return Context(Period(end, start) if end and (start is None or start <= end) else None, dimensional)


def measure_of(element: _Element) -> str:
    """What a unit counts, as `Measure` has it; "" for other units (areas, energy)."""
    over = [c for c in element.iter() if local(c) == "unitdenominator"]
    names = [(c.text or "").strip().rpartition(":")[2] for c in element.iter() if local(c) == "measure"]
    if over:
        return "per-share" if len(names) == 2 and names[1] == "shares" else ""
    if names == ["shares"]:
        return "shares"
    if names == ["pure"]:
        return "pure"
    coded = [(c.text or "") for c in element.iter() if local(c) == "measure"]
    return "money" if len(coded) == 1 and "iso4217" in coded[0].lower() else ""


def environment(elements: Mapping[str, list[_Element]], dei: Mapping[str, str]) -> Environment:
    """Contexts and units by id, and the filer. `dei` holds the cover's text facts by local name."""
    contexts = {attribute(c, "id"): context_of(c) for c in elements.get("context", ())}
    units = {attribute(u, "id"): measure_of(u) for u in elements.get("unit", ())}
    identifier = ""
    for element in elements.get("identifier", ()):
        if "sec.gov/CIK" in attribute(element, "scheme"):
            identifier = (element.text or "").strip().zfill(10)
            break
    cik = dei.get("EntityCentralIndexKey", "")
    filer = Filer(
        cik.zfill(10) if cik.isdigit() else identifier,
        dei.get("EntityRegistrantName", ""),
        dei.get("TradingSymbol", ""),
        year_end(dei.get("CurrentFiscalYearEndDate", "")),
    )
    return Environment(contexts, units, filer)


def year_end(text: str) -> str:
    """MMDD of `--12-31`, "12/31" or "December 31"; "" for what is none of these."""
    plain = re.fullmatch(r"-{0,2}(\d\d?)[-/](\d\d?)", text.strip())
    if plain:
        return f"{int(plain[1]):02d}{int(plain[2]):02d}"
    named = re.match(r"([A-Za-z]{3})[a-z]*\.? (\d\d?)\b", text.strip())
    months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    if named and named[1].lower() in months:
        return f"{months.index(named[1].lower()) + 1:02d}{int(named[2]):02d}"
    return ""


def by_name(root: _Element, wanted: Iterable[str]) -> dict[str, list[_Element]]:
    """The elements of the wanted local names (lower case), in document order."""
    names = frozenset(wanted)
    found: dict[str, list[_Element]] = {}
    for element in root.iter():
        name = local(element)
        if name in names:
            found.setdefault(name, []).append(element)
    return found


def inline_value(element: _Element, text: str) -> Decimal | None:
    """The value of an `ix:nonFraction` (Inline XBRL 1.1, 10.1.1): its text, format, scale and sign."""
    form = attribute(element, "format").rpartition(":")[2].lower()
    if form in _ZERO:
        return Decimal(0)
    comma = form.replace("-", "").endswith(("commadecimal", "dotcomma"))
    match = _PLAIN.search(text.replace("\xa0", "").replace(" ", ""))
    if match is None:
        return Decimal(0) if text.strip() in ("—", "-", "–") else None
    digits = match[0].replace(".", "").replace(",", ".") if comma else match[0].replace(",", "")
    try:
        value = Decimal(digits).scaleb(int(attribute(element, "scale") or 0))
    except (InvalidOperation, ValueError):
        return None
    return -value if attribute(element, "sign") == "-" else value


def decimals_of(element: _Element) -> int | None:
    """The decimals of a fact, None for INF or where they are missing."""
    text = attribute(element, "decimals")
    return int(text) if re.fullmatch(r"-?\d{1,3}", text) else None
