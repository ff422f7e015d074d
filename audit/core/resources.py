"""Where the question banks and templates lie.

In a wheel they are package data (``audit/question_banks``, ``audit/templates``); in a source tree, and so in
an editable install, they stand at the top, beside the package.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def _folder(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def question_banks() -> Path:
    """The folder with one folder per bank, ``evidence/`` and ``demonstrations/``."""
    return _folder("question_banks")


def templates() -> Path:
    """The folder with the Jinja templates."""
    return _folder("templates")
