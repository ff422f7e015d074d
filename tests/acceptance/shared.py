"""Other people's filled assessments, read from beside the project and never copied into it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "acceptance"


def published(name: str) -> Any:
    """The JSON file of this name; the test skips where it is absent."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{path} is absent: published examples are not part of this project")
    return json.loads(path.read_text(encoding="utf-8"))
