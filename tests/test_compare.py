"""Comparing sources: made-up pairs of releases and a filing, each kind of difference, and the two samples."""

import gzip
import json
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressmark.cli import main
from pressmark.comparing import compare_files, source
from pressmark.comparison.compare import compare
from pressmark.comparison.difference import Comparison, Difference, Kind
from pressmark.comparison.pairs import aligned
from pressmark.comparison.source import Source, Stated
from pressmark.finding import Severity
from pressmark.period import Period
from pressmark.resources import rows
from pressmark.span import Span

TOP = Path(__file__).resolve().parents[1]
HERE = "tests/fixtures/compare"
GOLDEN = TOP / "tests" / "golden" / "compare"
OLDER = f"{HERE}/older.txt"
FILING = f"{HERE}/halmstead-10-q.htm"
SAMPLES = ["samples/allos-2003-q4.txt", "samples/allos-2004-q1.txt"]
QUARTER, CLOSE = Period(date(2011, 3, 31), date(2011, 1, 1)), Period(date(2011, 3, 31))

# The newer side and how many facts of each kind it shows.
PAIRS = {
    "agreed": {},
    "rounding": {},
    "restated": {Kind.RESTATED: 14},
    "moved": {Kind.RESTATED: 14},
    "reclassified": {Kind.RECLASSIFIED: 4},
    "contradictory": {Kind.CONTRADICTORY: 2},
    "split": {Kind.SPLIT: 4},
    "renamed": {Kind.CONCEPT: 1, Kind.LABEL: 1},
}


@pytest.fixture(autouse=True)
def _at_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)


@pytest.fixture(scope="module")
def older() -> Source:
    return source(str(TOP / OLDER))


def pair(name: str) -> Comparison:
    return compare_files([OLDER, f"{HERE}/{name}.txt"])[0]


def by_label(comparison: Comparison) -> dict[str, Difference]:
    return {d.stated.label: d for d in comparison.differences}


@pytest.mark.parametrize("name", PAIRS)
def test_each_kind_of_difference(name: str) -> None:
    found = pair(name)
    assert found.count() == Counter(PAIRS[name])
    assert found.overlap == (QUARTER, CLOSE)
    changed = sum(n for k, n in PAIRS[name].items() if k is not Kind.LABEL)
    assert found.compared == found.agree + len(found.rounded) + changed


@pytest.mark.parametrize(
    ("name", "sources"),
    [
        *((n, [OLDER, f"{HERE}/{n}.txt"]) for n in PAIRS),
        ("filing", [OLDER, FILING]),
        ("samples", SAMPLES),
        ("chain", [OLDER, FILING, f"{HERE}/moved.txt"]),
    ],
)
def test_what_a_person_sees(
    name: str, sources: list[str], update_golden: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["compare", *sources])
    shown = capsys.readouterr().out
    if update_golden:
        GOLDEN.mkdir(parents=True, exist_ok=True)
        (GOLDEN / f"{name}.txt").write_text(shown, encoding="utf-8")
    assert shown == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_the_samples_differ_by_a_reclassification_alone() -> None:
    found = compare_files(SAMPLES)[0]
    assert found.count() == {Kind.RECLASSIFIED: 2}
    cash = by_label(found)["Cash, cash equivalents and short-term investments"]
    assert cash.older is not None
    assert cash.newer is not None
    assert (cash.older.value, cash.newer.value) == (39_819_000, 45_447_000)
    assert by_label(found)["Long-term marketable securities"].change == -5_628_000
    assert "5,628,000 went from “Long-term marketable securities”" in cash.why
    (finding,) = found.findings
    assert (finding.code, finding.severity) == ("compare.reclassified", Severity.WARNING)
    assert finding.span is not None
    assert (finding.span.file, finding.span.line) == (SAMPLES[1], cash.newer.places[0].line)


def test_places_of_both_sides() -> None:
    contradicted = by_label(pair("contradictory"))["Accounts receivable, net"]
    assert contradicted.older is not None
    assert contradicted.newer is not None
    for side, printed in ((contradicted.older, "21,773"), (contradicted.newer, "21,737")):
        line = Path(side.places[0].file).read_text(encoding="utf-8").split("\n")[side.places[0].line - 1]
        assert line[side.places[0].column - 1 :].startswith(printed)


def test_rounding_is_no_difference() -> None:
    found = pair("rounding")
    assert {d.stated.label for d in found.rounded} == {
        "Research and development",
        "Selling, general and administrative",
        "Accounts receivable, net",
    }
    assert not found.findings


