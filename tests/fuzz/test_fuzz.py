"""Whatever is given as a release ends in a report or in one clear error: no other exception, no number lost."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from fuzz_sources import FOUND, Mutation, damaged, mutations, profile, seeds, submission
from hypothesis import given
from hypothesis import strategies as st

from bounds import bounded
from pressmark.errors import PressmarkError
from pressmark.pipeline import extract, stated
from pressmark.report.cells import count_cells

SECONDS = 20
"""The processor time that one damaged release may take; an undamaged one takes a hundredth."""


@pytest.fixture(scope="module", autouse=True)
def no_network() -> Iterator[None]:
    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("the network is used")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def check(path: Path) -> None:
    """Extracts and asserts what holds of every source."""
    report, message = None, ""
    with bounded(SECONDS):
        try:
            report = extract(path)
        except PressmarkError as error:
            message = str(error)
    assert "\n" not in message
    if report is None:
        return
    cells = count_cells(report.statements, report.facts, report.skipped)
    assert cells.balanced, cells
    assert len({fact.id for fact in report.facts}) == len(report.facts)
    assert {fact.context.id for fact in report.facts} <= {context.id for context in report.contexts}


def written(folder: Path, data: bytes) -> Path:
    path = folder / "release.txt"
    path.write_bytes(data)
    return path


SEEDS = st.integers(0, len(seeds()) - 1)


@profile(quick=25, long=4000)
@given(SEEDS, mutations)
def test_a_damaged_release(folder: Path, seed: int, changes: list[Mutation]) -> None:
    check(written(folder, damaged(seeds()[seed], changes).encode("utf-8", "replace")))


@profile(quick=25, long=4000)
@given(st.integers(0, 3), mutations)
def test_a_damaged_release_of_every_form(folder: Path, seed: int, changes: list[Mutation]) -> None:
    check(written(folder, damaged(seeds()[seed], changes).encode("utf-8", "replace")))


@profile(quick=8, long=1500)
@given(SEEDS, mutations)
def test_a_damaged_submission(folder: Path, seed: int, changes: list[Mutation]) -> None:
    check(written(folder, damaged(submission(seeds()[seed]), changes).encode("utf-8", "replace")))


@profile(quick=15, long=3000)
@given(SEEDS, st.integers(0, 1 << 32), st.sampled_from(["utf-8", "cp1252", "utf-16", "latin-1"]))
def test_flipped_and_cut_bytes(folder: Path, seed: int, chance: int, encoding: str) -> None:
    dice = random.Random(chance)  # noqa: S311 - which bytes are flipped need not be a secret
    data = bytearray(seeds()[seed].encode(encoding, "replace"))
    for _ in range(dice.choice((0, 1, 5, 60))):
        data[dice.randrange(len(data))] = dice.randrange(256)
    if dice.random() < 0.5:
        del data[dice.randrange(len(data)) :]
    check(written(folder, bytes(data)))


@profile(quick=15, long=2000)
@given(st.binary(max_size=2000))
def test_any_bytes(folder: Path, data: bytes) -> None:
    check(written(folder, data))


@profile(quick=8, long=1500)
@given(SEEDS, mutations)
def test_the_figures_of_damaged_sentences(folder: Path, seed: int, changes: list[Mutation]) -> None:
    path = written(folder, damaged(seeds()[seed], changes).encode("utf-8", "replace"))
    message = ""
    with bounded(SECONDS):
        try:
            assert all(row["words"] for row in stated(path))
        except PressmarkError as error:
            message = str(error)
    assert "\n" not in message


@pytest.mark.parametrize("path", sorted(FOUND.glob("*")), ids=lambda path: path.name)
def test_what_fuzzing_found(path: Path) -> None:
    check(path)
