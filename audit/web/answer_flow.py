"""What happens on the page of an answer: it is shown, saved, kept as a draft, or brought together with another."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as HttpResponse

from audit.core.audits import Draft, Revision
from audit.core.responses import UNANSWERED
from audit.operations import answering
from audit.operations.errors import StaleSave
from audit.web.access import current_person
from audit.web.answer_page import AnswerPage, fields_of_revision
from audit.web.differences import LABELS, differences, in_words, merged
from audit.web.item_form import PromptForm, typed_fields, with_another_link

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


def words_of(page: AnswerPage, revision: Revision | None) -> dict[str, str]:
    """A revision by field, as people read it."""
    response, links = (revision.response, revision.links) if revision else (UNANSWERED, ())
    return in_words(page.bank, response, links)


def _taken(page: AnswerPage, fields: dict[str, str], seen: int, then: str) -> Page:
    if then == "theirs":
        answering.discard_draft(*page.place)
        return redirect(page.address)
    if then == "link":
        answering.keep_draft(*page.place, fields, seen)
        return _with_form(page, page.form(with_another_link(fields)), seen)
    if then == "merge":
        before = fields_of_revision(_revision(page, sent_number("before")))
        together = page.form(merged(before, fields, page.saved_fields))
        return _with_form(page, together, page.number, beside=_beside(page, together))
    return _saved(page, fields, seen, then)


def _saved(page: AnswerPage, fields: dict[str, str], seen: int, then: str) -> Page:
    form = page.form(fields)
    if not form.validate():
        answering.keep_draft(*page.place, fields, seen)
        return _with_form(page, form, seen)
    said = (form.response(), form.evidence())
    try:
        answering.save_response(*page.place, *said, seen)
    except StaleSave as stale:
        # A button that was pressed twice saves the same twice.
        if (stale.current.response, stale.current.links) != said:
            answering.keep_draft(*page.place, fields, seen)
            return _both_versions(page, form, fields, seen, stale.current)
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
    saved = (page.response, page.newest.links if page.newest else ())
    return None if form.validate() and (form.response(), form.evidence()) == saved else draft


def _both_versions(
    page: AnswerPage, form: PromptForm, fields: dict[str, str], seen: int, current: Revision
) -> tuple[str, int]:
    mine = in_words(page.bank, form.response(), form.evidence())
    before, theirs = words_of(page, _revision(page, seen)), words_of(page, current)
    context = {
        "differences": differences(mine, theirs),
        "only_theirs": {name for name in mine if mine[name] == before[name]},
        "own": current.saved_by == current_person().name,
    }
    return render_template("items/stale.html", page=page, fields=fields, seen=seen, current=current, **context), 409


def _beside(page: AnswerPage, form: PromptForm) -> dict[str, str]:
    """What the saved version says where it differs from the form."""
    saved = words_of(page, page.newest)
    if not form.validate():
        return saved
    return {each.name: each.first for each in differences(saved, in_words(page.bank, form.response(), form.evidence()))}


def _revision(page: AnswerPage, number: int) -> Revision | None:
    history = answering.history_of(*page.place)
    return next((revision for revision in history if revision.number == number), None)
