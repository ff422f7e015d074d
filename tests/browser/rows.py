"""A page in one of its states: where it is, who opens it, and what is done there first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.scene import LEAD, Scene

Step = Callable[[Page, Scene], object]
NOBODY = ""


@dataclass(frozen=True)
class Row:
    """A page in one state. ``endpoint`` is None where no view answers; ``then`` is done once the address is open."""

    name: str
    endpoint: str | None
    address: str
    who: str = LEAD
    status: int = 200
    then: Step | None = None


def press(words: str) -> Step:
    """Press a button."""

    def step(page: Page, scene: Scene) -> None:
        page.get_by_role("button", name=words, exact=True).click()

    return step
