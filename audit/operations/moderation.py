"""Moderation: what people said, as far as it may be shown, and settling the team's answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from audit.core.agreement import Spread
from audit.core.audits import Audit, EvidenceLink, Revision
from audit.core.disclosure import may_show
from audit.core.moderation import AGREE, ItemSpread
from audit.core.people import Membership, Person
from audit.core.permissions import Deed
from audit.core.responses import UNANSWERED, RatingState, Response
from audit.operations import together
from audit.operations.access import require
from audit.operations.answering import append_revision
from audit.operations.audits import found_audit, moderated_audit
from audit.operations.errors import NotAllowed, StaleSave
from audit.operations.sheets import Sheet, bank_with, sheet_made_of
from audit.operations.together import TEAM, TeamAnswers
from audit.operations.workplace import Workplace
from audit.store import respondents, revisions
from audit.store.connection import File, write
from audit.store.respondents import Respondent
from audit.store.revisions import Place

_SETTLED, _TAKEN_BACK = "settled", "took back what was settled"


@dataclass(frozen=True)
class Written:
    """What one person wrote on an item or prompt; ``name`` is empty unless she lets others see it."""

    name: str
    reason: str
    texts: tuple[str, str, str]
    links: tuple[EvidenceLink, ...]


@dataclass(frozen=True)
class Stand:
    """Where the team stands on an item or prompt.

    ``response`` is what counts now. ``settled`` is what was settled, None where nothing is. ``answers_for`` is the name
    of the person whose answer counts for the team, or empty. ``spread`` is None for a prompt. ``wrote`` is how many
    people wrote something, and ``written`` what of that may be shown.
    """

    id: str
    response: Response
    settled: Revision | None
    answers_for: str
    spread: ItemSpread | None
    wrote: int = 0
    written: tuple[Written, ...] = ()

    @property
    def shown(self) -> Spread | None:
        """The spread of all, where it may be shown."""
        return self.spread.spread if self.spread else None

    @property
    def agreed(self) -> bool:
        """Whether the item can be settled at its lower median without talk: people agree, and nothing counts yet."""
        open_still = self.settled is None and not self.answers_for
        return open_still and self.shown is not None and self.shown.accord in AGREE


@dataclass(frozen=True)
class Moderation:
    """An audit in moderation: the team's sheet, where it stands on each item and prompt, and the threshold."""

    sheet: Sheet
    stands: Mapping[str, Stand]
    smallest: int

    @property
    def items(self) -> list[Stand]:
        """Where the team stands on the items, in bank order."""
        return [self.stands[name] for name in self.sheet.bank.items]

    @property
    def contested(self) -> list[Stand]:
        """The same, the most contested first."""
        return sorted(self.items, key=lambda stand: stand.spread.contested if stand.spread else (3.0, 0.0))

    @property
    def prompts(self) -> list[Stand]:
        """Where the team stands on what is answered in words only."""
        return [self.stands[name] for name in self.sheet.bank.prompts]


def moderation_of(
    workplace: Workplace, person: Person, slug: str, audit_id: int, name: str | None = None
) -> Moderation:
    """What may be shown of all items and prompts, or of one.

    Raises NotFound, and NotAllowed while answering is open.
    """
    membership = require(workplace, person, slug, Deed.SEE_TOTALS)
    with workplace.authority(slug) as file:
        audit = found_audit(file, audit_id)
        if audit.state.takes_answers:
            raise NotAllowed("Answering is still open. Nobody sees the answers of others before it is closed.")
        if name is not None:
            bank_with(audit, name)
        sheet, answers = _sheet_and_answers(membership, file, audit)
        smallest = together.smallest_shown(file)
        stands = _stands(file, sheet, answers, smallest, [name] if name else [*sheet.bank.items, *sheet.bank.prompts])
    return Moderation(sheet, stands, smallest)


def settle(
    workplace: Workplace,
    person: Person,
    slug: str,
    audit_id: int,
    name: str,
    response: Response,
    links: tuple[EvidenceLink, ...] = (),
    seen: int = 0,
) -> Revision:
    """Settle the team's answer to an item or prompt, as a new revision; the same again makes none.

    ``seen`` is the number of the settled revision that it was written over, 0 for none. Raises StaleSave where a newer
    one exists, AuditLocked while people still answer or once the audit is signed off, and ValueError for an item
    without a rating or a reason.
    """
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file, write(file):
        bank = bank_with(moderated_audit(file, audit_id), name)
        if name in bank.items and (response.state is RatingState.UNANSWERED or not response.reason):
            raise ValueError("an item is settled at a level or state, with a reason")
        newest = _newest_seen(file, audit_id, name, seen)
        return append_revision(workplace, file, person, Place(audit_id, TEAM, name), response, links, newest, _SETTLED)


