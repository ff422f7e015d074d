"""An instance with something on every page, and an app that serves it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask, abort
from pyotp import TOTP

from audit.core.audits import AuditDetails, AuditState, EvidenceLink, ScopeKind
from audit.core.demonstrations import load_demonstrations
from audit.core.people import Person, Role
from audit.core.responses import Confidence, RatingState, Response
from audit.operations import answering, assigning, authorities, moderation, second_factor, sign_in
from audit.operations.audits import open_audit
from audit.operations.demonstrating import bring_in
from audit.operations.people import known_person
from audit.operations.workplace import Workplace, utc_now
from audit.store import people
from audit.store.connection import write
from audit.web.app import create_app
from audit.web.settings import Settings
from tests.browser.invited import invited_places
from tests.browser.moderated import moderated_places
from tests.browser.signed import signed_places
from tests.browser.workshops import workshop_places
from tests.sessions import begin_session

LEAD = "lead@testshire.gov.uk"
VIEWER = "viewer@testshire.gov.uk"
NEWCOMER = "new@testshire.gov.uk"
# What breaks a narrow page: a name as long as may be, a word without end, another direction of writing.
LONG_NAME = (
    "Bournemouth, Christchurch, Poole and the Vale of Testshire Children’s Services Trust Partnership for Safeguarding"
)
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 12
RIGHT_TO_LEFT = "הערכה עצמית של שירותי ילדים"
MARKUP = "<script>alert('x')</script> & \"quoted\" 'so'"


@dataclass(frozen=True)
class Scene:
    """The instance with the places in it: what stands between braces in the address of a row of pages."""

    workplace: Workplace
    app: Flask
    lead: Person
    places: dict[str, str]

    def link(self, email: str) -> str:
        """The path of a fresh sign-in link."""
        return f"/sign-in/{sign_in.issue_link(self.workplace, email)}"

    def lock(self, place: str, state: AuditState = AuditState.SIGNED_OFF) -> None:
        """Put an audit into a state."""
        slug, number = _parts(self.places[place])
        with self.workplace.authority(slug) as file, write(file):
            file.execute("UPDATE audits SET state = ? WHERE id = ?", [state.value, number])

    def save_elsewhere(self, place: str, item_id: str, response: Response) -> None:
        """Save an answer in another window of the same person: each person has answers of their own."""
        slug, number = _parts(self.places[place])
        newest = answering.history_of(self.workplace, self.lead, slug, number, item_id)
        seen = newest[0].number if newest else 0
        # The same answer again would make no new revision.
        fresh = replace(response, reason=f"{response.reason} ({seen + 1})")
        answering.save_response(self.workplace, self.lead, slug, number, item_id, fresh, (), seen)

    def settle_elsewhere(self, place: str, item_id: str) -> None:
        """Settle an item in another window, each time with another reason."""
        slug, number = _parts(self.places[place])
        seen = len(moderation.settled_history(self.workplace, self.lead, slug, number, item_id))
        response = Response(RatingState.RATED, 2, f"We agreed, for the {seen + 1}. time.")
        moderation.settle(self.workplace, self.lead, slug, number, item_id, response, (), seen)

    @contextmanager
    def second_factor(self, email: str) -> Iterator[None]:
        """Within it, the person has a second factor."""
        person = known_person(self.workplace, email)
        session = begin_session(self.workplace, person.id, "link")
        app = TOTP(second_factor.begin(self.workplace, session))
        second_factor.confirm(self.workplace, session, app.now())
        yield
        second_factor.reset(self.workplace, person)


def made_app(workplace: Workplace) -> Flask:
    """The app of an instance, with an address for every error that no ordinary page leads to."""
    app = create_app(workplace, Settings(workplace.folder, "a key for tests, drawn by no one at all"))

    @app.get("/broken/<int:code>")
    def broken(code: int) -> str:
        abort(code)

    return app


def build(folder: Path) -> Scene:
    """The whole scene, in an empty folder."""
    workplace = Workplace(folder, utc_now)
    lead = _person(workplace, LEAD, "Lee O'Neill")
    viewer = _person(workplace, VIEWER, "Vi Ewer")
    _person(workplace, NEWCOMER, "Nell Newcomer")
    places: dict[str, str] = {}
    for demonstration in load_demonstrations():
        slug = bring_in(workplace, lead, demonstration).slug
        number = len([place for place in places.values() if f"/{slug}/" in place]) + 1
        places[demonstration.name.replace("-", "_")] = f"/authorities/{slug}/audits/{number}"

    bare = authorities.create_authority(workplace, lead, "Emptyshire")
    full = authorities.create_authority(workplace, lead, LONG_NAME, "E06000001", "#6b1f4d")
    with workplace.registry() as registry, write(registry):
        people.add_membership(registry, viewer.id, full.slug, Role.VIEWER)
    places |= {"bare": f"/authorities/{bare.slug}", "full": f"/authorities/{full.slug}"}
    places |= invited_places(workplace, lead, viewer, full)
    opened = {
        "new": AuditDetails("recommendations", "Autumn 2026"),
        "new_key": AuditDetails("key-ingredients", "Autumn 2026", weighting="evidence", target=3),
        "hostile": AuditDetails("recommendations", "P" * 120, ScopeKind.TEAM, LONG_NAME),
        "locked": AuditDetails("recommendations", "Spring 2026", ScopeKind.LOCALITY, "North of the river"),
        "busy": AuditDetails("recommendations", "Winter 2026"),
    }
    for name, details in opened.items():
        places[name] = f"{places['full']}/audits/{open_audit(workplace, lead, full.slug, details).id}"
    scene = Scene(workplace, made_app(workplace), lead, places)
    for name in ("hostile", "locked"):
        _fill(scene, name)
    scene.lock("locked")
    places |= signed_places(workplace, lead, full.slug, f"{LONG_WORD[:700]}\n{RIGHT_TO_LEFT}\n{MARKUP}")
    places |= moderated_places(workplace, lead, f"{LONG_WORD[:700]}\n{RIGHT_TO_LEFT}\n{MARKUP}", LONG_NAME)
    places |= workshop_places(workplace, lead, f"{LONG_WORD[:700]}\n{RIGHT_TO_LEFT}\n{MARKUP}", LONG_NAME)
    slug, number = _parts(places["hostile"])
    assigning.assign(workplace, lead, slug, number, [("R1", lead.id), ("R5", lead.id), ("S1", lead.id)])
    slug, number = _parts(places["busy"])
    answering.keep_draft(workplace, lead, slug, number, "R2", {"rating": "2", "what_happens_now": "Half a sentence"}, 0)
    answering.keep_draft(workplace, lead, slug, number, "S2", {"what_happens_now": "Half a sentence"}, 0)
    return scene


def _fill(scene: Scene, place: str) -> None:
    wordy = Response(what_happens_now=LONG_WORD, what_needs_to_happen=RIGHT_TO_LEFT, how_to_progress=MARKUP)
    links = (EvidenceLink(f"https://testshire.gov.uk/{LONG_WORD}", "2026-11-21", LONG_WORD[:500]),)
    slug, number = _parts(scene.places[place])
    answers = {
        "R1": replace(wordy, state=RatingState.RATED, level=1, reason=LONG_WORD, confidence=Confidence.HIGH, target=3),
        "R2": Response(RatingState.NOT_APPLICABLE, reason=RIGHT_TO_LEFT),
        "R3": Response(RatingState.DONT_KNOW, reason=MARKUP),
        "R4": Response(RatingState.RATED, 4, "Two\n\nparagraphs."),
        "S1": wordy,
    }
    for item_id, response in answers.items():
        answering.save_response(scene.workplace, scene.lead, slug, number, item_id, response, links, 0)
    again = replace(answers["R1"], level=2, what_needs_to_happen="")
    answering.save_response(scene.workplace, scene.lead, slug, number, "R1", again, (), 1)


def _person(workplace: Workplace, email: str, name: str) -> Person:
    return sign_in.person_of_link(workplace, sign_in.issue_link(workplace, email, name))


def _parts(place: str) -> tuple[str, int]:
    _, _, slug, _, number = place.split("/")
    return slug, int(number)
