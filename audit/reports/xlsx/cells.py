"""The sheets of a workbook and their cells, each as the text that a person sees, or the reason why there is none."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from audit.core.errors import AnswersError
from audit.reports.xlsx.dates import date_styles
from audit.reports.xlsx.package import Package, damaged

_OFFICE = "/officeDocument"
_STRINGS = "/sharedStrings"
_STYLES = "/styles"
_NUMBER = re.compile(r"[+-]?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,3})?", re.ASCII)
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMULA = "this is a formula. Put what it shows in its place, as text."
_DATE = "the spreadsheet takes this for a date. Format the cell as text and write it again."
_ERROR = "this is an error of the spreadsheet. Write the answer again."
_TRUTH = "the spreadsheet takes this for true or false. Format the cell as text and write it again."


@dataclass(frozen=True)
class Cell:
    """A cell with something in it: its row and column from 1, its text, and why it is refused or an empty text."""

    row: int
    column: int
    text: str
    fault: str = ""


@dataclass(frozen=True)
class Merge:
    """Cells that are merged into one: the range, and the row and column where it begins."""

    span: str
    row: int
    column: int


class Workbook:
    """A workbook's sheets by name. Raises AnswersError if the package is no workbook or is damaged."""

    def __init__(self, package: Package) -> None:
        self._package = package
        related = self._related("", _OFFICE)
        if not related:
            raise AnswersError(package.source, "this is not an XLSX workbook. Save it as XLSX in a spreadsheet.")
        self._main = related[0][1]
        targets = dict(self._related(self._main, "/worksheet"))
        self.sheets = {
            sheet.get("name", ""): targets[sheet.get("id", "")]
            for sheet in package.xml(self._main).iterfind("sheets/sheet")
            if sheet.get("id", "") in targets
        }

    def _related(self, part: str, kind: str) -> list[tuple[str, str]]:
        """The ids and names of the parts inside the package that a part refers to as a kind."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self._package:
            return []
        return [
            (each.get("Id", ""), posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"))
            for each in self._package.xml(listing)
            if each.get("Type", "").endswith(kind) and each.get("TargetMode") != "External"
        ]

    @cached_property
    def _strings(self) -> list[str]:
        return [
            _words(entry)
            for _, part in self._related(self._main, _STRINGS)
            for entry in self._package.xml(part).iterfind("si")
        ]

    @cached_property
    def _dates(self) -> frozenset[int]:
        related = self._related(self._main, _STYLES)
        return date_styles(self._package.xml(related[0][1])) if related else frozenset()

    def content(self, name: str) -> tuple[list[Cell], list[Merge]]:
        """The cells of a sheet that are not blank, row by row, and its merged ranges. Raises AnswersError."""
        root = self._package.xml(self.sheets[name])
        try:
            cells = [cell for cell in self._cells(root) if cell.text.strip() or cell.fault]
            return cells, [_merge(each.get("ref", "")) for each in root.iterfind("mergeCells/mergeCell")]
        except (ValueError, IndexError, OverflowError):
            raise damaged(self._package.source) from None

    def _cells(self, root: Element) -> Iterator[Cell]:
        row = 0
        for line in root.iterfind("sheetData/row"):
            row, column = int(line.get("r", row + 1)), 0
            for cell in line.iterfind("c"):
                if cell.get("r"):
                    row, column = place(cell.get("r", ""))
                else:
                    column += 1
                yield Cell(row, column, *self._value(cell))

    def _value(self, cell: Element) -> tuple[str, str]:
        """The text of a cell, and why it is refused or an empty text."""
        kind, value = cell.get("t", "n"), cell.findtext("v") or ""
        if cell.find("f") is not None:
            return value, _FORMULA
        if kind == "inlineStr":
            inline = cell.find("is")
            return ("" if inline is None else _words(inline)), ""
        if not value:
            return "", ""
        if kind == "s":
            return self._strings[_index(value)], ""
        if kind == "n":
            return _number(value), _DATE if int(cell.get("s", 0)) in self._dates else ""
        return _unescaped(value), {"b": _TRUTH, "d": _DATE, "e": _ERROR}.get(kind, "")


def place(reference: str) -> tuple[int, int]:
    """The row and column of a reference such as ``B3``. Raises ValueError."""
    found = _PLACE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def letters(column: int) -> str:
    """The letters of a column: 1 is ``A``, 27 is ``AA``."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _merge(span: str) -> Merge:
    return Merge(span, *place(span.partition(":")[0]))


def _index(text: str) -> int:
    index = int(text)
    if index < 0:
        raise ValueError(text)
    return index


def _words(entry: Element) -> str:
    """The text of a string without its formatting and its reading aids."""
    pieces = [piece for part in entry if part.tag in ("t", "r") for piece in part.iter("t")]
    return _unescaped("".join(piece.text or "" for piece in pieces))


def _unescaped(text: str) -> str:
    """The text with the characters that a workbook writes as ``_x000D_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _number(text: str) -> str:
    """A number as a person would type it: 2 and 2.0 are ``2``."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    value = float(text)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
