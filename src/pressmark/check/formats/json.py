"""A check as JSON, for programs: everything that is known, in an order that does not change."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from pressmark import __version__
from pressmark.check.formats.common import fingerprint, relative
from pressmark.check.policy import Noted
from pressmark.check.release import ReleaseCheck
from pressmark.check.run import Outcome
from pressmark.render.tables import finding_record


def told(outcome: Outcome) -> str:
    """One object: the verdict, an object a release, the remarks."""
    record = {
        "pressmark": __version__,
        "fail_on": outcome.policy.fail_on.value,
        "exit_code": outcome.code,
        "releases": [_release(release, outcome) for release in outcome.releases],
        "remarks": [_noted("", noted, outcome) for noted in outcome.remarks],
        "updated": [relative(str(path)) for path in outcome.updated],
    }
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def _release(release: ReleaseCheck, outcome: Outcome) -> dict[str, Any]:
    return {
        "release": relative(release.source),
        "facts_file": relative(str(release.facts_file)),
        "error": str(release.error) if release.error is not None else None,
        "compared": release.before is not None,
        "facts": len(release.now.facts) if release.now is not None else 0,
        "differences": [asdict(one) for one in release.differences],
        "findings": [_noted(release.source, noted, outcome) for noted in release.findings],
        "ignored": [
            {
                **_noted(release.source, one.noted, outcome),
                "reason": one.ignore.reason,
                "expires": str(one.ignore.expires),
            }
            for one in release.ignored
        ],
    }


def _noted(source: str, noted: Noted, outcome: Outcome) -> dict[str, Any]:
    record = finding_record(noted.finding)
    return {
        **record,
        "file": relative(str(record["file"])) if record["file"] else "",
        "statement": noted.statement,
        "label": noted.label,
        "new": noted.new,
        "fails": outcome.policy.fails(noted),
        "fingerprint": fingerprint(source, noted),
    }
