"""Pictures of every page, to look at: ``python -m tests.browser.screenshots FOLDER [WORD]``.

With a word, only the pages whose name holds it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.chromium import chromium_path, launched
from tests.browser.page_list import ROWS
from tests.browser.scene import build
from tests.browser.visiting import Visitor
from tests.browser.watching import NARROW, WIDE
from tests.serving import served

# Some pages are very long.
_PATIENCE = 60_000


def main(arguments: list[str]) -> str | None:
    """Save every page at two widths, whole. Returns what was wrong, or None."""
    path = chromium_path()
    if not arguments or path is None:
        return "Give a folder, on a machine with Chromium."
    folder, word = Path(arguments[0]), arguments[1] if len(arguments) > 1 else ""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as instance, launched(path) as browser:
        scene = build(Path(instance))
        with served(scene.app) as address:
            visitor = Visitor(browser, scene, address)
            for row in ROWS:
                if word in row.name:
                    page, _ = visitor.show(row)
                    for size in (WIDE, NARROW):
                        page.set_viewport_size({"width": size["width"], "height": size["height"]})
                        page.screenshot(
                            path=folder / f"{row.name}-{size['width']}.png", full_page=True, timeout=_PATIENCE
                        )
            visitor.close()
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
