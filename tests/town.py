"""Two authorities with people in every role and audits in every state, which a test can put back as they were."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from audit.core.audits import AuditDetails
from audit.core.mailboxes import Mailbox
from audit.core.people import Person, Role
from audit.core.responses import RatingState, Response
from audit.operations import answering, closing, invitations, members, moderation, signing
from audit.operations.audits import open_audit
from audit.operations.authorities import create_authority
from audit.operations.people import known_person
from audit.operations.workplace import Workplace
from audit.store import people
from audit.store.connection import write
from tests.clock import Clock
from tests.making import rated

SLUG = "testshire"
MEMBERS = tuple(role.value for role in Role)
# The lead of another authority, and somebody who was a contributor here and was removed.
STRANGERS = ("other", "gone")
OPEN, MODERATED, SIGNED = 1, 2, 3
STATES = {"open": OPEN, "moderated": MODERATED, "signed": SIGNED}


@dataclass(frozen=True)
class Town:
    """The instance, its people by role, and a copy of it as it was."""

    workplace: Workplace
    people: dict[str, Person]
    copy: Path
    tokens: dict[str, str]

    def keep(self) -> None:
        """Remember how things are now."""
        self.workplace.pool.close()
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(self.workplace.folder, self.copy)

    def put_back(self) -> None:
        """Make all as it was when it was kept."""
        # A connection that is closed later would take away files of the new database.
        self.workplace.pool.close()
        shutil.rmtree(self.workplace.folder)
        shutil.copytree(self.copy, self.workplace.folder)

    def written(self) -> str:
        """All that Testshire's file and the registry hold, but for who was seen when."""
        with self.workplace.authority(SLUG) as file, self.workplace.registry() as registry:
            lines = [*file.conn.iterdump(), *registry.conn.iterdump()]
        return "\n".join(line for line in lines if not line.startswith('INSERT INTO "sessions"'))


def build(folder: Path) -> Town:
    """The two authorities, in a new folder."""
    workplace = Workplace(folder / "instance", Clock())
    everyone = {
        name: known_person(workplace, f"{name}@testshire.gov.uk", f"{name.title()} Person")
        for name in (*MEMBERS, *STRANGERS)
    }
    lead = everyone["lead"]
    create_authority(workplace, lead, "Testshire")
    create_authority(workplace, everyone["other"], "Othershire")
    with workplace.registry() as registry, write(registry):
        for role in (Role.CONTRIBUTOR, Role.FACILITATOR, Role.VIEWER):
            people.add_membership(registry, everyone[role.value].id, SLUG, role)
        people.add_membership(registry, everyone["gone"].id, SLUG, Role.CONTRIBUTOR)
    details = AuditDetails("recommendations", "Autumn 2026")
    open_audit(workplace, everyone["other"], "othershire", details)
    for audit_id in (OPEN, MODERATED, SIGNED):
        assert open_audit(workplace, lead, SLUG, details).id == audit_id
        for name in ("lead", "contributor", "gone"):
            for item_id in ("R1", "S1"):
                answering.save_response(workplace, everyone[name], SLUG, audit_id, item_id, rated(1))
                answering.save_response(workplace, everyone[name], SLUG, audit_id, item_id, rated(2), (), 1)
    for audit_id in (MODERATED, SIGNED):
        closing.close_answering(workplace, lead, SLUG, audit_id)
        for seen, level in enumerate((1, 2)):
            agreed = Response(RatingState.RATED, level, "We agree.")
            moderation.settle(workplace, lead, SLUG, audit_id, "R1", agreed, (), seen)
    _sign(workplace, lead)
    members.remove_member(workplace, lead, SLUG, everyone["gone"].id)
    mailboxes = [Mailbox("invited@testshire.gov.uk", "In Vited")]
    (made,) = invitations.invite(workplace, lead, SLUG, mailboxes, Role.VIEWER)
    town = Town(workplace, everyone, folder / "copy", {"invitation": made.token})
    town.keep()
    return town


def _sign(workplace: Workplace, lead: Person) -> None:
    shown = signing.Seen(signing.to_sign(workplace, lead, SLUG, SIGNED).rows, "the same")
    rendered = signing.Rendered(b"<!doctype html><p>Signed</p>", b"%PDF-1.7 signed", "the same")
    signing.sign_off(workplace, lead, SLUG, SIGNED, "We agree.", shown, lambda sheet, signature: rendered)
