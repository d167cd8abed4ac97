"""Inline XBRL of releases against their instances: python benchmarks/inline.py RELEASE [RELEASE ...].

For each release: its facts, the tags of its Inline XBRL, the facts that only one of the two reports has when Arelle
extracts both (duplicates aside), Arelle's errors, the numbers that could not be tagged where they stand; the
processor time that extracting and mapping took, and that of writing the Inline XBRL. Writing may cost at most as much
as extracting, over all releases. Exits with 1 where a difference or an error is found or the cost is beyond that.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from pressmark.errors import InputError
from pressmark.finding import Severity
from pressmark.pipeline import extraction
from pressmark.render.inline import render_inline
from pressmark.render.published import published
from pressmark.render.xbrl import render_xbrl
from pressmark.validate.arelle import validate
from pressmark.validate.facts import extracted_facts, without_duplicates


def measure(release: Path) -> tuple[int, ...]:
    """Prints a row: facts, tags, differences, errors, hidden numbers, milliseconds to extract and to write."""
    seconds = []
    for _ in range(2):  # the first run loads tables and templates
        start = time.process_time()
        found = extraction(release)
        extracted = time.process_time()
        published.cache_clear()  # an equal document of the first run would count as opened already
        inline = render_inline(found, f"{found.report.base}.xsd")
        seconds = [extracted - start, time.process_time() - extracted]
    base = found.report.base
    with tempfile.TemporaryDirectory() as folder:
        for name, data in {**render_xbrl(found.report), f"{base}.htm": inline.data}.items():
            (Path(folder) / name).write_bytes(data)
        document = Path(folder) / f"{base}.htm"
        tags = extracted_facts(document)
        facts = without_duplicates(extracted_facts(Path(folder) / f"{base}.xml"))
        differences = facts ^ without_duplicates(tags)
        errors = [f for f in validate(document).findings if f.severity is Severity.ERROR]
    hidden = [f for f in inline.findings if f.code == "inline.hidden"]
    row = (len(facts), len(tags), len(differences), len(errors), len(hidden), *(round(1000 * s) for s in seconds))
    print("".join(f"{number:9d}" for number in row), f" {release.name}", flush=True)
    for line in (*differences, *errors):
        print(f"    {line}")
    return row


def main() -> int:
    """Measures each release and prints the sums."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    print("    facts     tags  differ   errors   hidden  ms read ms write")
    rows = []
    for name in sys.argv[1:]:
        try:
            rows.append(measure(Path(name)))
        except InputError as error:
            print(f"    {error}")
    total = [sum(column) for column in zip(*rows, strict=True)]
    print("".join(f"{number:9d}" for number in total), f" {len(rows)} releases")
    return int(total[2] > 0 or total[3] > 0 or total[6] > total[5])


if __name__ == "__main__":
    sys.exit(main())
