"""Each file of a report holds what the report says: facts, contexts, units, elements, roles, labels, arcs."""

import csv
import importlib.util
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from pressmark.render.files import RenderOptions, flat_csv, render, to_xbrl_json, xbrl_json
from pressmark.render.lexical import unit_text
from pressmark.render.taxonomy_year import taxonomy_year
from pressmark.report.model import CalculationArc, Context, GeneralSpecial, Label, PresentationArc, Role, Unit
from pressmark.span import Span
from reports import (
    CASH,
    COSTS,
    LOSS,
    NAME,
    NAMESPACE,
    PURE,
    QUARTER,
    REVENUES,
    SOURCE,
    STANDARD,
    TIDE,
    USD,
    YIELD,
    fact,
    facts,
    report,
    roles,
)

BASE = "qux-20140331"
LINK = "{http://www.xbrl.org/2003/linkbase}"
XLINK = "{http://www.w3.org/1999/xlink}"
XBRLI = "{http://www.xbrl.org/2003/instance}"
XSD = "{http://www.w3.org/2001/XMLSchema}"


def tree(name: str, *, of: object = None, **options: str) -> etree._Element:
    return etree.fromstring(render(of or report(), RenderOptions(**options))[name])


def arcs(root: etree._Element, kind: str) -> list[tuple[str, str, str, dict[str, str]]]:
    """Role, from, to (as prefix:name) and the other attributes of every arc."""
    found = []
    for link in root.iter(f"{LINK}{kind}Link"):
        places = {
            x.get(f"{XLINK}label"): x.get(f"{XLINK}href").partition("#")[2].replace("_", ":", 1)
            for x in link.iter(f"{LINK}loc")
        }
        assert len(places) == len(list(link.iter(f"{LINK}loc")))
        pairs = [(a.get(f"{XLINK}from"), a.get(f"{XLINK}to")) for a in link.iter(f"{LINK}{kind}Arc")]
        assert len(pairs) == len(set(pairs))  # XLink 1.0, 5.1.3: one arc between two labels
        for arc in link.iter(f"{LINK}{kind}Arc"):
            rest = {k: v for k, v in arc.attrib.items() if not k.startswith(XLINK)}
            role = link.get(f"{XLINK}role")
            found.append((role, places[arc.get(f"{XLINK}from")], places[arc.get(f"{XLINK}to")], rest))
    return found


def references(root: etree._Element) -> dict[str, str]:
    return {
        x.get("roleURI") or x.get("arcroleURI"): x.get(f"{XLINK}href")
        for x in root
        if x.tag in (f"{LINK}roleRef", f"{LINK}arcroleRef")
    }


def test_files_of_a_report() -> None:
    assert list(render(report())) == [
        f"{BASE}.xsd",
        f"{BASE}_lab.xml",
        f"{BASE}_pre.xml",
        f"{BASE}_cal.xml",
        f"{BASE}_def.xml",
        f"{BASE}.xml",
        f"{BASE}.json",
        "facts.csv",
        "findings.json",
    ]


def test_every_run_gives_the_same_bytes() -> None:
    assert render(report()) == render(report())


def test_instance_has_every_fact_as_given() -> None:
    root = tree(f"{BASE}.xml")
    written = {x.get("id"): x for x in root if x.get("contextRef")}
    assert list(written) == [f.id for f in facts()]
    for one in facts():
        element = written[one.id]
        assert etree.QName(element).localname == one.concept.name
        assert element.prefix == one.concept.prefix
        assert element.get("contextRef") == one.context.id
        if isinstance(one.value, Decimal):
            assert Decimal(element.text) == one.value
            assert element.get("unitRef") == one.unit.id
            assert element.get("decimals") == ("INF" if one.decimals is None else str(one.decimals))
        else:
            assert element.text == one.value
            assert "decimals" not in element.attrib
            assert "unitRef" not in element.attrib


def test_instance_names_its_schema_and_entity() -> None:
    root = tree(f"{BASE}.xml")
    assert [x.get(f"{XLINK}href") for x in root.iter(f"{LINK}schemaRef")] == [f"{BASE}.xsd"]
    entities = {(x.get("scheme"), x.text) for x in root.iter(f"{XBRLI}identifier")}
    assert entities == {("http://www.sec.gov/CIK", "0009999999")}


