"""Taxonomy packages that a user gives: in the place of ours, beside them, or refused."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from instances import SOUND, YEAR, but, write_instance, zip_of
from pressmark.errors import UsageError
from pressmark.render.taxonomy import package_paths
from pressmark.validate.arelle import validate
from pressmark.validate.packages import package_set, rewrite_starts

US_GAAP, DEI = package_paths()


def test_a_package_of_the_users_stands_in_the_place_of_ours(tmp_path: Path) -> None:
    user = _user_package(tmp_path / "user.zip")
    chosen = package_set([user])
    assert chosen.paths == (user, DEI)
    assert len(chosen.rules) == 1
    assert str(US_GAAP) in chosen.rules[0]
    path = write_instance(tmp_path / "in", but(SOUND, Assets="1"))
    found = {f.code: f for f in validate(path, packages=[user]).findings}
    assert "message:rule.balance-sheet" in found  # the rules are ours, whoever answers for the elements
    # Liabilities is missing in the user's package, so it is that package which answered.
    assert any("us-gaap:Liabilities" in f.message for c, f in found.items() if c == "xbrl:schemaImportMissing")
    assert validate(write_instance(tmp_path / "again", SOUND)).findings == ()


def test_a_package_for_other_addresses_is_added_to_ours(tmp_path: Path) -> None:
    other = _user_package(tmp_path / "other.zip", start="https://made-up.example/taxonomy/")
    assert package_set([other]).paths == (other, US_GAAP, DEI)
    assert package_set().paths == (US_GAAP, DEI)
    assert package_set().rules == (YEAR.rules,)


def test_two_packages_for_one_address_are_refused(tmp_path: Path) -> None:
    one, two = _user_package(tmp_path / "one.zip"), _user_package(tmp_path / "two.zip")
    with pytest.raises(UsageError, match=r"rewrites https://.*/us-gaap/2025/, which .*one.zip rewrites too"):
        package_set([one, two])


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (None, "is not a readable zip"),
        ({}, "has no META-INF/taxonomyPackage.xml"),
        ({"top/META-INF/catalog.xml": b"<catalog/>"}, "has no META-INF/taxonomyPackage.xml"),
        ({"META-INF/taxonomyPackage.xml": b"<a/>", "META-INF/catalog.xml": b"<a/>"}, "in one top folder"),
        ({"top/META-INF/taxonomyPackage.xml": b"<a/>"}, "has no META-INF/catalog.xml"),
        ({"top/META-INF/taxonomyPackage.xml": b"<a/>", "top/META-INF/catalog.xml": b"<a"}, "is not XML"),
        ({"top/META-INF/taxonomyPackage.xml": b"<a", "top/META-INF/catalog.xml": b"<a/>"}, "is not XML"),
    ],
)
def test_a_broken_package_is_refused(tmp_path: Path, files: dict[str, bytes] | None, says: str) -> None:
    package = tmp_path / "broken.zip"
    if files is None:
        package.write_bytes(b"not a zip at all")
    else:
        zip_of(package, files)
    with pytest.raises(UsageError, match=says) as caught:
        rewrite_starts(package)
    assert "\n" not in str(caught.value)


def test_a_folder_and_a_missing_package_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        package_set([tmp_path])
    with pytest.raises(UsageError, match="does not exist"):
        package_set([tmp_path / "nothing.zip"])


def _user_package(path: Path, start: str = YEAR.us_gaap_start) -> Path:
    """Our us-gaap package as somebody else's: without rules and labels, and without the element Liabilities."""
    with zipfile.ZipFile(US_GAAP) as ours:
        schema = ours.read(f"{US_GAAP.stem}/elts/us-gaap-{YEAR.year}.xsd").decode()
    catalog = (
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
        f'<rewriteURI uriStartString="{start}" rewritePrefix="../"/></catalog>'
    )
    metadata = (
        '<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package" xml:lang="en">'
        f"<tp:identifier>https://made-up.example/{path.stem}</tp:identifier><tp:name>Made up</tp:name>"
        "</tp:taxonomyPackage>"
    )
    return zip_of(
        path,
        {
            "top/META-INF/taxonomyPackage.xml": metadata.encode(),
            "top/META-INF/catalog.xml": catalog.encode(),
            f"top/elts/us-gaap-{YEAR.year}.xsd": re.sub(r'\n.*name="Liabilities".*', "", schema).encode(),
        },
    )
