"""The release as Inline XBRL: the instance's facts, each tagged where it stands, in a document that reads the same."""

from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from inline_reports import made
from pressmark.pipeline import extraction
from pressmark.render.inline import render_inline
from pressmark.render.published import published

TOP = Path(__file__).resolve().parents[1]
FIXTURES = TOP / "tests" / "fixtures"
SHARED = TOP.parent / "shared" / "releases"
IX = "{http://www.xbrl.org/2013/inlineXBRL}"
HTML = "{http://www.w3.org/1999/xhtml}"
RELEASES = [
    TOP / "samples" / "allos-2004-q1.txt",
    FIXTURES / "inline" / "orrin-vale.htm",
    FIXTURES / "inline" / "orrin-vale.txt",
    FIXTURES / "industries" / "tamarind-2011-q3.htm",
]
LABELLED = sorted(
    p for p in SHARED.glob("*/*") if p.suffix in (".txt", ".htm") and p.with_suffix(".facts.tsv").exists()
)
UNLABELLED = sorted({p for p in SHARED.glob("*/*") if p.suffix in (".txt", ".htm")} - set(LABELLED))
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the labelled releases are not at hand")


def tagged(release: Path) -> etree._Element:
    return etree.fromstring(render_inline(extraction(release), "x.xsd").data)


def numbers(root: etree._Element, name: str) -> list[tuple[str, dict[str, str]]]:
    found = (e for e in root.iter(f"{IX}nonFraction") if e.get("name", "").endswith(f":{name}"))
    return [("".join(e.itertext()), dict(e.attrib)) for e in found]


@pytest.mark.parametrize("release", RELEASES, ids=lambda p: p.name)
def test_extracted_facts_are_those_of_the_instance(release: Path, tmp_path: Path) -> None:
    report = made(release, tmp_path)
    assert not report.errors
    assert not report.differences
    assert not [f for f in report.inline.findings if f.code == "inline.hidden"]


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("release", [*LABELLED, *UNLABELLED], ids=lambda p: p.name)
def test_extracted_facts_are_those_of_the_instance_in_real_releases(release: Path, tmp_path: Path) -> None:
    report = made(release, tmp_path)
    assert not report.errors
    assert not report.differences
    assert not [f for f in report.inline.findings if f.code == "inline.hidden"]


def shown(release: Path) -> tuple[str, str]:
    """The text of a release in its Inline XBRL, and in its source with what XML forbids as it is to be shown."""
    found = extraction(release)
    root = etree.fromstring(render_inline(found, "x.xsd").data)
    pre = root.find(f".//{HTML}pre")
    assert pre is not None
    pictures = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
    return "".join(pre.itertext()), found.document.source.text.translate(pictures)


@pytest.mark.parametrize("release", [p for p in RELEASES if p.suffix == ".txt"], ids=lambda p: p.name)
def test_text_has_the_same_characters(release: Path) -> None:
    was, source = shown(release)
    assert was == source


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("release", [p for p in (*LABELLED, *UNLABELLED) if p.suffix == ".txt"], ids=lambda p: p.name)
def test_real_text_has_the_same_characters(release: Path) -> None:
    document = extraction(release).document
    if document.source.form == "text":
        was, source = shown(release)
        assert was == source


@pytest.mark.parametrize("release", RELEASES, ids=lambda p: p.name)
def test_every_fact_has_an_id_and_every_id_is_unique(release: Path) -> None:
    found = extraction(release)
    data = render_inline(found, "x.xsd").data
    ids = [e.get("id") for e in etree.fromstring(data).iter(f"{IX}nonFraction", f"{IX}nonNumeric")]
    assert len(ids) == len(set(ids))
    assert {f.id for f in found.report.facts} <= set(ids)
    assert data == render_inline(extraction(release), "x.xsd").data


def test_number_split_over_elements_is_one_tag() -> None:
    revenues = numbers(tagged(FIXTURES / "inline" / "orrin-vale.htm"), "Revenues")
    assert [text for text, _ in revenues] == ["1.2", "1.1", "1,234", "1,100"]


def test_sentence_that_repeats_a_table_has_its_own_precision() -> None:
    for release in RELEASES[1:3]:
        prose, table = (dict(numbers(tagged(release), "Revenues"))[text] for text in ("1.2", "1,234"))
        assert (prose["scale"], prose["decimals"]) == ("6", "-5")
        assert (table["scale"], table["decimals"]) == ("3", "-3")


