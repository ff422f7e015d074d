"""One answer of an audit, with all that its page needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from audit.core.audits import Revision
from audit.core.bank import Bank, Item, Level, OpeningQuestion, SupplementaryPrompt
from audit.core.library import Chosen
from audit.core.library_loader import load_library
from audit.core.people import Person
from audit.core.permissions import Deed, may
from audit.core.responses import UNANSWERED, Response
from audit.operations.answering import history_of
from audit.operations.assigning import own_alone, own_assignments
from audit.operations.sheets import Sheet, sheet_of_one
from audit.operations.workplace import Workplace
from audit.web.access import current_person, membership_here, workplace
from audit.web.item_form import PromptForm, fields_of, item_form, rating_hints
from audit.web.task_list import Asked, address, heading_of, section_of


@dataclass(frozen=True)
class AnswerPage:
    """The page of one item or prompt of an audit."""

    sheet: Sheet
    subject: Asked

    @property
    def place(self) -> tuple[Workplace, Person, str, int, str]:
        """Whose answer it is and where it lies, as operations ask for it."""
        sheet = self.sheet
        return workplace(), current_person(), sheet.authority.slug, sheet.audit.id, self.subject.id

    @property
    def here(self) -> dict[str, Any]:
        """What the addresses of this audit's pages are made of."""
        return {"slug": self.sheet.authority.slug, "audit_id": self.sheet.audit.id}

    @property
    def bank(self) -> Bank:
        """The audit's bank."""
        return self.sheet.bank

    @property
    def is_item(self) -> bool:
        """Whether the answer is rated, and not only in words."""
        return isinstance(self.subject, Item)

    @property
    def title(self) -> str:
        """The heading of the page."""
        return heading_of(self.subject)

    @property
    def caption(self) -> str:
        """Where the page stands: ``Culture, 3 of 20`` or ``Opening question 2 of 6``."""
        name = self.subject.id
        if isinstance(self.subject, Item):
            return f"{section_of(self.bank, self.subject).title}, {_position(name, list(self.bank.items))}"
        if isinstance(self.subject, OpeningQuestion):
            return f"Opening question {_position(name, [each.id for each in self.bank.opening])}"
        return f"Supplementary prompt {_position(name, [each.id for each in self.bank.supplementary])}"

    @property
    def address(self) -> str:
        """The address of the page."""
        return address(self.sheet, self.subject.id)

    def neighbour(self, step: int) -> str | None:
        """The address of the page ``step`` places further on in the order in which the audit asks, or None."""
        bank = self.bank
        order = [*(q.id for q in bank.opening), *bank.items, *(p.id for p in bank.supplementary)]
        at = order.index(self.subject.id) + step
        return address(self.sheet, order[at]) if 0 <= at < len(order) else None

    @property
    def newest(self) -> Revision | None:
        """The newest revision of the answer."""
        return self.sheet.revisions.get(self.subject.id)

    @property
    def number(self) -> int:
        """The number of the newest revision, 0 for none."""
        return self.newest.number if self.newest else 0

    @property
    def response(self) -> Response:
        """The response as it is saved."""
        return self.newest.response if self.newest else UNANSWERED

    def history(self) -> list[Revision]:
        """The revisions of the answer, newest first."""
        return history_of(*self.place)

    def revision(self, number: int) -> Revision | None:
        """The revision of this number, or None."""
        return next((revision for revision in self.history() if revision.number == number), None)

    @property
    def read_only(self) -> bool:
        """Whether the person may only read the answer."""
        membership = membership_here()
        return not self.sheet.audit.state.takes_answers or membership is None or not may(membership.role, Deed.ANSWER)

    @cached_property
    def assigned(self) -> int:
        """How many people the answer is assigned to, if the person is one of them; else 0."""
        return own_assignments(*self.place[:-1]).get(self.subject.id, 0)

    @cached_property
    def written_before_alone(self) -> bool:
        """Whether the answer is from before it was assigned to the person alone, and so does not count for the team."""
        since = own_alone(*self.place[:-1]).get(self.subject.id) if self.newest else None
        return bool(since and self.newest and self.response != UNANSWERED and self.newest.saved_at < since)

    @property
    def aim(self) -> Level:
        """The level that the whole audit aims at."""
        target = self.sheet.audit.details.target
        return self.bank.default_target if target is None else self.bank.scale.level(target)

    @property
    def hints(self) -> list[str]:
        """What stands below each rating that can be chosen."""
        return rating_hints(self.bank, self.subject) if isinstance(self.subject, Item) else []

    @cached_property
    def findings(self) -> Chosen:
        """The findings that serve best here."""
        library = load_library()
        if isinstance(self.subject, Item):
            return library.choose(self.bank, self.subject)
        named = self.subject.findings if isinstance(self.subject, SupplementaryPrompt) else ()
        found = [library.by_id[name] for name in named]
        return Chosen(
            tuple(finding for finding in found if not finding.contrary),
            tuple(finding for finding in found if finding.contrary),
        )

    @property
    def count_of_findings(self) -> int:
        """How many findings there are on the item in all."""
        return len(load_library().touching(self.subject.id))

    def form(self, fields: Mapping[str, str]) -> PromptForm:
        """The form with these fields."""
        if isinstance(self.subject, Item):
            return item_form(self.bank, self.subject, self.aim)(fields, self.response)
        return PromptForm(fields, self.response)

    @property
    def saved_fields(self) -> dict[str, str]:
        """The fields of a form that shows the answer as it is saved."""
        return fields_of_revision(self.newest)


def fields_of_revision(revision: Revision | None) -> dict[str, str]:
    """The fields of a form that shows this revision."""
    return fields_of(revision.response, revision.links) if revision else {}


def page_of(slug: str, audit_id: int, name: str) -> AnswerPage:
    """The page of an item or prompt. Raises NotFound."""
    sheet = sheet_of_one(workplace(), current_person(), slug, audit_id, name)
    return AnswerPage(sheet, sheet.bank.items.get(name) or sheet.bank.prompts[name])


def _position(name: str, names: list[str]) -> str:
    return f"{names.index(name) + 1} of {len(names)}"
