"""A save over a version that its writer had not seen: both versions are shown, and brought together."""

from __future__ import annotations

from flask import render_template

from audit.core.audits import EvidenceLink, Revision
from audit.core.responses import UNANSWERED, Response
from audit.web.access import current_person
from audit.web.answer_page import AnswerPage, fields_of_revision
from audit.web.differences import differences, in_words, merged
from audit.web.item_form import PromptForm


def words_of(page: AnswerPage, revision: Revision | None) -> dict[str, str]:
    """A revision by field, as people read it."""
    return in_words(page.bank, *_said_in(revision))


def says_the_same(form: PromptForm, revision: Revision | None) -> bool:
    """Whether a valid form says what the revision says already."""
    return (form.response(), form.evidence()) == _said_in(revision)


def both_versions(
    page: AnswerPage, form: PromptForm, fields: dict[str, str], seen: int, current: Revision
) -> tuple[str, int]:
    """The page on which one chooses between a valid form, made of ``fields``, and the newest revision; status 409.

    ``seen`` is the number of the revision that the form was written over.
    """
    mine, theirs = _words_in(page, form), words_of(page, current)
    before = words_of(page, page.revision(seen))
    return render_template(
        "items/stale.html",
        page=page,
        fields=fields,
        seen=seen,
        current=current,
        differences=differences(mine, theirs),
        only_theirs={name for name in mine if mine[name] == before[name]},
        own=current.saved_by == current_person().name,
    ), 409


def brought_together(page: AnswerPage, fields: dict[str, str], before: int) -> tuple[PromptForm, dict[str, str]]:
    """A form of ``fields`` with what only the saved version changed since the revision ``before``.

    Beside it, by field, what the saved version says where it differs.
    """
    form = page.form(merged(fields_of_revision(page.revision(before)), fields, page.saved_fields))
    saved = words_of(page, page.newest)
    if not form.validate():
        return form, saved
    return form, {each.name: each.first for each in differences(saved, _words_in(page, form))}


def _words_in(page: AnswerPage, form: PromptForm) -> dict[str, str]:
    return in_words(page.bank, form.response(), form.evidence())


def _said_in(revision: Revision | None) -> tuple[Response, tuple[EvidenceLink, ...]]:
    return (revision.response, revision.links) if revision else (UNANSWERED, ())
