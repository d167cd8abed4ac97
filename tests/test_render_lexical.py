"""Numbers and texts come out of XML, JSON and CSV as they went in."""

import json
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pressmark.render.files import render
from pressmark.render.lexical import fact_value, number, plain, precision, unit_text
from pressmark.report.model import Label, Unit
from reports import NAME, QUARTER, SHARES, USD, fact, report

CANONICAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)


@given(DECIMALS)
def test_number_is_canonical_and_reads_back_as_the_same_value(value: Decimal) -> None:
    text = number(value)
    assert CANONICAL.fullmatch(text)
    assert Decimal(text) == value
    assert text != "-0"


@given(st.integers(-(10**12), 10**12), st.integers(-6, 9))
def test_scaled_number_has_no_exponent(printed: int, scale: int) -> None:
    value = Decimal(printed).scaleb(scale)
    assert "E" not in number(value)
    assert Decimal(number(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1.989E+6", "1989000"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0E+3", "0"),
        ("0.280", "0.28"),
        ("-.5", "-0.5"),
        ("1E-7", "0.0000001"),
        ("12345678901234567890123456789012345.5", "12345678901234567890123456789012345.5"),
    ],
)
def test_number_forms(value: str, text: str) -> None:
    assert number(Decimal(value)) == text


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        number(Decimal(value))


def test_decimals_are_infinite_where_none_is_stated() -> None:
    assert precision(fact(NAME, "Quillon", unit=None)) == ""
    assert precision(fact(NAME, "1", QUARTER, USD, None)) == "INF"
    assert precision(fact(NAME, "1", QUARTER, USD, -3)) == "-3"


def test_units_are_sorted_and_bracketed_as_oim_has_them() -> None:
    assert unit_text(SHARES) == "xbrli:shares"
    assert unit_text(Unit("u", ("xbrli:shares", "iso4217:USD"))) == "iso4217:USD*xbrli:shares"
    assert unit_text(Unit("u", ("utr:m", "iso4217:USD"), ("xbrli:shares",))) == "(iso4217:USD*utr:m)/xbrli:shares"


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=[]), max_size=80))
def test_plain_text_survives_xml_and_keeps_what_xml_allows(text: str) -> None:
    element = etree.Element("a")
    element.text = plain(text)
    assert etree.fromstring(etree.tostring(element)).text in (plain(text), None)
    assert len(plain(text)) == len(text.replace("\r\n", "\n"))
    assert plain(plain(text)) == plain(text)


def test_plain_text_keeps_ordinary_text_and_shows_what_is_lost() -> None:
    assert plain("Söhne — “A&B” <\t\n>") == "Söhne — “A&B” <\t\n>"
    assert plain("page\fbreak") == "page break"
    assert plain("a\r\nb\rc") == "a\nb\nc"
    assert plain("nul\0 \ud800") == "nul\ufffd \ufffd"


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=[]), min_size=1, max_size=60))
def test_any_text_comes_back_from_every_file(text: str) -> None:
    made = report(
        facts=(fact(NAME, text, unit=None, label=text),),
        labels=(Label(NAME.qname, "http://www.xbrl.org/2003/role/label", text),),
        roles=(),
        general_special=(),
    )
    files = render(made)
    kept = plain(text)
    instance = etree.fromstring(files["qux-20140331.xml"])
    assert instance.findtext("{*}EntityRegistrantName") == kept
    labels = etree.fromstring(files["qux-20140331_lab.xml"])
    assert labels.findtext(".//{*}label") == kept
    (written,) = json.loads(files["qux-20140331.json"])["facts"].values()
    assert written["value"] == kept == fact_value(made.facts[0])
