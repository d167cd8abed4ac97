"""Whatever a release holds, what is shown of it again is well-formed, of known elements, and neither loads nor runs."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import arelle
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from pressmark.errors import InputError
from pressmark.pipeline import extraction
from pressmark.reading.document import Grid
from pressmark.reading.read import read_document
from pressmark.render.html_css import declarations, style_sheet
from pressmark.render.inline import render_inline
from pressmark.render.marks import Body, Mark, Tag
from pressmark.render.published import published
from pressmark.render.source_html import HtmlSource

FIXTURES = Path(__file__).resolve().parent / "fixtures" / "inline"
XHTML = "{http://www.w3.org/1999/xhtml}"
ELEMENTS = re.compile(
    "div|p|h[1-6]|pre|ul|ol|li|table|caption|col|tr|td|th|br|hr|a|b|strong|i|em|cite|var|dfn|tt|code|kbd|samp"
    "|big|small|sub|sup|span"
)
ATTRIBUTES = {"class", "style", "title", "colspan", "rowspan", "span", "border", "cellpadding", "cellspacing"}
ATTRIBUTES |= {"frame", "rules", "href"}


def shown(source: str) -> Body:
    return published(read_document("made-up.htm", source.encode("utf-8", "surrogatepass"))).body(())


def checked(body: Body) -> etree._Element:
    """The tree of a body, every element and attribute of which is a listed one."""
    root = etree.fromstring(f'<div xmlns="http://www.w3.org/1999/xhtml">{body.markup}</div>')
    for element in root.iter():
        assert ELEMENTS.fullmatch(str(element.tag).removeprefix(XHTML))
        assert set(element.keys()) <= ATTRIBUTES
        assert re.match(r"https?:|mailto:", element.get("href", "http:"))
        for text in (element.get("style", ""), body.css, body.style):
            assert not re.search(r"url|expression|import|behavior|binding|[\\@<]", text.lower())
    return root


def test_nothing_that_loads_or_runs_is_left() -> None:
    data = render_inline(extraction(FIXTURES / "orrin-vale.htm"), "x.xsd").data.decode()
    for word in ("evil", "script>", "javascript", "onload", "onclick", "data:", "url(", "@import", "<form", "<iframe"):
        assert word not in data.lower().replace("&lt;/script&gt;&lt;script&gt;", ""), word
    checked(published(read_document(FIXTURES / "orrin-vale.htm")).body(()))


@pytest.mark.parametrize(
    "source",
    [
        "<p>1</p><script>x</script><p>2</p>",
        "<p>1<img src=data:image/png;base64,AAAA onerror=x()></p><b>2</b>",
        "<p style='background:url(data:text/html,x)'>1<p>2</p>",
        "<p>1</p><a href=' javascript:x()'>2</a><a href='&#106;avascript:x()'>2</a>",
        "<p>1</p><math><style><img src=x onerror=x()></style></math><p>2",
        "<p>1</p><noscript><p title='</noscript><img src=x onerror=x()>'></noscript><b>2</b>",
        "<p>1</p><table><td><svg/onload=x()><p>2</table>",
        "<p>1</p><textarea><script>x</script></textarea><xmp><script>x</script></xmp><p>2",
        "<p>1</p><ix:header><ix:hidden>3</ix:hidden></ix:header><ix:nonNumeric onclick=x()>2</ix:nonNumeric>",
        "<p>1</p><div style='width:1px;}*{x' class='a\"b >c'>2</div><style>.a{}</style>",
        "<p>1</p><style></style><style>p{color:red}</style><p a<b='c'>2</p>",
        "<p>1</p><td>2<tr><table><tr><p>3<td colspan=99999999 rowspan=-1>4</table></p><li>5</ul>",
        """<p>1</p><a<b "x=1 c<d='e>f' title='<!-- g>h --> "i'>2</a<b><script><![CDATA[3>4]]></script>""",
        "<p>1</p><base href=//evil><meta http-equiv=refresh content=0><embed src=x><p>2",
    ],
)
def test_known_attacks_leave_plain_markup(source: str) -> None:
    checked(shown(source))


@pytest.mark.parametrize(
    "declared",
    ["background:url(x)", "color:expression(x)", "-moz-binding:x", "behavior:x", "width:1px\\65", "color:red@x", "x:y"],
)
def test_declarations_that_load_or_run_are_dropped(declared: str) -> None:
    assert declarations(f"margin:0;{declared};padding:1px") == "margin:0;padding:1px;"


def test_style_sheet_is_confined_to_the_release() -> None:
    css, tags = style_sheet("body{margin:0} p.a > b, #x{color:red} *{padding:0} @media print{p{color:blue}} }{ td{x:y}")
    assert css == (".release{margin:0;}\n.release .r-tag-p.r-a > .r-tag-b{color:red;}\n.release *{padding:0;}")
    assert tags == {"p", "b"}


