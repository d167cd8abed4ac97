"""Prior filings: what is read of a page and of linkbases, what it says of a release's lines, and what it refuses."""

import gzip
import json
import shutil
import zipfile
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pressmark.cli.mapping_commands  # noqa: F401 - registers the commands
from pressmark.cli import main
from pressmark.errors import UsageError
from pressmark.mapping.dictionary import Dictionary, Entry, Filer, dumped, loaded, merge
from pressmark.mapping.evidence import Told, evidence
from pressmark.mapping.prior import other_company, prior_findings, read_prior, read_priors
from pressmark.mapping.prior_instance import inline_value, year_end
from pressmark.mapping.prior_periods import aligned
from pressmark.period import Period
from pressmark.pipeline import Options, Release, extract, understood

HERE = Path(__file__).resolve().parent / "fixtures" / "prior"
PAGE, LINKED, RELEASE = HERE / "tarnbrook-20231230.htm", HERE / "linked", HERE / "tarnbrook-2024-q1.txt"


@pytest.fixture(scope="module")
def page() -> Dictionary:
    return read_prior(PAGE)


@pytest.fixture(scope="module")
def release(page: Dictionary) -> Release:
    return understood(str(RELEASE), Options(prior=page))


def entry(dictionary: Dictionary, text: str, statement: str) -> Entry:
    found = [e for e in dictionary.entries if e.text == text and e.statement == statement and not e.inside]
    assert len(found) == 1, found
    return found[0]


def told(release: Release, prior: Dictionary) -> dict[str, Told]:
    statements = [s for s in release.statements if s.gaap]
    found = evidence(statements, prior)
    return {
        f"{s.kind.value} {line.label.text.strip()}": found[n, line.index]
        for n, s in enumerate(statements)
        for line in s.lines
        if (n, line.index) in found
    }


def test_the_page_names_its_filer(page: Dictionary) -> None:
    assert page.filers == (Filer("0009912345", "Tarnbrook Instruments, Inc.", "TBK", "1230"),)
    assert (page.ends, page.taxonomies) == ((date(2023, 12, 30),), ("2018",))


def test_rows_are_told_with_statement_heading_concept_and_sign(page: Dictionary) -> None:
    assert entry(page, "Engineering", "IS").concept == "ResearchAndDevelopmentExpense"
    taxes = entry(page, "Taxes on income", "IS")
    assert (taxes.concept, taxes.sign, taxes.negative) == ("IncomeTaxExpenseBenefit", -1, 2)
    others = [(e.section, e.concept, e.sign) for e in page.entries if e.text == "Other"]
    assert others == [
        ("investing activity", "PaymentsForProceedsFromOtherInvestingActivities", -1),
        ("financing activity", "ProceedsFromPaymentsForOtherFinancingActivities", 1),
    ]


def test_dimensions_are_parts_and_label_figures_are_inside(page: Dictionary) -> None:
    assert entry(page, "Instruments", "IS").part
    assert not entry(page, "Total net sales", "IS").part
    inside = [e.concept for e in page.entries if e.inside]
    assert inside == ["AllowanceForDoubtfulAccountsReceivableCurrent"]


def test_own_elements_have_type_and_period_type(page: Dictionary) -> None:
    assert entry(page, "Relocation of the Tarn works", "IS").concept == "ext:PlantRelocationCosts"
    own = page.own["ext:PlantRelocationCosts"]
    assert (own.type, own.period_type) == ("monetaryItemType", "duration")


def test_values_are_scaled_and_signed_as_tagged(page: Dictionary) -> None:
    year = Period(date(2023, 12, 30), date(2023, 1, 1))
    assert [f.value for f in page.by_concept["IncomeTaxExpenseBenefit", year]] == [Decimal(1_700_000)]
    assert [f.value for f in page.by_concept["EarningsPerShareBasic", year]] == [Decimal("1.02")]


def test_retired_elements_are_carried_to_todays_and_told(page: Dictionary) -> None:
    assert not any(e.concept == "SalesRevenueGoodsNet" for e in page.entries)
    current = "RevenueFromContractWithCustomerExcludingAssessedTax"
    (note,) = prior_findings(page, [current])
    assert note.code == "prior.retired"
    assert "SalesRevenueGoodsNet" in note.message
    assert current in note.message
    assert prior_findings(page, ["Assets"]) == ()


