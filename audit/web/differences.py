"""Two versions of an answer, field by field, and how they are brought together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit.core.audits import EvidenceLink
from audit.core.bank import Bank
from audit.core.responses import RatingState, Response
from audit.core.texts import tidy
from audit.reports.wording import COLUMN_TITLES, day_words, level_words
from audit.web.item_form import LINK_FIELDS, TEXTS

LABELS = {
    "rating": "Rating",
    "reason": "Reason",
    "confidence": "How sure",
    "target": "Target",
    **dict(zip(TEXTS, COLUMN_TITLES, strict=True)),
    "links": "Evidence",
}
_RATING = ("rating", "na_reason", "reason")
_REST = (("confidence",), ("target",), *((name,) for name in TEXTS), LINK_FIELDS)


@dataclass(frozen=True)
class Difference:
    """A field in which two versions differ: both in words, whole; an empty text is nothing."""

    name: str
    label: str
    first: str
    second: str


def in_words(bank: Bank, response: Response, links: tuple[EvidenceLink, ...]) -> dict[str, str]:
    """An answer by field, as people read it; an empty text where there is nothing."""
    scale = bank.scale
    return {
        "rating": response.state.words if response.level is None else level_words(scale.level(response.level)),
        "reason": response.reason,
        "confidence": response.confidence.value.capitalize() if response.confidence else "",
        "target": "" if response.target is None else level_words(scale.level(response.target)),
        **dict(zip(TEXTS, response.texts, strict=True)),
        "links": "\n".join(link_words(link) for link in links),
    }


def link_words(link: EvidenceLink) -> str:
    """A link on one line: its address, date and note."""
    return ", ".join(part for part in (link.url, day_words(link.dated) if link.dated else "", link.note) if part)


def differences(first: Mapping[str, str], second: Mapping[str, str]) -> list[Difference]:
    """The fields in which two answers, each from :func:`in_words`, differ."""
    return [
        Difference(name, label, first[name], second[name])
        for name, label in LABELS.items()
        if first[name] != second[name]
    ]


def merged(before: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form that begins with ``mine``, but with ``theirs`` where only they changed ``before``."""
    fields = dict(mine)
    # A reason why something does not apply makes sense with that rating only.
    excused = any(RatingState.NOT_APPLICABLE.value == each.get("rating") for each in (before, mine, theirs))
    ratings = (_RATING,) if excused else tuple((name,) for name in _RATING)
    for names in (*ratings, *_REST):
        if _values(before, names) == _values(mine, names):
            for name in names:
                fields.pop(name, None)
            fields |= {name: theirs[name] for name in names if name in theirs}
    return fields


def _values(fields: Mapping[str, str], names: tuple[str, ...]) -> list[str]:
    return [tidy(fields.get(name, "")) for name in names]
