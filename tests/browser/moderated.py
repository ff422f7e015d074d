"""A team in the scene: six people with groups, an audit that is open and one that is in moderation."""

from __future__ import annotations

from dataclasses import replace

from audit.core.audits import AuditDetails, EvidenceLink
from audit.core.people import Person, Role
from audit.core.responses import Confidence, RatingState, Response
from audit.operations import answering, authorities, closing, groups, moderation, team
from audit.operations.audits import open_audit
from audit.operations.people import known_person
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store.connection import write


def moderated_places(workplace: Workplace, lead: Person, words: str, long_name: str) -> dict[str, str]:
    """Where they are. ``words`` is a text that is hard to lay out, and ``long_name`` a long name on one line."""
    slug = authorities.create_authority(workplace, lead, "Teamshire").slug
    respondents = [known_person(workplace, f"team{n}@testshire.gov.uk", f"{long_name[:60]} {n}") for n in range(6)]
    with workplace.registry() as registry, write(registry):
        for person in respondents:
            people.add_membership(registry, person.id, slug, Role.CONTRIBUTOR)
    groups.name_groups(workplace, lead, slug, {}, [long_name[:80], "Partner agency"])
    first, second = groups.groups_of(workplace, lead, slug).names
    groups.put_people(workplace, lead, slug, {each.id: first for each in respondents[:5]} | {respondents[5].id: second})
    asked = open_audit(workplace, lead, slug, AuditDetails("recommendations", "Winter 2026")).id
    closed = open_audit(workplace, lead, slug, AuditDetails("recommendations", "Autumn 2026")).id
    for audit_id in (asked, closed):
        _answer(workplace, slug, audit_id, respondents, words)
    team.show_name(workplace, respondents[0], slug, closed, named=True)
    closing.close_answering(workplace, lead, slug, closed)
    settled = Response(RatingState.RATED, 2, reason=words, what_happens_now=words)
    moderation.settle(workplace, lead, slug, closed, "R4", settled)
    here = f"/authorities/{slug}"
    return {"team": here, "team_open": f"{here}/audits/{asked}", "team_closed": f"{here}/audits/{closed}"}


def _answer(workplace: Workplace, slug: str, audit_id: int, respondents: list[Person], words: str) -> None:
    """R1 in two camps, R2 in agreement, R3 with two answers, R5 mostly not known."""
    links = (EvidenceLink(f"https://testshire.gov.uk/{words[:700]}".split("\n")[0], "2026-11-21", "A note"),)
    rated = Response(RatingState.RATED, 0, reason=words, confidence=Confidence.LOW, what_needs_to_happen=words)
    for at, person in enumerate(respondents):
        given = {
            "R1": replace(rated, level=0 if at < 3 else 4),
            "R2": Response(RatingState.RATED, 2),
            "R5": Response(RatingState.DONT_KNOW) if at else rated,
            "S1": Response(what_happens_now=f"{words} {at}"),
            **({"R3": rated} if at < 2 else {}),
        }
        for name, response in given.items():
            answering.save_response(workplace, person, slug, audit_id, name, response, links if name == "R1" else ())
