"""The history of an answer: its versions, two of them side by side, and going back to one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from flask import render_template, request

from audit.core.audits import Revision
from audit.web.answer_page import AnswerPage
from audit.web.comparing import compared
from audit.web.differences import differences
from audit.web.records import records_over
from audit.web.stale_save import words_of


def history_page(page: AnswerPage, newest_first: Sequence[Revision], *, settled: bool, may_restore: bool) -> str:
    """The page. ``settled`` tells the team's answer from one's own; the address may name two versions to compare."""
    said = [words_of(page, revision) for revision in (None, *reversed(newest_first))]
    changes = [differences(before, after) for before, after in pairwise(said)]
    by_number = {revision.number: revision for revision in newest_first}
    chosen = [by_number.get(request.args.get(name, 0, type=int)) for name in ("first", "second")]
    first, second = chosen if all(chosen) else (None, None)
    return render_template(
        "items/history.html",
        page=page,
        settled=settled,
        may_restore=may_restore,
        revisions=list(zip(newest_first, reversed(changes), strict=True)),
        first=first,
        second=second,
        compared=compared(words_of(page, first), words_of(page, second)) if first and second else (),
        restored=request.args.get("restored", type=int),
        records=records_over(page.sheet.membership, page.sheet.audit) if settled else [],
    )
