"""PDF reports that carry their answers, and what somebody might do to them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter

from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.library_loader import load_library
from audit.core.responses import Answers, RatingState, Response
from audit.core.scorecard import score_answers
from audit.reports.build import Cover, build_report
from audit.reports.gap_report import GapReport, Length
from audit.reports.grounds import Around
from audit.reports.pdf.attachment import Attachment
from audit.reports.pdf.render import render_pdf
from audit.reports.proof.payload import NAME, checksum, make_payload
from audit.reports.proof.pdf import render_checkable_pdf
from tests.making import rated
from tests.reports.reading import COVER, mixed

BANKS = ("recommendations", "key-ingredients")
SAID = Response(
    RatingState.RATED, 1, "2 of 5 teams.", None, "53.1% Partly in place, said one.", "1. R4 now", "By 2027", 4
)
Document = dict[str, Any]


def given(bank: Bank) -> Answers:
    """A mixture of answers, some with texts that look like numbers of the report."""
    first, *_, last = bank.items
    prompts = {name: Response(what_happens_now="All 12 are rated.") for name in list(bank.prompts)[:1]}
    return Answers({**mixed(bank), first: SAID, last: replace(SAID, target=None)}, prompts)


def built(
    answers: Answers,
    bank_id: str = "recommendations",
    length: Length = Length.BRIEF,
    cover: Cover = COVER,
    around: Around | None = None,
) -> GapReport:
    bank = load_bank(bank_id)
    return build_report(
        score_answers(bank, answers, bank.weightings[0]), answers, load_library(), cover, around, length
    )


@cache
def proven(bank_id: str = "recommendations", length: Length = Length.BRIEF) -> bytes:
    """A report with its answers."""
    bank = load_bank(bank_id)
    return render_checkable_pdf(built(given(bank), bank_id, length), bank, given(bank))


def proof_of(answers: Answers, bank_id: str = "recommendations", **options: Any) -> bytes:
    """A report on these answers."""
    around = options.get("around")
    return render_checkable_pdf(built(answers, bank_id, **options), load_bank(bank_id), answers, around)


def attached(data: bytes) -> Document:
    """The attached file of a report."""
    found: Document = json.loads(PdfReader(BytesIO(data)).attachments[NAME][0])
    return found


def carrying(change: Callable[[Document], object], *, sealed: bool = False) -> bytes:
    """The brief report with a change to its attached file, whose checksum is then made to fit or not."""
    bank = load_bank("recommendations")
    report = built(given(bank))
    document = json.loads(make_payload(report, bank, given(bank)))
    change(document)
    if sealed:
        document["sha256"] = checksum(document)
    return with_file(report, json.dumps(document).encode())


def with_file(report: GapReport, data: bytes, name: str = NAME) -> bytes:
    """The report with any file attached."""
    return render_pdf(report, Attachment(name, data, "application/json", "A file."))


def on_pages(data: bytes, old: bytes, new: bytes, *, first: int = 0) -> bytes:
    """The report with other letters drawn on its pages, from page ``first`` on."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    changed = 0
    for page in list(writer.pages)[first:]:
        contents: Any = page["/Contents"].get_object()
        drawn = contents.get_data()
        changed += drawn.count(old)
        contents.set_data(drawn.replace(old, new))
    assert changed, f"{old!r} is drawn nowhere"
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def again(data: bytes, password: str = "") -> bytes:
    """The report as another program saves it, with a password or without."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def one_rated() -> Answers:
    return Answers({"R8": rated(1)})
