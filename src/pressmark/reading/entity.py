"""Who the release is of: name, ticker, exchange, place, from the dateline, the wire's lines and the header."""

from __future__ import annotations

from dataclasses import dataclass

from pressmark.span import Span


@dataclass(frozen=True, slots=True)
class Named:
    """A word about the entity and where it stands.

    `inferred` marks what the release does not say outright: a dateline's city is where the news was sent from,
    most often the head office.
    """

    value: str
    span: Span | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """The reporting company. `exchange` is a dei exchange code (NASDAQ, NYSE, ...), `state` a two-letter code."""

    name: Named
    ticker: Named | None = None
    exchange: Named | None = None
    cik: Named | None = None
    city: Named | None = None
    state: Named | None = None
    sic: str = ""
    fiscal_year_end: str = ""