def test_linkbases_give_labels_signs_and_balances() -> None:
    linked = read_prior(LINKED)
    taxes = entry(linked, "Taxes on income", "IS")
    assert (taxes.concept, taxes.sign) == ("IncomeTaxExpenseBenefit", -1)
    assert entry(linked, "Sales", "IS").concept == "Revenues"
    moved = entry(linked, "Relocation of the Tarn works", "IS")
    assert (moved.section, moved.concept) == ("operating expense", "ext:PlantRelocationCosts")
    assert linked.own["ext:PlantRelocationCosts"].balance == "debit"
    assert entry(linked, "Total assets", "BS").concept == "Assets"
    assert linked.filers[0].name == "Tarnbrook Instruments, Inc."


def test_gzip_zip_and_folder_read_alike(tmp_path: Path, page: Dictionary) -> None:
    packed = tmp_path / "a.htm.gz"
    packed.write_bytes(gzip.compress(PAGE.read_bytes()))
    assert read_prior(packed).entries == page.entries
    archive = tmp_path / "report.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for part in sorted(LINKED.iterdir()):
            file.write(part, f"tbk/reports/{part.name}")
    assert read_prior(archive).entries == read_prior(LINKED).entries


def test_a_page_with_its_linkbases_adds_up(tmp_path: Path) -> None:
    folder = tmp_path / "filing"
    shutil.copytree(LINKED, folder)
    shutil.copy(PAGE, folder)
    both = read_prior(folder)
    assert both.own["ext:PlantRelocationCosts"].balance == "debit"
    assert {"Sales", "Engineering"} <= {e.text for e in both.entries}


def test_an_ill_formed_page_is_read_all_the_same(tmp_path: Path, page: Dictionary) -> None:
    broken = tmp_path / "broken.htm"
    text = PAGE.read_text(encoding="utf-8").partition("?>")[2].replace("<p><b>", "<p><br><b>")
    broken.write_text(text, encoding="utf-8")
    found = read_prior(broken)
    assert [(e.label, e.concept, e.sign) for e in found.entries] == [(e.label, e.concept, e.sign) for e in page.entries]


def test_no_entity_is_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Secret line", encoding="utf-8")
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition("?>")
    bad = tmp_path / "bad.htm"
    doctype = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    bad.write_text(f"{head}?>{doctype}{rest.replace('>Engineering<', '>&x;Engineering<')}", encoding="utf-8")
    assert "Secret" not in dumped(read_prior(bad))


def test_a_dictionary_file_is_the_same_again(page: Dictionary) -> None:
    text = dumped(page)
    assert loaded(text) == page
    assert dumped(loaded(text)) == text


def test_the_newer_filing_wins(page: Dictionary) -> None:
    assert merge([page, page]).entries[0].count == 2 * page.entries[0].count
    linked = read_prior(LINKED)
    both, other = merge([page, linked]), merge([linked, page])
    assert dumped(both) == dumped(other)
    assert {e.text for e in both.entries} == {e.text for e in (*page.entries, *linked.entries)}


def test_lines_get_what_the_filing_had(release: Release, page: Dictionary) -> None:
    lines = told(release, page)
    best = {k: (t.matches[0].concept, t.sign(t.matches[0].concept)) for k, t in lines.items()}
    assert best["IS Engineering"] == ("ResearchAndDevelopmentExpense", 1)
    assert best["IS Taxes on income"] == ("IncomeTaxExpenseBenefit", -1)
    assert best["IS Relocation of the Tarn works"] == ("ext:PlantRelocationCosts", 1)
    assert best["BS Earnings kept in the business"][0] == "RetainedEarningsAccumulatedDeficit"
    assert lines["IS Engineering"].firm("ResearchAndDevelopmentExpense")
    assert "under the same heading" in lines["IS Engineering"].reasons("ResearchAndDevelopmentExpense")[0]


def test_a_part_of_a_whole_is_an_element_of_its_own_under_it(release: Release, page: Dictionary) -> None:
    match = told(release, page)["IS Instruments"].matches[0]
    assert (match.concept, match.wider) == ("", "RevenueFromContractWithCustomerExcludingAssessedTax")


