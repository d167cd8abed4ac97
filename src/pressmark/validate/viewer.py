"""Makes the page of the ixbrl-viewer for an Inline XBRL report: the report with its facts to click on, offline.

The viewer is a plugin of Arelle's that ships its script; here its builder is driven directly, on the models that
validation loads, so that nothing is registered and no web server is needed. The script is put into the page, so that
one file is all there is to keep or to send.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from pressmark.errors import InputError, UsageError
from pressmark.validate.arelle import LOCK, check_readable, controller, faults, loaded
from pressmark.validate.messages import ARCHIVES
from pressmark.validate.packages import package_set

_PLUGIN = "iXBRLViewerPlugin"
_SCRIPT = "ixbrlviewer.js"
_LOADS_SCRIPT = re.compile(rb'<script\b[^>]*\bsrc="ixbrlviewer\.js"[^>]*>\s*</script>')
# The script looks for its settings beside itself and needs an address for that: of a file, it looks for none. A script
# that runs already loads nothing more from its address.
_ADDRESS = b'document.currentScript.src="file:///ixbrlviewer.js";'
_MEND = "give an Inline XBRL report, a report package that holds one, or the release itself"


def check_viewer() -> None:
    """Raises UsageError where the viewer is not installed."""
    if find_spec(_PLUGIN) is None:
        raise UsageError("view", "the ixbrl-viewer is not installed", "pip install 'pressmark[viewer]'")


def viewer_pages(report: Path, *, packages: Sequence[Path] = ()) -> Mapping[str, bytes]:
    """The viewer's page for a report, by file name; of a report in several documents they follow the first.

    Raises UsageError where the viewer is not installed or a package is broken, InputError for a file that holds no
    Inline XBRL or that Arelle or the viewer fails on.
    """
    check_viewer()
    check_readable(report)
    archive = report.suffix.lower() in ARCHIVES
    chosen = package_set(packages, report if archive else None)
    with LOCK, controller(chosen.paths, inline_sets=archive) as (arelle, _), TemporaryDirectory() as folder:
        from iXBRLViewerPlugin.constants import DEFAULT_VIEWER_PATH
        from iXBRLViewerPlugin.iXBRLViewer import IXBRLViewerBuilder, IXBRLViewerBuilderError, isInlineDoc

        try:
            builder = IXBRLViewerBuilder(arelle)
            for model in loaded(arelle, report):
                if isInlineDoc(model.modelDocument):
                    builder.processModel(model)
            page = builder.createViewer(_SCRIPT, showValidations=False) if builder.reportCount else None
            if page is not None:
                page.save(folder)
        except (*faults(), IXBRLViewerBuilderError) as error:
            said = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
            raise InputError(str(report), f"can't be shown, the viewer fails on it ({said})", _MEND) from error
        if page is None:
            raise InputError(str(report), "holds no Inline XBRL", _MEND)
        files = {file.filename: (Path(folder) / file.filename).read_bytes() for file in page.files}
        script = Path(DEFAULT_VIEWER_PATH).read_bytes()
    first = next(iter(files))
    return {**files, first: _with_script(files[first], script)}


def _with_script(page: bytes, script: bytes) -> bytes:
    """The page with the script in it instead of a reference to it."""
    inside = b'<script type="text/javascript">' + _ADDRESS + script.replace(b"</script", b"<\\/script") + b"</script>"
    return _LOADS_SCRIPT.sub(lambda _: inside, page, count=1)