def test_contexts_and_units_stand_once_in_order_of_first_use() -> None:
    again = Unit("USD-again", ("iso4217:USD",))
    more = replace(fact(CASH, "7", QUARTER, again), id="f-more", context=Context("other", QUARTER))
    root = tree(f"{BASE}.xml", of=report(facts=(*facts(), more)))
    contexts = [x.get("id") for x in root.iter(f"{XBRLI}context")]
    assert contexts == ["d20140101-20140331", "d20130101-20130331", "i20131231", "i20140331"]
    assert [x.get("id") for x in root.iter(f"{XBRLI}unit")] == ["USD", "USDPerShare", "shares", "pure"]
    (last,) = (x for x in root if x.get("id") == "f-more")
    assert (last.get("contextRef"), last.get("unitRef")) == ("d20140101-20140331", "USD")


def test_dates_are_the_days_themselves() -> None:
    root = tree(f"{BASE}.xml")
    periods = [[x.text for x in p] for p in root.iter(f"{XBRLI}period")]
    assert periods == [["2014-01-01", "2014-03-31"], ["2013-01-01", "2013-03-31"], ["2013-12-31"], ["2014-03-31"]]


def test_instance_declares_only_the_namespaces_it_uses() -> None:
    root = tree(f"{BASE}.xml", of=report(facts=(fact(NAME, "Quillon", unit=None),)))
    assert set(root.nsmap) == {"xbrli", "link", "xlink", "dei"}


def test_foreign_prefix_is_refused() -> None:
    stray = replace(REVENUES, prefix="ifrs-full")
    with pytest.raises(KeyError, match="ifrs-full"):
        render(report(facts=(fact(stray, "1"),)))


def test_schema_declares_the_extension_elements_once() -> None:
    root = tree(f"{BASE}.xsd", of=report(concepts=(*report().concepts, TIDE)))
    assert root.get("targetNamespace") == NAMESPACE
    elements = {x.get("name"): dict(x.attrib) for x in root.iter(f"{XSD}element")}
    assert list(elements) == ["TideGaugeMaintenance", "LanternYield", "ProceedsPerLamp", "OtherItemsAbstract"]
    assert elements["TideGaugeMaintenance"] == {
        "id": "qux_TideGaugeMaintenance",
        "name": "TideGaugeMaintenance",
        "type": "xbrli:monetaryItemType",
        "substitutionGroup": "xbrli:item",
        "abstract": "false",
        "nillable": "true",
        f"{XBRLI}balance": "debit",
        f"{XBRLI}periodType": "duration",
    }
    assert elements["ProceedsPerLamp"]["type"] == "dtr-types:perShareItemType"
    assert elements["LanternYield"]["type"] == "dtr-types:percentItemType"
    assert elements["OtherItemsAbstract"]["abstract"] == "true"
    assert f"{XBRLI}balance" not in elements["LanternYield"]


def test_schema_imports_the_official_addresses_and_refers_to_four_linkbases() -> None:
    year = taxonomy_year("2025")
    root = tree(f"{BASE}.xsd")
    imports = {x.get("namespace"): x.get("schemaLocation") for x in root.iter(f"{XSD}import")}
    assert imports[year.us_gaap_namespace] == year.us_gaap_schema
    assert imports[year.dei_namespace] == year.dei_schema
    assert imports[year.dtr_namespace] == year.dtr_schema
    linked = [(x.get(f"{XLINK}role"), x.get(f"{XLINK}href")) for x in root.iter(f"{LINK}linkbaseRef")]
    ref = "http://www.xbrl.org/2003/role/{}LinkbaseRef"
    assert linked == [
        (ref.format(kind), f"{BASE}_{kind[:3]}.xml") for kind in ("label", "presentation", "calculation", "definition")
    ]


