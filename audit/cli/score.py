"""``plumbline score``: the score of an answers file as a table or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import click

from audit.cli.inputs import choose_weighting, read_answers
from audit.cli.options import answers_argument, bank_options, chosen_bank, weighting_option
from audit.cli.tables import paragraph, table
from audit.core.gaps import contradictions, gap_shares
from audit.core.numbers import exact_or_none, percent, percent_or_none
from audit.core.scorecard import Scorecard, score_answers


@click.command()
@answers_argument
@bank_options
@weighting_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def score(answers: Path, bank_id: str | None, bank_file: Path | None, weighting: str | None, form: str) -> None:
    """Score the answers in a CSV, JSON or XLSX file."""
    bank = chosen_bank(bank_id, bank_file)
    scorecard = score_answers(bank, read_answers(answers, bank), choose_weighting(bank, weighting))
    click.echo(as_json(scorecard) if form == "json" else as_table(scorecard))


def as_json(scorecard: Scorecard) -> str:
    """The scorecard as JSON: exact numbers as fractions, shown numbers as decimals, null where there is none."""
    bank, overall, shares = scorecard.bank, scorecard.overall, gap_shares(scorecard)
    document = {
        "bank": {"id": bank.id, "version": bank.version, "sha256": bank.sha256},
        "weighting": scorecard.weighting.name,
        "overall": {
            "exact": exact_or_none(overall.score),
            "percent": percent_or_none(overall.score),
            "low": percent_or_none(overall.low),
            "high": percent_or_none(overall.high),
            "answered": scorecard.answered,
            "not_applicable": scorecard.not_applicable,
            "unknown": scorecard.unknown,
            "items": len(scorecard.items),
            "weight_excluded": str(scorecard.weight_excluded),
            "band": scorecard.band.name if scorecard.band else None,
        },
        "sections": [
            {
                "id": section.id,
                "raw": exact_or_none(section.raw),
                "raw_max": exact_or_none(section.raw_max),
                "exact": exact_or_none(section.score),
                "percent": percent_or_none(section.score),
                "low": percent_or_none(section.low),
                "high": percent_or_none(section.high),
            }
            for section in scorecard.sections
        ],
        "items": [
            {
                "id": entry.item.id,
                "state": entry.response.state.value,
                "level": entry.level.number if entry.level else None,
                "exact": exact_or_none(entry.score),
                "weight": str(entry.weight),
                "target": entry.target.number,
                "gap": exact_or_none(entry.gap),
                "share_of_gap": exact_or_none(shares[entry.item.id]),
            }
            for entry in scorecard.items
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def as_table(scorecard: Scorecard) -> str:
    """The scorecard as text for a terminal."""
    return "\n\n".join(part for part in (_overall(scorecard), _sections(scorecard), _items(scorecard)) if part)


def _overall(scorecard: Scorecard) -> str:
    overall, band = scorecard.overall, scorecard.band
    lines = [f"{scorecard.bank.title} ({scorecard.bank.id} {scorecard.bank.version}), {scorecard.weighting.title}"]
    if overall.score is None or band is None:
        lines.append("Overall: not yet scored")
    else:
        lines.append(f"Overall: {percent(overall.score)}% ({overall.score} exactly), {band.name.lower()}")
    if scorecard.unknown and overall.low is not None and overall.high is not None:
        lines.append(f"Range: {percent(overall.low)}% to {percent(overall.high)}%, with what is open at worst and best")
    lines.append(
        f"Rated {scorecard.answered} of {len(scorecard.items)}, not applicable {scorecard.not_applicable} "
        f"({percent(scorecard.weight_excluded)}% of weight), don't know or unanswered {scorecard.unknown}"
    )
    lines += [
        f"Check: {found.entry.item.id} against {found.other.item.id}. {found.says}"
        for found in contradictions(scorecard)
    ]
    return "\n".join([*lines, paragraph(scorecard.bank.caution)])


def _sections(scorecard: Scorecard) -> str:
    if len(scorecard.sections) < 2:
        return ""
    rows = [
        [
            s.title,
            _shown(percent_or_none(s.score)),
            _shown(percent_or_none(s.low)),
            _shown(percent_or_none(s.high)),
        ]
        for s in scorecard.sections
    ]
    return table(["Section", "Score %", "Low %", "High %"], rows, right=[1, 2, 3])


def _items(scorecard: Scorecard) -> str:
    shares = gap_shares(scorecard)
    rows = [
        [
            entry.item.id,
            entry.item.title,
            f"{entry.level.number} {entry.level.name}" if entry.level else entry.response.state.words,
            str(entry.target.number),
            _shown(percent_or_none(entry.score)),
            _shown(percent_or_none(shares[entry.item.id])),
            str(entry.weight),
        ]
        for entry in scorecard.items
    ]
    header = ["Item", "Title", "Rating", "Target", "Score %", "Gap share %", "Weight"]
    return table(header, rows, right=[3, 4, 5, 6])


def _shown(number: str | None) -> str:
    return "-" if number is None else number
