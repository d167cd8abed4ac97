"""Writes the offline taxonomy packages, one for us-gaap and one for dei, from the tables through `templates/taxonomy/`.

They answer the official addresses with an offline subset: the elements of the concept table alone, with their names,
types, period types and balances, in Taxonomy Packages 1.0 whose catalogs rewrite the addresses. The us-gaap package
carries Pressmark's business rules and the labels of its table too, at addresses of Pressmark's own.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pressmark.render.archive import zipped
from pressmark.render.taxonomy_rules import assertions, concept_filters, functions
from pressmark.render.taxonomy_year import TaxonomyYear, arcroles, taxonomy_years
from pressmark.resources import resource, rows

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGES = "taxonomy/packages"
_NOT_THEIRS = {
    "us-gaap": "not the US GAAP Financial Reporting Taxonomy, not published or endorsed by the FASB or the FAF",
    "dei": "not the Document and Entity Information taxonomy, not published or endorsed by the SEC",
}
_FORMULA_SCHEMAS = (
    ("http://xbrl.org/2008/generic", "http://www.xbrl.org/2008/generic-link.xsd"),
    ("http://xbrl.org/2008/variable", "http://www.xbrl.org/2008/variable.xsd"),
    ("http://xbrl.org/2008/assertion/value", "http://www.xbrl.org/2008/value-assertion.xsd"),
    ("http://xbrl.org/2008/filter/concept", "http://www.xbrl.org/2008/concept-filter.xsd"),
    ("http://xbrl.org/2008/filter/period", "http://www.xbrl.org/2008/period-filter.xsd"),
    ("http://xbrl.org/2010/filter/aspect-cover", "http://www.xbrl.org/2010/aspect-cover-filter.xsd"),
    (
        "http://xbrl.org/2010/custom-function",
        "http://www.xbrl.org/2010/custom-function-implementation.xsd",
    ),
    ("http://xbrl.org/2010/message", "http://www.xbrl.org/2010/generic-message.xsd"),
    ("http://xbrl.org/2010/message/validation", "http://www.xbrl.org/2010/validation-message.xsd"),
    ("http://xbrl.org/2022/assertion-severity", "http://www.xbrl.org/2022/assertion-severity.xsd"),
)


def package_name(vocabulary: str, year: TaxonomyYear) -> str:
    """The stem of a package, also its top folder: `us-gaap-offline-subset-2025`."""
    return f"{vocabulary}-offline-subset-{year.year}"


def package_paths() -> tuple[Path, ...]:
    """The packages as shipped: us-gaap, then dei, of each year. Raises FileNotFoundError where one is missing."""
    return tuple(
        resource(f"{_PACKAGES}/{package_name(vocabulary, year)}.zip")
        for year in taxonomy_years().values()
        for vocabulary in ("us-gaap", "dei")
    )


def build_taxonomy(target: Path) -> tuple[Path, ...]:
    """Writes the packages into a folder; each is put in place whole. Raises OSError."""
    target.mkdir(parents=True, exist_ok=True)
    return tuple(_write(target / name, content) for name, content in built_packages().items())


def stale() -> tuple[str, ...]:
    """Names of the shipped packages that differ from what the tables and templates give now."""
    folder = resource(_PACKAGES)
    return tuple(
        name
        for name, content in built_packages().items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content
    )


def built_packages() -> dict[str, bytes]:
    """File name to bytes of each package, the same on every machine."""
    packages: dict[str, bytes] = {}
    for year in taxonomy_years().values():
        for vocabulary, files in (("us-gaap", _us_gaap(year)), ("dei", _dei(year))):
            name = package_name(vocabulary, year)
            packages[f"{name}.zip"] = zipped({f"{name}/{path}": text.encode() for path, text in files.items()})
    return packages


def us_gaap_elements() -> tuple[dict[str, Any], ...]:
    """The elements of the us-gaap subset, by name: name, type (prefixed), period, balance, label, abstract.

    Raises ValueError for a type that `taxonomy/types.tsv` does not know.
    """
    prefixes = {row["type"]: row["prefix"] for row in rows("taxonomy/types.tsv")}
    elements: dict[str, dict[str, Any]] = {}
    for row in rows("taxonomy/concepts.tsv"):
        if row["type"] not in prefixes:
            raise ValueError(f"concepts.tsv: {row['name']}: unknown item type {row['type']!r}; see types.tsv")
        if row["name"] in elements:
            raise ValueError(f"concepts.tsv: {row['name']} stands twice")
        elements[row["name"]] = {
            "name": row["name"],
            "type": f"{prefixes[row['type']]}:{row['type']}",
            "period": row["period"],
            "balance": row["balance"] if row["balance"] in ("debit", "credit") else "",
            "label": row["label"],
            "abstract": row.get("abstract", "").strip().lower() in ("1", "true", "yes"),
        }
    return tuple(sorted(elements.values(), key=lambda element: element["name"]))


def _us_gaap(year: TaxonomyYear) -> dict[str, str]:
    render = _renderer(year)
    elements = us_gaap_elements()
    rules = assertions()
    arcs = [
        row for row in rows("taxonomy/arcroles.tsv") if "/arcrole/20" in row["uri"] and "xbrl.org/20" in row["schema"]
    ]
    return {
        _below(year.us_gaap_schema, year.us_gaap_start): render(
            "elements.xsd.j2", concepts=elements, nonnum=any(e["type"].startswith("nonnum:") for e in elements)
        ),
        "pressmark/labels.xsd": render("labels.xsd.j2"),
        "pressmark/labels.xml": render("labels.xml.j2", concepts=elements),
        "pressmark/rules.xsd": render("rules.xsd.j2", imports=_FORMULA_SCHEMAS),
        "pressmark/rules.xml": render(
            "rules.xml.j2",
            rules=rules,
            filters=concept_filters(rules),
            arcroles=[row for row in arcs if "summation" not in row["name"]],
            arc=arcroles(),
            functions=functions(),
        ),
        **_package(
            render,
            "us-gaap",
            year,
            [(year.us_gaap_start, ""), (year.pressmark_start, "pressmark/")],
            [
                ("Elements (offline subset)", year.us_gaap_schema),
                ("Elements with Pressmark's labels (offline subset)", year.labels),
                ("Pressmark's business rules", year.rules),
            ],
        ),
    }


def _dei(year: TaxonomyYear) -> dict[str, str]:
    render = _renderer(year)
    types = [
        {**row, "values": row["values"].split("|") if row["values"] else []} for row in rows("taxonomy/dei-types.tsv")
    ]
    own = {row["type"] for row in types}
    concepts = [
        {**row, "type": f"{'dei' if row['type'] in own else 'xbrli'}:{row['type']}"} for row in rows("taxonomy/dei.tsv")
    ]
    return {
        _below(year.dei_schema, year.dei_start): render("dei.xsd.j2", types=types, concepts=concepts),
        **_package(render, "dei", year, [(year.dei_start, "")], [("Elements (offline subset)", year.dei_schema)]),
    }


def _package(
    render: Callable[..., str],
    vocabulary: str,
    year: TaxonomyYear,
    rewrites: list[tuple[str, str]],
    entries: list[tuple[str, str]],
) -> dict[str, str]:
    name = package_name(vocabulary, year)
    return {
        "META-INF/catalog.xml": render("catalog.xml.j2", rewrites=rewrites),
        "META-INF/taxonomyPackage.xml": render(
            "taxonomyPackage.xml.j2",
            identifier=f"{year.pressmark_start.partition('/us-gaap')[0]}/{name}",
            name=f"Pressmark offline subset of {vocabulary} {year.year} names",
            description=f"Offline subset generated by Pressmark; {_NOT_THEIRS[vocabulary]}.",
            entries=entries,
        ),
        "README.txt": render("README.txt.j2", vocabulary=vocabulary, not_theirs=_NOT_THEIRS[vocabulary]),
    }


def _renderer(year: TaxonomyYear) -> Callable[..., str]:
    environment = _environment()

    def render(template: str, **values: object) -> str:
        return environment.get_template(template).render(year=year, **values)

    return render


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=FileSystemLoader(resource("templates/taxonomy")),
        autoescape=select_autoescape(("xsd.j2", "xml.j2")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _below(address: str, start: str) -> str:
    """The path of an address below the part that the catalog rewrites."""
    return address.removeprefix(start)


def _write(path: Path, content: bytes) -> Path:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path
