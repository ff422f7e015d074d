"""What happens on the page of an answer: it is shown, saved, kept as a draft, or brought together with another."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as HttpResponse

from audit.core.audits import Draft
from audit.operations import answering
from audit.operations.errors import StaleSave
from audit.web.answer_page import AnswerPage
from audit.web.differences import LABELS
from audit.web.item_form import PromptForm, typed_fields, with_another_link
from audit.web.stale_save import both_versions, brought_together, says_the_same, words_of

_MOST_REVISIONS = 1_000_000
Page = str | tuple[str, int] | HttpResponse


def shown(page: AnswerPage) -> Page:
    """The page as somebody opens it: the saved answer, or the draft if it was asked for."""
    if page.read_only:
        answer = words_of(page, page.newest)
        return render_template("items/show.html", page=page, labels=LABELS, answer=answer)
    draft = answering.draft_for(*page.place)
    if draft and request.args.get("draft") == "use":
        return _with_form(page, page.form(draft.fields), draft.seen)
    return _with_form(page, page.form(page.saved_fields), page.number, draft=_offered(page, draft))


def sent(page: AnswerPage) -> Page:
    """What happens to a form that somebody sent."""
    return _taken(page, typed_fields(request.form), sent_number("seen"), request.form.get("then", "next"))


def sent_number(name: str) -> int:
    """A number of a revision that the form names; 0 where it names none."""
    number = request.form.get(name, 0, type=int)
    return number if 0 <= number <= _MOST_REVISIONS else 0


def _taken(page: AnswerPage, fields: dict[str, str], seen: int, then: str) -> Page:
    if then == "theirs":
        answering.discard_draft(*page.place)
        return redirect(page.address)
    if then == "link":
        answering.keep_draft(*page.place, fields, seen)
        return _with_form(page, page.form(with_another_link(fields)), seen)
    if then == "merge":
        form, beside = brought_together(page, fields, sent_number("before"))
        return _with_form(page, form, page.number, beside=beside)
    return _saved(page, fields, seen, then)


def _saved(page: AnswerPage, fields: dict[str, str], seen: int, then: str) -> Page:
    form = page.form(fields)
    if not form.validate():
        answering.keep_draft(*page.place, fields, seen)
        return _with_form(page, form, seen)
    try:
        answering.save_response(*page.place, form.response(), form.evidence(), seen)
    except StaleSave as stale:
        # A button that was pressed twice saves the same twice.
        if not says_the_same(form, stale.current):
            answering.keep_draft(*page.place, fields, seen)
            return both_versions(page, form, fields, seen, stale.current)
    if then == "later":
        return redirect(url_for("audits.tasks", **page.here, saved=page.subject.id))
    return redirect(page.neighbour(1) or url_for("audits.check", **page.here))


def _with_form(page: AnswerPage, form: PromptForm, seen: int, **more: Any) -> str:
    name = "items/edit.html" if page.is_item else "prompts/edit.html"
    return render_template(name, **{"page": page, "form": form, "seen": seen, "draft": None, "beside": {}, **more})


def _offered(page: AnswerPage, draft: Draft | None) -> Draft | None:
    """The draft, unless it says what is saved already: a late autosave can do that."""
    if draft is None:
        return None
    form = page.form(draft.fields)
    return None if form.validate() and says_the_same(form, page.newest) else draft
