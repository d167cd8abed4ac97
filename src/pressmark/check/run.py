"""Checks many releases on all processors, in an order that does not change, and accepts their facts when told to.

Arelle keeps its state in globals of its process, so that releases are checked side by side in processes, not threads.
Nothing but the outcome of a release comes back, which keeps memory bounded. The workers are started afresh (spawn), not
forked: they hold nothing of the caller.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from pressmark.check.accepted import SUFFIX
from pressmark.check.across import across
from pressmark.check.difference import Kind
from pressmark.check.policy import Ignored, Noted, Policy
from pressmark.check.release import ReleaseCheck, Task, check_release, facts_file
from pressmark.errors import InputError, UsageError
from pressmark.finding import finding
from pressmark.inputs import STDIN
from pressmark.span import Span
from pressmark.writing import write_whole

# Fewer releases than this are checked sooner than a second process has started.
_WORTH_A_POOL = 3
# What an update settles.
COMPARED = frozenset({*Kind, "check.no-baseline"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole check: the releases in the order given, and what there is to say of the configuration and folders."""

    releases: tuple[ReleaseCheck, ...]
    remarks: tuple[Noted, ...]
    policy: Policy
    updated: tuple[Path, ...] = ()

    @property
    def findings(self) -> Iterator[tuple[str, Noted]]:
        """Every finding with its release, "" for a remark."""
        for release in self.releases:
            yield from ((release.source, noted) for noted in release.findings)
        yield from (("", noted) for noted in self.remarks)

    @property
    def failing(self) -> bool:
        """Whether a finding is at or above the threshold."""
        return any(self.policy.fails(noted) for _, noted in self.findings)

    @property
    def code(self) -> int:
        """The exit code: 3 where something can't be read, 1 where a finding fails the check."""
        errors = [release.error.exit_code for release in self.releases if release.error is not None]
        return max([int(self.failing), *errors])


def run_check(
    sources: Sequence[str],
    task: Task,
    *,
    jobs: int = 0,
    update: bool = False,
    folders: Sequence[Path] = (),
    left_out: Sequence[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Checks `sources` and gives the outcome in their order; `jobs` is the number of processes, 0 for one a processor.

    `folders` were given as a whole: a facts file in one of them without its release is told. `left_out` are folders
    inside given ones that hold releases which are not checked; each is told. `progress` hears of each
    release that is done. With `update` the facts of every release that could be read are accepted, each file in one
    step. Raises InputError where a worker is killed; no facts file has been touched then.
    """
    if STDIN in sources:
        facts_file(STDIN, task.baseline)  # refuses before anything is read
    results = {}
    for result in _results(sources, task, jobs or os.cpu_count() or 1):
        results[result.source] = result
        progress(result.source)
    releases = across([results[source] for source in sources], task.policy)
    used = [ignored.ignore for release in releases for ignored in release.ignored]
    missed, ignored = _left_out(left_out, task.policy)
    used += [one.ignore for one in ignored]
    remarks = (*_orphans(folders, releases, task), *missed, *task.policy.remarks(used))
    if not update:
        return Outcome(releases, remarks, task.policy)
    updated = tuple(_accept(releases))
    return Outcome(tuple(map(_as_accepted, releases)), remarks, task.policy, updated)


def _results(sources: Sequence[str], task: Task, jobs: int) -> Iterator[ReleaseCheck]:
    """The outcomes as they come."""
    if jobs == 1 or len(sources) < _WORTH_A_POOL:
        yield from (check_release(source, task) for source in sources)
        return
    with _pool(min(jobs, len(sources))) as pool:
        waiting = {pool.submit(check_release, source, task): source for source in sources}
        try:
            for done in as_completed(waiting):
                yield done.result()
                del waiting[done]
        except BrokenProcessPool:
            first = next(iter(waiting.values()))
            cause = f"a worker process was killed; {len(waiting)} of {len(sources)} releases were not checked"
            raise InputError(first, cause, "run it again, with --jobs 1 where memory is short") from None


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """A pool that ends at once where it is left before its work is done; not even its temporary files stay then."""
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    with TemporaryDirectory(prefix="pressmark-") as scratch:
        pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(scratch,))
        try:
            yield pool
        except (KeyboardInterrupt, GeneratorExit):
            for worker in set(multiprocessing.active_children()) - others:
                worker.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _begin(scratch: str) -> None:
    """What a worker does first: it leaves interrupts and temporary files to its parent, and sees to ending with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = scratch
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A pool's workers would wait for work for ever where their parent was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _as_accepted(release: ReleaseCheck) -> ReleaseCheck:
    """The outcome after its facts were accepted: nothing is new, and how they differed is no longer at fault."""
    if release.error is not None:
        return release
    findings = tuple(replace(n, new=False) for n in release.findings if n.finding.code not in COMPARED)
    return replace(release, findings=findings)


def _orphans(folders: Sequence[Path], releases: Sequence[ReleaseCheck], task: Task) -> Iterator[Noted]:
    """A finding for each facts file whose release is not in the folder that was checked."""
    known = {release.facts_file.absolute() for release in releases}
    for folder in [task.baseline] if task.baseline and folders else folders:
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            name = path.name.removesuffix(SUFFIX)
            if path.absolute() not in known:
                message = f"the release of these accepted facts, {name}, is not there"
                yield Noted(finding("check.no-release", message, Span(str(path), 1)))


def _left_out(folders: Sequence[str], policy: Policy) -> tuple[list[Noted], list[Ignored]]:
    """A finding for each folder, and those that the policy ignores."""
    kept: list[Noted] = []
    ignored: list[Ignored] = []
    for folder in folders:
        message = f"{folder} holds releases that are not checked"
        some, others = policy.applied(folder, [Noted(finding("check.left-out", message, Span(folder, 1)))])
        kept += some
        ignored += others
    return kept, ignored


def _accept(releases: Sequence[ReleaseCheck]) -> Iterator[Path]:
    """Writes the facts files that change: each whole or not at all."""
    for release in releases:
        path, content = release.facts_file, release.content
        if content is None or (path.exists() and path.read_bytes() == content):
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(str(path.parent), f"it can't be made ({error.strerror})", "name another folder") from error
        write_whole(path, content)
        yield path
