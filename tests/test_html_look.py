"""What presentational HTML looks like is said in CSS, as browsers understand the attributes."""

import pytest

from pressmark.reading.html import html_tree
from pressmark.reading.html_attributes import Attributes
from pressmark.render.html_look import look
from pressmark.render.html_markup import Markup
from pressmark.render.html_tags import Tags

CENTER = "text-align:center;text-align:-moz-center;text-align:-webkit-center;"


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
    tree = html_tree("r.htm", f"<p>{image}</p>")
    markup = Markup(Tags(tree.root, Attributes(tree.classes)), frozenset(), classes=False).filled({})
    assert "Logo</span>" in markup
    assert "src" not in markup
    for said in ("display:inline-block;", "height:221px;", "width:684px;"):
        assert said in markup
