"""Measures what writing every format costs beside extracting and mapping: python benchmarks/formats.py [RELEASE...].

Processor seconds, since other work on the machine slows both. The first release is run once before, for what is
imported and compiled once in a process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pressmark.collection import without_collection
from pressmark.pipeline import extraction
from pressmark.render.formats import FORMATS, Job
from pressmark.render.published import published
from pressmark.render.standalone import standalone
from pressmark.render.tables import findings_json
from pressmark.render.xbrl import render_xbrl
from pressmark.report.extraction import Extraction

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "samples").glob("*.txt"))


def parts(made: Extraction) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is written, by name, as `convert` does: XBRL itself, the schemas beside it, each format after the other."""
    xbrl = render_xbrl(made.report)
    job = Job(made, xbrl)
    yield "xbrl", lambda: render_xbrl(made.report)
    yield "standalone", lambda: standalone(xbrl, made.report.taxonomy)
    for one in FORMATS.values():
        yield one.name, lambda one=one: job.files.update(one.write(job))  # type: ignore[misc]
    yield "findings", lambda: findings_json(made.report)


def seconds(work: Callable[[], object]) -> float:
    """The processor time of a piece of work."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> int:
    """Prints the sums over the releases; exits with 1 where writing costs more than extracting and mapping."""
    sources = [Path(argument) for argument in sys.argv[1:]] or SAMPLES
    for _, work in parts(extraction(sources[0])):
        work()
    spent: dict[str, float] = {}
    reading, worst, facts = 0.0, 0.0, 0
    for source in sources:
        made: list[Extraction] = []
        read = seconds(lambda source=source, made=made: made.append(extraction(source)))  # type: ignore[misc]
        with without_collection():  # as where formats are written
            costs = {name: seconds(work) for name, work in parts(made[0])}
        for name, cost in costs.items():
            spent[name] = spent.get(name, 0) + cost
        published.cache_clear()  # what the release before held is given back between the two
        reading += read
        worst = max(worst, sum(costs.values()) / read)
        facts += len(made[0].report.facts)
    writing = sum(spent.values())
    print(f"{len(sources)} releases, {facts} facts: extracting and mapping {reading:.2f} s, writing {writing:.2f} s")
    print(f"writing is {writing / reading:.0%} of extracting and mapping, at worst {worst:.0%} for one release")
    for name, cost in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {name:<12}{cost:>8.2f} s")
    return int(writing > reading)


if __name__ == "__main__":
    sys.exit(main())