def test_a_filing_shows_what_it_changed_added_and_tagged_otherwise() -> None:
    (found,) = compare_files([OLDER, FILING])
    assert found.newer.filing
    assert len(found.newer.dimensional) == 2
    known = by_label(found)
    moved = known["Income taxes receivable"]
    assert (moved.kind, moved.older) == (Kind.RECLASSIFIED, None)
    assert "went from “Accounts receivable, net” to “Income taxes receivable”" in moved.why
    tagged = known["Inventories"]
    assert tagged.kind is Kind.CONCEPT
    assert "us-gaap:InventoryNet became hlmk:KilnInventoryNet" in tagged.why
    assert "company's own" in tagged.why
    assert Kind.CONTRADICTORY not in found.count()


def test_an_amount_with_a_dimension_is_said_to_be_there(older: Source) -> None:
    gone = replace(older.by_key[("us-gaap:NetIncomeLoss", QUARTER, "USD")], concept="us-gaap:GrossProfit")
    narrowed = replace(gone, concept="us-gaap:Revenues")
    filing = replace(older, filing=True, dimensional=(narrowed,))
    extra = replace(gone, concept="x:Pottery", label="Pottery kilns", wordings=frozenset({"pottery kiln"}))
    (found,) = compare(replace(older, facts=(*older.facts, extra)), filing).differences
    assert (found.kind, found.why) == (Kind.GONE, "the filing has the amount with a dimension, under us-gaap:Revenues")


def test_a_report_folder_of_ours_compares_with_its_release(tmp_path: Path) -> None:
    assert main(["convert", OLDER, "-o", str(tmp_path), "-q"]) == 0
    (found,) = compare_files([OLDER, str(tmp_path / "older")])
    (alone,) = compare_files([OLDER, str(tmp_path / "older" / "hlmk-20110331.xml")])
    assert not found.differences
    assert alone.newer.facts == tuple(replace(f, places=alone.newer.by_key[f.key].places) for f in found.newer.facts)
    assert found.agree == found.compared == sum(bool(f.statement) for f in found.older.facts)


def test_a_filing_is_read_alike_in_every_wrapping(tmp_path: Path) -> None:
    page = Path(FILING)
    (tmp_path / "page.htm.gz").write_bytes(gzip.compress(page.read_bytes()))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / page.name).write_bytes(page.read_bytes())
    with zipfile.ZipFile(tmp_path / "filing.zip", "w") as archive:
        archive.write(page, page.name)
    plain = source(FILING)
    for name in ("page.htm.gz", "folder", "filing.zip"):
        wrapped = source(str(tmp_path / name))
        assert wrapped.filing
        assert [(f.key, f.value, f.label, f.statement) for f in wrapped.facts] == [
            (f.key, f.value, f.label, f.statement) for f in plain.facts
        ]
        assert len(wrapped.dimensional) == len(plain.dimensional)


def test_an_older_filing_with_elements_that_were_replaced_since(tmp_path: Path) -> None:
    page = Path(FILING).read_text(encoding="utf-8")
    (row,) = (r for r in rows("taxonomy/retired.tsv") if r["retired"] == "SalesRevenueNet")
    old = tmp_path / "old.htm"
    old.write_text(page.replace(row["replaced_by"], row["retired"]), encoding="utf-8")
    (found,) = compare_files([FILING, str(old)])
    assert not found.differences
    assert found.newer.by_key["us-gaap:" + row["replaced_by"], QUARTER, "USD"].places


