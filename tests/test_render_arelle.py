"""What is rendered is valid, and the JSON holds the facts of the XML: Arelle says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pressmark.finding import Severity
from pressmark.render.files import RenderOptions, render, write_report
from pressmark.render.taxonomy import package_paths
from pressmark.report.model import Report
from pressmark.validate.arelle import validate
from reports import LOSS, TIDE, YEAR_AGO, fact, facts, report

pytestmark = pytest.mark.slow
FactKey = tuple[str, str, str, str, str, str, str]


def written(folder: Path, of: Report, options: RenderOptions = RenderOptions()) -> Path:  # noqa: B008 - frozen
    write_report(render(of, options), folder / "out")
    return folder / "out"


@contextmanager
def loaded(path: Path) -> Iterator[list[FactKey]]:
    """The facts of a report as Arelle holds them, whatever its syntax."""
    from arelle.api.Session import Session
    from arelle.RuntimeOptions import RuntimeOptions

    options = RuntimeOptions(
        entrypointFile=str(path),
        workOffline=True,
        internetConnectivity="offline",
        packages=[str(p) for p in package_paths()],
        plugins="loadFromOIM",
        keepOpen=True,
        disablePersistentConfig=True,
    )
    with Session() as session:
        session.run(options, logFileName="logToStructuredMessage")
        (model,) = session.get_models()
        assert model.errors == []
        yield sorted(
            (
                f.id,
                f.qname.clarkNotation,
                "/".join(f.context.entityIdentifier),
                f"{f.context.startDatetime} {f.context.endDatetime}",
                str([[q.clarkNotation for q in side] for side in f.unit.measures]) if f.isNumeric else "",
                str(f.decimals or "INF") if f.isNumeric else "",
                str(f.xValue),
            )
            for f in model.factsInInstance
        )


def test_xml_and_json_are_valid_and_hold_the_same_facts(tmp_path: Path) -> None:
    folder = written(tmp_path, report())
    for name in ("qux-20140331.xml", "qux-20140331.json"):
        result = validate(folder / name)
        assert [f for f in result.findings if f.severity is not Severity.INFO] == []
        assert result.facts == len(facts())
    with loaded(folder / "qux-20140331.xml") as xml:
        assert {key[0] for key in xml} == {f.id for f in facts()}
        values = {key[0]: key[6] for key in xml}
        for one in facts():
            if isinstance(one.value, Decimal):
                assert Decimal(values[one.id]) == one.value
    with loaded(folder / "qux-20140331.json") as json:
        assert json == xml


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(report(roles=(), general_special=(), labels=()), id="without-arcs"),
        pytest.param(report(facts=facts()[:2]), id="cover-alone"),
        pytest.param(
            report(scheme="http://pressmark.example/entity", identifier="QUX", general_special=()), id="own-scheme"
        ),
        pytest.param(report(taxonomy="2025", roles=report().roles[:1]), id="one-statement"),
        pytest.param(
            report(facts=(*facts()[:1], replace(facts()[0], id="again", value="x\0\ud800\r\n<&>"))[1:]), id="odd-text"
        ),
    ],
)
def test_odd_reports_are_valid_too(tmp_path: Path, made: Report) -> None:
    folder = written(tmp_path, made)
    for name in ("qux-20140331.xml", "qux-20140331.json"):
        assert [f for f in validate(folder / name).findings if f.severity is not Severity.INFO] == []


def test_older_arcrole_is_valid(tmp_path: Path) -> None:
    folder = written(tmp_path, report(), RenderOptions(calc_arcrole="2003"))
    assert [f for f in validate(folder / "qux-20140331.xml").findings if f.severity is Severity.ERROR] == []


@pytest.mark.parametrize("concept", [LOSS, TIDE])
def test_wrong_figure_breaks_the_calculation(tmp_path: Path, concept: object) -> None:
    """The arcs that were rendered are alive: a figure that does not add up is found, and its fact named."""
    changed = tuple(
        replace(f, value=f.value + 5000)
        if f.concept == concept and isinstance(f.value, Decimal) and f.context.period != YEAR_AGO
        else f
        for f in facts()
    )
    result = validate(written(tmp_path, report(facts=changed)) / "qux-20140331.xml")
    named = {i for m in result.messages if m.finding.code.startswith("calc11e:") for i in m.fact_ids}
    assert fact(concept, "0").id in named
