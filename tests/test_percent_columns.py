"""Columns that state their neighbour's numbers as percentages are left out, and the neighbour stays."""

from __future__ import annotations

import pytest

from pressmark.statements.interpret import interpret
from pressmark.statements.statement import Statement
from statement_grid import document, table

BODY = """
B0 Net sales | 41,220 | 100.0{0} | 37,918 | 100.0{0}
B0 Cost of sales | 28,854 | 70.0 | 26,543 | 70.0
B0 Gross profit | 12,366 | 30.0 | 11,375 | 30.0
B0 Selling expenses | 8,244 | 20.0 | 7,584 | 20.0
B0 Interest expense | (412) | 1.0 | (455) | (1.2)
B0 Income before income taxes | 3,710 | 9.1 | 3,336 | 8.8
B0 Net income | 2,300 | 5.6 | 2,068 | 5.5
B0 Net income per share | .46 | | .41
"""
QUARTER = "H | Quarter Ended June 30,>4\n"
SKIPPED = "a percent column"
Q2 = ["1997-04-01/1997-06-30", SKIPPED, "1996-04-01/1996-06-30", SKIPPED]


def read(heads: str, body: str) -> Statement:
    (made,) = interpret([table("Statements of Income\n(in thousands)", heads + body)], document())
    return made


def told(made: Statement) -> list[str]:
    return [str(c.period or c.skip) for c in made.columns]


@pytest.mark.parametrize("sign", ["", "%"])
@pytest.mark.parametrize(
    "heads",
    [
        "H | 1997>2 | 1996>2",
        "H | 1997>2 | 1996>2\nH | Amount | Ratio | Amount | Ratio",
        "H | 1997 | Ratio | 1996 | Ratio",
        "H | 1997 | of Sales | 1996 | of Sales",
        "H | 1997 | | 1996 |",
    ],
)
def test_percentages_are_told_by_the_numbers(heads: str, sign: str) -> None:
    made = read(QUARTER + heads, BODY.format(sign))
    assert told(made) == Q2
    assert not [f for f in made.findings if f.code == "period.refused"]


def test_percentages_may_stand_before_their_amounts() -> None:
    body = """
    B0 Product sales | 60.0 | 24,732 | 61.0 | 23,130
    B0 Service revenue | 40.0 | 16,488 | 39.0 | 14,788
    B0 Total revenue | 100.0 | 41,220 | 100.0 | 37,918
    B0 Cost of sales | 70.0 | 28,854 | 70.0 | 26,543
    B0 Gross profit | 30.0 | 12,366 | 30.0 | 11,375
    B0 Net income | 5.6 | 2,300 | 5.5 | 2,068
    """
    assert told(read(QUARTER + "H | 1997>2 | 1996>2", body)) == [SKIPPED, Q2[0], SKIPPED, Q2[2]]


HALVED = """
B0 Net sales | 200 | 100
B0 Cost of sales | 140 | 70
B0 Gross profit | 60 | 30
B0 Selling expenses | 20 | 10
B0 Net income | 40 | 20
"""


def test_amounts_of_another_year_are_no_percentages() -> None:
    assert told(read("H | Quarter Ended June 30,>2\nH | 1997 | 1996", HALVED)) == [Q2[0], Q2[2]]


def test_parts_of_one_period_stay_refused() -> None:
    body = HALVED.replace("| 70\n", "| 55\n").replace("| 30\n", "| 45\n").replace("| 10\n", "| 25\n")
    made = read("H | Quarter Ended June 30, 1997>2\nH | East | West", body)
    assert not made.gaap
    assert [f.code for f in made.findings] == ["period.refused"]
