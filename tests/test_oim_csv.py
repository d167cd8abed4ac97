"""xBRL-CSV: one table, a row a fact, whose cells say exactly what xBRL-JSON says."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from pressmark.finding import Severity
from pressmark.render.oim import to_xbrl_json
from pressmark.render.oim_csv import COLUMNS, xbrl_csv
from pressmark.render.xbrl import render_xbrl
from pressmark.report.model import Report
from pressmark.validate.arelle import validate
from readback import of_arelle, of_report
from reports import NAME, QUARTER, fact, facts, report

METADATA, TABLE = "qux-20140331_csv.json", "qux-20140331_facts.csv"


def rows(of: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(xbrl_csv(of, "qux-20140331.xsd")[TABLE].decode(), newline="")))


def test_rows_are_the_facts_of_the_json() -> None:
    written = to_xbrl_json(report())["facts"]
    assert isinstance(written, dict)
    for row, (name, one) in zip(rows(report()), written.items(), strict=True):
        dimensions = one["dimensions"]
        assert row["id"] == name
        assert row["concept"] == dimensions["concept"]
        assert row["period"] == dimensions["period"]
        assert row["unit"] == dimensions.get("unit", "")
        assert row["decimals"] == str(one.get("decimals", ""))
        assert row["value"] == one["value"]


def test_metadata_names_the_table_and_its_columns() -> None:
    metadata = json.loads(xbrl_csv(report(), "qux-20140331.xsd")[METADATA])
    assert metadata["documentInfo"]["documentType"] == "https://xbrl.org/2021/xbrl-csv"
    assert metadata["documentInfo"]["taxonomy"] == ["qux-20140331.xsd"]
    assert metadata["tables"] == {"facts": {"url": TABLE}}
    template = metadata["tableTemplates"]["facts"]
    assert tuple(template["columns"]) == COLUMNS
    assert template["columns"]["value"]["dimensions"]["entity"] == "cik:0009999999"


@pytest.mark.parametrize("text", ["", "#", "#none", "#nil", "##", 'a, "b"\nc', " x ", "=1+1"])
def test_odd_texts_come_back_as_they_are(tmp_path: Path, text: str) -> None:
    """Empty text and texts that begin with # are written by special values, which Arelle undoes."""
    named = replace(fact(NAME, text, QUARTER, None), value=text)
    made = report(facts=(named, *facts()[2:4]), general_special=())
    for name, data in {**render_xbrl(made), **xbrl_csv(made, "qux-20140331.xsd")}.items():
        (tmp_path / name).write_bytes(data)
    found, said = of_arelle(tmp_path / METADATA)
    assert said == []
    xml, _ = of_arelle(tmp_path / "qux-20140331.xml")
    assert found == xml
    assert {key for key in found if key.unit} == {key for key in of_report(made) if key.unit}


def test_table_that_was_tampered_with_is_found_out(tmp_path: Path) -> None:
    files = {**render_xbrl(report()), **xbrl_csv(report(), "qux-20140331.xsd")}
    files[TABLE] = files[TABLE].replace(b",1989000\n", b",one\n")
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert any(found.severity is Severity.ERROR for found in validate(tmp_path / METADATA).findings)
