"""``plumbline schema`` prints every schema that Plumbline carries."""

from __future__ import annotations

import pytest

from audit.core.resources import question_banks
from tests.cli.running import Run

FILES = {path.name.removesuffix(".schema.json"): path for path in (question_banks() / "schemas").iterdir()}


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_printed_as_it_lies_on_disk(run: Run, name: str) -> None:
    done = run("schema", name)
    assert (done.code, done.err) == (0, "")
    assert done.out == FILES[name].read_text(encoding="utf-8")


def test_help_names_every_schema(run: Run) -> None:
    words = run("schema", "--help").out.replace(",", " ").split()
    assert set(FILES) <= set(words)


def test_an_unknown_name_is_refused_with_the_names_there_are(run: Run) -> None:
    done = run("schema", "report")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert all(f"'{name}'" in done.err for name in FILES)
