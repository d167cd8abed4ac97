"""The source after reading: blocks of text with spans. Knows neither tables of numbers nor money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from pressmark.finding import Finding
from pressmark.span import Span, Text

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Lines:
    """Preformatted text, one `Text` a printed line (blank ones too): columns matter.

    Tabs are expanded, trailing white space is dropped; the text starts at column 1.
    """

    lines: tuple[Text, ...]


class Paragraph(NamedTuple):
    """Flowing text of a marked-up source: a heading, a paragraph, a list item."""

    text: Text


class GridCell(NamedTuple):
    """A cell of a marked-up table at its place in the grid, after rowspan and colspan are worked out.

    `text` keeps hard line breaks as newlines; other white space is folded. `indent` is the left
    indentation in px (padding, margin, leading non-breaking spaces), 0 where none is stated.
    """

    text: Text
    row: int
    column: int
    colspan: int = 1
    rowspan: int = 1
    indent: int = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A marked-up table: cells in document order, empty ones left out.

    `ruled` holds the rows that have a rule drawn right above their values.
    """

    cells: tuple[GridCell, ...]
    span: Span
    ruled: tuple[int, ...] = ()


Block = Lines | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Header:
    """What an EDGAR submission header says of who and when; all empty for a bare release.

    `fiscal_year_end` is MMDD as EDGAR prints it, `filers` are the CIKs of all filers; `cik` is that of the first.
    """

    cik: str = ""
    name: str = ""
    sic: str = ""
    fiscal_year_end: str = ""
    form: str = ""
    period: date | None = None
    filed: date | None = None
    items: tuple[str, ...] = ()
    state: str = ""
    filers: tuple[str, ...] = ()


class Form(StrEnum):
    """What a release is written in."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"


class Tree(NamedTuple):
    """HTML as parsed: the element that spans refer to (None where there is none), declarations by class name."""

    root: _Element | None
    classes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """The release as it was published: the decoded text of the chosen document, line ends as newlines.

    `first` is the line of the file on which it begins. Of a PDF it is the laid-out text. `tree` is what HTML was parsed
    into, for those who go through it again; it is not to be changed.
    """

    text: str = ""
    form: Form = Form.TEXT
    first: int = 1
    tree: Tree | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A release as read: its blocks in order, the submission header, what reading noticed, and its source."""

    file: str
    blocks: tuple[Block, ...]
    header: Header = field(default_factory=Header)
    findings: tuple[Finding, ...] = ()
    source: Source = field(default_factory=Source)

    def __hash__(self) -> int:
        """That of the source: equal documents have the same, and to go through all cells takes a while."""
        return hash((self.file, self.source))


def texts(document: Document) -> Iterator[Text]:
    """Every line, paragraph and cell of a document, in order."""
    for block in document.blocks:
        match block:
            case Lines(lines):
                yield from lines
            case Paragraph(text):
                yield text
            case Grid(cells, _):
                yield from [cell.text for cell in cells]
