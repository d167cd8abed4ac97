"""Validating many reports in one process: Pressmark beside Arelle's own load and validate in a bare loop.

usage: python benchmarks/stream.py REPORT... [--rounds 5] [--no-rules] [--memory 1000]

The bare loop keeps one Arelle controller, with the options of Pressmark's run: offline, our packages, Calculations 1.1,
the Unit Type Registry, inconsistent duplicates, our rules imported (`--no-rules`: neither way has them). It loads,
validates and closes each report; Pressmark gives each a clean state and reads the findings with places. The two take
turns report by report, so that both see the same machine, each in a process of its own, since Arelle keeps its packages
in globals. Printed is the processor time of a report. `--memory N` validates N reports and prints the resident memory
after a tenth of them and at the end.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pressmark.render.taxonomy import package_paths
from pressmark.render.taxonomy_year import taxonomy_year
from pressmark.validate.arelle import validate

WAYS = ("bare loop", "Pressmark")


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-rules", action="store_true")
    parser.add_argument("--memory", type=int, default=0)
    parser.add_argument("--serve", choices=WAYS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        return serve(bare_loop(rules=not given.no_rules) if given.serve == WAYS[0] else pressmark(not given.no_rules))
    if given.memory:
        return memory(given.reports, given.memory)
    more = ["--no-rules"] if given.no_rules else []
    workers = {
        way: subprocess.Popen(
            [sys.executable, __file__, "--serve", way, *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for way in WAYS
    }
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    for number in range(given.rounds + 1):
        for report in given.reports:
            for way, worker in workers.items():
                seconds = asked(worker, report)
                if number:  # the first round warms up
                    times[way].append(seconds)
    for worker in workers.values():
        worker.communicate()
    mean = {way: statistics.mean(values) for way, values in times.items()}
    for way in WAYS:
        print(f"{way:10} {1000 * mean[way]:7.1f} ms a report (mean of {len(times[way])})")
    print(f"Pressmark / bare loop: {mean['Pressmark'] / mean['bare loop']:.2f}")
    return 0


def asked(worker: subprocess.Popen[str], report: Path) -> float:
    """The seconds that a worker says it took for a report."""
    if worker.stdin is None or worker.stdout is None:
        raise RuntimeError("a worker without pipes")
    worker.stdin.write(f"{report}\n")
    worker.stdin.flush()
    return float(worker.stdout.readline())


def serve(way: Callable[[Path], object]) -> int:
    """Takes reports from standard input and answers with the seconds of processor time that each took."""
    for line in sys.stdin:
        begun = time.process_time()
        way(Path(line.strip()))
        print(time.process_time() - begun, flush=True)
    return 0


def memory(reports: list[Path], count: int) -> int:
    """Validates `count` reports, the given ones in turn."""
    early = 0
    for number in range(1, count + 1):
        validate(reports[number % len(reports)])
        if number == max(count // 10, 1):
            early = resident()
    print(f"{early / 1024:.0f} MB after {count // 10} reports, {resident() / 1024:.0f} MB after {count}")
    return 0


def resident() -> int:
    """The resident memory of this process in kB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])


def pressmark(rules: bool) -> Callable[[Path], object]:
    """Pressmark's validation."""
    return lambda report: validate(report, rules=rules)


def bare_loop(*, rules: bool) -> Callable[[Path], object]:
    """Arelle alone: one controller for all reports."""
    from arelle import ModelDocument, PackageManager, Validate
    from arelle.Cntlr import Cntlr
    from arelle.FileSource import openFileSource
    from arelle.ModelFormulaObject import FormulaOptions
    from arelle.ValidateDuplicateFactsConst import DuplicateTypeArg
    from arelle.ValidateXbrlCalcs import ValidateCalcsMode

    controller = Cntlr(logFileName="logToStructuredMessage", disable_persistent_config=True, uiLang="en-US")
    controller.webCache.workOffline = True
    controller.logger.propagate = False
    manager = controller.modelManager
    manager.loadCustomTransforms()
    manager.disclosureSystem.select(None)
    manager.formulaOptions = FormulaOptions()
    manager.validateCalcs = ValidateCalcsMode.ROUND_TO_NEAREST
    manager.validateUtr = True
    manager.validateDuplicateFacts = DuplicateTypeArg("inconsistent").duplicateType()
    for package in package_paths():
        PackageManager.getInstance().addPackage(controller, str(package))
    PackageManager.getInstance().rebuildRemappings(controller)

    def one(report: Path) -> None:
        model = manager.load(openFileSource(str(report), controller), "loading")
        if rules:
            ModelDocument.load(model, taxonomy_year().rules, isSupplemental=True)
        Validate.validate(model)
        manager.close(model)

    return one


if __name__ == "__main__":
    sys.exit(main())
