"""Arelle, as Pressmark runs it: what it reports, what it refuses, and what it leaves alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from instances import BALANCE, SOUND, YEAR, InstanceFact, but, write_instance, zip_of
from pressmark.errors import InputError
from pressmark.finding import Severity
from pressmark.render.taxonomy import package_paths
from pressmark.validate.arelle import validate

ARELLE = Path(sys.executable).parent / "arelleCmdLine"
US_GAAP, DEI = package_paths()


def codes(path: Path) -> dict[str, tuple[str, ...]]:
    """Code to the ids of the facts it names; each code once."""
    messages = validate(path).messages
    found = {m.finding.code: m.fact_ids for m in messages}
    assert len(found) == len(messages), messages
    return found


# What Arelle reports


def test_a_sound_instance_has_no_findings(tmp_path: Path) -> None:
    outcome = validate(write_instance(tmp_path, SOUND, arcs=BALANCE))
    assert outcome.findings == ()
    assert outcome.facts == len(SOUND)


def test_a_calculation_inconsistency_is_reported_with_its_facts(tmp_path: Path) -> None:
    path = write_instance(tmp_path, but(SOUND, Liabilities="11000000"), arcs=BALANCE)
    by_code = {m.finding.code: m for m in validate(path, rules=False).messages}
    message = by_code["calc11e:inconsistentCalculationUsingRounding"]
    assert message.finding.severity is Severity.WARNING
    assert set(message.fact_ids) == {"f2", "f3", "f4"}
    assert message.finding.span is not None
    assert message.finding.span.file == str(path)
    assert path.read_text().splitlines()[message.finding.span.line - 1].startswith("<us-gaap:")


def test_a_calculation_within_rounding_is_consistent(tmp_path: Path) -> None:
    path = write_instance(tmp_path, but(SOUND, Liabilities="10001000"), arcs=BALANCE)
    assert codes(path) == {}


def test_an_inconsistent_duplicate_is_reported_a_consistent_one_not(tmp_path: Path) -> None:
    rounded = [*SOUND, InstanceFact("Assets", "90000000", "-6", id="rounded")]
    assert codes(write_instance(tmp_path / "a", rounded)) == {}
    other = [*SOUND, InstanceFact("Liabilities", "12000000", "-6", id="other")]
    found = codes(write_instance(tmp_path / "b", other))
    assert found["arelle:duplicateFacts"] == ("f2", "other")


def test_a_unit_of_the_wrong_kind_is_reported(tmp_path: Path) -> None:
    path = write_instance(tmp_path, [InstanceFact("Assets", "1", unit="shares")])
    assert "xbrl.4.8.2:monetaryFactUnit-notMonetaryMeasure" in codes(path)
    per_share = write_instance(tmp_path / "utr", [InstanceFact("EarningsPerShareBasic", "1", "2", unit="USD")])
    assert "utre:error-NumericFactUtrInvalid" in codes(per_share)


def test_a_value_outside_a_cover_type_is_reported(tmp_path: Path) -> None:
    path = write_instance(tmp_path, [*SOUND, InstanceFact("Revenues", "1000")])
    cover = f'<link:schemaRef xlink:type="simple" xlink:href="{YEAR.dei_schema}"/><xbrli:context '
    fact = '<dei:DocumentFiscalPeriodFocus id="focus" contextRef="d0000000001">Q5</dei:DocumentFiscalPeriodFocus>'
    text = path.read_text().replace("<xbrli:context ", cover, 1).replace("</xbrli:xbrl>", f"{fact}</xbrli:xbrl>")
    path.write_text(text.replace("xmlns:us-gaap", f'xmlns:dei="{YEAR.dei_namespace}" xmlns:us-gaap', 1))
    assert "Q5" in " ".join(finding.message for finding in validate(path).findings)
    path.write_text(path.read_text().replace(">Q5<", ">Q1<"))
    assert validate(path).findings == ()


def test_an_element_that_is_not_in_the_taxonomy_is_reported(tmp_path: Path) -> None:
    path = write_instance(tmp_path, SOUND)
    path.write_text(path.read_text().replace("us-gaap:Liabilities ", "us-gaap:LiabilitiesOfNobody "))
    path.write_text(path.read_text().replace("</us-gaap:Liabilities>", "</us-gaap:LiabilitiesOfNobody>"))
    findings = validate(path).findings
    assert {f.severity for f in findings} == {Severity.ERROR}
    assert any("LiabilitiesOfNobody" in f.message for f in findings)


def test_a_schema_that_is_missing_is_reported(tmp_path: Path) -> None:
    path = write_instance(tmp_path, SOUND)
    path.with_suffix(".xsd").unlink()
    assert "IOerror" in {f.code for f in validate(path).findings}


def test_findings_come_in_one_order(tmp_path: Path) -> None:
    path = write_instance(tmp_path, but(SOUND, Assets="1", Liabilities="2"), arcs=BALANCE)
    first = validate(path).findings
    assert [f.severity for f in first] == sorted((f.severity for f in first), key=lambda s: s.rank)
    assert validate(path).findings == first


# Every syntax


def test_inline_xbrl_names_the_tagged_facts(tmp_path: Path) -> None:
    path = write_instance(tmp_path, SOUND)
    inline = tmp_path / "made-up.htm"
    inline.write_text(_inline(path.read_text()))
    outcome = validate(inline)
    assert outcome.facts == 2
    (message,) = outcome.messages
    assert message.finding.code == "message:rule.balance-sheet"
    assert message.fact_ids == ("h1", "h2")
    assert message.finding.span is not None
    assert message.finding.span.file == str(inline)


def test_xbrl_json_and_csv_are_read(tmp_path: Path) -> None:
    write_instance(tmp_path, SOUND)
    namespaces = {"us-gaap": YEAR.us_gaap_namespace, "iso4217": "http://www.xbrl.org/2003/iso4217"}
    namespaces["cik"] = "http://www.sec.gov/CIK"
    common = {"entity": "cik:0000000001", "period": "2014-04-01T00:00:00", "unit": "iso4217:USD"}
    names = ("Assets", "LiabilitiesAndStockholdersEquity")
    facts = {
        f"j{i}": {"value": f"{i}000", "decimals": 0, "dimensions": {"concept": f"us-gaap:{name}", **common}}
        for i, name in enumerate(names, 1)
    }
    info = {"namespaces": namespaces, "taxonomy": ["made-up.xsd"]}
    as_json = tmp_path / "facts.json"
    as_json.write_text(
        json.dumps({"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json", **info}, "facts": facts})
    )
    outcome = validate(as_json)
    assert outcome.facts == 2
    assert [m.fact_ids for m in outcome.messages] == [("j1", "j2")]
    assert outcome.messages[0].finding.span is None
    column = {"dimensions": {"concept": "$concept", **common}, "decimals": 0}
    (tmp_path / "metadata.json").write_text(
        json.dumps(
            {
                "documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-csv", **info},
                "tableTemplates": {"t": {"columns": {"concept": {}, "value": column}}},
                "tables": {"t": {"url": "facts.csv"}},
            }
        )
    )
    (tmp_path / "facts.csv").write_text("concept,value\n" + "".join(f"us-gaap:{n},7\n" for n in names))
    assert validate(tmp_path / "metadata.json").findings == ()
    assert validate(tmp_path / "metadata.json").facts == 2


def test_report_packages_are_read_and_checked(tmp_path: Path) -> None:
    path = write_instance(tmp_path / "in", but(SOUND, Assets="1"))
    files = sorted((tmp_path / "in").iterdir())
    plain = zip_of(tmp_path / "plain.zip", {f"top/{f.name}": f.read_bytes() for f in files})
    kind = {"documentInfo": {"documentType": "https://xbrl.org/report-package/2023/xbr"}}
    names = {f.name: f"top/reports/{f.name if f != path else 'made-up.xbrl'}" for f in files}
    content = {names[f.name]: f.read_bytes() for f in files}
    package = zip_of(
        tmp_path / "made-up.xbr", {"top/META-INF/reportPackage.json": json.dumps(kind).encode(), **content}
    )
    for archive in (plain, package):
        found = validate(archive)
        assert found.facts == len(SOUND)
        assert [m.finding.code for m in found.messages if m.finding.severity is Severity.ERROR] == [
            "message:rule.balance-sheet"
        ]
    wrong = zip_of(tmp_path / "made-up.xbri", content)
    with pytest.raises(InputError, match="rpe:documentTypeFileExtensionMismatch"):
        validate(wrong)


def test_several_inline_documents_of_a_package_are_one_report(tmp_path: Path) -> None:
    path = write_instance(tmp_path / "in", SOUND)
    one = _inline(path.read_text())
    other = re.sub(
        r"<ix:references>.*?</ix:references>|(?<=<ix:resources>).*?(?=</ix:resources>)", "", one, flags=re.DOTALL
    )
    kind = {"documentInfo": {"documentType": "https://xbrl.org/report-package/2023/xbri"}}
    package = zip_of(
        tmp_path / "set.xbri",
        {
            "top/META-INF/reportPackage.json": json.dumps(kind).encode(),
            "top/reports/set/one.htm": one.encode(),
            "top/reports/set/two.htm": other.replace('"h1"', '"k1"').replace('"h2"', '"k2"').encode(),
            **{f"top/reports/set/{f.name}": f.read_bytes() for f in (tmp_path / "in").iterdir() if f != path},
        },
    )
    assert validate(package).facts == 4


# What is refused


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.xml", b"", "is empty"),
        ("text.xml", b"For immediate release", "is not XBRL"),
        ("noise.xml", bytes(range(128, 256)) * 9, "is not XBRL"),
        ("other.xml", b"<invoice/>", "is not XBRL"),
        ("other.json", b'{"invoice": 1}', "is not XBRL"),
        ("other.htm", b"<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body/></html>", "is not XBRL"),
        ("not.zip", b"PK but no zip", "is not a readable zip"),
        ("not.xbri", b"", "is empty"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=says) as caught:
        validate(tmp_path / name)
    assert str(caught.value).startswith(str(tmp_path / name))
    assert "\n" not in str(caught.value)


def test_a_report_on_which_arelle_fails_is_refused_in_one_line(tmp_path: Path) -> None:
    path = write_instance(tmp_path, SOUND)
    broken = tmp_path / "broken.htm"
    broken.write_text(_inline(path.read_text()).replace("xmlns:xbrli=", "xmlns:other="))
    with pytest.raises(InputError) as caught:
        validate(broken)
    assert "\n" not in str(caught.value)
    assert validate(path).findings == ()


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        validate(tmp_path / "nothing.xml")
    with pytest.raises(InputError, match="is a folder"):
        validate(tmp_path)


def test_a_package_without_a_report_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not XBRL"):
        validate(zip_of(tmp_path / "letters.zip", {"top/letter.txt": b"Dear Sir"}))


def test_plain_arelle_gives_the_same_messages(tmp_path: Path) -> None:
    path = write_instance(tmp_path, but(SOUND, Liabilities="11000000", Assets="1"), arcs=BALANCE)
    command = [ARELLE, "--packages", f"{US_GAAP}|{DEI}", "--workOffline", "--disablePersistentConfig", "--validate"]
    command += ["--calc", "c11r", "--import", YEAR.rules, "--file", str(path), "--logFormat", "%(messageCode)s"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    theirs = sorted(line for line in run.stdout.splitlines() if line not in {"", "info", "info:profileActivity"})
    assert theirs == sorted(f.code for f in validate(path).findings)


# What it leaves alone


def test_nothing_is_written_to_the_home_or_beside_the_report(tmp_path: Path) -> None:
    path = write_instance(tmp_path / "in", SOUND)
    before = sorted(p.name for p in path.parent.iterdir())
    home = tmp_path / "home"
    home.mkdir()
    program = f"from pathlib import Path; from pressmark.validate.arelle import validate; validate(Path({str(path)!r}))"
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": ""}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    assert list(home.iterdir()) == []
    assert sorted(p.name for p in path.parent.iterdir()) == before


def test_arelle_is_imported_without_the_spreadsheet_library(tmp_path: Path) -> None:
    path = write_instance(tmp_path, SOUND)
    program = f"""
