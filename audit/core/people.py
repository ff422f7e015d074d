"""People and the authorities they work for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import floor

NAME_LIMIT = 120
# The lowest contrast that WCAG 2.2 AA allows between text and what it stands on.
CONTRAST = Fraction(9, 2)
_ONS_CODE = re.compile(r"E\d{8}", re.ASCII)
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)


class Role(Enum):
    """What a person may do for an authority."""

    LEAD = "lead"
    CONTRIBUTOR = "contributor"
    FACILITATOR = "facilitator"
    VIEWER = "viewer"


@dataclass(frozen=True)
class Person:
    """Someone who can sign in.

    ``reach`` is the slug of the one authority that this sign-in opens, because nobody else vouches that it is this
    person: that authority's directory does, or whoever there invited her. It is empty where all authorities of the
    person are open.
    """

    id: int
    email: str
    name: str
    reach: str = ""

    def reaches(self, slug: str) -> bool:
        """Whether this sign-in opens the authority, if the person is a member of it."""
        return self.reach in ("", slug)


# Who does what is done by command line. The numbers of people begin with 1.
OPERATOR = Person(0, "", "Whoever runs the server")


@dataclass(frozen=True)
class Authority:
    """A local authority. ``slug`` names its file and its pages; ``accent`` is ``#rrggbb`` or empty."""

    slug: str
    name: str
    ons_code: str = ""
    accent: str = ""


@dataclass(frozen=True)
class Membership:
    """A person's place in an authority."""

    authority: Authority
    role: Role


def slug_of(name: str) -> str:
    """The name in lower-case ASCII letters, digits and hyphens, at most 60, never empty."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.casefold()))[:60].strip("-") or "authority"


def check_name(text: str) -> str | None:
    """What is wrong with an authority's name, or None."""
    if not text.strip():
        return "Enter the name of the authority."
    if len(text) > NAME_LIMIT:
        return f"The name must be {NAME_LIMIT} characters or fewer."
    if not text.isprintable():
        return "The name must be on one line, without control characters."
    return None


def check_ons_code(text: str) -> str | None:
    """What is wrong with an ONS code of an English authority, or None; an empty one is allowed."""
    if text and not _ONS_CODE.fullmatch(text):
        return "The ONS code must be E and eight digits, such as E06000001, or be left empty."
    return None


def check_accent(text: str) -> str | None:
    """What is wrong with an accent colour, or None; an empty one is allowed. White text stands on it."""
    if not text:
        return None
    if not _COLOUR.fullmatch(text):
        return "The colour must be # and six of 0 to 9 and a to f, such as #0f4c5c."
    if contrast(text, "#ffffff") < CONTRAST:
        # Cut, not rounded: 4.48 must not read as the 4.5 that is asked for.
        shown = floor(contrast(text, "#ffffff") * 100) / 100
        return f"White text on this colour has a contrast of {shown} to 1. Choose a darker one, 4.5 to 1 or more."
    return None


def contrast(first: str, second: str) -> Fraction:
    """The contrast ratio of two colours ``#rrggbb`` by WCAG 2.2, from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + Fraction(1, 20)) / (dark + Fraction(1, 20))


def _luminance(colour: str) -> Fraction:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))

    def linear(channel: float) -> float:
        return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)

    return Fraction(0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue))
