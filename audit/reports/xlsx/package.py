"""A workbook's package, opened without trust: a ZIP archive of XML parts that somebody else sent.

It is read in memory, and only the parts that are asked for. Nothing that it refers to outside itself is looked up.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from audit.core.errors import AnswersError

SIZE_LIMIT = 5_000_000
# Unpacked, a workbook with every text of every item at its longest is smaller than this.
UNPACKED_LIMIT = 25_000_000
RATIO_LIMIT = 100
# Below this size a high ratio does no harm: it is one sentence that stands many times.
RATIO_MATTERS = 2_500_000
PARTS_LIMIT = 500
ELEMENTS_LIMIT = 200_000
DEPTH_LIMIT = 50
_ZIP = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1
# What the standard library raises over archives that are not what they say.
_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, OverflowError)
_DAMAGED = "this workbook is damaged. Open it in a spreadsheet, save it as XLSX, and try again."


def is_workbook(data: bytes) -> bool:
    """Whether the bytes begin as a workbook does: packed (XLSX), or old or locked with a password (XLS)."""
    return data.startswith((_ZIP, _OLD))


def damaged(source: str) -> AnswersError:
    """The error to raise where a workbook breaks the rules of its format."""
    return AnswersError(source, _DAMAGED)


class Package:
    """The parts of a workbook.

    Raises AnswersError if the bytes are no workbook, or one that is too large, too densely packed, locked or damaged.
    """

    def __init__(self, data: bytes, source: str) -> None:
        self.source = source
        self._check_kind(data)
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _FAULTS:
            raise damaged(source) from None
        self._parts = self._checked(self._archive.infolist(), len(data))

    def _check_kind(self, data: bytes) -> None:
        if len(data) > SIZE_LIMIT:
            problem = f"this workbook is larger than {SIZE_LIMIT // 1_000_000} MB. Is it an answers file?"
            raise AnswersError(self.source, problem)
        if data.startswith(_OLD):
            problem = "this workbook is in the old format XLS, or has a password. Save it as XLSX without a password."
            raise AnswersError(self.source, problem)
        if not data.startswith(_ZIP):
            raise AnswersError(self.source, "this is not an XLSX workbook. Save it as XLSX in a spreadsheet.")

    def _checked(self, members: list[zipfile.ZipInfo], packed: int) -> dict[str, zipfile.ZipInfo]:
        """The parts by name, judged by what the archive says of itself before anything is unpacked."""
        size = sum(member.file_size for member in members)
        dense = size > RATIO_MATTERS and size > RATIO_LIMIT * packed
        if size > UNPACKED_LIMIT or dense or len(members) > PARTS_LIMIT:
            problem = "this workbook unpacks to far more than answers need. Copy the answers into a new template."
            raise AnswersError(self.source, problem)
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise AnswersError(self.source, "this workbook has a password. Save it without one.")
        parts = {member.filename: member for member in members}
        if len(parts) < len(members) or any(member.compress_type not in _PACKED for member in members):
            raise damaged(self.source)
        return parts

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def text(self, name: str) -> bytes:
        """The bytes of a part. Raises AnswersError if it is missing or damaged."""
        if name not in self._parts:
            raise damaged(self.source)
        try:
            return self._archive.read(self._parts[name])
        except _FAULTS:
            raise damaged(self.source) from None

    def xml(self, name: str) -> Element:
        """The root of a part, its names without their namespaces. Raises AnswersError."""
        return parse_xml(self.text(name), self.source)


def parse_xml(data: bytes, source: str) -> Element:
    """The root element of XML that declares no document type, and so no entity of its own. Raises AnswersError."""
    reader = _Reader(source)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.builder.data
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(data, True)
        return reader.builder.close()
    except (expat.ExpatError, ValueError, LookupError, AssertionError):
        raise damaged(source) from None


class _Reader:
    """Builds a tree from what the parser meets, and stops where there is too much."""

    def __init__(self, source: str) -> None:
        self.builder = TreeBuilder()
        self._source, self._count, self._depth = source, 0, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count, self._depth = self._count + 1, self._depth + 1
        if self._count > ELEMENTS_LIMIT or self._depth > DEPTH_LIMIT:
            raise AnswersError(self._source, "this workbook holds far more cells than answers need.")
        self.builder.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        self.builder.end(_local(name))

    def refuse(self, *_: object) -> None:
        raise AnswersError(self._source, "this workbook declares a document type, which no spreadsheet writes.")


def _local(name: str) -> str:
    return name.rpartition("}")[2]
