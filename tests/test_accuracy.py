"""The labelled releases, where they are at hand: the figures that docs/accuracy.md states are held.

The labelled material is not part of the project; beside a checkout that has none these tests are skipped.
"""

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from pressmark.pipeline import extract
from pressmark.render.files import xbrl_json

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
RELEASES = SHARED / "releases"
pytestmark = pytest.mark.skipif(not RELEASES.exists(), reason="the labelled releases are not beside this checkout")

# Least value%, least strict%, most misread, sign, confused, stray and surplus in % of the numbers.
HELD = {
    "seeds": (100, 100, 0, 0, 0, 0, 0),
    "ascii": (99, 89.5, 0.2, 0.5, 3, 1, 3),
}
HELD_LONG = {
    "statements": (99, 77, 0.3, 0.5, 3, 1, 3),
    "statements-text": (99, 77, 0.3, 0.5, 3, 1, 3),
    "html": (97, 86, 0.3, 0.5, 3, 1, 3),
}
FOLDERS = {"statements-text": "statements"}
SUFFIXES = {"html": ".htm", "statements": ".htm"}


@pytest.fixture(scope="module")
def score() -> ModuleType:
    """The scorer that comes with the labelled releases."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def check(name: str, held: tuple[float, ...], score: ModuleType, folder: Path) -> None:
    total: Counter[str] = Counter()
    for truth in sorted((RELEASES / FOLDERS.get(name, name)).glob("*.facts.tsv")):
        stem = truth.name.removesuffix(".facts.tsv")
        report = folder / f"{stem}.json"
        report.write_bytes(xbrl_json(extract(truth.with_name(stem + SUFFIXES.get(name, ".txt")))))
        total.update(score.score(str(truth), str(report), misses=False))
    seen = {k: round(100 * total[k] / total["numbers"], 2) for k in ("value", "strict", *score.FAULTS)}
    least, most = held[:2], held[2:]
    assert seen["value"] >= least[0], seen
    assert seen["strict"] >= least[1], seen
    assert all(seen[k] <= limit for k, limit in zip(score.FAULTS, most, strict=True)), seen


@pytest.mark.parametrize("name", HELD)
def test_labelled_releases(name: str, score: ModuleType, tmp_path: Path) -> None:
    check(name, HELD[name], score, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", HELD_LONG)
def test_all_labelled_releases(name: str, score: ModuleType, tmp_path: Path) -> None:
    check(name, HELD_LONG[name], score, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", sorted(p for p in RELEASES.rglob("*") if p.suffix in {".txt", ".htm"}), ids=lambda p: p.name
)
def test_every_release_balances_its_cells(path: Path) -> None:
    """Numeric cells = facts + skipped; no release raises."""
    report = extract(path)
    assert not [f for f in report.findings if f.code == "cells.lost"]