import sys
from pathlib import Path
from pressmark.validate.arelle import validate
validate(Path({str(path)!r}))
assert not [name for name in sys.modules if name.partition(".")[0] in ("openpyxl", "numpy")]
import openpyxl
assert openpyxl.Workbook().active["A1"].value is None
validate(Path({str(path)!r}))
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_one_run_leaves_nothing_to_the_next(tmp_path: Path) -> None:
    bad = write_instance(tmp_path / "bad", but(SOUND, Assets="1"), arcs=BALANCE)
    good = write_instance(tmp_path / "good", SOUND, arcs=BALANCE)
    assert validate(bad).findings != ()
    assert validate(good).findings == ()
    (tmp_path / "text.xml").write_text("no")
    with pytest.raises(InputError):
        validate(tmp_path / "text.xml")
    assert validate(good).findings == ()


def _inline(instance: str) -> str:
    """An Inline XBRL document with the contexts and units of an instance, and two facts that do not balance."""
    start, end = instance.index("<xbrli:context"), instance.index("<us-gaap:")
    fact = (
        '<p><ix:nonFraction id="{}" name="us-gaap:{}" contextRef="i0000000001" unitRef="USD" decimals="-3" scale="3"'
        ' format="ixt:num-dot-decimal">{}</ix:nonFraction></p>\n'
    )
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"'
        ' xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2022-02-16"'
        ' xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"'
        f' xmlns:us-gaap="{YEAR.us_gaap_namespace}" xml:lang="en"><head><title>Made up</title></head><body>'
        '<div style="display:none"><ix:header><ix:references><link:schemaRef xlink:type="simple"'
        ' xlink:href="made-up.xsd"/></ix:references><ix:resources>'
        f"{instance[start:end]}</ix:resources></ix:header></div>\n"
        + fact.format("h1", "Assets", "90,000")
        + fact.format("h2", "LiabilitiesAndStockholdersEquity", "91,000")
        + "</body></html>"
    )
