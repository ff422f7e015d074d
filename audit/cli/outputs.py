"""Writing what the user asked for, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from audit.core.errors import UsageError


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is either there in full or as it was. Raises UsageError if it cannot be."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as fault:
        raise UsageError(f"{path} cannot be written: {fault.strerror}.") from None


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, where they are not there. Raises UsageError if that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UsageError(f"{path} cannot be made: {fault.strerror}.") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
