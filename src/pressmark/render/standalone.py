"""Puts every schema that a report refers to beside it, so that it opens where there is no network and no package.

The us-gaap and dei schemas are those of the offline subset; the others are XBRL International's own, as it publishes
them but for the addresses of their imports.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from functools import cache

from pressmark.render.taxonomy import package_name
from pressmark.render.taxonomy_year import TaxonomyYear, taxonomy_year
from pressmark.resources import resource, rows

FOLDER = "taxonomy"


def standalone(files: Mapping[str, bytes], year: str) -> dict[str, bytes]:
    """The files of a report and, under `taxonomy/`, the schemas of its year, each referring to the others by path."""
    schemas = _schemas(taxonomy_year(year))
    beside = {address: f"{FOLDER}/{file}" for address, (file, _) in schemas.items()}
    return {
        **{name: _referred(content, beside) for name, content in files.items()},
        **{f"{FOLDER}/{file}": content for file, content in schemas.values()},
    }


@cache
def _schemas(year: TaxonomyYear) -> dict[str, tuple[str, bytes]]:
    """Address to file name and content, which refers to the others by name."""
    found = {
        row["address"]: (row["file"], resource(f"taxonomy/xbrl/{row['file']}").read_bytes())
        for row in rows("taxonomy/standalone.tsv")
    }
    for vocabulary, address, start in (
        ("us-gaap", year.us_gaap_schema, year.us_gaap_start),
        ("dei", year.dei_schema, year.dei_start),
    ):
        name = package_name(vocabulary, year)
        with zipfile.ZipFile(resource(f"taxonomy/packages/{name}.zip")) as package:
            content = package.read(f"{name}/{address.removeprefix(start)}")
        found[address] = (address.rpartition("/")[2], content)
    among = {address: file for address, (file, _) in found.items()}
    return {address: (file, _referred(content, among)) for address, (file, content) in found.items()}


def _referred(content: bytes, places: Mapping[str, str]) -> bytes:
    """XML whose attributes refer to places instead of addresses; text never has the quotation mark of an attribute."""
    addresses = b"|".join(re.escape(address.encode()) for address in places)
    return re.sub(b'="(' + addresses + b')(?=["#])', lambda found: b'="' + places[found[1].decode()].encode(), content)
