"""What the whole test run shares."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.library import Library
from audit.core.library_loader import load_library

# A slow machine is not a fault.
settings.register_profile("plumbline", deadline=None)
settings.load_profile("plumbline")


# Instances of tests lie in memory where there is room: every save waits for the disk, and a run makes thousands.
_MEMORY, _ROOM = Path("/dev/shm"), 2_000_000_000  # noqa: S108 - pytest makes folders of its own in it


def pytest_configure(config: pytest.Config) -> None:
    """Put the folders of tests into memory, unless somebody has said where they are to lie."""
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session", params=["recommendations", "key-ingredients"])
def bank(request: pytest.FixtureRequest) -> Bank:
    return load_bank(request.param)
