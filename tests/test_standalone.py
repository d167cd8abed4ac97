"""A report that stands alone refers to nothing but what lies beside it."""

import re
from pathlib import Path

import pytest

import pressmark
from pressmark.errors import UsageError
from pressmark.render.standalone import standalone
from pressmark.render.xbrl import render_xbrl
from pressmark.report.model import Label
from readback import of_arelle, of_report
from reports import COSTS, STANDARD, report

TOP = Path(__file__).resolve().parents[1]
SAMPLE = TOP / "samples" / "allos-2004-q1.txt"
FILES = standalone(render_xbrl(report()), "2025")
REFERENCE = re.compile(rb'(?:schemaLocation|href)="([^"#]*)')


def test_every_reference_is_to_a_file_that_is_there() -> None:
    seen = set()
    for name, content in FILES.items():
        folder = name.rpartition("/")[0]
        for found in REFERENCE.findall(content):
            address = found.decode()
            assert "://" not in address, (name, address)
            if address:
                target = f"{folder}/{address}" if folder else address
                assert target in FILES, (name, address)
                seen.add(target)
    assert seen == set(FILES) - {"qux-20140331.xml"} - {
        name for name in FILES if "/net-" in name or "/restated-" in name
    }


def test_nothing_but_references_is_changed() -> None:
    plain = render_xbrl(report())
    for name, content in plain.items():
        assert re.sub(rb'"[^"]*"', b'""', FILES[name]) == re.sub(rb'"[^"]*"', b'""', content)


def test_address_in_a_label_stays() -> None:
    address = "https://xbrl.fasb.org/us-gaap/2025/elts/us-gaap-2025.xsd"
    text = f'See ="{address}" and {address}#x'
    labels = (*report().labels, Label(COSTS.qname, STANDARD.replace("label", "verboseLabel"), text))
    made = standalone(render_xbrl(report(labels=labels)), "2025")
    assert made["qux-20140331_lab.xml"].count(address.encode()) == 2


def test_arelle_opens_it_without_packages_and_the_official_one_not(tmp_path: Path) -> None:
    for name, files in (("alone", FILES), ("official", render_xbrl(report()))):
        for file, content in files.items():
            (tmp_path / name / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / file).write_bytes(content)
    found, said = of_arelle(tmp_path / "alone" / "qux-20140331.xml", packages=False)
    assert said == []
    assert found == of_report(report())
    _, said = of_arelle(tmp_path / "official" / "qux-20140331.xml", packages=False)
    assert any(line.startswith("error") for line in said)


def test_it_is_replaced_by_force_but_not_with_a_file_of_the_users_among_the_schemas(tmp_path: Path) -> None:
    pressmark.convert(SAMPLE, tmp_path, standalone=True)
    pressmark.convert(SAMPLE, tmp_path, standalone=True, force=True)
    schemas = tmp_path / SAMPLE.stem / "taxonomy"
    assert {path.suffix for path in schemas.iterdir()} == {".xsd"}
    (schemas / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"holds taxonomy/notes\.txt, which is no part of a report"):
        pressmark.convert(SAMPLE, tmp_path, force=True)
    assert (schemas / "notes.txt").read_text() == "mine"
