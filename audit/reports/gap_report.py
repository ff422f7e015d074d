"""What a gap report says: plain data, ready to be laid out as a page, a PDF or JSON.

Texts are final and numbers are already rounded, so every format shows the same words and digits. Shares that
charts draw are kept as fractions beside their text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from audit.reports.item_parts import (
    AnswerRow,
    GapDetail,
    NamedEvidence,
    OpenItem,
    Plan,
    PlanRow,
    PromptAnswer,
    Sourced,
    Standing,
)
from audit.reports.workshop_parts import WorkshopPart

# So many gaps are told in full, unless the reader asks for all.
TOP_GAPS = 5
# A brief report lays out so many rows of the plan where all of them would hold more characters than this.
BRIEF_ROWS = 3
BRIEF_PLAN = 4000


class Length(Enum):
    """How much of a report is laid out."""

    BRIEF = "brief"
    FULL = "full"
    APPENDIX = "appendix"

    @property
    def words(self) -> str:
        """What a reader chooses."""
        return _LENGTHS[self]


_LENGTHS = {
    Length.BRIEF: "Brief: summary, priorities and plan",
    Length.FULL: "Full: with the evidence on the first five gaps",
    Length.APPENDIX: "Everything: the evidence on every gap, and every answer",
}


@dataclass(frozen=True)
class BankReference:
    """The bank and weighting that the answers were scored with."""

    id: str
    version: str
    sha256: str
    title: str
    publication: str
    place: str
    item_noun: str
    weighting: str


@dataclass(frozen=True)
class SignedOff:
    """What a signed version says of itself: by whom and when it was signed, and the statement that was given."""

    says: str
    statement: str


@dataclass(frozen=True)
class Headline:
    """The score and all that keeps it honest. ``percent`` is None while nothing is rated."""

    percent: str | None
    low: str | None
    high: str | None
    band: str | None
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Priority:
    """One of the gaps to look at first: where it stands, and why it matters.

    ``stake`` is None where no evidence says why it matters.
    """

    item_id: str
    title: str
    reason: str
    stake: Sourced | None


@dataclass(frozen=True)
class SectionLine:
    """A section's score and range, as text."""

    title: str
    percent: str
    span: str


@dataclass(frozen=True)
class ProfileBar:
    """One item of the profile chart. Shares are 0 to 1; ``share`` is None where it is not rated.

    ``target`` is empty where the item does not apply.
    """

    item_id: str
    title: str
    section: str
    state: str
    target: str
    share: Fraction | None
    target_share: Fraction


@dataclass(frozen=True)
class Profile:
    """The profile chart: level names by share of the top, bars in bank order, and the same in a sentence."""

    marks: tuple[tuple[Fraction, str], ...]
    bars: tuple[ProfileBar, ...]
    alternative: str


@dataclass(frozen=True)
class Together:
    """Ratings that raise a question when they are read together: which, what to ask, and what was found."""

    items: str
    asks: str
    statement: Sourced


@dataclass(frozen=True)
class Source:
    """A finding that the report cites, for the list of them: where it stands, how firm it is and what it says."""

    id: str
    place: str
    strength: str
    says: str


@dataclass(frozen=True)
class Passage:
    """A headed passage of the method."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """A publication with how many of its findings the report cites."""

    short: str
    full: str
    cited: int


@dataclass(frozen=True)
class GapReport:
    """A gap report.

    ``notice`` marks an illustrative reading and stands on every page; else it is empty. ``accent`` is the colour of the
    band on top as ``#rrggbb``, or empty for Plumbline's own. ``signed_off`` is None but in a signed version. It holds
    all that is said, whatever its ``length``, which says how much of it is laid out. ``own_note`` says of an
    illustrative reading which findings speak of the authority itself; else it is empty. ``opening_unanswered`` and
    ``supplementary_unanswered`` name the prompts that nobody answered, by id and title. ``workshops`` are closed
    ones, oldest first.
    """

    title: str
    authority: str
    made_on: str
    notice: str
    about: str
    subtitle: str
    accent: str
    signed_off: SignedOff | None
    length: Length
    caution: str
    bank: BankReference
    headline: Headline
    priorities: tuple[Priority, ...]
    priorities_note: str
    first_caution: Sourced | None
    sections: tuple[SectionLine, ...]
    profile: Profile
    together: tuple[Together, ...]
    own_note: str
    gaps: tuple[GapDetail, ...]
    strengths: tuple[Standing, ...]
    open_items: tuple[OpenItem, ...]
    opening: tuple[PromptAnswer, ...]
    supplementary: tuple[PromptAnswer, ...]
    opening_unanswered: tuple[str, ...]
    supplementary_unanswered: tuple[str, ...]
    plan: Plan
    evidence: tuple[NamedEvidence, ...]
    method: tuple[Passage, ...]
    sources: tuple[Source, ...]
    references: tuple[Reference, ...]
    answers: tuple[AnswerRow, ...]
    workshops: tuple[WorkshopPart, ...]

    @property
    def told_gaps(self) -> tuple[GapDetail, ...]:
        """The gaps that are told in full."""
        return self.gaps if self.length is Length.APPENDIX else self.gaps[:TOP_GAPS]

    @property
    def plan_rows(self) -> tuple[PlanRow, ...]:
        """The rows of the plan that are laid out: all, or in a brief report the first ones of a long plan."""
        rows = self.plan.rows
        long = sum(len(text) for row in rows for text in (row.said.now, row.said.needs, row.said.progress)) > BRIEF_PLAN
        return rows[:BRIEF_ROWS] if self.length is Length.BRIEF and long else rows

    @property
    def other_gaps(self) -> tuple[GapDetail, ...]:
        """The gaps that stand in a table only."""
        return self.gaps[len(self.told_gaps) :]
