"""Labelled releases for measuring: where they lie, whose they are, and how many numbers of each come out right.

They are no part of the project. The folder (`--shared`, by default `shared` beside the checkout) holds `releases/SET`,
with a `NAME.facts.tsv` beside each release, and `tools/score.py`, which compares a report with such a file.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from pressmark.mapping import features, lexicon, model
from pressmark.mapping.prior import read_priors
from pressmark.pipeline import Options, extract
from pressmark.render.oim import xbrl_json
from pressmark.resources import resource

HERE = Path(__file__).resolve().parent
SETS = {
    "seeds": ("seeds", "txt"),
    "ascii": ("ascii", "txt"),
    "statements": ("statements", "htm"),
    "statements-text": ("statements", "txt"),
    "releases": ("html", "htm"),
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A release with its truth. `company` is the name's first part, `cik` "" where it is not known."""

    set: str
    name: str
    source: Path
    truth: Path

    @property
    def company(self) -> str:
        """Whose release it is."""
        return self.name.split("-")[0]

    @property
    def cik(self) -> str:
        """The company's CIK as label pairs have it."""
        return ciks().get(self.company, "")


@cache
def ciks() -> dict[str, str]:
    """CIKs by company, from `companies.tsv` beside this file."""
    lines = (HERE / "companies.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines)


def arguments(description: str | None) -> argparse.ArgumentParser:
    """A parser with the options that all measurements on labelled releases share."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {' '.join(SETS)}; without one, all")
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--lexicon", type=Path, help="a folder made by build_lexicon.py, instead of the shipped one")
    return parser


def releases(shared: Path, sets: list[str]) -> Iterator[Labelled]:
    """The labelled releases of the sets, in order. Raises SystemExit where there are none."""
    for name in sets or SETS:
        if name not in SETS:
            raise SystemExit(f"no set {name}; there are {' '.join(SETS)}")
        folder, suffix = SETS[name]
        truths = sorted((shared / "releases" / folder).glob("*.facts.tsv"))
        if not truths:
            raise SystemExit(f"{shared / 'releases' / folder}: no labelled releases")
        for truth in truths:
            stem = truth.name.removesuffix(".facts.tsv")
            yield Labelled(name, stem, truth.with_name(f"{stem}.{suffix}"), truth)


def scores(
    found: list[Labelled], shared: Path, folder: Path | None = None, priors: dict[str, Path] | None = None
) -> list[dict[str, int]]:
    """For each release its counts: numbers, value, strict and the faults.

    With `folder`, by that lexicon; with `priors`, by the prior filing of its company.
    """
    with ProcessPoolExecutor(initializer=partial(use_lexicon, folder)) as pool:
        return list(pool.map(partial(_score, shared, priors or {}), found))


def use_lexicon(folder: Path | None) -> None:
    """Makes this process read what `build_lexicon.py` learns from another folder."""
    if folder is None:
        return

    def elsewhere(name: str) -> Path:
        other = folder / Path(name).name
        return other if Path(name).stem == "lexicon" else resource(name)

    lexicon.resource = model.resource = elsewhere  # type: ignore[attr-defined]
    with (folder / "word-classes.tsv").open(encoding="utf-8") as file:
        found = [line.rstrip("\n").split("\t") for line in file][2:]
    classes = {word: int(kind) for word, kind in found}
    features.word_classes = lambda: classes  # type: ignore[assignment]


def _score(shared: Path, priors: dict[str, Path], release: Labelled) -> dict[str, int]:
    prior = read_priors([priors[release.company]]) if release.company in priors else None
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        report.write_bytes(xbrl_json(extract(release.source, Options(prior=prior))))
        return dict(scorer(shared).score(str(release.truth), str(report), misses=False))


@cache
def scorer(shared: Path) -> ModuleType:
    """The module `tools/score.py` of the labelled releases."""
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{shared / 'tools' / 'score.py'}: can't be read")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_json(value: object) -> str:
    """Figures for other programs."""
    return json.dumps(value, indent=1)