def test_values_tell_a_line_that_has_got_another_name(release: Release, page: Dictionary) -> None:
    match = told(release, page)["BS Accounts due from customers"].matches[0]
    assert match.concept == "AccountsReceivableNetCurrent"
    assert any("value for 2023-12-30" in r for r in match.reasons)


def test_chances_of_other_rungs_keep_their_order_behind(release: Release, page: Dictionary) -> None:
    both = told(release, page)["IS Engineering"].blend({"Revenues": 0.6, "GrossProfit": 0.3})
    assert next(iter(both)) == "ResearchAndDevelopmentExpense"
    assert both["Revenues"] == pytest.approx(2 * both["GrossProfit"])
    assert sum(both.values()) <= 1


def test_the_fiscal_calendar_sets_starts_right(page: Dictionary) -> None:
    plain = understood(str(RELEASE))
    moved = aligned(plain.statements, page)
    income = next(s for s in moved if s.kind.value == "IS")
    periods = {str(v.period) for line in income.lines for v in line.values}
    assert periods == {"2023-12-31/2024-03-30", "2023-01-01/2023-04-01"}


def test_the_report_takes_labels_concepts_and_cik_from_the_filing(page: Dictionary) -> None:
    report = extract(str(RELEASE), Options(prior=page))
    assert report.identifier == "0009912345"
    names = {f.concept.name for f in report.facts}
    assert {"ResearchAndDevelopmentExpense", "PlantRelocationCosts", "RetainedEarningsAccumulatedDeficit"} <= names
    taxes = [f.value for f in report.facts if f.concept.name == "IncomeTaxExpenseBenefit"]
    assert taxes == [Decimal(450_000), Decimal(375_000)]
    assert not any(f.code == "prior.other-company" for f in report.findings)


def test_a_filing_of_another_company_is_a_warning_that_names_both(page: Dictionary) -> None:
    found = other_company(page, name="Quillon Corp", ticker="QLN")
    assert found is not None
    assert found.severity == "warning"
    assert "Tarnbrook Instruments" in found.message
    assert "Quillon Corp" in found.message
    assert other_company(page, name="TARNBROOK INSTRUMENTS INC") is None
    assert other_company(page, cik="0009912345", name="Renamed Holdings") is None
    assert other_company(page, cik="0000000007", name="Tarnbrook Instruments") is not None


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.htm", b"<html><body><p>No tags here</p></body></html>", "a page without Inline XBRL"),
        ("a.htm.gz", gzip.compress(b"x" * 5000)[:20], "a damaged archive"),
        ("a.zip", b"PK\x03\x04broken", "a damaged archive"),
        ("a.json", b'{"facts": {}}', "not XBRL"),
        ("a.json", b'{"format": "pressmark-dictionary", "version": 99}', "version 99"),
        ("a.bin", bytes(range(256)) * 10, "no tagged rows or linkbases"),
    ],
)
def test_what_is_no_filing_is_one_clear_line(tmp_path: Path, name: str, data: bytes, cause: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UsageError, match=cause) as caught:
        read_prior(path)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)


def test_missing_and_empty_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read"):
        read_prior(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="no XBRL in it"):
        read_prior(tmp_path)
    assert read_priors([]) is None


def test_ifrs_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ifrs.htm"
    text = PAGE.read_text(encoding="utf-8").replace("us-gaap:", "ifrs:")
    path.write_text(text.replace("http://fasb.org/us-gaap/2018-01-31", "http://ifrs.example/full"), encoding="utf-8")
    with pytest.raises(UsageError, match="not us-gaap"):
        read_prior(path)


@pytest.mark.parametrize(
    ("text", "form", "scale", "sign", "value"),
    [
        ("1,234.5", "ixt:num-dot-decimal", "3", "", "1234500"),
        ("1.234,5", "ixt:num-comma-decimal", "0", "-", "-1234.5"),
        ("—", "ixt:fixed-zero", "6", "", "0"),
        ("1,234", "ixt:numcommadot", "0", "", "1234"),
        ("none", "ixt:num-dot-decimal", "0", "", None),
    ],
)
def test_inline_values(text: str, form: str, scale: str, sign: str, value: str | None) -> None:
    from lxml import etree

    element = etree.Element("nonFraction", {"format": form, "scale": scale, "sign": sign})
    found = inline_value(element, text)
    assert found == (Decimal(value) if value is not None else None)


