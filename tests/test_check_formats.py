"""The forms of a check's outcome, each as its reader takes it: schemas, viewers' parsers, the runner's escapes."""

import json
import re
from datetime import date
from pathlib import Path

import click
import pytest
from lxml import etree

from pressmark.check.accepted import Accepted, AcceptedFact, Origin
from pressmark.check.config import FORMATS
from pressmark.check.difference import Difference, Kind
from pressmark.check.formats import told
from pressmark.check.formats.markdown import LIMIT
from pressmark.check.policy import FailOn, Ignore, Ignored, Noted, Policy
from pressmark.check.release import ReleaseCheck
from pressmark.check.run import Outcome
from pressmark.cli import check_commands
from pressmark.errors import InputError
from pressmark.finding import Finding, Severity, finding
from pressmark.span import Span

SCHEMAS = Path(__file__).parent / "schemas"
AWKWARD = "releases/50% off, a:b & <c>|d.txt"
ODD = 'a "quote", 100%\nand a second line & <tag> | pipe, [x](y) `code` \x0b'


FACTS = Accepted(Origin("0.1.0", "sha256:0"), ())


def noted(source: str, line: int, code: str, message: str = "m", **more: object) -> Noted:
    one = finding(code, message, Span(source, line, 7, 12), "us-gaap:Assets")
    parts = {"statement": "BALANCE SHEETS", "label": "Total assets", **more}
    return Noted(one, **parts)  # type: ignore[arg-type]


def outcome(fail_on: FailOn = FailOn.ERROR) -> Outcome:
    fact = AcceptedFact(
        "us-gaap:Assets", "2019-03-31", "iso4217:USD", "2", "0", "BALANCE SHEETS", "Total", "2", sure=True
    )
    entry = Ignore("prose.disagrees", "a misprint", date(2027, 1, 1), Span("pressmark.toml", 3))
    releases = (
        ReleaseCheck("releases/q1.txt", Path("releases/q1.facts.csv"), (), before=FACTS, now=FACTS),
        ReleaseCheck(
            AWKWARD,
            Path("releases/q2.facts.csv"),
            (
                noted(AWKWARD, 9, "check.fact-changed", "“Total assets”: 2, accepted was 3; the release changed"),
                noted(AWKWARD, 9, "footing.inconsistent", ODD),
                noted(AWKWARD, 12, "footing.inconsistent", ODD),
                Noted(Finding("calc11e:new.code", Severity.WARNING, "of Arelle", None), new=False),
                noted(AWKWARD, 3, "scale.inherited", statement="", label=""),
            ),
            (Ignored(noted(AWKWARD, 2, "prose.disagrees"), entry),),
            (Difference(Kind.CHANGED, fact, fact, ("release",)),),
            before=FACTS,
            now=FACTS,
            seconds=1.5,
        ),
        ReleaseCheck(
            "releases/q3.txt",
            Path("releases/q3.facts.csv"),
            (Noted(finding("check.unreadable", "releases/q3.txt: is empty", Span("releases/q3.txt", 1))),),
            error=InputError("releases/q3.txt", "is empty", "give a release"),
        ),
    )
    remarks = (Noted(finding("check.ignore-expired", "it expired", Span("pressmark.toml", 3))),)
    return Outcome(releases, remarks, Policy(fail_on=fail_on))


def test_the_command_offers_every_form() -> None:
    assert check_commands.FORMATS == FORMATS


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_is_the_same_each_time_and_takes_an_empty_check(form: str) -> None:
    assert told(outcome(), form) == told(outcome(), form)
    assert told(Outcome((), (), Policy()), form).endswith("\n")


def test_text() -> None:
    lines = click.unstyle(told(outcome(), "text")).splitlines()
    assert lines[0] == f"{AWKWARD}: 1 changed"
    assert lines[1:3] == [
        "  BALANCE SHEETS",
        f"    {AWKWARD}:9:7: error check.fact-changed: “Total assets”: 2, accepted was 3; the release changed",
    ]
    assert lines[-2] == "pressmark.toml:3:1: warning check.ignore-expired: it expired"
    assert lines[-1] == (
        "3 releases: 1 as accepted, 1 differs, 1 not read; 2 errors, 4 warnings, 1 of them accepted, 1 ignored; failed"
    )
    assert not any("scale.inherited" in line or "calc11e" in line for line in lines)
    assert "of Arelle (accepted)" in told(outcome(FailOn.WARNING), "text")


def test_json() -> None:
    record = json.loads(told(outcome(FailOn.NEW), "json"))
    assert record["exit_code"] == 3
    assert [r["release"] for r in record["releases"]] == ["releases/q1.txt", AWKWARD, "releases/q3.txt"]
    second = record["releases"][1]
    assert second["differences"][0]["kind"] == "check.fact-changed"
    assert second["differences"][0]["before"]["value"] == "2"
    assert [f["fails"] for f in second["findings"]] == [True, True, True, False, False]
    assert second["ignored"][0]["reason"] == "a misprint"
    assert record["releases"][2]["error"].startswith("releases/q3.txt: is empty; ")