def take_back(workplace: Workplace, person: Person, slug: str, audit_id: int, name: str, seen: int) -> None:
    """Leave an item or prompt unsettled again. Raises StaleSave, AuditLocked and NotFound."""
    require(workplace, person, slug, Deed.SETTLE)
    with workplace.authority(slug) as file, write(file):
        bank_with(moderated_audit(file, audit_id), name)
        newest = _newest_seen(file, audit_id, name, seen)
        if newest is not None:
            place = Place(audit_id, TEAM, name)
            append_revision(workplace, file, person, place, UNANSWERED, (), newest, _TAKEN_BACK)


def settle_agreed(
    workplace: Workplace, person: Person, slug: str, audit_id: int, names: Sequence[str], reason: str
) -> list[str]:
    """Settle items on which people agree at their lower median, in one transaction; gives the ids of those settled.

    What somebody else has settled in between stays as it is, and so does an item on which people do not agree. Raises
    AuditLocked, and ValueError without a reason.
    """
    membership = require(workplace, person, slug, Deed.SETTLE)
    if not reason:
        raise ValueError("an item is settled with a reason")
    with workplace.authority(slug) as file, write(file):
        audit = moderated_audit(file, audit_id)
        sheet, answers = _sheet_and_answers(membership, file, audit)
        wanted = [name for name in sheet.bank.items if name in names]
        stands = _stands(file, sheet, answers, together.smallest_shown(file), wanted)
        agreed = [name for name in wanted if stands[name].agreed]
        for name in agreed:
            response, newest = replace(stands[name].response, reason=reason), answers.settled.get(name)
            append_revision(workplace, file, person, Place(audit_id, TEAM, name), response, (), newest, _SETTLED)
    return agreed


def settled_history(workplace: Workplace, person: Person, slug: str, audit_id: int, name: str) -> list[Revision]:
    """The revisions of what was settled, newest first."""
    require(workplace, person, slug, Deed.SEE_TOTALS)
    with workplace.authority(slug) as file:
        bank_with(found_audit(file, audit_id), name)
        return revisions.history(file, Place(audit_id, TEAM, name))


def _newest_seen(file: Database, audit_id: int, name: str, seen: int) -> Revision | None:
    newest = revisions.newest(file, Place(audit_id, TEAM, name))
    if newest is not None and newest.number != seen:
        raise StaleSave(newest)
    return newest


def _sheet_and_answers(membership: Membership, file: File, audit: Audit) -> tuple[Sheet, TeamAnswers]:
    answers = together.answers_of_team(file, audit)
    return sheet_made_of(answers, membership, audit, together.agreement_of(file, audit, answers)), answers


def _stands(file: File, sheet: Sheet, answers: TeamAnswers, smallest: int, names: Sequence[str]) -> dict[str, Stand]:
    people, groups = respondents.all_of(file, sheet.audit.id), together.groups_in(file, sheet.audit.id)
    items = [name for name in names if name in sheet.bank.items]
    spreads = {each.item_id: each for each in together.spreads_of(answers, smallest, groups, items)}
    settled = answers.settled_now
    found = {}
    for name in names:
        spread, wrote = spreads.get(name), _written(answers, people, name)
        # Texts of a few are shown as little as their ratings. Prompts have no ratings: there the writers count.
        may = spread.spread is not None if spread else may_show(len(wrote), smallest)
        found[name] = Stand(
            id=name,
            response=sheet.responses.get(name, UNANSWERED),
            settled=settled.get(name),
            answers_for=answers.assigned[name].saved_by if name in answers.assigned else "",
            spread=spread,
            wrote=len(wrote),
            written=_without_giving_away(wrote, _nameless(answers, people, name), smallest) if may else (),
        )
    return found


def _without_giving_away(wrote: tuple[Written, ...], nameless: int, smallest: int) -> tuple[Written, ...]:
    """The texts; without those that bear no name, where so few show none that it would be plain whose they are."""
    return wrote if may_show(nameless, smallest) else tuple(each for each in wrote if each.name)


def _nameless(answers: TeamAnswers, people: Mapping[int, Respondent], name: str) -> int:
    """How many people answered an item, or wrote on a prompt, and do not let others see their name."""
    is_item = name in answers.bank.items
    return sum(
        (each.response.state is not RatingState.UNANSWERED if is_item else _wrote(each))
        and not (who in people and people[who].named)
        for who, each in answers.to(name).items()
    )


def _written(answers: TeamAnswers, people: Mapping[int, Respondent], name: str) -> tuple[Written, ...]:
    """What people wrote, in an order that only the words themselves decide: it follows no name and no list."""
    found = [
        Written(
            name=people[who].name if who in people and people[who].named else "",
            reason=each.response.reason,
            texts=each.response.texts,
            links=each.links,
        )
        for who, each in answers.to(name).items()
        if _wrote(each)
    ]
    return tuple(sorted(found, key=lambda each: _mixed(name, each)))


def _wrote(revision: Revision) -> bool:
    return bool(revision.response.reason or any(revision.response.texts) or revision.links)


def _mixed(name: str, each: Written) -> str:
    return hashlib.sha256(repr((name, each.reason, each.texts, each.links)).encode()).hexdigest()
