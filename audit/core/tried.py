"""Who tried what: the settings that the publications studied, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from audit.core.evidence import Finding, Publication


class SettingGroup(Enum):
    """Which body of work a setting belongs to, in the order in which pages list them."""

    INNOVATION_PROGRAMME = "innovation-programme"
    REMODELLING_PILOTS = "remodelling-pilots"
    HACKNEY = "hackney"
    CAMBRIDGESHIRE = "cambridgeshire"
    OTHER_SETTINGS = "other-settings"

    @property
    def title(self) -> str:
        """The heading of the group."""
        return _TITLES[self]


_TITLES = {
    SettingGroup.INNOVATION_PROGRAMME: "The 17 social work projects of the Innovation Programme, 2014 to 2016",
    SettingGroup.REMODELLING_PILOTS: "The 11 remodelling pilots, 2008 to 2011",
    SettingGroup.HACKNEY: "Hackney",
    SettingGroup.CAMBRIDGESHIRE: "Cambridgeshire",
    SettingGroup.OTHER_SETTINGS: "Case studies and other settings",
}


@dataclass(frozen=True)
class SourcePlace:
    """A place in a publication: what a reader looks up, and the line in its text version."""

    publication: Publication
    place: str
    line: int


@dataclass(frozen=True)
class Setting:
    """A project, authority or service that tried something: what it did, how it was studied, what became of it.

    ``covers`` are the names by which findings speak of it.
    """

    id: str
    name: str
    group: SettingGroup
    where: str
    did: str
    studied: str
    became: str
    sources: tuple[SourcePlace, ...]
    findings: tuple[Finding, ...]
    covers: tuple[str, ...]
