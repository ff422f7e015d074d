"""What may be shown of a small group without showing what one person said."""

from __future__ import annotations

from collections.abc import Mapping

# So few people are never broken down, whatever is set.
LOWEST_THRESHOLD = 3
DEFAULT_THRESHOLD = 5


def threshold(setting: int | None) -> int:
    """The smallest group that is shown: the setting, or 5 where none is set. Raises ValueError below 3."""
    if setting is None:
        return DEFAULT_THRESHOLD
    if setting < LOWEST_THRESHOLD:
        raise ValueError(setting)
    return setting


def may_show(people: int, smallest: int) -> bool:
    """Whether answers of so many people may be shown as totals."""
    return people >= smallest


def shown_groups(sizes: Mapping[str, int], smallest: int) -> frozenset[str]:
    """The groups that may be shown beside the total of all, given how many people of each answered.

    ``sizes`` must cover everyone in the total, those without a group as a group of their own. A group of fewer than
    ``smallest`` is held back. Whoever takes the shown groups off the total sees the rest: so where the rest is fewer
    than ``smallest`` people, the smallest shown group is held back as well, until the rest is large enough or nothing
    is shown. Groups in which nobody answered have nothing to show.
    """
    shown = {name for name, size in sizes.items() if size >= smallest}
    held = sum(size for name, size in sizes.items() if name not in shown)
    for name in sorted(shown, key=lambda name: (sizes[name], name)):
        if not 0 < held < smallest:
            break
        shown.remove(name)
        held += sizes[name]
    return frozenset(shown)