def test_roles_are_declared_with_unique_names() -> None:
    first, second = roles()
    odd = (
        replace(first, uri="http://a.example/role/1 Opérations"),
        replace(second, uri="http://b.example/role/1 Opérations/"),
        replace(second, uri="http://c.example/"),
    )
    root = tree(f"{BASE}.xsd", of=report(roles=odd))
    declared = {x.get("roleURI"): x.get("id") for x in root.iter(f"{LINK}roleType")}
    assert list(declared.values()) == ["_1_Op_rations", "_1_Op_rations_2", "c.example"]
    texts = [x.text for x in root.iter(f"{LINK}definition")]
    assert texts == [first.definition, second.definition, second.definition]
    used = {tuple(y.text for y in x.iter(f"{LINK}usedOn")) for x in root.iter(f"{LINK}roleType")}
    assert used == {("link:presentationLink", "link:calculationLink", "link:definitionLink")}


def test_presentation_is_as_given() -> None:
    root = tree(f"{BASE}_pre.xml")
    given = [
        (
            role.uri,
            a.parent,
            a.child,
            {"order": str(a.order), "preferredLabel": a.preferred or STANDARD},
        )
        for role in roles()
        for a in role.presentation
    ]
    assert arcs(root, "presentation") == given
    assert list(references(root)) == [role.uri for role in roles()]
    assert references(root)[roles()[0].uri] == f"{BASE}.xsd#IncomeStatement"


@pytest.mark.parametrize(
    ("option", "arcrole", "defined"),
    [
        (
            "2023",
            "https://xbrl.org/2023/arcrole/summation-item",
            "https://www.xbrl.org/2023/calculation-1.1.xsd#summation-item",
        ),
        ("2003", "http://www.xbrl.org/2003/arcrole/summation-item", None),
    ],
)
def test_calculation_is_as_given_under_either_arcrole(option: str, arcrole: str, defined: str | None) -> None:
    root = tree(f"{BASE}_cal.xml", calc_arcrole=option)
    given = [
        (role.uri, a.parent, a.child, {"order": str(a.order), "weight": str(a.weight)})
        for role in roles()
        for a in role.calculation
    ]
    assert arcs(root, "calculation") == given
    assert {a.get(f"{XLINK}arcrole") for a in root.iter(f"{LINK}calculationArc")} == {arcrole}
    assert references(root).get(arcrole) == defined
    assert [r for r in references(root) if r != arcrole] == [roles()[0].uri]


def test_weights_of_rendered_arcs_agree_with_balances() -> None:
    """XBRL 2.1, 5.1.1.2: like balances add, unlike ones subtract."""
    balances = {c.qname: c.balance for c in report().concepts}
    for _, parent, child, rest in arcs(tree(f"{BASE}_cal.xml"), "calculation"):
        assert int(rest["weight"]) == (1 if balances[parent] == balances[child] else -1)


def test_definition_runs_from_the_wider_to_the_special_concept_in_its_statement() -> None:
    root = tree(f"{BASE}_def.xml")
    assert arcs(root, "definition") == [(roles()[0].uri, "us-gaap:CostsAndExpenses", TIDE.qname, {"order": "1"})]
    (arc,) = root.iter(f"{LINK}definitionArc")
    assert arc.get(f"{XLINK}arcrole") == "http://www.xbrl.org/2003/arcrole/general-special"


def test_definition_of_a_concept_that_no_statement_presents_stands_in_the_default_role() -> None:
    bare = report(roles=(), general_special=(GeneralSpecial("us-gaap:CostsAndExpenses", TIDE.qname),))
    root = tree(f"{BASE}_def.xml", of=bare)
    assert arcs(root, "definition")[0][0] == "http://www.xbrl.org/2003/role/link"
    assert references(root) == {}


def test_report_without_arcs_has_empty_linkbases() -> None:
    files = render(report(roles=(), general_special=(), labels=()))
    for kind in ("lab", "pre", "cal", "def"):
        root = etree.fromstring(files[f"{BASE}_{kind}.xml"])
        assert root.tag == f"{LINK}linkbase"
        assert len(root) == 0


def test_labels_are_as_given_and_registered_roles_are_referred_to() -> None:
    root = tree(f"{BASE}_lab.xml")
    (link,) = root.iter(f"{LINK}labelLink")
    places = {x.get(f"{XLINK}label"): x.get(f"{XLINK}href").partition("#")[2] for x in link.iter(f"{LINK}loc")}
    concept = {x.get(f"{XLINK}to"): places[x.get(f"{XLINK}from")] for x in link.iter(f"{LINK}labelArc")}
    written = {
        (concept[x.get(f"{XLINK}label")].replace("_", ":", 1), x.get(f"{XLINK}role"), x.text)
        for x in link.iter(f"{LINK}label")
    }
    assert written == {(x.concept, x.role, x.text) for x in report().labels}
    negated = "http://www.xbrl.org/2009/role/negated"
    schema = "http://www.xbrl.org/lrr/role/negated-2009-12-16.xsd#negated"
    assert references(root) == {f"{negated}{x}Label": f"{schema}{x}Label" for x in ("Total", "")}


