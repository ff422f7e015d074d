"""Which browser and computer somebody signs in with, in a few words."""

from __future__ import annotations

# The first that a browser's name for itself holds: most also hold the names of those below them.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_COMPUTERS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """A browser's name for itself in words, such as "Firefox on Windows"; an unknown one is "Another browser"."""
    browser = _first(_BROWSERS, user_agent) or "Another browser"
    computer = _first(_COMPUTERS, user_agent)
    return f"{browser} on {computer}" if computer else browser


def _first(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next((words for mark, words in names if mark in text), "")
