"""The second factor: codes from an authenticator app, and recovery codes for the day when it is lost.

What changes it takes the token of the person's session, and raises NotAllowed where ``own_session`` does.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from pyotp import TOTP, random_base32
from sqlite_utils import Database

from audit.core.people import Person
from audit.operations.errors import CodeRefused
from audit.operations.sessions import own_session
from audit.operations.tokens import hash_of
from audit.operations.workplace import Workplace
from audit.store import accounts as store
from audit.store.connection import write

ISSUER = "Plumbline"
WRONG = "The code is not right, or it has been used. Wait for the next one in your app, or use a recovery code."
STEP_SECONDS = 30
RECOVERY_CODES = 10
# No letters or digits that look alike. 16 of them are 79 bits, so that a plain hash holds.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True)
class Standing:
    """Whether a person's second factor is on, and how many recovery codes are left."""

    on: bool
    codes_left: int


def standing(workplace: Workplace, person: Person) -> Standing:
    """How the person's second factor stands."""
    with workplace.registry() as registry:
        return Standing(wanted(registry, person.id), store.recovery_codes_left(registry, person.id))


def begin(workplace: Workplace, session: str) -> str:
    """The secret for an authenticator app, the same until it is confirmed. Raises CodeRefused where it is on."""
    person = own_session(workplace, session).person
    with workplace.registry() as registry, write(registry):
        found = store.second_factor_of(registry, person.id)
        if found is None:
            found = store.SecondFactor(random_base32(), confirmed=False, last_step=0)
            store.begin_second_factor(registry, person.id, found.secret)
        if found.confirmed:
            raise CodeRefused("Your second factor is on already.")
        return found.secret


def address_for_app(person: Person, secret: str) -> str:
    """What the QR code says to an authenticator app."""
    return TOTP(secret).provisioning_uri(name=person.email, issuer_name=ISSUER)


def confirm(workplace: Workplace, session: str, code: str) -> tuple[str, ...]:
    """Switch the second factor on with a code from the app, and give the recovery codes. Raises CodeRefused."""
    person, now = own_session(workplace, session).person, workplace.now()
    with workplace.registry() as registry, write(registry):
        found = store.second_factor_of(registry, person.id)
        if found is None or found.confirmed or not _step_accepted(registry, person.id, found, code, now):
            raise CodeRefused("The code is not right. Check the time on your phone, then try the next code.")
        store.confirm_second_factor(registry, person.id, now.isoformat())
        return _new_recovery_codes(registry, person.id)


def renew_recovery_codes(workplace: Workplace, session: str, code: str) -> tuple[str, ...]:
    """New recovery codes in place of the old ones, against a code. Raises CodeRefused."""
    person = own_session(workplace, session).person
    with workplace.registry() as registry, write(registry):
        _require(registry, person.id, code, workplace.now())
        return _new_recovery_codes(registry, person.id)


def remove(workplace: Workplace, session: str, code: str) -> None:
    """Switch the second factor off, against a code. Raises CodeRefused."""
    person = own_session(workplace, session).person
    with workplace.registry() as registry, write(registry):
        _require(registry, person.id, code, workplace.now())
        store.drop_second_factor(registry, person.id)


def reset(workplace: Workplace, person: Person) -> None:
    """Switch the second factor off without a code: for the operator, for somebody who has lost app and codes."""
    with workplace.registry() as registry, write(registry):
        store.drop_second_factor(registry, person.id)


def wanted(registry: Database, person_id: int) -> bool:
    """Whether the person has a second factor that is asked for."""
    found = store.second_factor_of(registry, person_id)
    return found is not None and found.confirmed


def accepted(registry: Database, person_id: int, code: str, now: datetime) -> bool:
    """Whether this is a code of the person's app or a recovery code, used for the first time; it is used up then."""
    found = store.second_factor_of(registry, person_id)
    if found is None or not found.confirmed:
        return False
    return _step_accepted(registry, person_id, found, code, now) or store.use_recovery_code(
        registry, person_id, _recovery_hash(code)
    )


def _require(registry: Database, person_id: int, code: str, now: datetime) -> None:
    if not accepted(registry, person_id, code, now):
        raise CodeRefused(WRONG)


def _step_accepted(registry: Database, person_id: int, factor: store.SecondFactor, code: str, now: datetime) -> bool:
    """A code counts for its own half minute and for those beside it, and only if no code of it or later was used."""
    given, app = "".join(code.split()).encode("utf-8", "replace"), TOTP(factor.secret, interval=STEP_SECONDS)
    here = int(now.timestamp()) // STEP_SECONDS
    for step in (here - 1, here, here + 1):
        if step > factor.last_step and compare_digest(app.generate_otp(step).encode(), given):
            store.note_step(registry, person_id, step)
            return True
    return False


def _new_recovery_codes(registry: Database, person_id: int) -> tuple[str, ...]:
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    store.keep_recovery_codes(registry, person_id, map(_recovery_hash, codes))
    return codes


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _recovery_hash(code: str) -> str:
    return hash_of("".join(each for each in code.casefold() if each.isalnum()))
