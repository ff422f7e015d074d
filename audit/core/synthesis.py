"""What the evidence on an item comes to, in a few sentences that name the findings they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.core.evidence import Finding


@dataclass(frozen=True)
class Statement:
    """A few sentences in our words, and the findings that they rest on."""

    says: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Synthesis:
    """What the evidence on an item comes to.

    ``evidence`` says what was found, ``strength`` how firm that is, ``against`` what cuts against it and ``depends``
    what it depends on. ``missing`` is for a service that rates itself low: what was seen where the item was missing.
    ``endangers`` is for one that rates itself high: what has undone it elsewhere. ``tried`` are findings on those who
    tried, ``barriers`` what got in their way, and ``best`` the findings that serve a leadership team best, best first.
    ``thin`` marks an item with little evidence.
    """

    item_id: str
    thin: bool
    evidence: Statement
    strength: Statement
    against: Statement
    depends: Statement
    missing: Statement
    endangers: Statement
    tried: tuple[Finding, ...]
    barriers: tuple[Finding, ...]
    best: tuple[Finding, ...]

    @property
    def parts(self) -> tuple[Statement, ...]:
        """The four parts that make up the synthesis, in reading order."""
        return (self.evidence, self.strength, self.against, self.depends)

    @property
    def cited(self) -> Iterator[Finding]:
        """Every finding that it names, some more than once."""
        for statement in (*self.parts, self.missing, self.endangers):
            yield from statement.findings
        for findings in (self.tried, self.barriers, self.best):
            yield from findings