def test_sarif_is_valid_and_shows_at_the_line() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    record = json.loads(told(outcome(), "sarif"))
    checker = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [e.message for e in checker.iter_errors(record)] == []
    # The schema can fail: it is the whole one.
    record["runs"][0]["results"][0]["level"] = "grave"
    assert list(checker.iter_errors(record))
    run = json.loads(told(outcome(), "sarif"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    first = run["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"]["uri"] == "releases/50%25%20off%2C%20a%3Ab%20%26%20%3Cc%3E%7Cd.txt"
    assert first["region"] == {"startLine": 9, "startColumn": 7, "endColumn": 12}
    assert run["results"][3]["baselineState"] == "unchanged"
    assert "prose.disagrees" not in {r["ruleId"] for r in run["results"]}
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)
    assert run["invocations"] == [{"executionSuccessful": False}]


def test_sarif_fingerprints_outlive_moved_lines() -> None:
    def prints(line: int, message: str) -> list[str]:
        one = ReleaseCheck(
            "a.txt", Path("a"), tuple(noted("a.txt", line + n, "footing.rounding", message) for n in (0, 1))
        )
        run = json.loads(told(Outcome((one,), (), Policy()), "sarif"))["runs"][0]
        return [r["partialFingerprints"]["primaryLocationLineHash"] for r in run["results"]]

    assert prints(4, "off by 1 (line 4)") == prints(90, "off by 1 (line 90)")
    assert prints(4, "off by 1") != prints(4, "off by 2")
    assert len(set(prints(4, "off by 1"))) == 2


def test_junit_is_valid_and_loads_in_a_viewers_parser() -> None:
    text = told(outcome(), "junit")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
    schema.assertValid(etree.fromstring(text.encode()))
    junitparser = pytest.importorskip("junitparser")
    suites = list(junitparser.JUnitXml.fromstring(text.encode()))
    assert [(s.name, s.tests, s.failures, s.errors) for s in suites] == [
        ("releases/q1.txt", 3, 0, 0),
        (AWKWARD, 3, 1, 0),
        ("releases/q3.txt", 1, 0, 1),
    ]
    (facts,) = [case for case in suites[1] if case.name == "facts are as accepted"]
    assert facts.result[0].message == "1 changed"
    assert f"{AWKWARD}:9:7: error check.fact-changed" in facts.result[0].text
    # Under a lower threshold each failing code is a case of its own, and the configuration has a suite.
    lower = junitparser.JUnitXml.fromstring(told(outcome(FailOn.WARNING), "junit").encode())
    names = {suite.name: [case.name for case in suite] for suite in lower}
    assert names[AWKWARD][3:] == ["calc11e:new.code", "footing.inconsistent"]
    assert names["configuration"] == ["check.ignore-expired"]
    assert (lower.tests, lower.failures, lower.errors) == (10, 5, 1)


def unescaped(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner reads it (actions/runner, ActionCommand)."""
    match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
    assert match, line

    def data(text: str) -> str:
        return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")

    properties = dict(part.split("=", 1) for part in match[2].split(","))
    return (
        match[1],
        {key: data(value.replace("%3A", ":").replace("%2C", ",")) for key, value in properties.items()},
        data(match[3]),
    )


def test_github_annotations_are_read_back_by_the_runner() -> None:
    *lines, last, _ = told(outcome(), "github").split("\n")
    assert last.startswith("3 releases: ")
    commands = [unescaped(line) for line in lines]
    assert [c[0] for c in commands] == ["error", "error", "warning", "warning", "warning"]
    properties = {"file": AWKWARD, "line": "9", "col": "7", "endColumn": "11", "title": "check.fact-changed"}
    assert commands[0][1] == properties
    assert commands[2][2] == ODD


def test_markdown_is_short_folded_and_harmless() -> None:
    text = told(outcome(), "markdown")
    assert text.startswith("### ❌ Pressmark check\n\n3 releases: ")
    assert "| `releases/50% off, a:b & <c>\\|d.txt` | 1 changed | 1 | 2 |\n" in text
    assert "<details><summary>releases/50% off, a:b &amp; \\<c\\>\\|d.txt</summary>" in text
    assert "- error `check.fact-changed` line 9: “Total assets”" in text
    assert "\\<tag\\>" in text
    assert "<tag>" not in text
    assert "releases/q1.txt" not in text  # nothing to look at there


def test_markdown_fits_a_comment() -> None:
    findings = tuple(noted("x.txt", n, "footing.inconsistent", "m" * 300) for n in range(40))
    many = tuple(ReleaseCheck(f"releases/{n:04}.txt", Path("a"), findings, before=FACTS) for n in range(1500))
    text = told(Outcome(many, (), Policy()), "markdown")
    assert len(text) <= LIMIT
    assert re.search(r"\| … \| \d+ more releases \|", text)
    assert text.count("<details>") == text.count("</details>")
