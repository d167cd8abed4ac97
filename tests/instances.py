"""Small XBRL instances of made-up entities, for the tests of taxonomy and validation."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from pressmark.render.taxonomy import us_gaap_elements
from pressmark.render.taxonomy_year import taxonomy_year

YEAR = taxonomy_year()
UNITS = {"monetaryItemType": "USD", "sharesItemType": "shares", "perShareItemType": "USDPerShare"}


@dataclass(frozen=True)
class InstanceFact:
    """A us-gaap fact in 2014: the quarter to 31 March, or that day; `entity` keeps cases apart in one instance.

    `when`: start for the day before the quarter, longer for the year to its end.
    """

    concept: str
    value: str
    decimals: str = "-3"
    entity: str = "0000000001"
    id: str = ""
    unit: str = ""
    when: str = ""


SOUND = [
    InstanceFact("Assets", "90000000"),
    InstanceFact("Liabilities", "10000000"),
    InstanceFact("StockholdersEquity", "80000000"),
    InstanceFact("LiabilitiesAndStockholdersEquity", "90000000"),
]
BALANCE = "LiabilitiesAndStockholdersEquity = Liabilities + StockholdersEquity"


def but(facts: list[InstanceFact], **values: str) -> list[InstanceFact]:
    """The facts with some values changed."""
    return [replace(f, value=values.get(f.concept, f.value)) for f in facts]


def element_of(concept: str) -> dict[str, str]:
    return {element["name"]: element for element in us_gaap_elements()}[concept]


def write_instance(folder: Path, facts: list[InstanceFact], *, arcs: str = "", name: str = "made-up") -> Path:
    """Writes an instance, its schema and a calculation linkbase (`arcs`: lines of `Total = Part + Part`)."""
    folder.mkdir(parents=True, exist_ok=True)
    elements = {element["name"]: element for element in us_gaap_elements()}
    contexts, lines = {}, []
    for number, fact in enumerate(facts, 1):
        element = elements[fact.concept]
        instant = element["period"] == "instant"
        first = "2014-01-01" if not fact.when else "2013-04-01"
        last = "2014-03-31" if fact.when != "start" else "2013-12-31"
        context = f"{'i' if instant else 'd'}{fact.entity}{fact.when if fact.when != 'end' else ''}"
        contexts[context] = _context(context, fact.entity, "" if instant else first, last)
        unit = fact.unit or UNITS[element["type"].partition(":")[2]]
        lines.append(
            f'<us-gaap:{fact.concept} id="{fact.id or f"f{number}"}" contextRef="{context}" unitRef="{unit}"'
            f' decimals="{fact.decimals}">{fact.value}</us-gaap:{fact.concept}>'
        )
    instance = folder / f"{name}.xml"
    instance.write_text(_INSTANCE.format(name=name, contexts="\n".join(contexts.values()), facts="\n".join(lines)))
    (folder / f"{name}.xsd").write_text(_SCHEMA.format(name=name, year=YEAR))
    (folder / f"{name}_cal.xml").write_text(_CALCULATION.format(links=_links(arcs)))
    return instance


def _context(identifier: str, entity: str, first: str, last: str) -> str:
    period = (
        f"<xbrli:startDate>{first}</xbrli:startDate><xbrli:endDate>{last}</xbrli:endDate>"
        if first
        else f"<xbrli:instant>{last}</xbrli:instant>"
    )
    return (
        f'<xbrli:context id="{identifier}"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">{entity}'
        f"</xbrli:identifier></xbrli:entity><xbrli:period>{period}</xbrli:period></xbrli:context>"
    )


def _links(arcs: str) -> str:
    lines = []
    for number, line in enumerate(arcs.splitlines()):
        total, _, parts = line.partition(" = ")
        for order, name in enumerate([total, *parts.split(" + ")]):
            href = f"{YEAR.us_gaap_schema}#us-gaap_{name}"
            lines.append(f'<link:loc xlink:type="locator" xlink:href="{href}" xlink:label="l{number}.{order}"/>')
            if order:
                lines.append(
                    '<link:calculationArc xlink:type="arc" xlink:arcrole="https://xbrl.org/2023/arcrole/summation-item"'
                    f' xlink:from="l{number}.0" xlink:to="l{number}.{order}" order="{order}" weight="1"/>'
                )
    return "\n".join(lines)


def zip_of(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


_INSTANCE = """<?xml version="1.0" encoding="UTF-8"?>
<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
  xmlns:us-gaap="http://fasb.org/us-gaap/2025">
<link:schemaRef xlink:type="simple" xlink:href="{name}.xsd"/>
{contexts}
<xbrli:unit id="USD"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
<xbrli:unit id="EUR"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>
<xbrli:unit id="shares"><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unit>
<xbrli:unit id="USDPerShare"><xbrli:divide>
  <xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator>
  <xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator>
</xbrli:divide></xbrli:unit>
{facts}
</xbrli:xbrl>
"""
_SCHEMA = """<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:link="http://www.xbrl.org/2003/linkbase"
  xmlns:xlink="http://www.w3.org/1999/xlink" targetNamespace="http://made-up.example/2014">
  <xs:annotation><xs:appinfo><link:linkbaseRef xlink:type="simple" xlink:href="{name}_cal.xml"
    xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef"
    xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/></xs:appinfo></xs:annotation>
  <xs:import namespace="{year.us_gaap_namespace}" schemaLocation="{year.us_gaap_schema}"/>
</xs:schema>
"""
_CALCULATION = """<?xml version="1.0" encoding="UTF-8"?>
<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
<link:arcroleRef arcroleURI="https://xbrl.org/2023/arcrole/summation-item" xlink:type="simple"
  xlink:href="https://www.xbrl.org/2023/calculation-1.1.xsd#summation-item"/>
<link:calculationLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
{links}
</link:calculationLink>
</link:linkbase>
"""
