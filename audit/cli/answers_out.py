"""Writing answers to a file, in the format that its name asks for."""

from __future__ import annotations

from pathlib import Path

from audit.core.errors import UsageError
from audit.reports.answers_out import WRITERS, Writer


def answers_writer(output: Path, *suffixes: str) -> Writer:
    """What turns answers into the bytes of a file with this name, with rows for prompts or without.

    Raises UsageError if the name ends in none of ``suffixes``.
    """
    suffix = output.suffix.casefold()
    if suffix not in suffixes:
        *others, last = suffixes
        raise UsageError(f"{output} must end in {', '.join(others)} or {last}.")
    return WRITERS[suffix.removeprefix(".")]
