"""Inline XBRL of a release beside its instance, for the tests and the benchmark: files, facts, differences."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pressmark.finding import Finding, Severity
from pressmark.pipeline import extraction
from pressmark.render.inline import Inline, render_inline
from pressmark.render.xbrl import render_xbrl
from pressmark.report.extraction import Extraction
from pressmark.validate.arelle import validate
from pressmark.validate.facts import ReportedFact, extracted_facts, without_duplicates


@dataclass(frozen=True)
class Made:
    """A release's extraction, its Inline XBRL, and the two files in one folder with their taxonomy."""

    extraction: Extraction
    inline: Inline
    instance: Path
    document: Path

    @property
    def errors(self) -> list[Finding]:
        """What Arelle says against the Inline XBRL document and does not say against the instance."""
        known = {(f.code, f.message) for f in validate(self.instance).findings}
        found = validate(self.document).findings
        return [f for f in found if f.severity is Severity.ERROR or f.code not in {code for code, _ in known}]

    @property
    def differences(self) -> frozenset[ReportedFact]:
        """Facts that only one of the two has, duplicates aside."""
        return without_duplicates(extracted_facts(self.instance)) ^ without_duplicates(extracted_facts(self.document))


def made(release: Path, folder: Path) -> Made:
    """Writes both reports of a release into a folder."""
    found = extraction(release)
    base = found.report.base
    inline = render_inline(found, f"{base}.xsd")
    for name, data in {**render_xbrl(found.report), f"{base}.htm": inline.data}.items():
        (folder / name).write_bytes(data)
    return Made(found, inline, folder / f"{base}.xml", folder / f"{base}.htm")
