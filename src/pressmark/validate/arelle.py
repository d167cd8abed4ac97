"""Validates a report with Arelle, in this process and offline.

The run is that of `arelleCmdLine --validate --calc c11r --utr --validateDuplicateFacts inconsistent` (or `c11t`), with
our packages and rules: XBRL 2.1, Dimensions 1.0, Calculations 1.1 (rounding to nearest or truncation), the Unit Type
Registry, duplicate facts, Inline XBRL, OIM, report packages, and the XBRL Formula assertions of the report and ours.
Arelle keeps its packages, plugins and logger in globals of the process: one run at a time, each from a clean state.
"""

from __future__ import annotations

import csv
import json
import threading
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pressmark.errors import InputError, UsageError
from pressmark.finding import Finding
from pressmark.render.taxonomy_rules import assertions
from pressmark.validate.importing import import_arelle
from pressmark.validate.messages import ARCHIVES, ArelleMessage, read_messages
from pressmark.validate.outside import Outside, outside_messages
from pressmark.validate.packages import package_set

if TYPE_CHECKING:
    from arelle.Cntlr import Cntlr
    from arelle.FileSource import FileSource
    from arelle.ModelXbrl import ModelXbrl

LOCK = threading.Lock()
_MEND = "give an XBRL report: xBRL-XML, Inline XBRL, xBRL-JSON, xBRL-CSV metadata, or a report package"


@dataclass(frozen=True, slots=True)
class Validation:
    """The outcome for one report: Arelle's messages, gravest first, and how many facts it found."""

    path: Path
    messages: tuple[ArelleMessage, ...]
    facts: int

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings alone."""
        return tuple(message.finding for message in self.messages)


def validate(
    path: Path,
    *,
    packages: Sequence[Path] = (),
    rules: bool = True,
    check_published: bool = False,
    calculations: str = "round",
    outside: Outside | None = None,
) -> Validation:
    """Validates a report, an entry schema or a report package.

    `packages` are taxonomy packages that replace ours for the addresses they answer; `rules` runs our assertions;
    `check_published` checks the schemas of published taxonomies too, which their publishers have done.
    `calculations`: how the filer shortens figures, by rounding to nearest (round) or by truncation (Calculations 1.1).
    `outside` adds what plugins of the user's say, in so far as this run has not said it.
    Raises UsageError for a broken package, InputError for a file in which Arelle finds nothing of XBRL.
    """
    check_readable(path)
    archive = path.suffix.lower() in ARCHIVES
    chosen = package_set(packages, path if archive else None)
    with LOCK, controller(chosen.paths, calculations, inline_sets=archive) as (arelle, handler):
        ids: set[str] = set()
        reports = facts = 0
        try:
            for model in loaded(arelle, path):
                if rules:
                    _import_rules(model, chosen.rules)
                if not check_published:
                    _skip_published(model, chosen.paths)
                _run(model)
                reports += 1
                facts += len(model.factsInInstance)
                ids.update(fact.id for fact in model.factsInInstance if fact.id)
        except faults() as error:
            said = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
            raise InputError(str(path), f"can't be validated, Arelle fails on it ({said})", _MEND) from error
        messages = read_messages(handler.messages, path, ids)
        if not reports:
            raise InputError(str(path), _cause(messages), _MEND)
    if outside is not None:
        known = {(m.finding.code, m.fact_ids) for m in messages}
        more = outside_messages(path, outside, chosen.paths, ids)
        messages = (*messages, *(m for m in more if (m.finding.code, m.fact_ids) not in known))
    return Validation(path, messages, facts)


def faults() -> tuple[type[Exception], ...]:
    """What Arelle's loaders raise on a report that is broken in a way they did not foresee."""
    from lxml.etree import LxmlError

    builtin = (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        OSError,
        RuntimeError,
        TypeError,
        ValueError,
    )
    return (*builtin, LxmlError, zipfile.BadZipFile, zlib.error, csv.Error)


def check_readable(path: Path) -> None:
    """Raises InputError for a file that is missing, a folder, empty, or an archive that can't be opened."""
    if path.is_dir():
        raise InputError(str(path), "is a folder without a single instance", "name the report in it")
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", _MEND) from None
    if empty:
        raise InputError(str(path), "is empty", _MEND)
    if path.suffix.lower() in ARCHIVES:
        try:
            zipfile.ZipFile(path).close()
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise InputError(str(path), f"is not a readable zip ({error})", _MEND) from None