def test_direction_controls_stand_alone_and_are_told() -> None:
    body = shown("<p>1 \u202eabc\u2066</p><p>2 &#12; &#1;</p>")
    root = checked(body)
    alone = [e.text for e in root.iter(f"{XHTML}span") if e.get("class") == "direction"]
    assert alone == ["\u202e", "\u2066"]
    assert [f.code for f in body.findings][-1:] == ["release.directions"]


def test_forbidden_characters_show_as_pictures() -> None:
    document = read_document("made-up.txt", b"Net sales \x0c 12\x01\n\nand \xe2\x80\xaeso on")
    body = published(document).body(())
    text = "".join(etree.fromstring(body.markup).itertext())
    assert text == document.source.text.replace("\x0c", "\u240c").replace("\x01", "\u2401")
    assert [(f.code, f.span and f.span.line) for f in body.findings] == [
        ("release.characters", 1),
        ("release.directions", 3),
    ]


def test_forbidden_characters_of_html_show_as_pictures() -> None:
    body = shown("<p>a&#1;b\x02c</p><p title='&#3;'>d&#4;e</p><script>&#5;</script><p>\ufffdf&#6;</p>")
    assert "".join(checked(body).itertext()) == "a\u2401b\u2402cd\u2404e\ufffdf\u2406"
    assert "U+0004" in body.findings[0].message


def test_the_tree_of_reading_gives_what_the_text_gives() -> None:
    document = read_document(FIXTURES / "orrin-vale.htm")
    parsed_anew = replace(document, source=replace(document.source, tree=None))
    assert document.source.tree is not None
    assert parsed_anew == document
    assert HtmlSource(parsed_anew).body(()) == HtmlSource(document).body(())


def test_fifty_thousand_numbers() -> None:
    rows = "".join(f"<tr><td>Line {n}</td><td>{n},{n % 900 + 100}</td><td>{n}</td></tr>" for n in range(1, 25_001))
    document = read_document("made-up.htm", f"<html><body><p>x</p><table>{rows}</table></body></html>".encode())
    release = published(document)
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    stretches = [release.find(cell.text.span) for cell in grid.cells]
    assert [s and s.text for s in stretches] == [cell.text.text for cell in grid.cells]
    body = release.body(Mark(s, (Tag("b"),)) for s in stretches if s)
    assert body.markup.count("<b>") == 75_000
    assert not body.left_out


NONSENSE = [
    "<html><p><p><p>",
    "<p><br><td>\1",
    "<html>" + "<div>" * 3000,
    "<!doctype html><p/>",
    "<html><p>&#0;&#xD800;1<",
]


@pytest.mark.parametrize("source", NONSENSE, ids=range(len(NONSENSE)))
def test_html_that_means_nothing_is_refused_in_a_line(source: str, tmp_path: Path) -> None:
    release = tmp_path / "release.htm"
    release.write_text(source, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        extraction(release)
    assert "\n" not in str(refused.value)


TAGS = st.sampled_from((FIXTURES / "tags.txt").read_text(encoding="utf-8").splitlines())


@cache
def schema() -> etree.XMLSchema:
    """The schema of Inline XBRL 1.1 in XHTML 1.1, as Arelle ships it."""
    cache_of = Path(arelle.__file__).parent / "resources" / "cache" / "http"

    class Local(etree.Resolver):
        def resolve(self, url: str, _public: str, context: object) -> object:
            path = cache_of / url.partition("://")[2]
            return self.resolve_filename(str(path), context) if path.is_file() else None

    parser = etree.XMLParser()
    parser.resolvers.add(Local())
    address = cache_of / "www.xbrl.org" / "2013" / "inlineXBRL" / "xhtml-inlinexbrl-1_1.xsd"
    return etree.XMLSchema(etree.parse(str(address), parser))


@given(st.lists(TAGS, max_size=40))
@example(["<table border>", "<select>", "<td>"])
@example(["<table>", "<tr>", "<div>", "<tr>", "<td>"])
@settings(max_examples=300, deadline=None)
def test_any_soup_of_tags_becomes_xhtml(tokens: list[str]) -> None:
    body = shown("<html><body>12 " + " ".join(tokens) + " 34")
    root = checked(body)
    html = etree.Element(f"{XHTML}html", nsmap={None: XHTML.strip("{}")})
    etree.SubElement(etree.SubElement(html, f"{XHTML}head"), f"{XHTML}title").text = "x"
    etree.SubElement(html, f"{XHTML}body").append(root)
    assert schema().validate(html), schema().error_log