def test_label_figures_are_tagged_on_their_own_words() -> None:
    for release in RELEASES[1:3]:
        root = tagged(release)
        assert [t for t, _ in numbers(root, "AllowanceForDoubtfulAccountsReceivableCurrent")] == ["12", "9"]
        assert [t for t, _ in numbers(root, "CommonStockSharesIssued")] == ["1,020", "1,005"]
        assert [t for t, _ in numbers(root, "CommonStockSharesAuthorized")] == ["5,000", "5,000"]


def test_two_facts_of_one_number_are_nested() -> None:
    root = tagged(FIXTURES / "inline" / "orrin-vale.htm")
    outer = [e for e in root.iter(f"{IX}nonFraction") if len(e)]
    assert outer
    for element in outer:
        (inner,) = element
        assert inner.tag == f"{IX}nonFraction"
        assert (element.text, inner.tail) == (None, None)
        assert [element.get(n) for n in ("scale", "format", "unitRef")] == [
            inner.get(n) for n in ("scale", "format", "unitRef")
        ]


def test_dash_is_a_zero_and_brackets_stay_outside() -> None:
    for release, dash in zip(RELEASES[1:3], ("—", "--"), strict=True):
        root = tagged(release)
        zero = dict(numbers(root, "OtherNonoperatingIncomeExpense"))[dash]
        assert zero["format"] == "ixt:fixed-zero"
        assert [text for text, _ in numbers(root, "InterestExpense")] == ["3", "5"]


def test_cover_facts_stand_on_their_words() -> None:
    for release in RELEASES[1:3]:
        words = {e.get("name"): "".join(e.itertext()) for e in tagged(release).iter(f"{IX}nonNumeric")}
        assert words["dei:DocumentPeriodEndDate"] == "March 31, 2004"
        assert words["dei:TradingSymbol"] == "ORVL"
        assert words["dei:EntityRegistrantName"] == "Orrin Vale Instruments, Inc."


def test_name_that_elements_part_is_continued(tmp_path: Path) -> None:
    release = tmp_path / "parted.htm"
    text = (FIXTURES / "inline" / "orrin-vale.htm").read_text(encoding="utf-8")
    text = text.replace("Orrin Vale Instruments, Inc.", "<i>Orrin</i> Vale <b>Instruments</b>, Inc.")
    release.write_text(text, encoding="utf-8")
    report = made(release, tmp_path)
    assert not report.errors
    assert not report.differences
    root = etree.fromstring(report.inline.data)
    (name,) = (e for e in root.iter(f"{IX}nonNumeric") if e.get("name") == "dei:EntityRegistrantName")
    parts = [name, *root.iter(f"{IX}continuation")]
    assert "".join("".join(p.itertext()) for p in parts) == "Orrin Vale Instruments, Inc."
    assert [p.get("continuedAt") for p in parts] == [p.get("id") for p in parts[1:]] + [None]


def test_value_of_a_tag_is_what_its_place_prints(tmp_path: Path) -> None:
    release = tmp_path / "loss.txt"
    text = (FIXTURES / "inline" / "orrin-vale.txt").read_text(encoding="utf-8")
    release.write_text(text.replace("Interest expense         ", "Interest income (expense)"), encoding="utf-8")
    found = extraction(release)
    facts = {f.id: f for f in found.report.facts if isinstance(f.value, Decimal) and f.value < 0}
    signs = {e.get("id"): e.get("sign") for e in tagged(release).iter(f"{IX}nonFraction")}
    assert facts
    assert all(signs[name] == "-" for name in facts)
    assert sum(sign is not None for sign in signs.values()) == len(facts)


@pytest.mark.parametrize("name", ["placed.htm", "pre.htm", "breaks.htm", "nested.htm", "fonts.htm", "floats.htm"])
def test_every_cell_of_every_layout_is_found_again(name: str) -> None:
    found = extraction(FIXTURES / "html" / name)
    release = published(found.document)
    values = [v for s in found.report.statements for line in s.lines for v in line.values]
    assert values
    for value in values:
        stretch = release.find(value.span)
        assert stretch is not None, value
        assert "".join(stretch.text.split()).strip("$()") in "".join(value.text.split())
