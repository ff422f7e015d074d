"""What an instance holds on one person: as a person takes it out, and for whoever answers a request for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from audit.core.people import Person
from audit.operations.authorities import memberships_of
from audit.operations.sessions import BY_DIRECTORY, session_of
from audit.operations.workplace import Workplace
from audit.store import leaving
from audit.store import own_data as store

KIND = "plumbline-own-data"
WHAT_THIS_IS = (
    "All that this Plumbline holds on you. Under account: who you are here, how you sign in and where you are signed "
    "in, without anything that opens your account. Under authorities, by short name: your answers with every earlier "
    "revision, drafts that you did not save, what is assigned to you, statements that you signed, workshops that you "
    "joined while signed in, with what you chose in one that still runs, and what the trail says that you did. A seat "
    "that a phone took without signing in is nobody's, so it is not here. Moments are in UTC. What you settled for a "
    "team belongs to the team's answers and is not here; neither are rows of the trail in which others name you."
)


@dataclass(frozen=True)
class OwnData:
    """What is held on a person, ready for JSON. ``only`` is the one authority that it was narrowed to, or empty."""

    held: Mapping[str, Any]
    only: str = ""

    @property
    def account(self) -> Mapping[str, store.Rows]:
        """What the registry holds, by what it is."""
        account: Mapping[str, store.Rows] = self.held["account"]
        return account

    @property
    def authorities(self) -> Mapping[str, Mapping[str, store.Rows]]:
        """What the files of authorities hold, by short name and by what it is."""
        authorities: Mapping[str, Mapping[str, store.Rows]] = self.held["authorities"]
        return authorities

    @property
    def json(self) -> bytes:
        """All of it as a JSON document."""
        return json.dumps(self.held, ensure_ascii=False, indent=2).encode() + b"\n"


def own_data(workplace: Workplace, person: Person, token: str) -> OwnData:
    """What is held on the person in all authorities that the person belongs to.

    A session, by its ``token``, that reaches one authority only shows that authority alone.
    """
    session = session_of(workplace, token)
    reaches = session.person if session else person
    slugs = [each.authority.slug for each in memberships_of(workplace, reaches)]
    return _gathered(workplace, person, slugs, reaches.reach, session.by if session else "")


def data_for_request(workplace: Workplace, person: Person) -> OwnData:
    """What is held on the person anywhere, also in authorities that the person has left. For the operator."""
    with workplace.registry() as registry:
        slugs = [each.slug for each in leaving.all_authorities(registry)]
    return _gathered(workplace, person, slugs)


def _gathered(workplace: Workplace, person: Person, slugs: Iterable[str], only: str = "", by: str = "") -> OwnData:
    with workplace.registry() as registry:
        account = store.in_registry(registry, person.id)
    if only:
        account = {
            name: [
                row for row in rows if row.get("authority", only) == only and _same_way(row.get("signed_in_by", by), by)
            ]
            for name, rows in account.items()
        }
    found = {}
    for slug in slugs:
        with workplace.authority(slug) as file:
            found[slug] = store.in_file(file, person.id)
    member_of = {row["authority"] for row in account["memberships"]}
    held = {
        "kind": KIND,
        "taken_out_at": workplace.now().isoformat(),
        "what_this_is": WHAT_THIS_IS,
        "account": account,
        "authorities": {slug: each for slug, each in found.items() if slug in member_of or any(each.values())},
    }
    return OwnData(held, only)


def _same_way(one: str, other: str) -> bool:
    """Whether two sessions came about by the same directory, or both by none."""
    return one == other or not (one.startswith(BY_DIRECTORY) or other.startswith(BY_DIRECTORY))
