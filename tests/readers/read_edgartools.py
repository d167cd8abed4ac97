"""Prints what edgartools sees of a report's folder: python read_edgartools.py FOLDER. Runs in its own environment."""

import json
import sys
import warnings

warnings.simplefilter("ignore")
from edgar.xbrl import XBRL  # noqa: E402

STATEMENTS = ("income_statement", "balance_sheet", "cash_flow_statement")

report = XBRL.from_directory(sys.argv[1])
units = report.units
facts = []
for one in report.facts.to_dataframe().to_dict("records"):
    known = {key: value for key, value in one.items() if value == value and value is not None}  # noqa: PLR0124 - NaN
    facts.append(
        {
            "concept": known["concept"],
            "start": str(known.get("period_start", "")),
            "end": str(known.get("period_end", known.get("period_instant", ""))),
            "unit": str(known.get("unit_ref", "")),
            "decimals": str(known.get("decimals", "")),
            "value": str(known.get("value", "")),
        }
    )
statements = {}
for name in STATEMENTS:
    shown = getattr(report.statements, name)()
    if shown is None:
        continue
    rendered = shown.render(standard=False)
    statements[name] = [
        {"label": row.label, "cells": [cell.value for cell in row.cells]}
        for row in rendered.rows
        if not row.is_abstract
    ]
    statements[name].insert(0, {"label": "", "cells": [str(p) for p in rendered.header.period_keys]})
print(json.dumps({"facts": facts, "statements": statements}))
