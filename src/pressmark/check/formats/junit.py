"""A check as JUnit XML, in the dialect that the Jenkins xUnit plugin publishes a schema for.

A release is a test suite. Its cases have the same names on every run, so that a viewer can draw their history: "is
read", "facts are as accepted", "has no failing finding"; and one more for each code that fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pressmark.check.formats.common import counted, differing, place_of
from pressmark.check.policy import Noted
from pressmark.check.release import ReleaseCheck
from pressmark.check.run import COMPARED, Outcome
from pressmark.render.lexical import plain


def told(outcome: Outcome) -> str:
    """One testsuites element, with a suite a release and one for the configuration where there is something to say."""
    root = etree.Element("testsuites", name="pressmark check")
    for release in outcome.releases:
        _suite(root, release.source, list(_cases(release, outcome)), release.seconds)
    remarks = [noted for noted in outcome.remarks if outcome.policy.fails(noted)]
    if remarks:
        _suite(root, "configuration", list(_by_code("", remarks)), 0.0)
    for total in ("tests", "failures", "errors"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    return etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8").decode()


Case = tuple[str, str, str, str]  # name; failure, error or ""; its short message; its text


def _cases(release: ReleaseCheck, outcome: Outcome) -> Iterator[Case]:
    if release.error is not None:
        yield "is read", "error", str(release.error), str(release.error)
        return
    yield "is read", "", "", ""
    failing = [noted for noted in release.findings if outcome.policy.fails(noted)]
    facts = [noted for noted in failing if noted.finding.code in COMPARED]
    others = [noted for noted in failing if noted.finding.code not in COMPARED]
    yield "facts are as accepted", "failure" if facts else "", differing(release), _text(release.source, facts)
    said = counted(len(others), "finding")
    yield "has no failing finding", "failure" if others else "", said, _text(release.source, others)
    yield from _by_code(release.source, others)


def _by_code(source: str, failing: list[Noted]) -> Iterator[Case]:
    for code in sorted({noted.finding.code for noted in failing}):
        of_code = [noted for noted in failing if noted.finding.code == code]
        yield code, "failure", of_code[0].finding.message, _text(source, of_code)


def _text(source: str, found: list[Noted]) -> str:
    return "\n".join(
        f"{place_of(source, noted)}: {noted.finding.severity} {noted.finding.code}: {noted.finding.message}"
        for noted in found
    )


def _suite(root: etree._Element, name: str, cases: list[Case], seconds: float) -> None:
    suite = etree.SubElement(root, "testsuite", name=plain(name), tests=str(len(cases)))
    for kind, attribute in (("failure", "failures"), ("error", "errors")):
        suite.set(attribute, str(sum(case[1] == kind for case in cases)))
    suite.set("skipped", "0")
    suite.set("time", f"{seconds:.3f}")
    for number, (title, kind, message, text) in enumerate(cases):
        time = f"{seconds:.3f}" if number == 0 else "0.000"
        case = etree.SubElement(suite, "testcase", name=title, classname=plain(name), time=time)
        if kind:
            etree.SubElement(case, kind, type=kind, message=plain(message)).text = plain(text)
