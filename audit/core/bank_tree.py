"""Reading the scale and the tree of a bank: sections to any depth, items as leaves."""

from __future__ import annotations

from collections.abc import Mapping

from audit.core.bank import (
    Addition,
    Citation,
    Combine,
    Dependency,
    Item,
    Level,
    Parts,
    PartsRule,
    Scale,
    Section,
)
from audit.core.bank_ids import Ids
from audit.core.documents import Entry

# A level may not be called what an answers file uses for the other rating states.
RESERVED_RATINGS = ("na", "dk")
_ITEM_REQUIRED = "id title prompt source weight descriptors look_for".split()
_ITEM_OPTIONAL = "adds findings parts depends_on".split()


def read_scale(entry: Entry) -> Scale:
    """The scale; numbers and values must rise, names must differ."""
    levels: list[Level] = []
    for member in entry.entries():
        level = _read_scale_level(member)
        if levels and level.number <= levels[-1].number:
            member.fail(f"level {level.number} does not follow {levels[-1].number}.", "Let numbers rise.")
        if levels and level.value <= levels[-1].value:
            member.fail(
                f"the value {level.value} is not above {levels[-1].value}, the value before.",
                "Let values rise.",
            )
        if level.name.casefold() in [other.name.casefold() for other in levels]:
            member.fail(f'two levels are called "{level.name}".', "Give each its own name.")
        levels.append(level)
    if len(levels) < 2:
        entry.fail("a scale needs at least two levels.", "Add one.")
    return Scale(tuple(levels))


def _read_scale_level(entry: Entry) -> Level:
    fields = entry.fields(["number", "name", "summary"], ["value"])
    number = fields["number"].whole_number()
    name = fields["name"].text()
    if name.casefold() in RESERVED_RATINGS or name.isdigit():
        fields["name"].fail(f'a level cannot be called "{name}".', "An answers file could not tell it apart.")
    value = fields.get("value", fields["number"]).exact()
    return Level(number, name, value, fields["summary"].text())


def read_level(entry: Entry, scale: Scale) -> Level:
    """The level whose number or name stands here."""
    level = scale.find(entry.text())
    if level is None:
        known = ", ".join(f"{level.number} {level.name}" for level in scale.levels)
        entry.fail(f'"{entry.text()}" is no level of the scale.', f"Known: {known}.")
    return level


def read_combine(entry: Entry | None) -> Combine:
    """How a section combines its children; the mean unless it says otherwise."""
    return entry.choice(Combine) if entry else Combine.MEAN


def read_citation(entry: Entry) -> Citation:
    """A place in the bank's publication."""
    fields = entry.fields(["place", "line"])
    return Citation(fields["place"].text(), fields["line"].whole_number())


def read_children(parent: Entry, fields: Mapping[str, Entry], scale: Scale, ids: Ids) -> tuple[Section | Item, ...]:
    """The sections and items under a section, or under the bank itself."""
    items = [_read_item(member, scale, ids) for member in _members(fields, "items")]
    sections = [_read_section(member, scale, ids) for member in _members(fields, "sections")]
    if not items and not sections:
        parent.fail("nothing stands below this section.", 'Give it "items:" or "sections:".')
    return (*items, *sections)


def _members(fields: Mapping[str, Entry], key: str) -> list[Entry]:
    return fields[key].entries() if key in fields else []


def _read_section(entry: Entry, scale: Scale, ids: Ids) -> Section:
    fields = entry.fields(["id", "title"], ["combine", "weight", "items", "sections"])
    return Section(
        id=ids.define(fields["id"]),
        title=fields["title"].text(),
        combine=read_combine(fields.get("combine")),
        weight=fields["weight"].exact() if "weight" in fields else None,
        children=read_children(entry, fields, scale, ids),
    )


def _read_item(entry: Entry, scale: Scale, ids: Ids) -> Item:
    fields = entry.fields(_ITEM_REQUIRED, _ITEM_OPTIONAL)
    identifier = ids.define(fields["id"], item=True)
    return Item(
        id=identifier,
        title=fields["title"].text(),
        prompt=fields["prompt"].text(),
        source=read_citation(fields["source"]),
        weight=fields["weight"].exact(),
        descriptors=_read_descriptors(fields["descriptors"], identifier, scale),
        look_for=fields["look_for"].texts(),
        findings=ids.findings(fields.get("findings")),
        adds=_read_addition(fields["adds"]) if "adds" in fields else None,
        parts=_read_parts(fields["parts"]) if "parts" in fields else None,
        depends_on=_read_dependencies(fields.get("depends_on"), identifier, ids),
    )


def _read_descriptors(entry: Entry, item_id: str, scale: Scale) -> dict[int, str]:
    by_number = {str(level.number): level for level in scale.levels}
    texts = entry.values(by_number, "level of the scale")
    for number, level in by_number.items():
        if number not in texts:
            entry.fail(
                f"{item_id} has no descriptor for level {number} ({level.name}).",
                "Say what one would see at that level.",
            )
    return {level.number: texts[number].text() for number, level in by_number.items()}


def _read_addition(entry: Entry) -> Addition:
    fields = entry.fields(["says", "place", "line"])
    return Addition(fields["says"].text(), Citation(fields["place"].text(), fields["line"].whole_number()))


def _read_parts(entry: Entry) -> Parts:
    fields = entry.fields(["rule", "of"])
    return Parts(fields["rule"].choice(PartsRule), fields["of"].texts())


def _read_dependencies(entry: Entry | None, item_id: str, ids: Ids) -> tuple[Dependency, ...]:
    if entry is None:
        return ()
    dependencies = []
    for member in entry.entries():
        fields = member.fields(["item", "says"])
        dependencies.append(Dependency(ids.item(fields["item"], item_id), fields["says"].text()))
    return tuple(dependencies)
