"""Checking a PDF report: its numbers are worked out again from the answers that travel in it.

This is a check and no signature. It holds that pages and answers agree, not who made them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from audit import __version__
from audit.core.answer_files import parse_answers
from audit.core.bank import Bank, Weighting
from audit.core.bank_loader import bank_ids, load_bank
from audit.core.closed_workshops import WorkshopSummary
from audit.core.errors import PlumblineError
from audit.core.library_loader import load_library
from audit.core.scorecard import score_answers
from audit.core.texts import quotable
from audit.reports.build import Cover, build_report
from audit.reports.gap_report import GapReport, Length
from audit.reports.grounds import Around
from audit.reports.proof.fields import Unreadable
from audit.reports.proof.matching import look_up, squeezed
from audit.reports.proof.numbers import OF_ITEMS, ON_FINDINGS, printed, values
from audit.reports.proof.opening import Opened, open_pdf
from audit.reports.proof.payload import NAME, Payload, findings_sha256
from audit.reports.proof.reading import read_payload
from audit.reports.proof.verdict import Closed, Outcome, Verdict
from audit.reports.wording import counted, day_words, listed

NOT_CHECKED = (
    "What people typed, the figures in findings, the charts and the page numbers are not checked.",
    "This is a check, not a signature. It shows that the pages and the answers in the file agree. It does not show who "
    "made the file.",
)
_NO_ANSWERS = (
    "This PDF carries no answers. It is not a gap report by Plumbline, or was made before reports carried them, or was "
    "saved again by a program that left them out."
)
Values = Mapping[str, tuple[str, ...]]


def check_pdf(data: bytes) -> Verdict:
    """The verdict on the bytes of a PDF. Raises NoPdf where they are no PDF."""
    try:
        opened = open_pdf(data)
        if opened.attached is None:
            return Verdict(Outcome.UNCHECKED, _NO_ANSWERS)
        payload = read_payload(opened.attached)
    except (Closed, Unreadable) as fault:
        return Verdict(Outcome.UNCHECKED, str(fault))
    facts = _facts(payload)
    try:
        report = rebuilt(payload, carried_bank(payload))
    except PlumblineError as fault:
        return Verdict(Outcome.UNCHECKED, str(fault), facts=facts)
    return replace(_compare(opened, payload, report), facts=facts)


def carried_bank(payload: Payload) -> Bank:
    """The bank that the report was made with. Raises Unreadable where this Plumbline does not have just that one."""
    made = payload.made
    named = quotable(f"{made.bank_id} {made.bank_version}")
    bank = load_bank(made.bank_id) if made.bank_id in bank_ids() else None
    if bank is None or bank.version != made.bank_version:
        raise Unreadable(f"This report was made with bank {named}, which this Plumbline does not have.")
    if bank.sha256 != made.bank_sha256:
        raise Unreadable(
            f"This report was made with a bank {named} that is not the one which this Plumbline has under that name: "
            f"its SHA-256 begins {quotable(made.bank_sha256[:16])}, and ours {bank.sha256[:16]}."
        )
    return bank


def rebuilt(payload: Payload, bank: Bank) -> GapReport:
    """The report as the attached answers give it. Raises PlumblineError where they cannot be read."""
    answers = parse_answers(json.dumps(payload.answers).encode(), NAME, bank)
    cover = Cover(payload.authority, payload.title, payload.made_on, notice=payload.notice, subtitle=payload.subtitle)
    try:
        card = score_answers(bank, answers, _weighting(payload, bank))
        return build_report(card, answers, load_library(), cover, _around(payload), Length(payload.length))
    except ZeroDivisionError:
        raise Unreadable("The attached weights are all zero. Nothing can be scored with them.") from None


def _weighting(payload: Payload, bank: Bank) -> Weighting:
    if payload.weights is not None:
        return Weighting(payload.weighting, payload.weighting_title, "", payload.weights)
    try:
        return bank.weighting(payload.weighting)
    except KeyError:
        raise Unreadable(
            f'The attached answers name a weighting "{payload.weighting}" that the bank has not.'
        ) from None


def _around(payload: Payload) -> Around:
    scales = {item_id: bank.scale for bank in map(load_bank, bank_ids()) for item_id in bank.items}
    try:
        beside = {item_id: scales[item_id].level(number) for item_id, number in payload.beside.items()}
    except (KeyError, IndexError, StopIteration):
        raise Unreadable("The attached answers name a rating of another audit that no bank has.") from None
    return Around(
        first=payload.first,
        beside=beside,
        beside_named=payload.beside_named,
        agreement=payload.agreement,
        workshops=_workshops(payload, load_bank(payload.made.bank_id)),
    )


def _workshops(payload: Payload, bank: Bank) -> tuple[WorkshopSummary, ...]:
    """The workshops, if they speak of items and levels of the bank. Raises Unreadable."""
    numbers = {level.number for level in bank.scale.levels}
    for item in (item for workshop in payload.workshops for item in workshop.items):
        settled = item.settlement
        given = {settled.level, settled.decided_level} - {None} if settled else set()
        spreads = [vote.spread for vote in item.votes if vote.spread]
        if item.item_id not in bank.items or not given <= numbers or any(set(s.levels) != numbers for s in spreads):
            raise Unreadable("The attached answers tell of a workshop on items or levels that the bank has not.")
    return payload.workshops


def _compare(opened: Opened, payload: Payload, report: GapReport) -> Verdict:
    same = payload.made.plumbline == __version__ and payload.made.findings == findings_sha256()
    attached, own = values(payload.statements), values(printed(report))
    if not same:
        own = {name: shown for name, shown in own.items() if name in attached or not OF_ITEMS.match(name)}
        own = {name: shown for name, shown in own.items() if not ON_FINDINGS.match(name)}
    faults = dict.fromkeys([*_broken(payload), *_words(opened, report), *_on_pages(opened, payload, own)])
    faults.update(dict.fromkeys(_in_list(attached, own, strict=same)))
    notes = (*([] if same else [_other_maker(payload)]), *NOT_CHECKED)
    if faults:
        many = f"{counted(len(faults), 'thing')} {'does' if len(faults) == 1 else 'do'} not agree"
        return Verdict(Outcome.DIFFERS, f"{many[:1].upper()}{many[1:]}.", tuple(faults), notes=notes)
    agree = f"{len(own)} numbers agree" if len(own) != 1 else "1 number agrees"
    return Verdict(Outcome.AGREES, f"{agree}.", notes=notes, numbers=len(own))


def _broken(payload: Payload) -> Iterator[str]:
    if not payload.whole:
        yield "Attached answers: they were changed after the report was made. Their checksum does not fit."


def _words(opened: Opened, report: GapReport) -> Iterator[str]:
    """What the file says of itself in words that the pages do not say. Letters that our typeface lacks are let be."""
    pages = squeezed(opened.text)
    for name, text in (("Authority", report.authority), ("Title", report.title), ("Notice", report.notice)):
        if squeezed(text) not in pages and max(text) < "\u0180":
            yield f'{name}: the attached answers say "{text}", the pages do not.'


def _on_pages(opened: Opened, payload: Payload, own: Values) -> Iterator[str]:
    for found in look_up(payload.statements, opened.text, _typed(payload)):
        name = found.number.name
        if name in own:
            right = own[name][0]
            if found.page is None:
                yield f"{name}: the answers give {right}, and the page does not say so where it should."
            elif found.page != right:
                yield f"{name}: the page says {found.page}, the answers give {right}."


def _in_list(attached: Values, own: Values, *, strict: bool) -> Iterator[str]:
    for name, shown in own.items():
        if name not in attached:
            yield f"{name}: the answers give {listed(shown)}, and the attached list lacks it."
        elif attached[name] != shown:
            yield f"{name}: the attached list says {listed(attached[name])}, the answers give {listed(shown)}."
    for name in attached if strict else ():
        if name not in own:
            yield f"{name}: the attached list has it, the answers give no such number."


def _typed(payload: Payload) -> Sequence[str]:
    return [text for entry in payload.answers for text in entry.values() if isinstance(text, str) and text]


def _other_maker(payload: Payload) -> str:
    theirs = payload.made.plumbline
    other = "Another edition of the findings" if theirs == __version__ else f"Plumbline {theirs}, not {__version__},"
    verb = "was used for" if theirs == __version__ else "made"
    return f"{other} {verb} this report. Numbers that rest on the findings were not worked out again."


def _facts(payload: Payload) -> tuple[tuple[str, str], ...]:
    return (
        ("Authority", payload.authority),
        ("Report", ", ".join(filter(None, [payload.title, payload.subtitle, payload.notice]))),
        ("Made on", day_words(payload.made_on)),
        ("Question bank", f"{payload.made.bank_id} {payload.made.bank_version}"),
        ("Weighting", payload.weighting_title),
        ("Length", payload.length),
        ("Made with", f"Plumbline {payload.made.plumbline}"),
    )
