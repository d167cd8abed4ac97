"""The offline packages: what the tables say, what the reference says, and nothing that Arelle objects to."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from pressmark.render.taxonomy import build_taxonomy, built_packages, package_paths, stale, us_gaap_elements
from pressmark.render.taxonomy_rules import assertions
from pressmark.render.taxonomy_year import taxonomy_year
from pressmark.resources import rows
from pressmark.validate.arelle import validate

REFERENCE = Path(__file__).resolve().parents[1] / ".." / "shared" / "reference"
ARELLE = Path(sys.executable).parent / "arelleCmdLine"
XBRLI = "{http://www.xbrl.org/2003/instance}"
XS = "{http://www.w3.org/2001/XMLSchema}"
YEAR = taxonomy_year()
# The reference also names types as a filer's own tools print them.
SHORT = {"monetary": "monetaryItemType", "perShare": "perShareItemType", "shares": "sharesItemType"}


def declared(vocabulary: str) -> dict[str, dict[str, str]]:
    """The elements of a shipped package's schema, by name, as XML attributes."""
    path = next(p for p in package_paths() if p.name.startswith(vocabulary))
    with zipfile.ZipFile(path) as archive:
        schema = next(n for n in archive.namelist() if n.endswith(f"/{vocabulary}-{YEAR.year}.xsd"))
        root = etree.fromstring(archive.read(schema))
    return {str(e.get("name")): {str(k): str(v) for k, v in e.attrib.items()} for e in root.iter(f"{XS}element")}


def reference(name: str) -> dict[str, dict[str, str]]:
    path = REFERENCE / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    with path.open(encoding="utf-8", newline="") as file:
        return {r["concept"]: r for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def test_the_shipped_packages_are_what_the_tables_give() -> None:
    assert stale() == (), "run: pressmark taxonomy build"


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in build_taxonomy(tmp_path / "one")]
    second = [path.read_bytes() for path in build_taxonomy(tmp_path / "two")]
    assert first == second == list(built_packages().values())
    assert sorted(p.name for p in (tmp_path / "one").iterdir()) == sorted(built_packages())


def test_every_element_is_as_the_concept_table_has_it() -> None:
    elements = declared("us-gaap")
    table = list(rows("taxonomy/concepts.tsv"))
    assert set(elements) == {row["name"] for row in table}
    for row in table:
        element = elements[row["name"]]
        assert element["id"] == f"us-gaap_{row['name']}"
        assert element["type"].partition(":")[2] == row["type"]
        assert element[f"{XBRLI}periodType"] == row["period"]
        assert element.get(f"{XBRLI}balance", "") == row["balance"]
        assert element.get("abstract", "false") == ("true" if row["abstract"] else "false")
        assert element["nillable"] == "true"
        assert element["substitutionGroup"] == "xbrli:item"


def test_every_element_agrees_with_the_reference() -> None:
    known = reference("us-gaap-concepts.tsv")
    table = rows("taxonomy/concepts.tsv")
    # "period and balance: the reason; label: the reason"
    inferred = {row["name"]: " ".join(p.partition(":")[0] for p in row["inferred"].split("; ")) for row in table}
    wrong = []
    for name, element in declared("us-gaap").items():
        if name not in known:
            wrong.append(f"{name} is not in the reference")
            continue
        row = known[name]
        if "1" not in (row["in_2024"], row["in_2025_calculations"]):
            wrong.append(f"{name} is not current")
        ours = {
            "type": element["type"].partition(":")[2],
            "period": element[f"{XBRLI}periodType"],
            "balance": element.get(f"{XBRLI}balance", "none"),
        }
        for field, value in ours.items():
            theirs = SHORT.get(row[field], row[field])
            if theirs and theirs != value:
                wrong.append(f"{name}: {field} {value}, the reference has {theirs}")
            # A balance is for money alone, and a heading has no period that matters.
            elif not theirs and field not in inferred[name].split() and (field != "balance" or value != "none"):
                wrong.append(f"{name}: {field} {value} is blank in the reference and not marked as inferred")
    assert not wrong


def test_every_cover_element_agrees_with_the_reference() -> None:
    known = reference("dei-elements.tsv")
    elements = declared("dei")
    assert set(elements) == set(known)
    for name, row in known.items():
        assert elements[name]["type"].partition(":")[2] == row["type"]
        assert elements[name][f"{XBRLI}periodType"] == row["period"]