def test_unknown_label_role_is_refused() -> None:
    with pytest.raises(KeyError, match="example"):
        render(report(labels=(Label(TIDE.qname, "http://example/role/fancyLabel", "Tide"),)))


def test_names_with_underscores_and_hyphens_keep_their_address() -> None:
    odd = replace(TIDE, prefix="c3-co", name="Tide_Gauge")
    made = report(
        prefix="c3-co",
        facts=(fact(odd, "1"),),
        concepts=(odd,),
        roles=(Role("http://x/role/R", "R", (PresentationArc("us-gaap:IncomeStatementAbstract", odd.qname, 1),), ()),),
        labels=(Label(odd.qname, "http://www.xbrl.org/2003/role/label", "Tide"),),
        general_special=(),
    )
    assert arcs(tree(f"{BASE}_pre.xml", of=made), "presentation")[0][2] == "c3-co:Tide_Gauge"
    assert b'id="c3-co_Tide_Gauge"' in render(made)[f"{BASE}.xsd"]


def test_one_concept_under_two_totals_keeps_both_arcs() -> None:
    sums = tuple(CalculationArc(parent, REVENUES.qname, 1, 1) for parent in (LOSS.qname, COSTS.qname))
    made = report(roles=(replace(roles()[0], calculation=sums),))
    assert [(a, b) for _, a, b, _ in arcs(tree(f"{BASE}_cal.xml", of=made), "calculation")] == [
        (LOSS.qname, REVENUES.qname),
        (COSTS.qname, REVENUES.qname),
    ]


def test_json_says_what_the_report_says() -> None:
    written = json.loads(render(report())[f"{BASE}.json"])
    assert written["documentInfo"]["documentType"] == "https://xbrl.org/2021/xbrl-json"
    assert written["documentInfo"]["taxonomy"] == [f"{BASE}.xsd"]
    assert list(written["facts"]) == [f.id for f in facts()]
    revenue = written["facts"]["f-Revenues-d20140101-20140331-USD"]
    assert revenue == {
        "value": "1989000",
        "decimals": -3,
        "dimensions": {
            "concept": "us-gaap:Revenues",
            "entity": "cik:0009999999",
            "period": "2014-01-01T00:00:00/2014-04-01T00:00:00",
            "unit": "iso4217:USD",
        },
    }
    cash = written["facts"]["f-CashAndCashEquivalentsAtCarryingValue-i20140331-USD"]
    assert cash["dimensions"]["period"] == "2014-04-01T00:00:00"
    ratio = written["facts"]["f-LanternYield-d20140101-20140331-pure"]
    assert "unit" not in ratio["dimensions"]  # OIM 1.0: a pure number has no unit dimension
    exact = written["facts"]["f-ProceedsPerLamp-d20140101-20140331-USDPerShare"]
    assert "decimals" not in exact


def test_json_binds_every_prefix_it_uses() -> None:
    info = to_xbrl_json(report())["documentInfo"]
    assert info["namespaces"] == {
        "cik": "http://www.sec.gov/CIK",
        "dei": "http://xbrl.sec.gov/dei/2025",
        "iso4217": "http://www.xbrl.org/2003/iso4217",
        "qux": NAMESPACE,
        "us-gaap": "http://fasb.org/us-gaap/2025",
        "xbrli": "http://www.xbrl.org/2003/instance",
    }
    pure = to_xbrl_json(report(facts=(fact(YIELD, "0.5", unit=PURE),)))["documentInfo"]
    assert set(pure["namespaces"]) == {"cik", "qux"}


