"""What a browser does beside showing a page: what it asks other hosts for, and what it complains of."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

WIDE = {"width": 1280, "height": 900}
# The width of a phone, and of a page of 1280 pixels magnified four times.
NARROW = {"width": 320, "height": 800}
# A browser writes this of the very page that it was asked to show, when we answer with an error page.
_STATUS = "Failed to load resource: the server responded with a status of"


class Watch:
    """Listens to a context. ``faults`` holds what no page of ours may cause; ``status`` is the last page's."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._answered: dict[str, int] = {}
        self.faults: list[str] = []
        self.status = 0
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", self._error)

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob", "about"):
            return
        if parts.netloc != self._host:
            self.faults.append(f"asked another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.status = response.status
            self._answered[response.url] = response.status
        elif response.status >= 400:
            self.faults.append(f"{response.status} for {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        of_a_page = self._answered.get(message.location["url"], 0) >= 400
        if not (of_a_page and message.text.startswith(_STATUS)):
            self.faults.append(f"console, {message.type}: {message.text} ({message.location['url']})")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def check(self) -> None:
        """Raise AssertionError with all that was noticed, and begin anew."""
        faults, self.faults = self.faults, []
        assert not faults, "\n".join(faults)
