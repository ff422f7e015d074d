"""Names of files that people download."""

from __future__ import annotations

import re

# What Windows, macOS or Linux refuse in a name, and what would change how a line reads.
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_PART_LIMIT = 60


def file_name(*parts: str, suffix: str) -> str:
    """The parts as one name, such as ``Testshire - Self-audit of 12 conditions - Autumn 2026.pdf``."""
    safe = (" ".join(_UNSAFE.sub(" ", part).split())[:_PART_LIMIT].strip(" .") for part in parts)
    return f"{' - '.join(part for part in safe if part)}.{suffix}"
