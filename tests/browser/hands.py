"""Two ways to work a page: with a mouse, and with a keyboard alone."""

from __future__ import annotations

from typing import Protocol, cast

from playwright.sync_api import Locator, Page

# A page has far fewer places to stop at. Beyond this the keyboard is caught, or the thing cannot be reached.
_MOST_STOPS = 200
# What has the focus, and whether one can see that: an outline or a shadow, on itself or on the box drawn for it.
_STOP = """aim => {
    const here = document.activeElement;
    const drawn = [getComputedStyle(here)];
    if (here.labels?.length) drawn.push(getComputedStyle(here.labels[0], "::before"));
    const clear = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
        && !/^rgba.*, 0\\)$/.test(style.outlineColor) || style.boxShadow !== "none";
    const box = here.getBoundingClientRect();
    return {
        there: here === aim || (aim.type === "radio" && here.name === aim.name && here.form === aim.form),
        exact: here === aim,
        body: here === document.body,
        seen: drawn.some(clear) && box.bottom > 0 && box.top < innerHeight && box.width > 0,
        what: here.outerHTML.slice(0, 200),
    };
}"""


class Hands(Protocol):
    """What a person can do to a page."""

    page: Page

    def press(self, aim: Locator) -> None:
        """Press a button, or follow a link."""

    def choose(self, aim: Locator) -> None:
        """Choose one of several radio buttons."""

    def write(self, aim: Locator, text: str) -> None:
        """Put a text into a field, over what is there."""


class Mouse:
    """Points and clicks; types only into fields."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, aim: Locator) -> None:
        """Click."""
        aim.click()

    def choose(self, aim: Locator) -> None:
        """Click the words beside the button."""
        name = aim.get_attribute("id")
        self.page.locator(f'label[for="{name}"]').click()

    def write(self, aim: Locator, text: str) -> None:
        """Click into the field, mark all of it, type."""
        aim.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)


class Keyboard:
    """Goes from place to place with Tab, as a person does who cannot use a mouse. The focus must always be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, aim: Locator) -> None:
        """Enter on a button or a link."""
        self._go_to(aim)
        self.page.keyboard.press("Enter")

    def choose(self, aim: Locator) -> None:
        """Tab to the buttons, arrows among them, Space if none was chosen."""
        self._go_to(aim)
        for _ in range(_MOST_STOPS):
            if self._stop(aim)["exact"]:
                break
            self.page.keyboard.press("ArrowDown")
        if not aim.is_checked():
            self.page.keyboard.press("Space")
        assert aim.is_checked()

    def write(self, aim: Locator, text: str) -> None:
        """Tab to the field, mark all of it, type."""
        self._go_to(aim)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def _go_to(self, aim: Locator) -> None:
        for _ in range(_MOST_STOPS):
            stop = self._stop(aim)
            assert stop["seen"] or stop["body"], f"the focus cannot be seen: {stop['what']}"
            if stop["there"]:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not get to {aim}")

    def _stop(self, aim: Locator) -> dict[str, object]:
        return cast(dict[str, object], aim.evaluate(_STOP))
