"""Brings the built assets into each distribution. All else about the distribution stands in setup.cfg."""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

# A build in isolation does not look for modules here by itself.
sys.path.insert(0, str(Path(__file__).parent))

from assets.build import build, is_built


class BuildWithAssets(build_py):
    """Takes the package's modules and data, the assets among them."""

    def run(self) -> None:
        """Build the assets first if they are missing."""
        bring_assets()
        super().run()


class SourceWithAssets(sdist):
    """Packs the sources with the built assets, so that a build from them needs neither Node nor npm."""

    def run(self) -> None:
        """Build the assets first if they are missing."""
        bring_assets()
        super().run()


def bring_assets() -> None:
    """Build the assets if they are missing or of another version."""
    if not is_built():
        build()


setup(cmdclass={"build_py": BuildWithAssets, "sdist": SourceWithAssets})
