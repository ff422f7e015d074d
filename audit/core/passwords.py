"""What makes a password good enough: its length, and that nobody guesses it early. Its composition is free."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from zxcvbn import zxcvbn

SHORTEST = 12
LONGEST = 256
# Words that whoever guesses at a password of this service tries first.
OF_THE_FIELD = ("plumbline", "social", "worker", "children", "families", "safeguarding", "council", "audit")
# Of 0 to 4. Below 3, fewer than a hundred million tries find it.
_GOOD_ENOUGH = 3
# The estimate reads no more than this, and takes longer the more it reads.
_READ = 72
_SHORTEST_WORD = 3


def plain(password: str) -> str:
    """The password as it is hashed: a letter typed on another keyboard in another code is the same letter."""
    return unicodedata.normalize("NFKC", password)


def password_problem(password: str, own: Iterable[str] = ()) -> str | None:
    """What is wrong with a new password, or None.

    ``own`` are texts that others know of the person, such as name, e-mail address and authority: their words do not
    count towards how hard the password is to guess.
    """
    text = plain(password)
    if len(text) < SHORTEST:
        return f"The password must be {SHORTEST} characters or more. Three or four words make a good one."
    if len(text) > LONGEST:
        return f"The password must be {LONGEST} characters or fewer."
    rest = _without(text.casefold(), own)
    if not rest or zxcvbn(rest[:_READ])["score"] < _GOOD_ENOUGH:
        return (
            "The password is too easy to guess. It is a common one, follows a pattern, or is made of your name or of "
            "where you work. Choose three or four words that do not belong together."
        )
    return None


def _without(text: str, own: Iterable[str]) -> str:
    known = {word for each in own for word in re.findall(r"[^\W\d_]+", plain(each).casefold())}
    # Longer ones first, so that no end of a longer word is left over.
    for word in sorted(known | set(OF_THE_FIELD), key=len, reverse=True):
        if len(word) >= _SHORTEST_WORD:
            text = text.replace(word, "")
    return text
