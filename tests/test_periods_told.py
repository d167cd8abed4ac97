"""Columns whose period the sentences of the release tell, in releases whose tables name no date."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressmark.pipeline import understood
from pressmark.statements.statement import Statement

BODY = (
    ("Net sales", "41,220", "37,918", "80,310", "74,002"),
    ("Cost of sales", "28,854", "26,543", "56,217", "51,801"),
    ("Gross profit", "12,366", "11,375", "24,093", "22,201"),
    ("Income taxes", "1,410", "1,268", "2,747", "2,461"),
    ("Net income", "2,300", "2,068", "4,481", "4,016"),
    ("Net income per share", ".46", ".41", ".90", ".80"),
)
QUARTER = "second quarter ended June 30, 1997"
Q2 = ["1997-04-01/1997-06-30", "1996-04-01/1996-06-30"]
H1 = ["1997-01-01/1997-06-30", "1996-01-01/1996-06-30"]
INTERLEAVED = [Q2[0], H1[0], Q2[1], H1[1]]


def statement(folder: Path, heads: str, said: str = QUARTER, day: str = "July 22, 1997") -> Statement:
    """The income statement of a release under these heads, which stand at column 36 and each twelve on."""
    rows = [f"{label:<36}" + "".join(f"{v:>12}" for v in values) for label, *values in BODY]
    over = [" " * 36 + line for line in heads.strip("\n").split("\n")]
    opening = f"DENVER, {day} -- Tall Pine Products, Inc. today reported its\nresults for the {said}."
    titles = f"{'STATEMENTS OF INCOME':>55}\n{'(In thousands, except per share amounts)':>65}"
    path = folder / "made-up.txt"
    path.write_text("\n".join([opening, "", titles, "", *over, *rows, ""]), encoding="utf-8")
    (made,) = understood(path).statements
    return made


def periods(made: Statement) -> list[str]:
    return [str(c.period) for c in made.columns]


YEARS = "        1997        1996        1997        1996"
TURNS = "        1997        1997        1996        1996"


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (f"      Second Quarter            Six Months\n{YEARS}", Q2 + H1),
        (f"      2nd Quarter               6 Months\n{YEARS}", Q2 + H1),
        (f"      Second Quarter          Year to Date\n{YEARS}", Q2 + H1),
        (f"    3 Months    3 Months    6 Months    6 Months\n{YEARS}", Q2 + H1),
        (f"    3 Months    6 Months    3 Months    6 Months\n{TURNS}", INTERLEAVED),
        (
            "             1997                    1996\n    3 Months    6 Months    3 Months    6 Months",
            INTERLEAVED,
        ),
        (f"  Three Mos. Ended       Six Mos. Ended\n      6/30                    6/30\n{YEARS}", Q2 + H1),
        (f"  Three Mos. Ended       Six Mos. Ended\n{YEARS}", Q2 + H1),
    ],
)
def test_columns_end_with_the_period_that_the_release_reports_on(
    tmp_path: Path, heads: str, expected: list[str]
) -> None:
    assert periods(statement(tmp_path, heads)) == expected


def test_nine_months_end_with_the_third_quarter_of_a_year_of_its_own(tmp_path: Path) -> None:
    heads = f"      Third Quarter             Nine Months\n{YEARS}"
    made = statement(tmp_path, heads, "fiscal third quarter and nine months ended June 30, 1997")
    assert periods(made) == [*Q2, "1996-10-01/1997-06-30", "1995-10-01/1996-06-30"]


def test_weeks_end_with_the_day_that_is_told(tmp_path: Path) -> None:
    heads = f"      Second Quarter            26 Weeks\n{YEARS}"
    made = statement(tmp_path, heads, "second quarter ended June 28, 1997")
    assert periods(made)[2] == "1996-12-29/1997-06-28"


def test_what_is_still_to_come_is_no_period_of_the_release(tmp_path: Path) -> None:
    said = f"{QUARTER}. Results of the third quarter ended September 30, 1997 will follow"
    made = statement(tmp_path, f"    3 Months    3 Months    6 Months    6 Months\n{YEARS}", said)
    assert periods(made) == Q2 + H1


def test_no_end_is_made_up_where_nothing_tells_it(tmp_path: Path) -> None:
    made = statement(tmp_path, f"    3 Months    3 Months    6 Months    6 Months\n{YEARS}", "period")
    assert not made.gaap
    assert [f.code for f in made.findings] == ["period.refused"]


def test_a_period_that_would_end_after_the_release_is_refused_and_its_like(tmp_path: Path) -> None:
    made = statement(tmp_path, f"      Second Quarter         Twelve Months\n{YEARS}")
    assert periods(made) == [*Q2, "None", "None"]
    assert all("after the day of the release" in c.skip for c in made.columns[2:])
    assert [f.code for f in made.findings if f.code == "period.refused"] == ["period.refused"] * 2


DECEMBER = "fourth quarter and year ended December 31, 1997"


@pytest.mark.parametrize(
    "over",
    [
        "      Fourth Quarter               Year",
        "        4th Quarter               Annual",
        "          Quarter                  Year",
        "       Three Months             Full Year",
        "   Qtrs. Ended 12/31       Yrs. Ended 12/31",
        "    October-December       January to December",
    ],
)
def test_a_year_is_named_by_one_word(tmp_path: Path, over: str) -> None:
    made = statement(tmp_path, f"{over}\n{YEARS}", DECEMBER, "January 27, 1998")
    fourth = ["1997-10-01/1997-12-31", "1996-10-01/1996-12-31"]
    assert periods(made) == [*fourth, "1997-01-01/1997-12-31", "1996-01-01/1996-12-31"]


@pytest.mark.parametrize(
    "heads",
    [
        "       Q2 97       Q2 96      YTD 97      YTD 96",
        "       Q2 97       Q2 96    6 mos 97    6 mos 96",
        "   Three Months Ended        Six Months Ended\n      Jun-97      Jun-96      Jun-97      Jun-96",
        f"        April-June             January-June\n{YEARS}",
        f"      Second Quarter             To Date\n{YEARS}",
    ],
)
def test_short_years_and_ranges_of_months(tmp_path: Path, heads: str) -> None:
    assert periods(statement(tmp_path, heads)) == Q2 + H1


def test_two_digits_joined_to_a_month_are_a_year_where_none_stands_by(tmp_path: Path) -> None:
    heads = "   Three Months Ended        Six Months Ended\n      Jun-04      Jun-03      Jun-04      Jun-03"
    made = statement(tmp_path, heads, "second quarter ended June 30, 2004", "July 22, 2004")
    assert periods(made)[:2] == ["2004-04-01/2004-06-30", "2003-04-01/2003-06-30"]


def test_a_year_to_come_is_not_the_releases_own(tmp_path: Path) -> None:
    said = f"{QUARTER}, and expects more of the year ending December 31, 1997"
    assert periods(statement(tmp_path, f"      Second Quarter            Six Months\n{YEARS}", said)) == Q2 + H1


def test_the_year_before_says_nothing_of_this_years_months(tmp_path: Path) -> None:
    made = statement(
        tmp_path, f"    3 Months    3 Months    6 Months    6 Months\n{YEARS}", "year ended December 31, 1996"
    )
    assert not made.gaap


@pytest.mark.parametrize("first", ["Second Quarter", "  Three Months"])
def test_months_of_a_fiscal_year_end_within_it(tmp_path: Path, first: str) -> None:
    heads = f"      {first}            Six Months\n        1998        1997        1998        1997"
    made = statement(tmp_path, heads, "second quarter of fiscal 1998 ended December 31, 1997", "January 22, 1998")
    quarters = ["1997-10-01/1997-12-31", "1996-10-01/1996-12-31"]
    assert periods(made) == [*quarters, "1997-07-01/1997-12-31", "1996-07-01/1996-12-31"]


FOURTH = ["1997-10-01/1997-12-31", "1996-10-01/1996-12-31", "1997-01-01/1997-12-31", "1996-01-01/1996-12-31"]


@pytest.mark.parametrize(
    "said",
    [
        "fourth quarter ended December 31, 1997.\nIt expects sales of more in the year ending December 31, 1998",
        "fourth quarter and year.\nIt expects more of the year ending December 31, 1998",
        "fourth quarter and year. It expects\nmore of the fiscal years ending December 31, 1998 and December 31, 1999",
    ],
)
def test_years_to_come_give_their_month_but_not_the_label_of_a_year(tmp_path: Path, said: str) -> None:
    made = statement(tmp_path, f"      Fourth Quarter             Full Year\n{YEARS}", said, "January 27, 1998")
    assert periods(made) == FOURTH


def test_the_year_of_another_company_does_not_turn_the_quarters(tmp_path: Path) -> None:
    said = f"{QUARTER}. Acme, acquired in May,\nhad sales of $30 million in its fiscal year ended March 31, 1997"
    assert periods(statement(tmp_path, f"      Second Quarter            Six Months\n{YEARS}", said)) == Q2 + H1


def test_a_year_that_is_over_still_tells_its_label(tmp_path: Path) -> None:
    heads = "      Fourth Quarter            Fiscal Year\n        1996        1995        1996        1995"
    made = statement(tmp_path, heads, "fourth quarter and fiscal year ended February 1, 1997", "March 4, 1997")
    assert periods(made)[2:] == ["1996-02-04/1997-02-01", "1995-01-29/1996-02-03"]


FISCAL = " Fiscal 1998 Fiscal 1997 Fiscal 1998 Fiscal 1997"


@pytest.mark.parametrize(
    ("said", "day", "expected"),
    [
        (
            "second quarter ended December 31, 1997",
            "January 22, 1998",
            ["1997-07-01/1997-12-31", "1996-07-01/1996-12-31"],
        ),
        (
            "second quarter ended December 31, 1997. The fiscal\nyear ended June 30, 1997 was its best",
            "January 22, 1998",
            ["1997-07-01/1997-12-31", "1996-07-01/1996-12-31"],
        ),
        ("second quarter ended June 30, 1998", "July 22, 1998", ["1998-01-01/1998-06-30", "1997-01-01/1997-06-30"]),
    ],
)
@pytest.mark.parametrize(
    "over", ["      Three Months              Six Months", "     Second Quarter            Year to Date"]
)
def test_months_of_a_fiscal_year_end_with_the_releases_own(
    tmp_path: Path, over: str, said: str, day: str, expected: list[str]
) -> None:
    assert periods(statement(tmp_path, f"{over}\n{FISCAL}", said, day))[2:] == expected


def test_weeks_of_another_fiscal_year_are_refused_where_their_weekday_does_not_fit(tmp_path: Path) -> None:
    made = statement(
        tmp_path,
        f"        13 Weeks                39 Weeks\n{FISCAL}",
        "third quarter ended October 31, 1998",
        "November 18, 1998",
    )
    assert periods(made) == ["1998-08-02/1998-10-31", "None", "1998-02-01/1998-10-31", "None"]


@pytest.mark.parametrize(
    "said",
    [
        "second quarter\nand six months ended June 30",
        "second quarter, which ended\non June 30, of $2.3 million",
        "second quarter in a release of today\nfor the period ended June 30, 1997",
        "second quarter ended\nJune 30. Acme was bought in the quarter ended March 31",
    ],
)
def test_a_day_without_a_year_and_a_period_that_ended_tell_the_end(tmp_path: Path, said: str) -> None:
    assert periods(statement(tmp_path, f"      Second Quarter            Six Months\n{YEARS}", said)) == Q2 + H1


@pytest.mark.parametrize(
    "said",
    [
        "second quarter, and expects more\nof the year ending December 31",
        "second quarter. Acme did well,\nand the sales it had in the period ended March 31, 1997, rose",
    ],
)
def test_a_day_to_come_and_a_period_of_another_sentence_tell_nothing(tmp_path: Path, said: str) -> None:
    assert not statement(tmp_path, f"      Second Quarter            Six Months\n{YEARS}", said).gaap


def test_years_named_after_their_beginning_keep_their_label_beside_a_year_to_come(tmp_path: Path) -> None:
    opening = "DENVER, March 14, 2024 -- Tall Pine Stores, Inc. reported its year. It\nexpects more of the fiscal "
    flow = "\n".join(f"{label:<36}{one:>12}{two:>12}" for label, one, two, *_ in BODY)
    point = "\n".join(
        f"{label:<36}{one:>12}{two:>12}"
        for label, one, two in (
            ("", "February 3,", "January 28,"),
            ("", "2024", "2023"),
            ("Cash", "4,118", "3,204"),
            ("Inventories", "18,204", "17,118"),
            ("Total assets", "22,322", "20,322"),
            ("Accounts payable", "7,322", "8,322"),
            ("Shareholders' equity", "15,000", "12,000"),
            ("Total liabilities and equity", "22,322", "20,322"),
        )
    )
    heads = f"{'':<36}{'Fiscal':>12}{'Fiscal':>12}\n{'':<36}{'2023':>12}{'2022':>12}"
    path = tmp_path / "made-up.txt"
    path.write_text(
        f"{opening}year ending February 1, 2025.\n\nSTATEMENTS OF INCOME\n(In thousands)\n\n{heads}\n{flow}\n\n\n"
        f"BALANCE SHEETS\n(In thousands)\n\n{point}\n",
        encoding="utf-8",
    )
    income, _ = understood(path).statements
    assert periods(income) == ["2023-01-29/2024-02-03", "2022-01-30/2023-01-28"]