@pytest.mark.parametrize(
    ("scheme", "prefix", "entity"),
    [
        ("http://www.sec.gov/CIK", "cik", "sec-cik"),
        ("http://pressmark.example/entity", "qux", "entity"),
        ("http://pressmark.example/entity", "entity", "entity-scheme"),
    ],
)
def test_entity_prefix_never_collides(scheme: str, prefix: str, entity: str) -> None:
    mine = replace(TIDE, prefix=prefix)
    made = to_xbrl_json(report(scheme=scheme, prefix=prefix, identifier="QUX", facts=(fact(mine, "1"),)))
    assert made["documentInfo"]["namespaces"] == {
        entity: scheme,
        prefix: NAMESPACE,
        "iso4217": "http://www.xbrl.org/2003/iso4217",
    }
    (only,) = made["facts"].values()
    assert only["dimensions"]["entity"] == f"{entity}:QUX"


def test_json_without_files_names_the_official_schemas() -> None:
    written = json.loads(xbrl_json(report()))
    year = taxonomy_year("2025")
    assert written["documentInfo"]["taxonomy"] == [year.us_gaap_schema, year.dei_schema]


def test_csv_has_one_row_a_fact() -> None:
    read = list(csv.DictReader(io.StringIO(flat_csv(report()).decode(), newline="")))
    assert [row["concept"] for row in read] == [f.concept.qname for f in facts()]
    by_label = {(row["label"], row["period"]): row for row in read}
    assert by_label["Revenues", "2014-01-01/2014-03-31"] == {
        "concept": "us-gaap:Revenues",
        "label": "Revenues",
        "period": "2014-01-01/2014-03-31",
        "unit": "iso4217:USD",
        "value": "1989000",
        "decimals": "-3",
        "confidence": "0.97",
        "places": "40:44",
        "reasons": "",
    }
    assert by_label["Net loss", "2014-01-01/2014-03-31"]["places"] == "46:44 12:7"
    assert by_label["Tide gauge maintenance", "2014-01-01/2014-03-31"]["reasons"] == "no element fits; own"
    assert by_label["Cash at end of period", "2014-03-31"]["unit"] == "iso4217:USD"


def test_csv_names_the_file_of_a_place_outside_the_release() -> None:
    elsewhere = replace(fact(REVENUES, "1"), places=(Span("other.txt", 3, 4), Span(SOURCE, 5, 6)))
    (row,) = csv.DictReader(io.StringIO(flat_csv(report(facts=(elsewhere,))).decode()))
    assert row["places"] == "other.txt:3:4 5:6"


def test_findings_are_listed_with_their_places() -> None:
    written = json.loads(render(report())["findings.json"])
    assert written == [
        {
            "code": "concept.doubtful",
            "severity": "warning",
            "message": "“Tide gauge maintenance” has no us-gaap concept",
            "file": SOURCE,
            "line": 43,
            "column": 3,
            "concept": TIDE.qname,
            "hint": "name one",
        },
        {
            "code": "entity.unknown",
            "severity": "info",
            "message": "no CIK",
            "file": "",
            "line": None,
            "column": None,
            "concept": "",
            "hint": "",
        },
    ]


def test_no_unit_is_written_for_unused_ones() -> None:
    root = tree(f"{BASE}.xml", of=report(facts=(fact(REVENUES, "1"),), units=(USD, PURE)))
    assert [x.get("id") for x in root.iter(f"{XBRLI}unit")] == ["USD"]


def test_measuring_tool_reads_the_facts(tmp_path: Path) -> None:
    tool = Path(__file__).resolve().parents[1].parent / "shared" / "tools" / "score.py"
    if not tool.exists():
        pytest.skip(f"{tool} is not here")
    spec = importlib.util.spec_from_file_location("score", tool)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    (tmp_path / "facts.json").write_bytes(xbrl_json(report()))
    read = score.read_report(tmp_path / "facts.json")
    units = {"iso4217:USD": "USD", "xbrli:shares": "shares", "xbrli:pure": "pure"}
    assert [(f.name, f.gaap, f.start, f.end, f.unit, f.value, f.decimals) for f in read] == [
        (
            f.concept.name,
            f.concept.prefix == "us-gaap",
            str(f.context.period.start or ""),
            str(f.context.period.end),
            units.get(unit_text(f.unit), "USD/shares"),
            f.value,
            f.decimals,
        )
        for f in facts()
        if f.unit
    ]