def test_records(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", OLDER, f"{HERE}/contradictory.txt", "--json"]) == 1
    (record,) = json.loads(capsys.readouterr().out)
    assert record["differences"] == {"contradictory": 2}
    assert record["compared"] == record["agree"] + 2
    first = record["facts"][0]
    assert (first["older"]["value"], first["newer"]["value"]) == ("3207000", "3270000")
    assert [f["code"] for f in record["findings"]] == ["compare.contradictory"] * 2


def test_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    main(["compare", *SAMPLES, "--format", "markdown"])
    shown = capsys.readouterr().out
    assert "#### Balance sheet" in shown
    rows = [line for line in shown.splitlines() if line.startswith("| reclassified ")]
    assert len(rows) == 2
    assert all(row.count("|") == 7 for row in rows)


@pytest.mark.parametrize(
    ("newer", "threshold", "code"),
    [
        ("agreed", "info", 0),
        ("reclassified", "error", 0),
        ("reclassified", "warning", 1),
        ("split", "warning", 0),
        ("split", "info", 1),
        ("contradictory", "error", 1),
    ],
)
def test_exit_codes(newer: str, threshold: str, code: int) -> None:
    assert main(["compare", OLDER, f"{HERE}/{newer}.txt", "--fail-on", threshold]) == code


def test_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", OLDER]) == 2
    assert "two sources or more" in capsys.readouterr().err
    assert main(["compare", OLDER, OLDER, "--json", "--format", "markdown"]) == 2


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b"PK\x03\x04rubbish", b"\x1f\x8brubbish", b"<xbrl></xbrl>"])
def test_a_source_that_cannot_be_read(
    tmp_path: Path, content: bytes, side: int, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.bin"
    bad.write_bytes(content)
    sources = [OLDER, OLDER]
    sources[side] = str(bad)
    assert main(["compare", *sources]) == 3
    told = capsys.readouterr()
    assert told.err.startswith(f"pressmark: error: {bad}: ")
    assert told.err.count("\n") == 1
    assert not told.out


def test_a_missing_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", OLDER, "nowhere.txt"]) == 3
    assert "no such file" in capsys.readouterr().err


def test_a_line_of_both_sides_is_compared_with_the_concept_that_is_both() -> None:
    def made(**values: str) -> Source:
        own = {"wordings": frozenset({"loss per share"}), "places": (Span("made.txt", 9),)}
        facts = [
            Stated(f"us-gaap:EarningsPerShare{n}", "Loss per share", "IS", QUARTER, "USD/shares", Decimal(v), 2, **own)
            for n, v in values.items()
        ]
        return Source("made.txt", "Made", tuple(facts))

    both = made(BasicAndDiluted="-0.31")
    assert compare(both, made(Basic="-0.31", Diluted="-0.31")).differences == ()
    (told,) = compare(both, made(Basic="-0.33", Diluted="-0.33")).differences
    assert told.kind is Kind.CONTRADICTORY
    assert len(compare(made(Basic="0.31", Diluted="0.30"), made(Basic="0.31", Diluted="0.29")).differences) == 1


def test_other_companies_and_other_years() -> None:
    (found,) = compare_files([OLDER, SAMPLES[1]])
    codes = {f.code: f for f in found.findings}
    assert set(codes) == {"compare.other-company", "compare.no-overlap"}
    assert "Halmstead Kilns, Inc." in codes["compare.other-company"].message
    assert "Allos Therapeutics, Inc." in codes["compare.other-company"].message
    assert found.compared == 0


def facts(values: dict[str, int], period: Period = CLOSE, decimals: int = 0) -> tuple[Stated, ...]:
    return tuple(
        Stated(f"us-gaap:{name}", name, "BS", period, "USD", Decimal(value), decimals, wordings=frozenset({name}))
        for name, value in values.items()
    )


def made(values: dict[str, int], period: Period = CLOSE, **more: object) -> Source:
    sums = {"us-gaap:Total": {f"us-gaap:{n}": 1 for n in values if n != "Total"}}
    return Source("made.txt", "Made", facts(values, period), sums=sums, **more)


def kinds(older: Source, newer: Source) -> dict[str, Kind]:
    return {d.stated.label: d.kind for d in compare(older, newer).differences}


def test_a_whole_column_at_another_scale() -> None:
    values = {"A": 31_000, "B": 45_000, "C": 24_000, "Total": 100_000}
    found = compare(made(values), made({n: v * 1000 for n, v in values.items()}))
    assert {d.kind for d in found.differences} == {Kind.CONTRADICTORY}
    assert "factor of 1,000" in found.differences[0].why


def test_a_column_that_holds_another_periods_values() -> None:
    values, before = {"A": 31_000, "B": 45_000, "C": 24_000, "Total": 100_000}, {"A": 30_000, "B": 40_000, "C": 25_000}
    year_ago = Period(date(2010, 3, 31))
    both = made(values)
    both = replace(both, facts=(*both.facts, *facts({**before, "Total": 95_000}, year_ago)))
    found = compare(both, made({**before, "Total": 95_000}))
    assert {d.kind for d in found.differences} == {Kind.CONTRADICTORY}
    assert "those of 2010-03-31" in found.differences[0].why


def test_two_columns_whose_heads_are_swapped() -> None:
    now, before = {"A": 31_000, "B": 45_000, "Total": 76_000}, {"A": 30_000, "B": 40_000, "Total": 70_000}
    year_ago = Period(date(2010, 3, 31))
    older = made(before, year_ago)
    right = replace(made(now), facts=(*facts(now), *facts(before, year_ago)))
    swapped = replace(made(now), facts=(*facts(before), *facts(now, year_ago)))
    assert not compare(older, right).differences
    found = compare(older, swapped)
    assert {d.kind for d in found.differences} == {Kind.CONTRADICTORY}
    assert "those of 2011-03-31" in found.differences[0].why


def shares(issued: int, outstanding: int) -> Source:
    return Source(
        "made.txt",
        "Made",
        tuple(replace(f, unit="shares") for f in facts({"Issued": issued, "Outstanding": outstanding})),
    )


@pytest.mark.parametrize(
    ("issued", "outstanding", "kind"),
    [
        (3_000_000, 2_700_000, Kind.SPLIT),
        (1_500_000, 1_350_000, Kind.SPLIT),
        (50_000, 45_000, Kind.SPLIT),
        (1_000_000_000, 900_000_000, Kind.CONTRADICTORY),
        (1_000_500, 900_450, Kind.CONTRADICTORY),
    ],
)
def test_share_counts_alone(issued: int, outstanding: int, kind: Kind) -> None:
    found = kinds(shares(1_000_000, 900_000), shares(issued, outstanding))
    assert found == {"Issued": kind, "Outstanding": kind}


def test_counts_that_double_while_earnings_per_share_stay_are_no_split() -> None:
    earned = Stated("us-gaap:EarningsPerShareBasic", "Basic", "IS", QUARTER, "USD/shares", Decimal("0.31"), 2)
    older, newer = (replace(s, facts=(*s.facts, earned)) for s in (shares(100_000, 90_000), shares(200_000, 180_000)))
    assert set(kinds(older, newer).values()) == {Kind.CONTRADICTORY}


def test_two_lines_swapped_are_no_reclassification() -> None:
    values = {"A": 31_000, "B": 45_000, "C": 24_000, "Total": 100_000}
    found = compare(made(values), made({**values, "A": 45_000, "B": 31_000}))
    assert {d.stated.label: d.kind for d in found.differences} == {"A": Kind.CONTRADICTORY, "B": Kind.CONTRADICTORY}
    assert found.differences[0].why == "“A” and “B” have each other's values"


def test_a_sign_alone() -> None:
    assert kinds(made({"A": 31_000}), made({"A": -31_000})) == {"A": Kind.SIGN}


def test_lines_taken_together_are_no_contradiction() -> None:
    apart = {"A": 30_000, "B": 20_000, "C": 50_000, "Total": 100_000}
    together = {"AB": 50_500, "C": 49_500, "Total": 100_000}
    found = kinds(made(apart), made(together))
    assert set(found.values()) == {Kind.RECLASSIFIED}
    assert set(found) == {"A", "B", "C", "AB"}


def test_a_misprint_beside_a_reclassification_stays_one() -> None:
    before = {"A": 30_000, "B": 20_000, "C": 50_000, "D": 10_000, "Total": 110_000}
    after = {"A": 35_000, "B": 15_000, "C": 59_000, "D": 10_000, "Total": 110_000}
    assert kinds(made(before), made(after)) == {
        "A": Kind.RECLASSIFIED,
        "B": Kind.RECLASSIFIED,
        "C": Kind.CONTRADICTORY,
    }


def test_a_week_that_ends_days_apart_is_one_period() -> None:
    weeks = Period(date(2011, 3, 29))
    found = compare(made({"A": 31_000, "B": 20_000}, weeks), made({"A": 31_000, "B": 20_000}))
    assert (found.agree, found.differences) == (2, ())


def test_a_wrong_digit_in_a_restated_column_is_no_restatement() -> None:
    before = {"A": 31_000, "B": 45_000, "Total": 76_000}

    def restated(values: dict[str, int]) -> Source:
        newer = made(values)
        return replace(newer, facts=tuple(replace(f, restated="as restated") for f in newer.facts))

    assert kinds(made(before), restated({"A": 31_000, "B": 54_000, "Total": 76_000})) == {"B": Kind.CONTRADICTORY}
    assert kinds(made(before), restated({"A": 31_000, "B": 54_000, "Total": 85_000})) == {
        "B": Kind.RESTATED,
        "Total": Kind.RESTATED,
    }


def test_a_line_under_another_concept_with_another_value_is_one_line() -> None:
    older, newer = made({"A": 30_000, "B": 20_000, "Total": 50_000}), made({"A": 33_000, "X": 20_500, "Total": 53_500})
    renamed = tuple(replace(f, label="B", wordings=frozenset({"B"})) if f.label == "X" else f for f in newer.facts)
    found = compare(older, replace(newer, facts=renamed))
    line = by_label(found)["B"]
    assert line.kind is Kind.RESTATED
    assert line.change == 500
    assert "us-gaap:B became us-gaap:X" in next(f.message for f in found.findings if f.concept == "us-gaap:X")


DAYS = st.dates(date(2000, 1, 1), date(2001, 12, 31))
PERIODS = st.builds(
    lambda end, days: Period(end, end - timedelta(days) if days else None), DAYS, st.sampled_from([0, 90, 364])
)


@settings(deadline=None)
@given(st.sets(PERIODS, max_size=6), st.sets(PERIODS, max_size=6))
def test_periods_are_paired_one_to_one_and_alike(older: set[Period], newer: set[Period]) -> None:
    found = aligned(older, newer)
    assert len(set(found.values())) == len(found)
    for one, other in found.items():
        assert one.instant == other.instant
        assert abs((one.end - other.end).days) <= 6
    assert {p: p for p in older & newer}.items() <= found.items()


NAMES = st.sampled_from(["A", "B", "C", "D", "E", "F"])
BOOKS = st.dictionaries(NAMES, st.integers(-900, 900).map(lambda v: v * 1000), min_size=1)


def totalled(values: dict[str, int]) -> Source:
    return made({**values, "Total": sum(values.values())})


@settings(deadline=None)
@given(BOOKS)
def test_a_source_does_not_differ_from_itself(values: dict[str, int]) -> None:
    found = compare(totalled(values), totalled(values))
    assert not found.differences
    assert not found.rounded
    assert not found.findings


@settings(max_examples=200, deadline=None)
@given(BOOKS, BOOKS)
def test_the_other_way_round_gone_is_new(one: dict[str, int], other: dict[str, int]) -> None:
    there, back = compare(totalled(one), totalled(other)), compare(totalled(other), totalled(one))
    sides = {(d.older and d.older.label, d.newer and d.newer.label) for d in there.differences}
    assert sides == {(d.newer and d.newer.label, d.older and d.older.label) for d in back.differences}
    assert {d.stated.label for d in there.differences if d.older is None} == {
        d.stated.label for d in back.differences if d.newer is None
    }
    assert there.agree == back.agree


@settings(deadline=None)
@given(BOOKS, NAMES, st.integers(2, 9))
def test_a_wrong_digit_in_a_line_that_foots_is_never_explained(values: dict[str, int], name: str, by: int) -> None:
    """One value changes and nothing else does: no reclassification, no restatement can be made of it."""
    if name not in values:
        return
    wrong = {**values, "Total": sum(values.values())}
    wrong[name] += by * 1_000_000
    assert kinds(totalled(values), made(wrong)) == {name: Kind.CONTRADICTORY}


def test_the_release_of_the_release(older: Source) -> None:
    assert not compare(older, older).differences


RELEASES = TOP.parent / "shared" / "releases"


def _neighbours() -> list[tuple[Path, Path]]:
    found: dict[str, list[Path]] = {}
    for path in (*sorted(RELEASES.glob("html/*.htm")), *sorted(RELEASES.glob("ascii/*.txt"))):
        found.setdefault(path.name.rpartition("-20")[0], []).append(path)
    return [pair for paths in found.values() for pair in pairwise(paths)]


@pytest.mark.skipif(not RELEASES.exists(), reason="the labelled releases are not beside this checkout")
@pytest.mark.parametrize("most", [8, pytest.param(1000, marks=pytest.mark.slow)])
def test_neighbouring_releases_hardly_contradict_each_other(most: int) -> None:
    """The figures of docs/accuracy.md: no contradiction is made of rounding, signs, labels or calendars."""
    counted: Counter[Kind] = Counter()
    compared = agree = 0
    for one, other in _neighbours()[:most]:
        (found,) = compare_files([str(one), str(other)])
        counted += found.count()
        compared += found.compared
        agree += found.agree + len(found.rounded)
    assert compared
    assert agree >= 0.9 * compared
    assert counted[Kind.CONTRADICTORY] + counted[Kind.SIGN] <= 1
