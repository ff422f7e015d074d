"""Invitations of the scene: open ones, one that a known person gets, and what can be done about members."""

from __future__ import annotations

from audit.core.mailboxes import Mailbox
from audit.core.people import Authority, Person, Role
from audit.operations import invitations, people
from audit.operations.workplace import Workplace

# Wide enough to break a narrow page.
WIDE = Mailbox(f"{'w' * 60}@{'x' * 60}.{'y' * 60}.example", "W" * 120)


def invited_places(workplace: Workplace, lead: Person, viewer: Person, authority: Authority) -> dict[str, str]:
    """Where members and invitations of the authority are found."""
    known = people.known_person(workplace, "known@testshire.gov.uk", "Known Already")
    mailboxes = [WIDE, Mailbox(known.email)]
    made = invitations.invite(workplace, lead, authority.slug, mailboxes, Role.CONTRIBUTOR)
    members = f"/authorities/{authority.slug}/people"
    return {
        "people": members,
        "member_lead": f"{members}/{lead.id}",
        "member_viewer": f"{members}/{viewer.id}",
        "invitation": f"/invitations/{made[0].token}",
        "invitation_known": f"/invitations/{made[1].token}",
    }
