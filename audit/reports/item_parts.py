"""What a gap report says about single items: plain data, all texts final."""

from __future__ import annotations

from dataclasses import dataclass


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
class Sourced:
    """Sentences with the ids of the findings that they rest on."""

    says: str
    findings: tuple[str, ...]

    @property
    def cited(self) -> str:
        """The ids as they stand after the sentences: ``(HACK-245, REES-107)``."""
        return f"({', '.join(self.findings)})"


@dataclass(frozen=True)
class SynthesisPart:
    """One of the four parts of what the evidence comes to, under its title."""

    title: str
    statement: Sourced


@dataclass(frozen=True)
class Tried:
    """Somebody who tried this: the finding that tells it, and what became of it, or an empty text."""

    finding: CitedFinding
    became: str


@dataclass(frozen=True)
class Linked:
    """Another item that hangs together with this one.

    ``how`` says in a word or two how, ``standing`` where the authority rated the other, or is empty.
    """

    how: str
    item_id: str
    title: str
    standing: str
    statement: Sourced


@dataclass(frozen=True)
class GapDetail:
    """All that is said about one gap.

    ``stake`` is what was seen elsewhere at such a level; ``synthesis`` what the evidence comes to, with ``thin`` where
    there is little of it. For an item that has no synthesis they are None, empty and False. ``source`` and ``adds``
    name the publication. The findings of ``supporting``, ``contrary``, ``tried`` and ``barriers`` are others than those
    that ``stake``, ``synthesis`` and ``linked`` cite; each may be empty. ``steps`` are pairs of a step and the id of
    the finding that suggests it; no step stands with two gaps. ``plan_note`` stands in place of what needs to happen
    and how it will be progressed where these are long, since the plan tells them; else it is empty.
    """

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
    stake: Sourced | None
    thin: bool
    synthesis: tuple[SynthesisPart, ...]
    supporting: tuple[CitedFinding, ...]
    contrary: tuple[CitedFinding, ...]
    tried: tuple[Tried, ...]
    barriers: tuple[CitedFinding, ...]
    steps: tuple[tuple[str, str], ...]
    linked: tuple[Linked, ...]
    plan_note: str

    @property
    def listed(self) -> tuple[CitedFinding, ...]:
        """The findings that are listed beside the text."""
        return (*self.supporting, *self.contrary, *(each.finding for each in self.tried), *self.barriers)

    @property
    def told(self) -> frozenset[str]:
        """The ids of the findings that the text itself cites."""
        parts = [part.statement for part in self.synthesis]
        statements = [self.stake, *parts, *(each.statement for each in self.linked)]
        return frozenset(finding_id for each in statements if each for finding_id in each.findings)


@dataclass(frozen=True)
class Standing:
    """A strength: the level it stands at, why, and what has undone it elsewhere, where that is known.

    ``said`` is what was said of it in the three columns, which the plan prints.
    """

    item_id: str
    title: str
    level: str
    descriptor: str
    reason: str
    said: Said
    endangers: Sourced | None


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
    """A row of the plan in the published three columns.

    ``who`` takes it on, as a workshop named them, or is empty.
    """

    item_id: str
    title: str
    levels: str
    said: Said
    who: str


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
