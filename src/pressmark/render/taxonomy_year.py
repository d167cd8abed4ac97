"""The taxonomies of a year as `taxonomy/years.tsv` states them: namespaces and the addresses a report refers to."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from pressmark.resources import rows


@dataclass(frozen=True, slots=True)
class TaxonomyYear:
    """A row of the table. `*_schema` is what a report imports, `*_start` the part of it a catalog answers.

    `rules` and `labels` are addresses of Pressmark's own documents, answered by the us-gaap package.
    """

    year: str
    us_gaap_namespace: str
    us_gaap_schema: str
    us_gaap_start: str
    dei_namespace: str
    dei_schema: str
    dei_start: str
    dtr_namespace: str
    dtr_schema: str
    pressmark_start: str
    rules: str
    labels: str


@cache
def taxonomy_years() -> dict[str, TaxonomyYear]:
    """Every year of the table, by its name."""
    names = [field.name for field in fields(TaxonomyYear)]
    return {row["year"]: TaxonomyYear(*(row[name] for name in names)) for row in rows("taxonomy/years.tsv")}


@cache
def taxonomy_year(year: str = "") -> TaxonomyYear:
    """The taxonomies of a year, of the latest one where none is named; raises KeyError for an unknown year."""
    return taxonomy_years()[year or max(taxonomy_years())]


@cache
def arcroles() -> dict[str, str]:
    """Arcrole addresses by their field name (`summation-item`, `general-special`, ...)."""
    return {row["name"]: row["uri"] for row in rows("taxonomy/arcroles.tsv")}
