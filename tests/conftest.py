"""What the whole test run shares."""

from __future__ import annotations

import pytest
from hypothesis import settings

from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.library import Library
from audit.core.library_loader import load_library

# A slow machine is not a fault.
settings.register_profile("plumbline", deadline=None)
settings.load_profile("plumbline")


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session", params=["recommendations", "key-ingredients"])
def bank(request: pytest.FixtureRequest) -> Bank:
    return load_bank(request.param)
