"""Date and period phrases are found with what they name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressmark.dates import mentions

CASES = [
    ("Three Months Ended March 31, 2004", [{"months": 3, "ended": True}, {"year": 2004, "month": 3, "day": 31}]),
    ("Years Ended December 31,", [{"months": 12, "ended": True}, {"month": 12, "day": 31}]),
    ("Periods ended Three Months March 31 1993", [{"months": 3}, {"year": 1993, "month": 3, "day": 31}]),
    ("Thirteen weeks ended June 28, 2025", [{"weeks": 13, "ended": True}, {"year": 2025, "month": 6, "day": 28}]),
    ("fifty-three weeks ended", [{"weeks": 53, "ended": True}]),
    ("52 Weeks Ended", [{"weeks": 52, "ended": True}]),
    ("three-month period ended", [{"months": 3, "ended": True}]),
    ("Quarter Ended", [{"months": 3, "ended": True}]),
    ("Q2 FY25", [{"quarter": 2, "year": 2025, "fiscal": True}]),
    ("FY25 Q2", [{"quarter": 2, "year": 2025, "fiscal": True}]),
    ("1Q04", [{"quarter": 1, "year": 2004}]),
    ("Q2'25", [{"quarter": 2, "year": 2025}]),
    ("Q4 FY 25", [{"quarter": 4, "year": 2025, "fiscal": True}]),
    ("2004 First Quarter", [{"quarter": 1, "year": 2004}]),
    ("fourth quarter of fiscal 2003", [{"quarter": 4, "year": 2003, "fiscal": True}]),
    ("first half of 2026", [{"half": 1, "year": 2026}]),
    ("first nine months of 2004", [{"months": 9, "to_date": True}, {"year": 2004}]),
    ("six months YTD", [{"months": 6}, {"to_date": True}]),
    ("Fiscal 2004", [{"year": 2004, "fiscal": True}]),
    ("As of 6/30/25", [{"year": 2025, "month": 6, "day": 30}]),
    ("Three Mos. Ended 6/30", [{"months": 3, "ended": True}, {"month": 6, "day": 30}]),
    ("ended 9/27, 1997", [{"month": 9, "day": 27}, {"year": 1997}]),
    ("24/7, 1/2 of 5/8 at 10-1/28, 3/31.", [{"month": 3, "day": 31}]),
    ("31-Mar-04", [{"year": 2004, "month": 3, "day": 31}]),
    ("As of Mar 31,2007", [{"year": 2007, "month": 3, "day": 31}]),
    ("Year Ended December 31, (1) 2003", [{"months": 12, "ended": True}, {"year": 2003, "month": 12, "day": 31}]),
    (
        "the three and six months ended June 30, 2026",
        [{"months": 3}, {"months": 6, "ended": True}, {"year": 2026, "month": 6, "day": 30}],
    ),
    ("13 and 26 weeks ended", [{"weeks": 13}, {"weeks": 26, "ended": True}]),
    ("In the second quarter, 25 people", [{"quarter": 2}]),
    ("the company may report in May", [{"month": 5}]),
    ("$2,004 and 1,999", []),
]
FIELDS = ("year", "month", "day", "months", "weeks", "quarter", "half", "ended", "to_date", "fiscal")


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_phrase_names_what_it_says(text: str, expected: list[dict[str, object]]) -> None:
    found = [{f: getattr(m, f) for f in FIELDS if getattr(m, f)} for m in mentions(text)]
    assert found == expected


@pytest.mark.parametrize(
    "form", ["%B %d, %Y", "%b %d %Y", "%b. %d, %Y", "%d %B %Y", "%m/%d/%Y", "%Y-%m-%d", "%B %d,%Y"]
)
@given(day=st.dates(date(1980, 1, 1), date(2059, 12, 31)))
def test_dates_round_trip(form: str, day: date) -> None:
    (found,) = mentions(day.strftime(form))
    assert found.date == day


@given(st.text(max_size=80))
def test_any_text_is_read_without_fault(text: str) -> None:
    found = mentions(text)
    assert all(text[m.at : m.end].strip() for m in found)
    assert [m.at for m in found] == sorted(m.at for m in found)


def test_a_day_that_does_not_exist_is_no_date() -> None:
    (found,) = mentions("February 30, 2004")
    assert found.date is None
