"""What Arelle says of a broken report points at the release's line: by fact, by concept, by statement."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import reports
from pressmark.finding import Finding, Severity
from pressmark.placing import placed
from pressmark.render.files import RenderOptions
from pressmark.render.xbrl import render_xbrl
from pressmark.report.model import Report
from pressmark.span import Span
from pressmark.statements.statement import Statement, StatementKind
from pressmark.validate.arelle import validate
from pressmark.validate.messages import ArelleMessage

Files = dict[str, str]
INSTANCE, SCHEMA = "qux-20140331.xml", "qux-20140331.xsd"


def told(folder: Path, change: Callable[[Files], None], calculations: str = "round") -> dict[str, Finding]:
    """The findings on the report of Quillon after `change`, by code; the last one of each."""
    report = reports.report()
    files = {name: data.decode() for name, data in render_xbrl(report, RenderOptions()).items()}
    change(files)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    messages = validate(folder / INSTANCE, calculations=calculations).messages
    return {f.code: f for f in placed(messages, report)}


def replaced(name: str, pattern: str, new: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[name], count = re.subn(pattern, new, files[name], count=1)
        assert count == 1, pattern

    return change


def with_dimension(files: Files) -> None:
    """A member of what is no dimension, in a taxonomy that has one."""
    dimensions = '<xsd:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="{}"/>'
    address = "http://www.xbrl.org/2005/xbrldt-2005.xsd"
    axis = (
        '<xsd:element name="LampAxis" id="qux_LampAxis" type="xbrli:stringItemType" abstract="true" nillable="true"'
        ' substitutionGroup="dt:dimensionItem" xbrli:periodType="duration" xmlns:dt="http://xbrl.org/2005/xbrldt"/>'
    )
    schema = files[SCHEMA].replace("<xsd:import ", f"{dimensions.format(address)}<xsd:import ", 1)
    files[SCHEMA] = schema.replace("<xsd:element ", f"{axis}<xsd:element ", 1)
    concept = "qux:TideGaugeMaintenance"
    member = f'<xbrli:segment><xbrldi:explicitMember dimension="{concept}">{concept}</xbrldi:explicitMember>'
    text = files[INSTANCE].replace("<xbrli:xbrl ", '<xbrli:xbrl xmlns:xbrldi="http://xbrl.org/2006/xbrldi" ', 1)
    assert "</xbrli:identifier>" in text
    files[INSTANCE] = text.replace("</xbrli:identifier>", f"</xbrli:identifier>{member}</xbrli:segment>", 1)


def with_a_duplicate(files: Files) -> None:
    """Revenue once more, of another value."""
    fact = re.search(r"<us-gaap:Revenues .*?</us-gaap:Revenues>", files[INSTANCE])
    assert fact
    other = fact[0].replace("f-Revenues-", "g-Revenues-").replace("1989000", "1990000")
    files[INSTANCE] = files[INSTANCE].replace(fact[0], fact[0] + other)


# code, change, severity, line of the release
BROKEN = {
    "XBRL 2.1, a unit": (
        "xbrl.4.8.2:sharesFactUnit-notSharesMeasure",
        replaced(INSTANCE, '(?<=<xbrli:unit id="shares">)\\s*<xbrli:measure>xbrli:shares', "<xbrli:measure>xbrli:pure"),
        Severity.ERROR,
        48,
    ),
    "XBRL 2.1, an arc": (
        "xbrl.5.1.1.2:balanceCalcWeightIllegalPositive",
        replaced("qux-20140331_cal.xml", 'weight="-1"', 'weight="1"'),
        Severity.ERROR,
        44,
    ),
    "Dimensions": ("xbrldie:ExplicitMemberNotExplicitDimensionError", with_dimension, Severity.ERROR, None),
    "Calculations 1.1": (
        "calc11e:inconsistentCalculationUsingRounding",
        replaced(INSTANCE, "(?<=>)-111000(?=<)", "-211000"),
        Severity.WARNING,
        46,
    ),
    "Unit Type Registry": (
        "utre:error-NumericFactUtrInvalid",
        replaced(INSTANCE, '(?<=unitRef=")pure', "USD"),
        Severity.ERROR,
        50,
    ),
    "duplicates": ("arelle:duplicateFacts", with_a_duplicate, Severity.WARNING, 40),
    "extension taxonomy": (
        "xbrl.5.1.1.1:itemPeriodType",
        replaced(SCHEMA, '(?<=name="TideGaugeMaintenance")(.*?) xbrli:periodType="duration"', r"\1"),
        Severity.ERROR,
        43,
    ),
    "presentation": (
        "xbrl.5.2.4.2.1:preferredLabelMissing",
        replaced("qux-20140331_pre.xml", "role/totalLabel", "role/nothing"),
        Severity.ERROR,
        44,
    ),
}  # fmt: skip


@pytest.mark.parametrize("family", BROKEN)
def test_a_broken_report_is_told_at_the_line_of_the_release(tmp_path: Path, family: str) -> None:
    code, change, severity, line = BROKEN[family]
    found = told(tmp_path, change)
    assert code in found, found
    assert found[code].severity is severity
    span = found[code].span
    assert span is not None
    assert span.file == reports.SOURCE
    assert line is None or span.line == line


def test_a_sound_report_is_told_nothing_of(tmp_path: Path) -> None:
    assert told(tmp_path, lambda _: None) == {}


@pytest.mark.parametrize(
    ("loss", "rounding", "truncation"),
    # 1,989 less 2,100: rounded, the loss lies between 110 and 112; truncated, between them too, but -109 is up to -110
    [("-111000", False, False), ("-109000", True, False), ("-108000", True, True)],
)
def test_truncation_is_another_reading_of_the_same_sums(
    tmp_path: Path, loss: str, rounding: bool, truncation: bool
) -> None:
    change = replaced(INSTANCE, "(?<=>)-111000(?=<)", loss)
    code = "calc11e:inconsistentCalculationUsing"
    assert (f"{code}Rounding" in told(tmp_path, change)) is rounding
    assert (f"{code}Truncation" in told(tmp_path, change, "truncation")) is truncation


def test_places_go_from_fact_to_concept_to_statement_to_the_top() -> None:
    spans = [Span(reports.SOURCE, 30), Span(reports.SOURCE, 60)]
    kinds = (StatementKind.INCOME_STATEMENT, StatementKind.CASH_FLOW)
    statements = tuple(Statement(kind, "", span, (), ()) for kind, span in zip(kinds, spans, strict=True))
    report: Report = reports.report(statements=statements)
    fact = next(f for f in report.facts if f.concept is reports.LOSS)
    finding = Finding("x", Severity.ERROR, f"in link role {report.roles[1].uri} something is wrong")
    by_fact = ArelleMessage(finding, (fact.id,), concepts=("us-gaap:Revenues",))
    by_concept = ArelleMessage(finding, ("unknown",), concepts=("us-gaap:Nothing", "us-gaap:Revenues"))
    by_role, by_nothing = ArelleMessage(finding), ArelleMessage(Finding("x", Severity.ERROR, "wrong"))
    got = placed([by_fact, by_concept, by_role, by_nothing], report)
    assert [f.span.line for f in got if f.span] == [46, 40, 60, 1]
    assert [f.concept for f in got] == ["us-gaap:NetIncomeLoss", "us-gaap:Revenues", "", ""]
