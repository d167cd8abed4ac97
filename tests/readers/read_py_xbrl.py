"""Prints what py-xbrl sees of an instance: python read_py_xbrl.py FILE. Runs in its own environment."""

import json
import sys
import tempfile

from xbrl.cache import HttpCache
from xbrl.instance import NumericFact, TimeFrameContext, XbrlParser


def unit(one):
    """The measures without their prefixes."""
    if hasattr(one, "numerator"):
        return f"{one.numerator.partition(':')[2]}/{one.denominator.partition(':')[2]}"
    return one.unit.partition(":")[2]


with tempfile.TemporaryDirectory() as folder:
    # An empty cache: whatever is not beside the report would have to be downloaded.
    instance = XbrlParser(HttpCache(folder)).parse_instance(sys.argv[1])
facts = []
for one in instance.facts:
    duration = isinstance(one.context, TimeFrameContext)
    numeric = isinstance(one, NumericFact)
    facts.append(
        {
            "concept": one.concept.name,
            "start": str(one.context.start_date) if duration else "",
            "end": str(one.context.end_date if duration else one.context.instant_date),
            "unit": unit(one.unit) if numeric else "",
            "decimals": str("INF" if one.decimals is None else one.decimals) if numeric else "",
            "value": repr(one.value) if numeric else str(one.value),
            "labels": sorted({label.text for label in one.concept.labels}),
        }
    )
print(json.dumps({"facts": facts}))
