"""The page on which a team's answer to one item or prompt is settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from audit.core.audits import Revision
from audit.core.bank import Item
from audit.core.responses import Confidence, RatingState
from audit.operations.moderation import Moderation, Stand, moderation_of, settled_history
from audit.reports.wording import COLUMN_TITLES, level_words
from audit.web.access import current_person, workplace
from audit.web.answer_page import AnswerPage
from audit.web.item_form import PromptForm, fields_of
from audit.web.settle_form import settle_form


@dataclass(frozen=True)
class SettlePage(AnswerPage):
    """The page of one item or prompt in moderation. Its revisions are those of what was settled."""

    moderation: Moderation

    @property
    def stand(self) -> Stand:
        """Where the team stands on it."""
        return self.moderation.stands[self.subject.id]

    @property
    def address(self) -> str:
        """The address of the page."""
        return url_for("moderation.one", name=self.subject.id, **self.here)

    def history(self) -> list[Revision]:
        """The revisions of what was settled, newest first."""
        return settled_history(*self.place)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be settled any more."""
        return self.sheet.audit.state.locked

    def neighbour(self, step: int) -> str | None:
        """The address of the page ``step`` places further on in the order in which the audit asks, or None."""
        order = [*self.bank.items, *self.bank.prompts]
        at = order.index(self.subject.id) + step
        return url_for("moderation.one", name=order[at], **self.here) if 0 <= at < len(order) else None

    def form(self, fields: Mapping[str, str]) -> PromptForm:
        """The form with these fields."""
        if isinstance(self.subject, Item):
            return settle_form(self.bank, self.subject, self.aim, fields, self.response)
        return PromptForm(fields, self.response)

    @property
    def hints(self) -> list[str]:
        """What stands below each rating that can be chosen."""
        # The last one is about leaving an item unrated, which is no way to settle it.
        return super().hints[:-1]

    @property
    def first_fields(self) -> dict[str, str]:
        """The fields of the form as it opens: what is settled, or what counts until then."""
        stand = self.stand
        if stand.settled:
            return self.saved_fields
        return fields_of(stand.response, self.sheet.links.get(stand.id, ()))

    @property
    def column_titles(self) -> tuple[str, ...]:
        """What the three texts are called."""
        return COLUMN_TITLES

    @property
    def confidences(self) -> list[tuple[Confidence | None, str]]:
        """How sure people can be, in words."""
        return [*((each, each.value) for each in Confidence), (None, "not said")]

    @property
    def stands_at(self) -> str:
        """What counts for the team now, in words."""
        return state_words(self.moderation, self.stand)


def settle_page(slug: str, audit_id: int, name: str) -> SettlePage:
    """The page of an item or prompt. Raises NotFound, and NotAllowed while answering is open."""
    found = moderation_of(workplace(), current_person(), slug, audit_id, name)
    bank = found.sheet.bank
    return SettlePage(found.sheet, bank.items.get(name) or bank.prompts[name], found)


def state_words(moderation: Moderation, stand: Stand) -> str:
    """What counts for the team on an item: ``2, partly in place``, or a state."""
    response = stand.response
    if response.level is not None:
        return level_words(moderation.sheet.bank.scale.level(response.level))
    return "not answered" if response.state is RatingState.UNANSWERED else response.state.words
