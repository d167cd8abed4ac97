"""A pytest plugin: collects facts files or configured releases as tests, and gives tests a `pressmark` fixture.

Installed with Pressmark; it collects nothing but the facts files that `pressmark check --update` wrote, and imports the
rest of Pressmark only when one is run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pressmark.check.config import Config
    from pressmark.check.run import Outcome
    from pressmark.report.model import Report

LEAST = (7, 4)
SUFFIX = ".facts.csv"
_CONFIG: pytest.StashKey[Config] = pytest.StashKey()
_RELEASES: pytest.StashKey[frozenset[Path]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that collects releases."""
    parser.getgroup("pressmark").addoption(
        "--pressmark",
        action="store_true",
        help="collect the releases of pressmark.toml (or tool.pressmark) instead of their facts files",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuses a pytest that lacks what the plugin uses; with --pressmark, finds the releases."""
    check_version(pytest.__version__)
    config.stash[_RELEASES] = frozenset(_releases(config)) if config.getoption("--pressmark") else frozenset()


def check_version(version: str) -> None:
    """Raises pytest.UsageError for a version of pytest that is too old."""
    if tuple(int(part) for part in version.split(".")[:2]) < LEAST:
        least = ".".join(map(str, LEAST))
        raise pytest.UsageError(f"pressmark: pytest {version} is too old for its plugin; install pytest>={least}")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A facts file of ours, or with --pressmark a release that the configuration names."""
    if parent.config.getoption("--pressmark"):
        found = file_path in parent.config.stash[_RELEASES]
    else:
        found = file_path.name.endswith(SUFFIX) and _ours(file_path)
    return Accepted.from_parent(parent, path=file_path) if found else None


def _ours(path: Path) -> bool:
    with path.open("rb") as file:
        return file.readline().startswith(b"# Accepted facts of ")


def _configuration(config: pytest.Config) -> Config:
    """The configuration for the root of the tests, read once. Raises UsageError for a faulty one."""
    from pressmark.check.config import Config, find_config, read_config

    if _CONFIG not in config.stash:
        found = find_config(config.rootpath)
        config.stash[_CONFIG] = read_config(found) if found is not None else Config()
    return config.stash[_CONFIG]


def _releases(config: pytest.Config) -> Iterator[Path]:
    from pressmark.errors import PressmarkError

    try:
        yield from (Path(name).absolute() for name, _ in _named(_configuration(config)))
    except PressmarkError as error:
        raise pytest.UsageError(f"pressmark: {error}") from None


def _named(config: Config) -> list[tuple[str, Path]]:
    """The releases of the configuration with their facts files; UsageError where two have one."""
    from pressmark.check.release import facts_file
    from pressmark.inputs import releases

    found = releases(config.paths, output=lambda source: facts_file(source, config.baseline))
    return [(source, facts_file(source, config.baseline).absolute()) for source in found]


class Accepted(pytest.File):
    """A facts file, or a release: one test."""

    def collect(self) -> Iterable[pytest.Item]:
        """The test that its release converts to the accepted facts."""
        yield AcceptedFacts.from_parent(self, name="accepted facts")


class CheckFailedError(Exception):
    """What a check tells, as text."""


class AcceptedFacts(pytest.Item):
    """Passes where `pressmark check` does."""

    def runtest(self) -> None:
        """Checks the release under the project's configuration."""
        config = _configuration(self.config)
        outcome = _checked([self._release(config)], config)
        if outcome.code:
            raise CheckFailedError(_text(outcome))

    def _release(self, config: Config) -> str:
        """The release of a facts file: beside it, else among those of the configuration."""
        from pressmark.inputs import SUFFIXES

        if not self.path.name.endswith(SUFFIX):
            return str(self.path)
        name = self.path.name.removesuffix(SUFFIX)
        beside = [self.path.with_name(f"{name}{suffix}") for suffix in SUFFIXES]
        found = [str(path) for path in beside if path.is_file()]
        if config.paths:
            found += [release for release, facts in _named(config) if facts == self.path.absolute()]
        if not found:
            raise CheckFailedError(f"{self.path}: the release of these accepted facts, {name}, is not there")
        return found[0]

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401 - pytest's
        """The check's own words, without a traceback."""
        from pressmark.errors import PressmarkError

        if isinstance(excinfo.value, CheckFailedError | PressmarkError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """How the test is called in a report."""
        return self.path, 0, f"{self.path.name}: accepted facts"


class Pressmark:
    """What the `pressmark` fixture gives."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def convert(self, source: str | Path, out: str | Path | None = None, **options: Any) -> Report:  # noqa: ANN401
        """The validated report of a release; see `pressmark.convert`."""
        import pressmark

        return pressmark.convert(source, out, **options)

    def check(self, *sources: str | Path) -> Outcome:
        """Checks releases under the project's configuration; the test fails with what the check tells."""
        from pressmark.errors import PressmarkError

        try:
            outcome = _checked([str(source) for source in sources], _configuration(self._config))
        except PressmarkError as error:
            pytest.fail(str(error), pytrace=False)
        if outcome.code:
            pytest.fail(_text(outcome), pytrace=False)
        return outcome


@pytest.fixture
def pressmark(request: pytest.FixtureRequest) -> Pressmark:
    """Converts releases, and checks them against their accepted facts."""
    return Pressmark(request.config)


def _checked(sources: list[str], config: Config) -> Outcome:
    from pressmark.check.prepare import task
    from pressmark.check.run import run_check

    return run_check(sources, task(config), jobs=config.jobs or 1)


def _text(outcome: Outcome) -> str:
    """What `pressmark check` prints, without colours, and why a release could not be read."""
    import click

    from pressmark.check.formats import told

    errors = [str(release.error) for release in outcome.releases if release.error is not None]
    return "\n".join([*errors, click.unstyle(told(outcome, "text")).rstrip()])
