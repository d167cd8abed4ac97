"""The release as the page shows it: as it was published, with each number marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressmark.reading.document import Lines
from pressmark.render.review.marks import Mark
from pressmark.report.extraction import Extraction
from pressmark.span import Span

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Pane:
    """The release's markup; whether it is preformatted text, and then the number of its first line."""

    body: Markup
    text: bool = False
    first: int = 1


def release_pane(extraction: Extraction, numbered: Mapping[Span, Mark]) -> Pane:
    """The release as markup."""
    from markupsafe import Markup, escape

    lines: dict[int, list[Mark]] = {}
    for span, mark in numbered.items():
        lines.setdefault(span.line, []).append(mark)
    out = []
    for block in extraction.document.blocks:
        if not isinstance(block, Lines):
            continue
        for text in block.lines:
            at = 0
            here = []
            for mark in sorted(lines.get(text.span.line, ()), key=lambda m: m.span.column):
                start, end = mark.span.column - 1, mark.span.end - 1
                if start < at:
                    continue
                here.append(escape(text.text[at:start]))
                kind = f"m {mark.level}" if mark.facts else "m skip"
                here.append(
                    Markup('<span class="{}" data-n="{}" role="button" tabindex="-1">{}</span>').format(
                        kind, mark.number, text.text[start:end]
                    )
                )
                at = end
            here.append(escape(text.text[at:]))
            out.append(Markup("").join(here))
    first = extraction.document.blocks[0].lines[0].span.line
    body = Markup('<div class="text"><pre class="lines" aria-hidden="true">{}</pre><pre>{}</pre></div>').format(
        Markup("\n").join(range(first, first + len(out))), Markup("\n").join(out)
    )
    return Pane(body, text=True, first=first)
