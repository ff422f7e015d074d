"""A browser for the whole run, and instances for it to visit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from audit.operations.workplace import Workplace
from tests.browser.chromium import chromium_path, launched
from tests.browser.scene import Scene, build, made_app
from tests.browser.visiting import Visitor
from tests.serving import served

_NONE = "NO BROWSER TEST HAS RUN: there is no Chromium on this machine. On Debian: apt-get install chromium"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        if os.environ.get("PLUMBLINE_REQUIRE_BROWSER") == "1":
            pytest.fail(_NONE)
        pytest.skip(_NONE)
    with launched(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return build(tmp_path_factory.mktemp("scene"))


@pytest.fixture(scope="session")
def visitor(browser: Browser, scene: Scene) -> Iterator[Visitor]:
    with served(scene.app) as address:
        made = Visitor(browser, scene, address)
        yield made
        made.close()


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path / "instance")


@pytest.fixture
def address(workplace: Workplace) -> Iterator[str]:
    with served(made_app(workplace)) as found:
        yield found
