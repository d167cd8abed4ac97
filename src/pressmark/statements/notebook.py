"""Shows a statement in a notebook as an HTML table, laid out as in the release."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressmark.statements.statement import LineItem, Statement

_LEFT, _RIGHT = "text-align:left", "text-align:right"


def statement_html(statement: Statement) -> str:
    """The statement's lines with their numbers as printed, a column a period; why it is left out where it is."""
    shown = [column for column in statement.columns if column.period is not None]
    totals = {total.line for total in statement.totals}
    heads = "".join(f'<th style="{_RIGHT}">{column.period}</th>' for column in shown)
    rows = "".join(
        _row(line, [column.index for column in shown], bold=line.index in totals or not line.values)
        for line in statement.lines
        if not line.parenthetical
    )
    reason = f" (left out: {statement.reason})" if not statement.gaap else ""
    caption = escape(f"{statement.title or statement.kind}{reason}")
    return (
        f'<table><caption style="{_LEFT}"><b>{caption}</b></caption>'
        f"<thead><tr><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(line: LineItem, columns: list[int], *, bold: bool) -> str:
    printed = {value.column: value.text for value in line.values}
    tag = "th" if bold else "td"
    cells = "".join(f'<{tag} style="{_RIGHT}">{escape(printed.get(column, ""))}</{tag}>' for column in columns)
    label = f'<{tag} style="{_LEFT};padding-left:{line.depth + 1}em">{escape(line.label.text)}</{tag}>'
    return f"<tr>{label}{cells}</tr>"
