"""``plumbline schema``: the JSON Schemas of the files that Plumbline reads and writes."""

from __future__ import annotations

import click

from audit.core.resources import question_banks

_ENDING = ".schema.json"
_FOLDER = question_banks() / "schemas"
_NAMES = sorted(path.name.removesuffix(_ENDING) for path in _FOLDER.glob(f"*{_ENDING}"))


@click.command()
@click.argument("name", metavar="NAME", type=click.Choice(_NAMES))
def schema(name: str) -> None:
    """Print the JSON Schema of a kind of file.

    NAME is gap-report for what "plumbline report -o FILE.json" writes, or bank, evidence, syntheses, links, settings or
    cautions for the files of question banks and evidence.
    """
    click.echo((_FOLDER / f"{name}{_ENDING}").read_text(encoding="utf-8"), nl=False)
