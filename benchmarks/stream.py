"""Validating many reports in one process: Pressmark beside Arelle's own load and validate in a bare loop.

usage: python benchmarks/stream.py REPORT... [--rounds 5] [--memory 1000]

The bare loop keeps one Arelle controller, with the options of Pressmark's run (offline, our packages, Calculations 1.1,
the Unit Type Registry, inconsistent duplicates, our rules imported), and loads, validates and closes each report.
Each round takes every report once by each way in turn, so that all see the same machine. `--memory N` then validates N
reports and prints the resident memory after the first tenth and at the end.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pressmark.render.taxonomy import package_paths
from pressmark.render.taxonomy_year import taxonomy_year
from pressmark.validate.arelle import validate


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", type=int, default=0)
    given = parser.parse_args()
    ways: dict[str, Callable[[Path], object]] = {"Pressmark": validate}
    with bare_loop(taxonomy_year().rules) as with_rules:
        times: dict[str, list[float]] = {"Arelle, bare loop": [], "Pressmark": []}
        for _ in range(given.rounds):
            for report in given.reports:
                times["Arelle, bare loop"].append(timed(with_rules, report))
    for _ in range(given.rounds):
        for report in given.reports:
            times["Pressmark"].append(timed(ways["Pressmark"], report))
    for name, values in times.items():
        print(f"{name:20} {1000 * statistics.mean(values):7.1f} ms a report (mean of {len(values)})")
    return 0


def timed(way: Callable[[Path], object], report: Path) -> float:
    """Wall time of one report."""
    begun = time.perf_counter()
    way(report)
    return time.perf_counter() - begun


@contextmanager
def bare_loop(rules: str) -> Iterator[Callable[[Path], None]]:
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
        PackageManager.addPackage(controller, str(package))
    PackageManager.rebuildRemappings(controller)

    def one(report: Path) -> None:
        model = manager.load(openFileSource(str(report), controller), "loading")
        ModelDocument.load(model, rules, isSupplemental=True)
        Validate.validate(model)
        controller.logHandler.clearLogBuffer() if hasattr(controller.logHandler, "clearLogBuffer") else None
        manager.close(model)

    yield one
    controller.close()
    gc.collect()


if __name__ == "__main__":
    sys.exit(main())
