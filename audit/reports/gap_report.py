"""What a gap report says: plain data, ready to be laid out as a page, a PDF or JSON.

Texts are final and numbers are already rounded, so every format shows the same words and digits. Shares that
charts draw are kept as fractions beside their text.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


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
    """One of the gaps to look at first, with the reason."""

    item_id: str
    title: str
    reason: str


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
class CitedFinding:
    """A finding as a report prints it; ``basis`` says how sure it is, ``source`` where it stands."""

    id: str
    says: str
    setting: str
    strength: str
    basis: str
    source: str
    direction: str


@dataclass(frozen=True)
class Said:
    """The three published columns as the respondent filled them."""

    now: str
    needs: str
    progress: str

    def __bool__(self) -> bool:
        return bool(self.now or self.needs or self.progress)


@dataclass(frozen=True)
class GapDetail:
    """All that is said about one gap."""

    rank: int
    item_id: str
    title: str
    prompt: str
    source: str
    adds: str
    level: str
    descriptor: str
    target: str
    target_descriptor: str
    share: str
    confidence: str
    reason: str
    said: Said
    notes: tuple[str, ...]
    supporting: tuple[CitedFinding, ...]
    contrary: tuple[CitedFinding, ...]
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Standing:
    """A strength: the level it stands at, what was said, and a finding that bears on it."""

    item_id: str
    title: str
    level: str
    descriptor: str
    reason: str
    said: Said
    evidence: CitedFinding | None


@dataclass(frozen=True)
class OpenItem:
    """An item without a level: not applicable, don't know or not answered."""

    item_id: str
    title: str
    state: str
    reason: str


@dataclass(frozen=True)
class PromptAnswer:
    """An opening question or supplementary prompt, with what was said in words."""

    prompt_id: str
    title: str
    about: str
    touches: str
    said: Said


@dataclass(frozen=True)
class PlanRow:
    """A row of the plan in the published three columns."""

    item_id: str
    title: str
    levels: str
    said: Said


@dataclass(frozen=True)
class Plan:
    """The rows with a text, gaps first by priority, and the ids of the items without any."""

    rows: tuple[PlanRow, ...]
    without_text: tuple[str, ...]


@dataclass(frozen=True)
class AnswerRow:
    """One answer in full, for the appendix."""

    item_id: str
    title: str
    rating: str
    target: str
    confidence: str
    weight: str
    reason: str
    said: Said


@dataclass(frozen=True)
class NamedEvidence:
    """Where the evidence for an answer lies, as the respondent named it."""

    item_id: str
    url: str
    dated: str
    note: str


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
    band on top as ``#rrggbb``, or empty for Plumbline's own.
    """

    title: str
    authority: str
    made_on: str
    notice: str
    about: str
    subtitle: str
    accent: str
    caution: str
    bank: BankReference
    headline: Headline
    priorities: tuple[Priority, ...]
    priorities_note: str
    sections: tuple[SectionLine, ...]
    profile: Profile
    gaps: tuple[GapDetail, ...]
    strengths: tuple[Standing, ...]
    open_items: tuple[OpenItem, ...]
    opening: tuple[PromptAnswer, ...]
    supplementary: tuple[PromptAnswer, ...]
    plan: Plan
    evidence: tuple[NamedEvidence, ...]
    method: tuple[Passage, ...]
    references: tuple[Reference, ...]
    answers: tuple[AnswerRow, ...]
