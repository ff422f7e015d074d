"""What can go wrong while the assets are built."""

from __future__ import annotations


class AssetsFault(Exception):
    """The assets cannot be built. The message says why, and what would help."""
