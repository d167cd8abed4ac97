"""Writes the facts as Parquet, and keeps a folder of such files, one a release, that is read as one dataset."""

from __future__ import annotations

import io
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.errors import UsageError
from pressmark.render.lexical import number
from pressmark.report.flat import FactRow, fact_rows
from pressmark.report.model import Report

if TYPE_CHECKING:
    import pyarrow as pa

# 28 digits before the point and 10 behind it: what every reader of Parquet has (decimal128).
_DIGITS, _SCALE = 38, 10
_MEND = "move it away, or choose another output folder"


@cache
def schema() -> pa.Schema:
    """The columns, those of `FactRow`. A number that the column can't hold is null in `value` and stands in `text`."""
    import pyarrow as pa

    days, text = pa.date32(), pa.string()
    kinds = {
        "period_start": days,
        "period_end": days,
        "fiscal_year": pa.int16(),
        "value": pa.decimal128(_DIGITS, _SCALE),
        "decimals": pa.int16(),
        "confidence": pa.float64(),
        "line": pa.int32(),
    }
    nullable = {"period_start", "fiscal_year", "value", "decimals", "line"}
    return pa.schema([pa.field(name, kinds.get(name, text), name in nullable) for name in FactRow._fields])


def to_parquet(report: Report) -> bytes:
    """The facts of a report as a Parquet file, a row a fact, in the order of the report."""
    import pyarrow as pa
    from pyarrow import parquet

    rows = list(fact_rows(report))
    columns = {name: [row[at] for row in rows] for at, name in enumerate(FactRow._fields)}
    fitted = [_fitted(row) for row in rows]
    columns["value"], columns["text"] = [value for value, _ in fitted], [text for _, text in fitted]
    arrays = [pa.array(columns[field.name], field.type) for field in schema()]
    buffer = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema()), buffer, compression="zstd")
    return buffer.getvalue()


def check_dataset(folder: Path) -> None:
    """Raises UsageError for a folder to which a release's facts can't be added: other columns, or no Parquet at all."""
    import pyarrow as pa
    from pyarrow import parquet

    if folder.exists() and not folder.is_dir():
        raise UsageError(str(folder), "is a file, not a dataset", _MEND)
    # The first speaks for all: nothing of another schema is ever added to it.
    for path in sorted(folder.glob("[!._]*"))[:1]:
        try:
            found = parquet.read_schema(path)
        except (OSError, pa.ArrowInvalid) as error:
            cause = f"is no Parquet file ({str(error).splitlines()[0]})"
            raise UsageError(str(path), cause, _MEND) from error
        if not found.equals(schema()):
            raise UsageError(str(folder), f"can't be appended to: {_difference(found)}", _MEND)


def _difference(found: pa.Schema) -> str:
    """The first column in which a file differs from ours."""
    ours = {field.name: str(field.type) for field in schema()}
    theirs = {field.name: str(field.type) for field in found}
    different = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    if not different:
        return "its columns are in another order"
    name = different[0]
    return f"its column {name} is {theirs.get(name, 'missing')}, where Pressmark's is {ours.get(name, 'none')}"


def _fitted(row: FactRow) -> tuple[Decimal | None, str]:
    """Value and text as the columns hold them. Digits are counted in the text: Decimal's own arithmetic rounds."""
    if row.value is None:
        return None, row.text
    text = number(row.value)
    whole, _, part = text.lstrip("-").partition(".")
    fits = len(whole) <= _DIGITS - _SCALE and len(part) <= _SCALE
    return (Decimal(text), "") if fits else (None, text)
