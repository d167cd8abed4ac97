"""A check as SARIF 2.1.0 (OASIS), for code-scanning views: rules with their help, results at the release's line."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from urllib.parse import quote

from pressmark import __version__
from pressmark.check.formats.common import fingerprint, place_of, relative
from pressmark.check.policy import Noted
from pressmark.check.rulebook import Explained, explained
from pressmark.check.run import Outcome
from pressmark.finding import Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def told(outcome: Outcome) -> str:
    """One run. Findings that are ignored are left out: a viewer would show them as open."""
    found = list(outcome.findings)
    codes = sorted({noted.finding.code for _, noted in found})
    index = {code: number for number, code in enumerate(codes)}
    seen: Counter[str] = Counter()
    results = [_result(source, noted, index, seen) for source, noted in found]
    run = {
        "tool": {
            "driver": {
                "name": "Pressmark",
                "semanticVersion": __version__,
                "version": __version__,
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": all(r.error is None for r in outcome.releases)}],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False) + "\n"


def _rule(code: str) -> dict[str, Any]:
    known = explained(code) or Explained(code, "warning", "arelle", code, "", "")
    example = f"\n\nExample: `{known.example}`" if known.example else ""
    help_text = f"{known.meaning} {known.hint}".strip()
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in code.replace(":", ".").replace("-", ".").split(".")),
        "shortDescription": {"text": known.meaning},
        "fullDescription": {"text": help_text},
        "help": {"text": help_text, "markdown": f"{known.meaning}\n\n{known.hint}{example}"},
        "defaultConfiguration": {"level": _LEVELS[Severity(known.severity)]},
        "properties": {"tags": [known.source]},
    }


def _result(source: str, noted: Noted, index: dict[str, int], seen: Counter[str]) -> dict[str, Any]:
    one, span = noted.finding, place_of(source, noted)
    name = fingerprint(source, noted)
    seen[name] += 1  # two findings of one wording are told apart by their order
    region = {"startLine": span.line, "startColumn": span.column}
    if span.end > span.column:
        region["endColumn"] = span.end
    uri = quote(relative(span.file))
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
    if noted.statement:
        location["logicalLocations"] = [{"fullyQualifiedName": "/".join(filter(None, (noted.statement, noted.label)))}]
    return {
        "ruleId": one.code,
        "ruleIndex": index[one.code],
        "level": _LEVELS[one.severity],
        "message": {"text": one.message},
        "locations": [location],
        "partialFingerprints": {"primaryLocationLineHash": f"{name}:{seen[name]}"},
        "baselineState": "new" if noted.new else "unchanged",
    }
