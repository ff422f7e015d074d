"""The file that travels in a PDF report: all that its numbers come from, and the numbers that it prints."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

from audit import __version__
from audit.core.answer_writing import write_answers_json
from audit.core.bank import Bank, Weighting
from audit.core.closed_workshops import WorkshopSummary
from audit.core.library_loader import load_library
from audit.core.moderation import Agreement
from audit.core.responses import Answers
from audit.reports.gap_report import GapReport
from audit.reports.grounds import Around
from audit.reports.proof.numbers import printed
from audit.reports.proof.statements import Part, Statement
from audit.reports.proof.workshops import workshops_json

NAME = "plumbline-answers.json"
SAYS = "The answers that the numbers of this report come from. Plumbline checks the report with them."
FORMAT = "plumbline-report-answers"
# Goes up with any change of the names of numbers or of the fields below. Files of version 1 tell of no workshops.
FORMAT_VERSION = 2
FORMAT_VERSIONS = (1, FORMAT_VERSION)


@dataclass(frozen=True)
class Made:
    """What a report was made with: Plumbline's version, the SHA-256 of its findings, and the question bank."""

    plumbline: str
    findings: str
    bank_id: str
    bank_version: str
    bank_sha256: str


@dataclass(frozen=True)
class Payload:
    """What the attached file says.

    ``weights`` are those of an authority's own weighting by id, or None for a weighting of the bank. ``beside`` are
    level numbers by item id from an audit on another bank. ``agreement`` is that of a team, or None.
    ``workshops`` hold of each vote what the report prints. ``answers`` are the entries of an answers file in JSON.
    ``whole`` tells whether the checksum fits: it does not once anything was changed.
    """

    made: Made
    authority: str
    title: str
    subtitle: str
    notice: str
    made_on: str
    length: str
    weighting: str
    weighting_title: str
    weights: dict[str, Fraction] | None
    first: bool
    beside: dict[str, int]
    beside_named: str
    agreement: Agreement | None
    workshops: tuple[WorkshopSummary, ...]
    answers: list[dict[str, Any]]
    statements: tuple[Statement, ...] = field(repr=False)
    whole: bool


def make_payload(
    report: GapReport,
    bank: Bank,
    answers: Answers,
    around: Around | None = None,
    weighting: Weighting | None = None,
) -> bytes:
    """The attached file of a report on these answers to ``bank``, as JSON. The same report gives the same bytes.

    ``around`` is what the report was built with. ``weighting`` is needed only where it is none of the bank's.
    """
    around = around or Around()
    weighting = weighting or next(each for each in bank.weightings if each.title == report.bank.weighting)
    own = weighting not in bank.weightings
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "plumbline": __version__,
        "findings_sha256": findings_sha256(),
        "bank": {"id": bank.id, "version": bank.version, "sha256": bank.sha256},
        "weighting": {
            "name": weighting.name,
            "title": weighting.title,
            "weights": {name: str(weight) for name, weight in weighting.weights.items()} if own else None,
        },
        "authority": report.authority,
        "title": report.title,
        "subtitle": report.subtitle,
        "notice": report.notice,
        "made_on": report.made_on,
        "length": report.length.value,
        "first": around.first,
        "beside": {name: level.number for name, level in around.beside.items()},
        "beside_named": around.beside_named,
        "agreement": _agreement_json(around.agreement),
        "workshops": workshops_json(around.workshops),
        "answers": json.loads(write_answers_json(bank, answers)),
        "printed": [[_as_json(part) for part in each.parts] for each in printed(report)],
    }
    return (json.dumps({**document, "sha256": checksum(document)}, indent=1) + "\n").encode("ascii")


def _agreement_json(agreement: Agreement | None) -> dict[str, Any] | None:
    if agreement is None:
        return None
    alpha = agreement.accords.alpha
    fields = asdict(agreement)
    fields["accords"]["alpha"] = None if alpha is None else str(alpha)
    return fields


def checksum(document: dict[str, Any]) -> str:
    """The SHA-256 of a document without its field ``sha256``, in a form that no layout changes."""
    bare = {key: value for key, value in document.items() if key != "sha256"}
    return hashlib.sha256(json.dumps(bare, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


@cache
def findings_sha256() -> str:
    """The SHA-256 of all findings that this Plumbline carries, and of what they come to."""
    return hashlib.sha256(repr(load_library()).encode()).hexdigest()


def _as_json(part: Part) -> str | list[str]:
    return part if isinstance(part, str) else [part.name, part.shown]
