"""What presentational HTML looks like is said in CSS, as browsers understand the attributes."""

import re

import pytest

from pressmark.reading.html import html_tree
from pressmark.reading.html_attributes import Attributes
from pressmark.render.html_look import look
from pressmark.render.html_markup import Markup
from pressmark.render.html_tags import Tags

CENTER = "text-align:center;text-align:-moz-center;text-align:-webkit-center;"


def shown(html: str) -> str:
    tree = html_tree("r.htm", html)
    return Markup(Tags(tree.root, Attributes(tree.classes)), frozenset(), classes=False).filled({})


@pytest.mark.parametrize(
    ("tag", "attributes", "css"),
    [
        (
            "font",
            {"size": "2", "color": "CCEEFF", "face": "Arial, 'Times New Roman'"},
            "font-size:small;color:#CCEEFF;font-family:Arial, 'Times New Roman';",
        ),
        ("font", {"size": "+2"}, "font-size:x-large;"),
        ("font", {"size": "-9"}, "font-size:x-small;"),
        (
            "td",
            {"width": "12%", "nowrap": "", "align": "RIGHT"},
            "width:12%;white-space:nowrap;text-align:right;text-align:-webkit-right;",
        ),
        (
            "td",
            {"width": "120", "valign": "Bottom", "bgcolor": "red"},
            "width:120px;vertical-align:bottom;background-color:red;",
        ),
        ("td", {"width": "x", "valign": "absmiddle", "bgcolor": "url(x)"}, ""),
        ("div", {"align": "center"}, CENTER),
        ("p", {"align": "middle", "style": "margin:0;background:url(x)"}, f"{CENTER}margin:0;"),
        ("table", {"align": "center", "width": "50%"}, "margin-left:auto;margin-right:auto;width:50%;"),
        ("table", {"align": "right", "height": "30"}, "float:right;height:30px;"),
        ("hr", {"size": "1", "width": "80%"}, "width:80%;border-bottom-width:0;"),
        ("hr", {"size": "4", "noshade": ""}, "border-style:solid;border-width:2px;"),
        ("hr", {"size": "4"}, "height:2px;"),
        ("ol", {"start": "4", "type": "a"}, "counter-reset:list-item 3;list-style-type:lower-alpha;"),
        ("li", {"value": "7"}, "counter-set:list-item 7;"),
        ("span", {"width": "3", "onclick": "x()", "id": "y"}, ""),
    ],
)
def test_attributes_become_css(tag: str, attributes: dict[str, str], css: str) -> None:
    assert look(tag, attributes) == css


@pytest.mark.parametrize(
    "image",
    ['<img src="a.jpg" alt="Logo" style="height:221px;width:684px">', "<img src=a.jpg alt=Logo height=221 width=684>"],
)
def test_the_place_of_a_picture_is_kept_however_its_size_is_told(image: str) -> None:
    markup = shown(f"<p>{image}</p>")
    assert "Logo</span>" in markup
    assert "src" not in markup
    for said in ("display:inline-block;", "height:221px;", "width:684px;"):
        assert said in markup


def test_cells_of_equal_tags_are_written_alike() -> None:
    """Twice the row, twice its markup: the second is written from what is known of the first."""
    cells = '<td align="right"><p><font size="2"><b>{}</b></font><br></p></td><td><div>{}</div></td><td/>'
    rows = [f"<tr>{cells.format(text, text)}</tr>" for text in ("7", "&lt;8&gt;", "", "9")]
    written = shown(f"<table>{''.join(rows)}</table>")
    each = [shown(f"<table>{row}</table>") for row in rows]
    begin, end = each[0].index("<tr>"), each[0].index("</table>") - len(each[0])
    assert written == each[0][:begin] + "".join([one[begin:end] for one in each]) + each[0][end:]
    assert "&lt;8&gt;" in written


def test_what_depends_on_texts_is_told_for_each_cell() -> None:
    """A list with words beside its items is none in XHTML, though the tags are those of the list before it."""
    written = shown("<table><tr><td><ul><li>a</li></ul></td><td><ul>and<li>b</li></ul></td></tr></table>")
    first, second = written.split("<td>")[1:]
    assert first.startswith("<ul")
    assert second.startswith("<div")
    assert "<li" not in second


def test_what_stands_between_cells_goes_before_its_table() -> None:
    inner = "<table>two<tr><td>3</td></tr></table>"
    outer = f"<table>one<tr><td>{inner}</td><td>4</td></tr><p>five<table><tr><td>6</td></tr></table></p></table>"
    written = shown(outer)
    assert re.findall(r"one|two|five|\d", written) == ["one", "five", "6", "two", "3", "4"]
    assert written.index("6</td></tr></table>") < written.index("<table><tr><td>two")
    assert written.count("<table") == written.count("</table>") == 3
