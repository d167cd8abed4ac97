"""The dateline of a release: city, state, date, and where the news begins: "AKRON, Ohio, May 6 /PRNewswire/ --"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from pressmark import dates
from pressmark.reading.paragraphs import Passage
from pressmark.resources import rows

_DASH = re.compile(r"\s*(?:--+|—|–|\s-(?=\s)|(?<=[/)])\s*-+)\s*")
_ANY_DASH = re.compile("[-–—]")
_CITY = re.compile(r"[A-Z][\w.'’]*(?:[ -](?:[A-Z][\w.'’]*|de|of|du|la))*")
_REACH = 140


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when the news was sent from.

    `city` is in title case, `state` a two-letter code or ""; `at` and `end` bound the place in the passage,
    `body` is where the news begins. `day` is None where the year is not printed.
    """

    passage: Passage
    city: str
    state: str
    at: int
    end: int
    body: int
    day: date | None
    month_day: tuple[int, int] | None = None


@cache
def entity_words(kind: str) -> str:
    """The words of a kind in `taxonomy/entity-words.tsv`, as alternatives of a regular expression."""
    return "|".join(r["words"].replace(" ", r"\s") for r in rows("taxonomy/entity-words.tsv") if r["kind"] == kind)


@cache
def _wire() -> re.Pattern[str]:
    return re.compile(rf"\s*[/(]?\s*(?:{entity_words('wire')})[\w\s.-]*[/)]?\s*", re.IGNORECASE)


@cache
def _places(kind: str) -> dict[str, str]:
    return {_plain(r["words"]): r["code"] for r in rows("taxonomy/states.tsv") if r["kind"] == kind}


def _plain(text: str) -> str:
    return re.sub(r"[\s.]+", "", text).lower()


def state_code(text: str) -> str:
    """The two-letter code of a state as a dateline writes it, "" where it is none."""
    return _places("state").get(_plain(text), "")


def datelines(passages: Sequence[Passage]) -> Iterator[Dateline]:
    """The passages that begin with a place and a dash, as releases open."""
    for passage in passages:
        found = dateline(passage)
        if found:
            yield found


def dateline(passage: Passage) -> Dateline | None:
    """The dateline that a passage opens with; None without a known state or city, or a date."""
    text = passage.text
    if not _ANY_DASH.search(text, 0, _REACH):
        return None
    dash = next((m for m in _DASH.finditer(text[:_REACH]) if m.start() > 3), None)
    if dash is None:
        return None
    following = _DASH.search(text[:_REACH], dash.end())
    lead, body = text[: dash.start()], dash.end()
    middle = text[dash.end() : following.start()] if following else ""
    if following and (_wire().fullmatch(middle) or (dates.mentions(middle) and len(middle) < 30)):
        lead, body = text[: following.start()], following.end()
    day, month_day, cut = None, None, len(lead)
    for mention in dates.mentions(lead):
        if mention.month and mention.day:
            day, month_day = mention.date, (mention.month, mention.day)
            cut = min(cut, mention.at)
    wire = _wire().search(lead)
    if wire:
        cut = min(cut, wire.start())
    place = _DASH.sub("", lead[:cut]).rstrip(" ,(—–-/")
    return _placed(passage, place, body, day, month_day)


def _placed(
    passage: Passage, place: str, body: int, day: date | None, month_day: tuple[int, int] | None
) -> Dateline | None:
    parts = [p.strip() for p in place.split(",") if p.strip()]
    if not parts or not _CITY.fullmatch(parts[0]) or len(parts[0].split()) > 4 or len(parts) > 3:
        return None
    state = next((code for p in parts[1:] if (code := state_code(p))), "")
    if not state and len(parts) == 1:
        state = _places("city").get(_plain(parts[0]), "")
        if not state and not (month_day and parts[0].isupper()):
            return None
    if not state and not month_day:
        return None
    return Dateline(passage, title_case(parts[0]), state, 0, len(place), body, day, month_day)


def title_case(text: str) -> str:
    """A city printed in capitals in title case; other spelling is kept."""
    return " ".join(w.capitalize() if len(w) > 1 else w for w in text.split()) if text.isupper() else text
