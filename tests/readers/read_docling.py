"""Prints what docling's XBRL backend sees: python read_docling.py FILE. Runs in its own environment.

The backend is asked by itself, since docling's converter imports torch whatever it converts.
"""

import json
import sys
from pathlib import Path

from docling.backend.xml.xbrl_backend import XBRLDocumentBackend
from docling.datamodel.backend_options import XBRLBackendOptions
from docling.datamodel.base_models import InputFormat
from docling.datamodel.document import InputDocument

path = Path(sys.argv[1])
options = XBRLBackendOptions(enable_local_fetch=True, enable_remote_fetch=False, taxonomy=path.parent)
given = InputDocument(
    path_or_stream=path, format=InputFormat.XML_XBRL, backend=XBRLDocumentBackend, backend_options=options
)
document = given._backend.convert()
graph = document.key_value_items[0].graph
cells = {cell.cell_id: cell for cell in graph.cells}
values = {}
for link in graph.links:
    if link.label.value == "to_value":
        values.setdefault(link.source_cell_id, {})[cells[link.target_cell_id].orig] = cells[
            link.target_cell_id
        ].text.partition(": ")[2]
facts = []
for key, found in values.items():
    start, _, end = found["period"].rpartition(" - ")
    facts.append(
        {
            "concept": cells[key].orig,
            "start": start,
            "end": end,
            "unit": found["unit"].replace(" / ", "/"),
            "decimals": found["decimals"],
            "value": found["value"],
        }
    )
print(json.dumps({"facts": facts, "title": document.texts[0].text}))
