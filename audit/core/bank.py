"""A question bank: a versioned instrument with its scale, weightings and tree of items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import cached_property


@dataclass(frozen=True)
class Level:
    """A step of a scale: its number, its name, its value and what it means in general."""

    number: int
    name: str
    value: Fraction
    summary: str


@dataclass(frozen=True)
class Scale:
    """The ordered levels that an item can be rated at; their values rise."""

    levels: tuple[Level, ...]

    @property
    def bottom(self) -> Level:
        """The lowest level."""
        return self.levels[0]

    @property
    def top(self) -> Level:
        """The highest level."""
        return self.levels[-1]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the levels, lowest first."""
        return [level.number for level in self.levels]

    def level(self, number: int) -> Level:
        """The level with this number; KeyError where there is none."""
        for level in self.levels:
            if level.number == number:
                return level
        raise KeyError(number)

    def find(self, text: str) -> Level | None:
        """The level whose number or name (in any case) ``text`` is, or None."""
        wanted = text.strip().casefold()
        for level in self.levels:
            if wanted in (str(level.number), level.name.casefold()):
                return level
        return None


@dataclass(frozen=True)
class Citation:
    """A place in a published document: what the place is called there, and the line in its text version."""

    place: str
    line: int


@dataclass(frozen=True)
class Addition:
    """What the recommendation behind an item says beyond the item's own row."""

    says: str
    source: Citation


@dataclass(frozen=True)
class Dependency:
    """An item that speaks of another: rated above the bottom while the other is at the bottom contradicts."""

    item_id: str
    says: str


class PartsRule(Enum):
    """How the parts of a compound item count: all of them are meant, or either suffices."""

    ALL = "all"
    EITHER = "either"


@dataclass(frozen=True)
class Parts:
    """What a compound item holds together."""

    rule: PartsRule
    of: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """A condition or an ingredient: a leaf of the bank.

    ``descriptors`` says, by level number, what one would see at that level in this very item.
    """

    id: str
    title: str
    prompt: str
    source: Citation
    weight: Fraction
    descriptors: Mapping[int, str]
    look_for: tuple[str, ...]
    findings: tuple[str, ...] = ()
    adds: Addition | None = None
    parts: Parts | None = None
    depends_on: tuple[Dependency, ...] = ()


class Combine(Enum):
    """How a section combines its children."""

    MEAN = "mean"
    SUM = "sum"
    GEOMETRIC = "geometric"
    MINIMUM = "minimum"


@dataclass(frozen=True)
class Section:
    """A branch of the bank. ``weight`` is None where it is the sum of the weights below."""

    id: str
    title: str
    combine: Combine
    weight: Fraction | None
    children: tuple[Section | Item, ...]

    def items(self) -> Iterator[Item]:
        """The items below, in bank order."""
        for child in self.children:
            if isinstance(child, Item):
                yield child
            else:
                yield from child.items()

    def sections(self) -> Iterator[Section]:
        """The sections below, each before its own sections."""
        for child in self.children:
            if isinstance(child, Section):
                yield child
                yield from child.sections()


@dataclass(frozen=True)
class Weighting:
    """A named set of weights by item or section id; what it does not name keeps the weight in the tree."""

    name: str
    title: str
    rule: str
    weights: Mapping[str, Fraction] = field(default_factory=dict)

    def of_item(self, item: Item) -> Fraction:
        """The item's weight under this weighting."""
        return self.weights.get(item.id, item.weight)

    def of_section(self, section: Section) -> Fraction | None:
        """The section's weight under this weighting, or None for the sum of the weights below."""
        return self.weights.get(section.id, section.weight)


@dataclass(frozen=True)
class Band:
    """A name for overall scores from ``start`` (a share of 0 to 1) upwards."""

    start: Fraction
    name: str
    says: str


@dataclass(frozen=True)
class OpeningQuestion:
    """An open question that a team may answer before it rates; ``items`` are those it touches."""

    id: str
    question: str
    hint: str
    source: Citation
    items: tuple[str, ...]


@dataclass(frozen=True)
class SupplementaryPrompt:
    """A condition outside the published rows and outside the score."""

    id: str
    title: str
    prompt: str
    why: str
    source: Citation
    look_for: tuple[str, ...]
    findings: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True)
class Bank:
    """A question bank. ``sha256`` is the hash of its file's bytes."""

    id: str
    version: str
    title: str
    item_noun: str
    summary: str
    publication: str
    source: Citation
    caution: str
    scale: Scale
    weightings: tuple[Weighting, ...]
    default_target: Level
    bands: tuple[Band, ...]
    root: Section
    sha256: str
    opening: tuple[OpeningQuestion, ...] = ()
    supplementary: tuple[SupplementaryPrompt, ...] = ()

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """All items by id, in bank order."""
        return {item.id: item for item in self.root.items()}

    @cached_property
    def prompts(self) -> Mapping[str, OpeningQuestion | SupplementaryPrompt]:
        """Opening questions and supplementary prompts by id: answered in words, never rated."""
        prompts: list[OpeningQuestion | SupplementaryPrompt] = [*self.opening, *self.supplementary]
        return {prompt.id: prompt for prompt in prompts}

    def weighting(self, name: str) -> Weighting:
        """The weighting of this name; KeyError where there is none."""
        for weighting in self.weightings:
            if weighting.name == name:
                return weighting
        raise KeyError(name)

    def band(self, score: Fraction) -> Band:
        """The highest band that starts at or below ``score``."""
        return [band for band in self.bands if band.start <= score][-1]
