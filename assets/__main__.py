"""``python -m assets``: build audit/static/vendor/ with npm.

``python -m assets FOLDER`` takes the package from FOLDER instead, a copy of node_modules/govuk-frontend. No network
is needed then.
"""

from __future__ import annotations

import sys
from pathlib import Path

from assets.build import VENDOR, build
from assets.faults import AssetsFault


def main() -> None:
    """Build, or end with one line that says what is wrong."""
    try:
        build(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    except AssetsFault as fault:
        sys.exit(f"The page components were not built. {fault}")
    sys.stdout.write(f"Built the page components in {VENDOR}\n")


if __name__ == "__main__":
    main()