@contextmanager
def controller(
    packages: Sequence[Path], calculations: str = "round", *, inline_sets: bool
) -> Iterator[tuple[Cntlr, Any]]:
    """An Arelle controller in a clean state, offline, that keeps no settings on disk, and the handler of its log.

    `inline_sets` loads the plugin for reports of several Inline XBRL documents, which only packages hold.
    """
    import_arelle()
    from arelle import PackageManager, PluginManager
    from arelle.Cntlr import Cntlr
    from arelle.ModelFormulaObject import FormulaOptions
    from arelle.ValidateDuplicateFactsConst import DuplicateTypeArg
    from arelle.ValidateXbrlCalcs import ValidateCalcsMode

    PackageManager.getInstance().close()
    PluginManager.getInstance().close()
    controller = Cntlr(logFileName="logToStructuredMessage", disable_persistent_config=True, uiLang="en-US")
    logger = controller.logger
    propagate, logger.propagate = logger.propagate, False
    try:
        controller.webCache.workOffline = True
        controller.postLoggingInit()
        manager = controller.modelManager
        manager.loadCustomTransforms()
        manager.disclosureSystem.select(None)
        manager.validateDisclosureSystem = False
        manager.formulaOptions = FormulaOptions()
        truncation = calculations == "truncation"
        manager.validateCalcs = ValidateCalcsMode.TRUNCATION if truncation else ValidateCalcsMode.ROUND_TO_NEAREST
        manager.validateUtr = True
        manager.validateDuplicateFacts = DuplicateTypeArg("inconsistent").duplicateType()
        registry = PackageManager.getInstance()
        for package in packages:
            if registry.addPackage(controller, str(package.absolute())) is None:
                raise UsageError(str(package), "is refused by Arelle as a taxonomy package", "give another package")
        registry.rebuildRemappings(controller)
        if inline_sets:
            PluginManager.getInstance().addPluginModule("inlineXbrlDocumentSet")
            PluginManager.getInstance().reset()
        yield controller, controller.logHandler
    finally:
        for model in list(controller.modelManager.loadedModelXbrls):
            model.close()
        controller.close()
        logger.propagate = propagate
        PackageManager.getInstance().close()
        PluginManager.getInstance().close()


def loaded(controller: Cntlr, path: Path) -> Iterator[ModelXbrl]:
    """Each report of a file or package, found and loaded as Arelle's command line does; none where it is not XBRL."""
    from arelle.utils.EntryPointDetection import parseEntrypointFileInput
    from arelle.ValidateFileSource import ValidateFileSource

    # As JSON, since Arelle takes a plain name apart at each |.
    parsed = parseEntrypointFileInput(controller, json.dumps([{"file": str(path.absolute())}]))
    source: FileSource | None = parsed.filesource
    if source is None:
        return
    ValidateFileSource(controller, source).validate()
    entries = parsed.entrypointFiles if parsed.success else []
    for name_sets in controller.plugins.hooks("CntlrCmdLine.Filing.Start"):
        name_sets(controller, None, source, entries)
    for entry in entries:
        if source.isArchive:
            source.select(entry.get("file"))
        model = controller.modelManager.load(source, "loading", entrypoint=entry)
        if source.isArchive and model is not None:
            model.closeFileSource = False  # the next report of the package reads from it
        if _is_xbrl(model):
            yield model
        elif model is not None:
            model.close()


def _is_xbrl(model: ModelXbrl | None) -> bool:
    from arelle.ModelDocumentType import ModelDocumentType as Type

    document = model.modelDocument if model is not None else None
    known = (Type.INSTANCE, Type.INLINEXBRL, Type.INLINEXBRLDOCUMENTSET, Type.SCHEMA)
    return document is not None and document.type in known


def _run(model: ModelXbrl) -> None:
    from arelle import Validate

    Validate.validate(model)


def _import_rules(model: ModelXbrl, rules: Sequence[str]) -> None:
    """Adds our rules to the report's DTS, without those for which it lacks a fact: they could not be evaluated."""
    from arelle import ModelDocument

    reported = {fact.qname.localName for fact in model.factsInInstance}
    idle = {r.id for r in assertions() if any(reported.isdisjoint(v.concepts) for v in r.variables)}
    if len(idle) == len(assertions()):
        return
    for address in rules:
        ModelDocument.load(model, address, isSupplemental=True)
    ours = tuple(address.rpartition("/")[0] for address in rules)
    # Compiling an XPath costs Arelle milliseconds, so that a rule left out is time won.
    model.modelVariableSets -= {
        rule for rule in model.modelVariableSets if rule.id in idle and rule.modelDocument.uri.startswith(ours)
    }


def _skip_published(model: ModelXbrl, packages: Sequence[Path]) -> None:
    """Leaves out the checks of published taxonomies, which their publishers have made.

    A schema on disk that is neither beside the report nor in a package may be somebody's draft: then all is checked.
    """
    from arelle.ValidateXbrlDTS import ValidateBaseTaxonomiesMode

    published = ("http://", "https://", *(str(path) for path in packages), model.uriDir)
    if all(document.uri.startswith(published) for document in model.urlDocs.values()):
        model.modelManager.baseTaxonomyValidationMode = ValidateBaseTaxonomiesMode.NONE


def _cause(messages: Sequence[ArelleMessage]) -> str:
    """Why nothing was loaded, in Arelle's words where it has any."""
    if not messages:
        return "is not XBRL"
    first = messages[0].finding
    return f"is not XBRL ({first.code}: {first.message[:200]})"