@pytest.mark.parametrize(("text", "end"), [("--12-31", "1231"), ("12/1", "1201"), ("MAY 31", "0531"), ("soon", "")])
def test_fiscal_year_ends(text: str, end: str) -> None:
    assert year_end(text) == end


def test_learn_writes_a_dictionary_that_convert_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "tarnbrook.json"
    assert main(["learn", str(PAGE), str(LINKED), "-o", str(out)]) == 0
    assert "Tarnbrook Instruments" in capsys.readouterr().out
    assert loaded(out.read_text(encoding="utf-8")) == read_prior(out)
    first = out.read_bytes()
    assert main(["learn", str(LINKED), str(PAGE), "-o", str(out)]) == 0
    assert out.read_bytes() == first


def test_explain_tells_the_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(RELEASE), "--label", "engineering", "--prior", str(PAGE)]) == 0
    shown = capsys.readouterr().out
    assert "us-gaap:ResearchAndDevelopmentExpense" in shown
    assert "because the prior filing's line “Engineering” under the same heading" in shown
    assert main(["explain", str(RELEASE), "--label", "engineering", "--prior", str(PAGE), "--json"]) == 0
    (record,) = json.loads(capsys.readouterr().out)
    assert record["concepts"] == ["us-gaap:ResearchAndDevelopmentExpense"]
    assert record["confidence"] > 0.9
    assert main(["explain", str(RELEASE), "--line", "3"]) == 1


def test_a_strangers_filing_is_left_out_and_a_predecessors_is_used(tmp_path: Path, page: Dictionary) -> None:
    renamed = tmp_path / "renamed.txt"
    text = RELEASE.read_text(encoding="utf-8").replace("Tarnbrook Instruments", "Quillon Controls")
    renamed.write_text(
        text.replace("TARNBROOK INSTRUMENTS", "QUILLON CONTROLS").replace("TBK", "QLN"), encoding="utf-8"
    )
    heir = understood(str(renamed), Options(prior=page))
    assert heir.mapping.prior is page
    assert "used all the same" in heir.document.findings[-1].message
    stranger = Dictionary((Filer("0000000007", "Other Works Co"),), entries=page.entries[:2])
    alone = understood(str(renamed), Options(prior=stranger))
    assert alone.mapping.prior is None
    assert "it was left out" in alone.document.findings[-1].message


@pytest.mark.parametrize("depth", [300, 60_000])
def test_deep_pages_do_not_break_it(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "deep.htm"
    text = PAGE.read_text(encoding="utf-8").replace("</body>", "<div>" * depth + "x" + "</div>" * depth + "</body>")
    path.write_text(text, encoding="utf-8")
    with suppress(UsageError):
        assert read_prior(path).entries


@given(st.binary(max_size=400))
def test_any_bytes_are_a_dictionary_or_one_clear_line(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "prior.htm"
        path.write_bytes(data)
        with pytest.raises(UsageError):
            read_prior(path)


@given(st.integers(0, 4000), st.integers(0, 255))
def test_a_damaged_page_never_breaks_the_reader(at: int, byte: int) -> None:
    data = bytearray(PAGE.read_bytes())
    data[at * 7 % len(data)] = byte
    with TemporaryDirectory() as folder:
        path = Path(folder) / "prior.htm"
        path.write_bytes(bytes(data))
        with suppress(UsageError):
            read_prior(path)


def test_learning_from_several_companies_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.htm"
    other.write_text(PAGE.read_text(encoding="utf-8").replace("0009912345", "0009954321"), encoding="utf-8")
    out = str(tmp_path / "learnt.json")
    assert main(["learn", str(PAGE), str(PAGE), "-o", out]) == 0
    assert not capsys.readouterr().err
    assert main(["learn", str(PAGE), str(other), "-o", out]) == 0
    assert "note: the filings are of several companies" in capsys.readouterr().err
