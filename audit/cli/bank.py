"""``plumbline bank``: list, show and check question banks."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.tables import hanging, paragraph, table
from audit.core.bank import Bank, Item, OpeningQuestion, Section, SupplementaryPrompt
from audit.core.bank_loader import bank_ids, load_bank, load_bank_file
from audit.core.library_loader import load_library


@click.group()
def bank() -> None:
    """List, show and check question banks."""


@bank.command("list")
def list_banks() -> None:
    """List the banks that Plumbline carries."""
    rows = [[b.id, b.version, str(len(b.items)), b.title] for b in map(load_bank, bank_ids())]
    click.echo(table(["Bank", "Version", "Items", "Title"], rows, right=[2]))


@bank.command("show")
@click.argument("bank_id", metavar="ID")
def show_bank(bank_id: str) -> None:
    """Show a bank: its items with their levels and what to look for."""
    shown = load_bank(bank_id)
    click.echo(f"{shown.title} ({shown.id} {shown.version})\n")
    click.echo(f"{paragraph(shown.summary)}\n\n{paragraph(shown.caution)}\n")
    target = shown.default_target
    click.echo(f"Default target: {target.number} {target.name}. Weightings:")
    for weighting in shown.weightings:
        click.echo(hanging(f"{weighting.name}: ", weighting.rule, indent=2))
    _show_prompts("Before you rate, talk over", shown.opening)
    for child in shown.root.children:
        _show(child, shown)
    _show_prompts("Outside the score, in words only", shown.supplementary)


def _show(node: Section | Item, shown: Bank) -> None:
    if isinstance(node, Item):
        _show_item(node, shown)
        return
    click.echo(f"\n{node.title}\n{'=' * len(node.title)}")
    for child in node.children:
        _show(child, shown)


def _show_item(item: Item, shown: Bank) -> None:
    click.echo(f"\n{item.id}  {item.title}  [{item.source.place}]")
    click.echo(paragraph(item.prompt, indent=4))
    for level in shown.scale.levels:
        click.echo(hanging(f"{level.number} {level.name}: ", item.descriptors[level.number], indent=4))
    click.echo(hanging("Look for: ", "; ".join(item.look_for) + ".", indent=4))
    for dependency in item.depends_on:
        click.echo(hanging(f"Depends on {dependency.item_id}: ", dependency.says, indent=4))


def _show_prompts(title: str, prompts: tuple[OpeningQuestion, ...] | tuple[SupplementaryPrompt, ...]) -> None:
    if prompts:
        click.echo(f"\n{title}\n{'=' * len(title)}")
    for prompt in prompts:
        text = prompt.question if isinstance(prompt, OpeningQuestion) else f"{prompt.title}. {prompt.prompt}"
        click.echo(hanging(f"{prompt.id}  ", text))


@bank.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def check_bank(file: Path) -> None:
    """Check a bank file and say what is wrong, with its line."""
    checked = load_bank_file(file, load_library().by_id)
    sections = len(list(checked.root.sections()))
    size = [
        f"{count} {name if count == 1 else name + 's'}"
        for count, name in ((len(checked.items), "item"), (sections, "section"), (len(checked.weightings), "weighting"))
    ]
    click.echo(f"{file}: no fault found. {checked.id} {checked.version} has {size[0]}, {size[1]} and {size[2]}.")