@pytest.mark.parametrize("package", package_paths(), ids=lambda path: path.stem)
def test_a_package_says_that_it_is_not_the_original(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    metadata = next(text for name, text in texts.items() if name.endswith("taxonomyPackage.xml"))
    assert "offline subset" in metadata
    assert "not published or endorsed by" in metadata
    assert "offline-subset" in package.name
    for name, text in texts.items():
        if name.endswith((".xsd", "README.txt")):
            assert "not " in text, name
            assert "Pressmark" in text, name


def test_a_package_is_stored_without_dates_and_in_order() -> None:
    for content in built_packages().values():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
        assert [i.filename for i in infos] == sorted(i.filename for i in infos)
        assert {i.date_time for i in infos} == {(1980, 1, 1, 0, 0, 0)}
        assert {i.compress_type for i in infos} == {zipfile.ZIP_STORED}


def test_the_catalog_answers_the_official_addresses() -> None:
    for path, addresses in zip(package_paths(), ([YEAR.us_gaap_schema, YEAR.rules], [YEAR.dei_schema]), strict=True):
        with zipfile.ZipFile(path) as archive:
            catalog = etree.fromstring(archive.read(f"{path.stem}/META-INF/catalog.xml"))
            rewrites = {e.get("uriStartString"): e.get("rewritePrefix") for e in catalog}
            for address in addresses:
                start = next(s for s in rewrites if address.startswith(str(s)))
                below = f"{rewrites[start]}{address.removeprefix(str(start))}".removeprefix("../")
                assert f"{path.stem}/{below}" in archive.namelist()


def test_concepts_of_rules_stand_in_the_table() -> None:
    names = {element["name"] for element in us_gaap_elements()}
    ids = [rule.id for rule in assertions()]
    assert len(ids) == len(set(ids))
    for rule in assertions():
        assert all(names & set(v.concepts) for v in rule.variables), rule.id
        assert rule.severity in {"error", "warning"}
        assert rule.message
        assert rule.meaning
        assert not {*rule.absent, *rule.absent_end} & {c for v in rule.variables if not v.when for c in v.concepts}


def test_concepts_that_rules_want_absent_stand_in_the_reference() -> None:
    known = reference("us-gaap-concepts.tsv")
    for rule in assertions():
        assert {*rule.concepts, *rule.absent, *rule.absent_end} <= set(known), rule.id


def test_the_page_of_the_rules_is_not_stale() -> None:
    top = Path(__file__).resolve().parents[1]
    assert subprocess.run([sys.executable, "tools/rules.py", "--check"], cwd=top, check=False).returncode == 0


@pytest.mark.parametrize("address", [YEAR.us_gaap_schema, YEAR.labels, YEAR.dei_schema, YEAR.rules])
def test_arelle_finds_no_fault_in_what_a_package_answers(address: str, tmp_path: Path) -> None:
    entry = tmp_path / "entry.xsd"
    namespaces = {
        YEAR.us_gaap_schema: YEAR.us_gaap_namespace,
        YEAR.dei_schema: YEAR.dei_namespace,
        YEAR.labels: f"{YEAR.pressmark_start}labels",
        YEAR.rules: f"{YEAR.pressmark_start}rules",
    }
    entry.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://made-up.example/entry">'
        f'<xs:import namespace="{namespaces[address]}" schemaLocation="{address}"/></xs:schema>'
    )
    # Everything is checked here, which a report's own validation leaves out for published schemas.
    assert validate(entry, check_published=True).messages == ()


@pytest.mark.parametrize("package", package_paths(), ids=lambda path: path.stem)
def test_arelle_takes_each_package_as_a_taxonomy_package(package: Path) -> None:
    others = [str(path) for path in package_paths() if path != package]
    command = [ARELLE, "--taxonomyPackage", "--validate", "--workOffline", "--disablePersistentConfig"]
    command += ["--logFormat", "%(messageCode)s"]
    run = subprocess.run(
        [*command, "--packages", "|".join(others), "--file", str(package)], capture_output=True, text=True, check=True
    )
    codes = {*run.stdout.splitlines(), *run.stderr.splitlines()}
    assert codes <= {"", "info", "info:profileActivity"}


def test_cover_codes_of_other_tables_are_values_of_their_types() -> None:
    values = {row["type"]: set(row["values"].split("|")) for row in rows("taxonomy/dei-types.tsv")}
    exchanges = {row["code"] for row in rows("taxonomy/exchanges.tsv")} - {""}
    states = {row["code"] for row in rows("taxonomy/states.tsv")}
    assert exchanges <= values["edgarExchangeCodeItemType"]
    assert states <= values["stateOrProvinceItemType"]
