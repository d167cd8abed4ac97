"""Report packages: one report under reports/, its extension as a taxonomy package, and bytes that never change."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from pressmark.render.archive import zipped
from pressmark.render.oim import xbrl_json
from pressmark.render.package import report_package
from pressmark.render.xbrl import render_xbrl
from pressmark.validate.packages import is_taxonomy_package, rewrite_starts
from readback import of_arelle, of_report
from reports import NAMESPACE, report

TOP = "qux-20140331"
ADDRESS = f"{NAMESPACE}/{TOP}.xsd"
INSTANCE, *_ = render_xbrl(report()).values()
TAXONOMY = dict(list(render_xbrl(report()).items())[1:])


def package(kind: str = "xbr", document: str = f"{TOP}.xbrl", content: bytes = INSTANCE) -> bytes:
    return report_package(report(), kind, document, content, TAXONOMY)


def test_it_has_one_top_folder_with_one_report() -> None:
    with zipfile.ZipFile(io.BytesIO(package())) as archive:
        names = archive.namelist()
        kind = json.loads(archive.read(f"{TOP}/META-INF/reportPackage.json"))
        catalog = etree.fromstring(archive.read(f"{TOP}/META-INF/catalog.xml"))
        described = etree.fromstring(archive.read(f"{TOP}/META-INF/taxonomyPackage.xml"))
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert kind == {"documentInfo": {"documentType": "https://xbrl.org/report-package/2023/xbr"}}
    assert {name.split("/")[0] for name in names} == {TOP}
    assert [name for name in names if "/reports/" in name] == [f"{TOP}/reports/{TOP}.xbrl"]
    assert {name.rpartition("/")[2] for name in names if "/taxonomy/" in name} == set(TAXONOMY)
    assert names == sorted(names)
    (rewrite,) = catalog
    assert rewrite.get("uriStartString") == f"{NAMESPACE}/"
    assert rewrite.get("rewritePrefix") == "../taxonomy/"
    entry = described.find(".//{*}entryPointDocument")
    assert entry is not None
    assert entry.get("href") == ADDRESS


def test_it_is_a_taxonomy_package_too(tmp_path: Path) -> None:
    path = tmp_path / f"{TOP}.xbr"
    path.write_bytes(package())
    assert is_taxonomy_package(path)
    assert rewrite_starts(path) == (f"{NAMESPACE}/",)


@pytest.mark.parametrize("document", [f"{TOP}.xbrl", f"{TOP}.json"])
def test_it_opens_in_arelle_with_nothing_beside_it(tmp_path: Path, document: str) -> None:
    content = INSTANCE if document.endswith("xbrl") else xbrl_json(report(), [f"{TOP}.xsd"])
    path = tmp_path / f"{TOP}.xbr"
    path.write_bytes(package("xbr", document, content))
    found, said = of_arelle(path)
    assert said == []
    assert found == of_report(report())


def test_address_of_the_schema_is_all_that_changes_in_the_report() -> None:
    with zipfile.ZipFile(io.BytesIO(package())) as archive:
        packed = archive.read(f"{TOP}/reports/{TOP}.xbrl")
    assert packed.replace(ADDRESS.encode(), f"{TOP}.xsd".encode()) == INSTANCE
    assert packed != INSTANCE


def test_its_extension_is_what_is_used(tmp_path: Path) -> None:
    """Without the schema of the package the facts could not be understood."""
    path = tmp_path / f"{TOP}.xbr"
    without = {name: data for name, data in TAXONOMY.items() if not name.endswith(".xsd")}
    path.write_bytes(report_package(report(), "xbr", f"{TOP}.xbrl", INSTANCE, without))
    _, said = of_arelle(path)
    assert any(line.startswith("error") for line in said)


def test_zip_does_not_depend_on_the_order_of_its_files() -> None:
    assert zipped({"b": b"2", "a": b"1"}) == zipped({"a": b"1", "b": b"2"})
