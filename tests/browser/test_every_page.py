"""Every page in every state: accessible, as narrow as a phone, silent, and asking nobody else for anything."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException

from audit.operations.workplace import Workplace
from audit.web.app import create_app
from audit.web.settings import Settings
from tests.browser.axe import violations
from tests.browser.page_list import NOT_PAGES, ROWS
from tests.browser.rows import Row
from tests.browser.scene import Scene
from tests.browser.visiting import Visitor
from tests.browser.watching import NARROW

pytestmark = pytest.mark.browser
# What sticks out of a narrow page and is not inside something that scrolls by itself.
_STICKING_OUT = """() => [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
    .filter(each => {
        for (let over = each.parentElement; over; over = over.parentElement)
            if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(over).overflowX)) return false;
        return true;
    })
    .slice(0, 5).map(each => each.outerHTML.slice(0, 200))"""
_WALLS = ((1920, 1080), (1280, 720), (1024, 768))
_WIDTH = "document.documentElement.scrollWidth"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_page(visitor: Visitor, scene: Scene, row: Row) -> None:
    page, watch = visitor.show(row)
    assert watch.status == row.status
    assert _endpoint(scene.app, page.url) == row.endpoint
    faults = _faults(page)
    watch.check()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("row", [row for row in ROWS if row.endpoint == "projector.show"], ids=lambda row: row.name)
def test_a_wall_shows_all_of_it(visitor: Visitor, row: Row) -> None:
    """Nobody scrolls a projector: they are HD, or of the older shape."""
    page, _ = visitor.show(row)
    for width, height in _WALLS:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollHeight") <= height, (width, height)
        assert page.evaluate(_WIDTH) <= width, (width, height)


def _faults(page: Page) -> list[str]:
    # Whatever can be opened is read too.
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    faults = [f"axe: {each}" for each in violations(page)]
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    width = page.evaluate(_WIDTH)
    if width > NARROW["width"]:
        faults.append(f"{width} pixels wide on a narrow screen: {page.evaluate(_STICKING_OUT)}")
    return faults


def _endpoint(app: Flask, url: str) -> str | None:
    try:
        endpoint, _ = app.url_map.bind("").match(urlsplit(url).path, method="GET")
    except HTTPException:
        return None
    return str(endpoint)


def test_no_page_is_left_out(tmp_path: Path) -> None:
    app = create_app(Workplace(tmp_path), Settings(tmp_path, "a key for tests, drawn by no one at all"))
    shown = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert shown - NOT_PAGES == {row.endpoint for row in ROWS} - {None, "broken"}
    assert shown >= NOT_PAGES
