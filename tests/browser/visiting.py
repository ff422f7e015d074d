"""Going to the pages of a scene, as one or another of its people."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.browser.rows import NOBODY, Row
from tests.browser.scene import LEAD, Scene
from tests.browser.watching import WIDE, Watch

PATIENCE = 10_000


class Visitor:
    """Opens pages. Each person has a window, which stays open from page to page, so that a page costs one load."""

    def __init__(self, browser: Browser, scene: Scene, address: str) -> None:
        self._browser = browser
        self._scene = scene
        self._address = address
        self._windows: dict[str, tuple[Page, Watch]] = {}

    def show(self, row: Row) -> tuple[Page, Watch]:
        """The page of a row, with the watch over its window."""
        page, watch = self._window(row.who)
        page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})
        page.goto(self._address + row.address.format(link=self._scene.link(LEAD), **self._scene.places))
        if row.then:
            row.then(page, self._scene)
            page.wait_for_load_state()
        return page, watch

    def _window(self, who: str) -> tuple[Page, Watch]:
        if who == NOBODY:
            # A session remembers which page was asked for: everyone who is signed out begins anew.
            self._close(who)
        if who not in self._windows:
            context = self._browser.new_context(viewport={"width": WIDE["width"], "height": WIDE["height"]})
            context.set_default_timeout(PATIENCE)
            watch = Watch(context, self._address)
            page = context.new_page()
            if who != NOBODY:
                page.goto(self._address + self._scene.link(who))
                page.get_by_role("button", name="Sign in").click()
            self._windows[who] = page, watch
        return self._windows[who]

    def _close(self, who: str) -> None:
        if who in self._windows:
            page, _ = self._windows.pop(who)
            page.context.close()

    def close(self) -> None:
        """Close all windows."""
        for who in list(self._windows):
            self._close(who)
