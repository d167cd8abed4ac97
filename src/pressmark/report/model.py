"""The report as XBRL sees it: facts, contexts, units, roles, labels, arcs. Knows no template and no release."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pressmark.finding import Finding
from pressmark.mapping.concept import Concept
from pressmark.period import Period
from pressmark.reading.entity import Entity
from pressmark.span import Span
from pressmark.statements.statement import Skipped, Statement

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit (XBRL 2.1, 4.8): measures over measures, each a QName such as iso4217:USD or xbrli:shares."""

    id: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """A context without dimensions (XBRL 2.1, 4.7)."""

    id: str
    period: Period


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact. `value` is a Decimal for a numeric fact (then `unit` and `decimals` are given), else text.

    `id` is built from concept, period and unit, so that it does not move with the lines above.
    `places` lists every place it stands at, the first giving its identity.
    `statement` is the index of the role it is presented in, None for cover and prose facts.
    """

    id: str
    concept: Concept
    context: Context
    value: Decimal | str
    unit: Unit | None = None
    decimals: int | None = None
    label: str = ""
    places: tuple[Span, ...] = ()
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    statement: int | None = None


@dataclass(frozen=True, slots=True)
class PresentationArc:
    """`preferred` is a label role address, "" for the standard label."""

    parent: str
    child: str
    order: int
    preferred: str = ""


@dataclass(frozen=True, slots=True)
class CalculationArc:
    """A summation-item arc (Calculations 1.1): parent = sum of weight x child. Concepts as prefix:name."""

    parent: str
    child: str
    weight: int
    order: int


@dataclass(frozen=True, slots=True)
class Role:
    """One statement of the report: its role address, its definition, its trees."""

    uri: str
    definition: str
    presentation: tuple[PresentationArc, ...]
    calculation: tuple[CalculationArc, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a concept (prefix:name) under a label role address."""

    concept: str
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class GeneralSpecial:
    """A general-special arc (XBRL 2.1, 5.2.6.2.1) from the wider us-gaap concept to the extension concept."""

    general: str
    special: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a conversion found and decided. `base` names the files, `namespace` the extension schema.

    `concepts` holds every concept that is used, by prefix:name; `identifier` and `scheme` name the entity.
    """

    source: str
    base: str
    prefix: str
    namespace: str
    scheme: str
    identifier: str
    entity: Entity
    period: Period
    taxonomy: str
    concepts: tuple[Concept, ...]
    contexts: tuple[Context, ...]
    units: tuple[Unit, ...]
    facts: tuple[Fact, ...]
    roles: tuple[Role, ...]
    labels: tuple[Label, ...]
    general_special: tuple[GeneralSpecial, ...]
    statements: tuple[Statement, ...]
    skipped: tuple[Skipped, ...]
    numeric_cells: int
    findings: tuple[Finding, ...]

    def to_pandas(self) -> DataFrame:
        """The facts as a data frame, a row a fact (`pressmark.report.flat.FactRow`); needs the extra `pandas`."""
        from pressmark.report.notebook import data_frame

        return data_frame(self)

    def _repr_html_(self) -> str:
        """What a notebook shows of it."""
        from pressmark.report.notebook import report_html

        return report_html(self)
