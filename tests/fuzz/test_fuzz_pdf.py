"""A damaged PDF ends in a report or in one clear error too."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pypdfium2", reason="the optional extra 'pdf' is not installed")

from fuzz_sources import profile
from test_fuzz import check

from test_pdf import pdf, statement

PARTS = (
    b"0",
    b"-1",
    b"99999999",
    b"1e99",
    b"/Kids",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"(",
    b")",
    b"2 0 R",
    b"BT",
    b"ET",
    b"Tm",
)


@profile(quick=30, long=4000)
@given(st.integers(0, 1 << 32))
def test_a_damaged_pdf(tmp_path_factory: pytest.TempPathFactory, chance: int) -> None:
    dice = random.Random(chance)  # noqa: S311 - what is damaged need not be a secret
    data = bytearray(pdf(statement(), statement()))
    for _ in range(dice.choice((1, 3, 20))):
        at = dice.randrange(len(data))
        data[at : at + dice.choice((0, 1, 4))] = dice.choice((*PARTS, bytes([dice.randrange(256)])))
    if dice.random() < 0.2:
        del data[dice.randrange(len(data)) :]
    path = tmp_path_factory.getbasetemp() / "damaged.pdf"
    path.write_bytes(data)
    check(path)
