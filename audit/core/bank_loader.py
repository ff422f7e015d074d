"""Reading a bank file, with messages that name the line and say what would be right."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TypeVar

from audit.core.bank import (
    Band,
    Bank,
    Citation,
    OpeningQuestion,
    Scale,
    Section,
    SupplementaryPrompt,
    Weighting,
)
from audit.core.bank_ids import Ids
from audit.core.bank_tree import read_children, read_citation, read_combine, read_level, read_scale
from audit.core.documents import Entry, read_document
from audit.core.errors import BankError, UsageError
from audit.core.resources import question_banks
from audit.core.weights import effective_weights

_VERSION = re.compile(r"\d+\.\d+\.\d+", re.ASCII)
_REQUIRED = "id version title item_noun summary source caution scale default_target bands weightings".split()
_OPTIONAL = "combine items sections opening supplementary".split()
Read = TypeVar("Read")


@cache
def bank_ids() -> tuple[str, ...]:
    """The ids of the banks that Plumbline carries."""
    return tuple(sorted(path.parent.name for path in question_banks().glob("*/bank.yaml")))


def load_bank(bank_id: str, known_findings: Collection[str] | None = None) -> Bank:
    """The bank of this id among those that Plumbline carries.

    Raises UsageError for an unknown id and BankError for a faulty file.
    """
    if bank_id not in bank_ids():
        raise UsageError(f'There is no bank "{bank_id}". Known: {", ".join(bank_ids())}.')
    return _carried(bank_id) if known_findings is None else load_bank_file(_path(bank_id), known_findings)


@cache
def _carried(bank_id: str) -> Bank:
    # A version that has been answered is never edited, so one reading serves for as long as the process runs.
    return load_bank_file(_path(bank_id))


def _path(bank_id: str) -> Path:
    return question_banks() / bank_id / "bank.yaml"


def load_bank_file(path: Path, known_findings: Collection[str] | None = None) -> Bank:
    """The bank in a file; references to findings are checked where ``known_findings`` is given.

    Raises UsageError if the file cannot be read and BankError if it is faulty.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise UsageError(f"{path} cannot be read: {fault.strerror}.") from None
    return parse_bank(data, str(path), known_findings)


def parse_bank(data: bytes, source: str, known_findings: Collection[str] | None = None) -> Bank:
    """The bank in the bytes of a YAML file; ``source`` is the file's name in messages."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise BankError(source, line, "this is not UTF-8 text.", "Save the file as UTF-8.") from None
    root = read_document(text, source, BankError)
    return _read_bank(root, Ids(known_findings), hashlib.sha256(data).hexdigest())


def _read_bank(root: Entry, ids: Ids, sha256: str) -> Bank:
    fields = root.fields(_REQUIRED, _OPTIONAL)
    scale = read_scale(fields["scale"])
    tree = _read_root(root, fields, scale, ids)
    source = fields["source"].fields(["publication", "place", "line"])
    bank = Bank(
        id=tree.id,
        version=_version(fields["version"]),
        title=tree.title,
        item_noun=fields["item_noun"].text(),
        summary=fields["summary"].text(),
        publication=source["publication"].text(),
        source=Citation(source["place"].text(), source["line"].whole_number()),
        caution=fields["caution"].text(),
        scale=scale,
        weightings=_read_weightings(fields["weightings"], tree),
        default_target=read_level(fields["default_target"], scale),
        bands=_read_bands(fields["bands"]),
        root=tree,
        sha256=sha256,
        opening=_read_all(fields.get("opening"), lambda entry: _read_question(entry, ids)),
        supplementary=_read_all(fields.get("supplementary"), lambda entry: _read_supplementary(entry, ids)),
    )
    ids.check_references()
    return bank


def _read_root(root: Entry, fields: Mapping[str, Entry], scale: Scale, ids: Ids) -> Section:
    bank_id = ids.define(fields["id"])
    combine = read_combine(fields.get("combine"))
    return Section(bank_id, fields["title"].text(), combine, None, read_children(root, fields, scale, ids))


def _version(entry: Entry) -> str:
    version = entry.text()
    if not _VERSION.fullmatch(version):
        entry.fail(f'"{version}" is not a version.', "Write three numbers, such as 1.0.0.")
    return version


def _read_all(entry: Entry | None, read: Callable[[Entry], Read]) -> tuple[Read, ...]:
    return tuple(read(member) for member in entry.entries()) if entry else ()


def _read_weightings(entry: Entry, tree: Section) -> tuple[Weighting, ...]:
    names: dict[str, Entry] = {}
    weightings = []
    for member in entry.entries():
        fields = member.fields(["name", "title", "rule"], ["weights"])
        name = fields["name"].text()
        if name in names:
            fields["name"].fail(f'the weighting "{name}" stands twice.', "Give each its own name.")
        names[name] = member
        weighting = Weighting(
            name, fields["title"].text(), fields["rule"].text(), _read_weights(fields.get("weights"), tree)
        )
        if not any(effective_weights(tree, weighting).values()):
            member.fail(f'all weights of "{name}" are zero.', "Give at least one item a weight above zero.")
        weightings.append(weighting)
    return tuple(weightings)


def _read_weights(entry: Entry | None, tree: Section) -> Mapping[str, Fraction]:
    if entry is None:
        return {}
    names = [item.id for item in tree.items()] + [section.id for section in tree.sections()]
    return {name: value.exact() for name, value in entry.values(names, "item or section of this bank").items()}


def _read_bands(entry: Entry) -> tuple[Band, ...]:
    bands: list[Band] = []
    for member in entry.entries():
        fields = member.fields(["from", "name", "says"])
        band = Band(fields["from"].exact(), fields["name"].text(), fields["says"].text())
        if not bands and band.start != 0:
            fields["from"].fail("the first band does not start at 0.", "Every score needs a band.")
        if bands and band.start <= bands[-1].start:
            fields["from"].fail("this band does not start above the one before.", "Order bands by rising score.")
        if band.start > 1:
            fields["from"].fail(f"{band.start} is above 1.", "A band starts at a share of the top, 0 to 1.")
        bands.append(band)
    return tuple(bands)


def _read_question(entry: Entry, ids: Ids) -> OpeningQuestion:
    fields = entry.fields(["id", "question", "hint", "source", "items"])
    identifier = ids.define(fields["id"])
    return OpeningQuestion(
        id=identifier,
        question=fields["question"].text(),
        hint=fields["hint"].text(),
        source=read_citation(fields["source"]),
        items=ids.items(fields["items"], identifier),
    )


def _read_supplementary(entry: Entry, ids: Ids) -> SupplementaryPrompt:
    fields = entry.fields("id title prompt why source look_for items".split(), ["findings"])
    identifier = ids.define(fields["id"])
    return SupplementaryPrompt(
        id=identifier,
        title=fields["title"].text(),
        prompt=fields["prompt"].text(),
        why=fields["why"].text(),
        source=read_citation(fields["source"]),
        look_for=fields["look_for"].texts(),
        findings=ids.findings(fields.get("findings")),
        items=ids.items(fields["items"], identifier),
    )
