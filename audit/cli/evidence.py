"""``plumbline evidence``: search the findings, and show one."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from audit.cli.tables import hanging, paragraph
from audit.core.bank_loader import bank_ids, load_bank
from audit.core.documents import suggest
from audit.core.errors import UsageError
from audit.core.evidence import Finding, Kind
from audit.core.library_loader import load_library
from audit.core.texts import quotable
from audit.operations.evidence import Wanted, search
from audit.reports.wording import capital, counted


@click.group()
def evidence() -> None:
    """Search the findings of the published evaluations."""


@evidence.command("search")
@click.argument("text")
@click.option("--item", "item_id", metavar="ID", default="", help="Only findings on this condition or ingredient.")
@click.option("--most", type=click.IntRange(1), default=10, show_default=True, help="How many to show, best first.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Text to read, or JSON with all found.",
)
def search_findings(text: str, item_id: str, most: int, form: str) -> None:
    """Find findings that hold the words of TEXT, best first.

    Singular and plural are the same. Where no finding holds all words, those that hold any are shown.
    """
    found = search(text, Wanted(item=_known_item(item_id)))
    if form == "json":
        click.echo(json.dumps([_as_data(finding) for finding in found], ensure_ascii=False, indent=2))
        return
    if not found:
        click.echo("Nothing found. Try fewer words, or another word for the same thing.")
        return
    for finding in found[:most]:
        click.echo(_opening(finding))
    shown = f", the best {most} of them shown: see --most" if len(found) > most else ""
    click.echo(f"\n{capital(counted(len(found), 'finding'))}{shown}.")


@evidence.command("show")
@click.argument("finding_id", metavar="ID")
def show_finding(finding_id: str) -> None:
    """Show one finding with all that says how far to trust it."""
    by_id = load_library().by_id
    if finding_id not in by_id:
        raise UsageError(f'"{quotable(finding_id)}" names no finding. {suggest(finding_id, by_id)}')
    finding = by_id[finding_id]
    click.echo(_opening(finding))
    rows = {
        "Setting": finding.setting,
        "Rests on": finding.basis,
        "Figures": "; ".join(finding.figures),
        "Bears on": ", ".join(finding.items),
        "Stands in": f"{finding.publication.title}, line {finding.line} of its text version",
        "Also at": "; ".join(f"{repeat.place} (line {repeat.line})" for repeat in finding.repeats),
        "But also says": " ".join(f"{each.says} ({each.place}, line {each.line})" for each in finding.conflicts),
        "A step to consider (ours)": finding.action,
    }
    for label, words in rows.items():
        if words:
            click.echo(hanging(f"{label}: ", words, indent=4))


def _opening(finding: Finding) -> str:
    words = f"{finding.strength.words}, {finding.direction.words}"
    lines = [
        f"\n{finding.id}  {finding.publication.short}, {finding.place}  [{words}]",
        paragraph(finding.says, indent=4),
    ]
    if finding.kind is Kind.RESPONSE:
        lines.append(paragraph("An answer by the service itself, and not evidence.", indent=4))
    return "\n".join(lines)


def _known_item(item_id: str) -> str:
    known = [name for bank_id in bank_ids() for name in load_bank(bank_id).items]
    if item_id and item_id not in known:
        raise UsageError(f'"{quotable(item_id)}" names no condition or ingredient. {suggest(item_id, known)}')
    return item_id


def _as_data(finding: Finding) -> dict[str, object]:
    words = {"kind": finding.kind.value, "direction": finding.direction.value, "strength": finding.strength.value}
    by_item = {name: direction.value for name, direction in finding.by_item.items()}
    return {**asdict(finding), "publication": finding.publication.id, **words, "by_item": by_item}
