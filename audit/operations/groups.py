"""Groups of people who answer, and how small a group may be to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.core.disclosure import DEFAULT_THRESHOLD, threshold
from audit.core.people import Membership, Person
from audit.core.permissions import Deed, may
from audit.operations.access import require
from audit.operations.audits import note
from audit.operations.errors import NotFound
from audit.operations.workplace import Workplace
from audit.store import groups, people, rules
from audit.store.connection import write


@dataclass(frozen=True)
class Grouped:
    """The groups by id in the order of their names, those who answer by name, and which group each is in, by id.

    ``setting`` is the threshold that is set, None for the usual one.
    """

    membership: Membership
    names: Mapping[int, str]
    people: tuple[Person, ...]
    group_of: Mapping[int, int]
    setting: int | None

    @property
    def smallest(self) -> int:
        """The smallest group that is shown."""
        return threshold(self.setting)


def groups_of(workplace: Workplace, person: Person, slug: str) -> Grouped:
    """The authority's groups. Raises NotFound and NotAllowed."""
    membership = require(workplace, person, slug, Deed.MANAGE)
    with workplace.registry() as registry:
        answer = tuple(each.person for each in people.members(registry, slug) if may(each.role, Deed.ANSWER))
    with workplace.authority(slug) as file:
        return Grouped(membership, groups.names(file), answer, groups.members(file), rules.find(file, rules.THRESHOLD))


def name_groups(
    workplace: Workplace, person: Person, slug: str, renamed: Mapping[int, str], added: Sequence[str]
) -> None:
    """Give groups, by id, other names and add new ones. A group that gets an empty name is removed.

    Raises NotFound for an id of no group, and ValueError where two groups would have one name, in any case.
    """
    require(workplace, person, slug, Deed.MANAGE)
    with workplace.authority(slug) as file, write(file):
        before = groups.names(file)
        if not renamed.keys() <= before.keys():
            raise NotFound("There is no such group.")
        after = [name.casefold() for name in [*{**before, **renamed}.values(), *added] if name]
        if len(set(after)) < len(after):
            raise ValueError(after)
        changed = {group_id: name for group_id, name in renamed.items() if name != before[group_id]}
        for group_id, name in changed.items():
            # Out of the way first: two groups may change names with each other.
            groups.rename(file, group_id, f"{name}\n{group_id}")
        for group_id, name in changed.items():
            if name:
                groups.rename(file, group_id, name)
            else:
                groups.remove(file, group_id)
            note(workplace, file, person, "renamed a group" if name else "removed a group", detail=before[group_id])
        for name in added:
            groups.add(file, name)
            note(workplace, file, person, "added a group", detail=name)


def put_people(workplace: Workplace, person: Person, slug: str, placed: Mapping[int, int | None]) -> None:
    """Put people, by id, into groups, by id, or with None into no group.

    Raises NotFound for a group that is not there, and for somebody who does not answer for the authority.
    """
    grouped = groups_of(workplace, person, slug)
    ids = {each.id for each in grouped.people}
    with workplace.authority(slug) as file, write(file):
        known = {None, *groups.names(file)}
        if not placed.keys() <= ids or not set(placed.values()) <= known:
            raise NotFound("There is no such person or group.")
        moved = {who: group_id for who, group_id in placed.items() if groups.members(file).get(who) != group_id}
        for who, group_id in moved.items():
            groups.put(file, who, group_id)
        if moved:
            note(workplace, file, person, "put people into groups", detail=f"{len(moved)} moved")


def set_threshold(workplace: Workplace, person: Person, slug: str, smallest: int | None) -> None:
    """Set how small a group may be to be shown; None is the usual 5. Raises ValueError below 3."""
    require(workplace, person, slug, Deed.SET_RULES)
    threshold(smallest)
    with workplace.authority(slug) as file, write(file):
        if rules.find(file, rules.THRESHOLD) != smallest:
            rules.keep(file, rules.THRESHOLD, smallest)
            words = f"{DEFAULT_THRESHOLD}, as usual" if smallest is None else str(smallest)
            note(workplace, file, person, "set the smallest group that is shown", detail=words)
