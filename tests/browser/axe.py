"""Accessibility as axe sees it."""

from __future__ import annotations

import json
from typing import Any, cast

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
# Run outside the page's policy, as a reader's own extension would be: the policy itself stays in force.
_RUN = f"async () => (await axe.run({json.dumps(_OPTIONS)})).violations"


def violations(page: Page) -> list[str]:
    """What axe objects to on a page, a line for each."""
    page.evaluate(AXE_SCRIPT)
    found = cast(list[dict[str, Any]], page.evaluate(_RUN))
    return [
        f"{rule['id']}: {rule['help']}: {node['target']}: {node['html'][:300]}"
        for rule in found
        for node in rule["nodes"]
    ]
