"""What a respondent says about an item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class RatingState(Enum):
    """The four things an answer can be; they are never mixed and none of them is a zero."""

    RATED = "rated"
    NOT_APPLICABLE = "not_applicable"
    DONT_KNOW = "dont_know"
    UNANSWERED = "unanswered"

    @property
    def words(self) -> str:
        """The state as a page or report writes it."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    RatingState.RATED: "Rated",
    RatingState.NOT_APPLICABLE: "Not applicable",
    RatingState.DONT_KNOW: "Don't know",
    RatingState.UNANSWERED: "Not answered",
}


class Confidence(Enum):
    """How sure the respondent is of the rating."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True)
class Response:
    """One answer: a rating state, a level number if it is rated, and the texts.

    ``target`` is the level number aimed at, or None for the bank's default. ``reason`` must be there for
    ``not_applicable``. ValueError if a level stands without the state ``rated``, or the other way round.
    """

    state: RatingState = RatingState.UNANSWERED
    level: int | None = None
    reason: str = ""
    confidence: Confidence | None = None
    what_happens_now: str = ""
    what_needs_to_happen: str = ""
    how_to_progress: str = ""
    target: int | None = None

    def __post_init__(self) -> None:
        if (self.state is RatingState.RATED) != (self.level is not None):
            raise ValueError("a response has a level if, and only if, it is rated")
        if self.state is RatingState.NOT_APPLICABLE and not self.reason:
            raise ValueError("not applicable needs a reason")

    @property
    def texts(self) -> tuple[str, str, str]:
        """The three published columns, in their order."""
        return (self.what_happens_now, self.what_needs_to_happen, self.how_to_progress)


UNANSWERED = Response()


@dataclass(frozen=True)
class Answers:
    """The responses to a bank: ``items`` by item id, ``prompts`` (in words only) by prompt id."""

    items: Mapping[str, Response] = field(default_factory=dict)
    prompts: Mapping[str, Response] = field(default_factory=dict)

    def of(self, item_id: str) -> Response:
        """The response to an item, or the unanswered one."""
        return self.items.get(item_id, UNANSWERED)
