"""The names under which addresses speak of an agenda to use again: they tell nobody whose it is."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app

from audit.operations.errors import NotFound
from audit.operations.my_workshops import ListedWorkshop, workshops_to_run
from audit.web.access import current_person, workplace


def agenda_key(listed: ListedWorkshop) -> str:
    """The name of a workshop's agenda: 32 hexadecimal digits, from which nobody can read the authority."""
    # Keyed, because few authorities and small numbers would be guessed from a plain digest.
    secret = str(current_app.secret_key).encode()
    place = f"agenda {listed.authority.slug}/{listed.workshop.id}"
    return hmac.new(secret, place.encode(), hashlib.sha256).hexdigest()[:32]


def workshop_of_key(key: str) -> ListedWorkshop:
    """The workshop that a key names among those that the person may run. Raises NotFound."""
    for listed in workshops_to_run(workplace(), current_person()):
        if hmac.compare_digest(agenda_key(listed).encode(), key.encode()):
            return listed
    raise NotFound("There is no such workshop.")
