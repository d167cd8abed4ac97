"""The two ways a caller can be at fault; everything else that goes wrong is a `Finding`."""

from __future__ import annotations


class PressmarkError(Exception):
    """One clear line: the file or option, the cause, and the mend. `exit_code` is the command's."""

    exit_code = 2

    def __init__(self, where: str, cause: str, mend: str) -> None:
        super().__init__(f"{where}: {cause}; {mend}")
        self.where, self.cause, self.mend = where, cause, mend

    def __reduce__(self) -> tuple[type[PressmarkError], tuple[str, str, str]]:
        """Lets it pass from one process to another."""
        return type(self), (self.where, self.cause, self.mend)


class UsageError(PressmarkError):
    """Options that contradict each other, an output that can't be written, a package that is broken."""

    exit_code = 2


class InputError(PressmarkError):
    """A source that can't be read as a release: missing, empty, binary, beyond the limits."""

    exit_code = 3
