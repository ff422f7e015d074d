"""Tables that tag themselves through ReportLab's render callback: data tables, and tables that only lay out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFName
from reportlab.platypus import Flowable, Table

from audit.reports.pdf.tagging.canvas import TaggedCanvas


class _Tags(ABC):
    """A render callback: whatever ReportLab starts is opened, and closed at its end. Rules and tints are artifacts."""

    def __init__(self) -> None:
        self._opened: list[AbstractContextManager[Any]] = []

    def __call__(self, table: Any, event: str, *place: Any) -> None:
        """Take notice of an event, as in ``startRow``, and where it happens."""
        if event.startswith("end"):
            self._opened.pop().__exit__(None, None, None)
            return
        artifact = event in ("startBG", "startLines")
        opened = _canvas(table).artifact() if artifact else self._opening(table, event, *place)
        opened.__enter__()
        self._opened.append(opened)

    @abstractmethod
    def _opening(self, table: Any, event: str, *place: Any) -> AbstractContextManager[Any]:
        """What to open at the start of the table, a row or a cell."""


class _LayoutTags(_Tags):
    """The cells of a row that only lays out, each an element that goes on on the next page."""

    def _opening(self, table: Any, event: str, *place: Any) -> AbstractContextManager[Any]:
        if event != "startCell" or table._ncols == 1:
            return nullcontext()
        _, column, *_ = place
        return _canvas(table).group("Div", (self, column))


class TableTags(_Tags):
    """For a table of data. Tables that share one object are one table, such as one laid out page by page.

    The first ``header_rows`` of each table are column headers. They are tagged once, and are artifacts where they are
    repeated. The first ``header_columns`` of the other rows are row headers.
    """

    def __init__(self, header_rows: int = 1, header_columns: int = 0) -> None:
        super().__init__()
        self._header_rows, self._header_columns = header_rows, header_columns
        # By the identity of the row's list, which lasts when ReportLab splits a table. The list is kept so that its
        # identity is not given again.
        self._rows: dict[int, tuple[Sequence[Any], object]] = {}

    def register(self, table: Any, row_keys: Sequence[object] | None = None) -> None:
        """Take note of a table's rows. See ``tagged_table``."""
        rows = table._cellvalues
        own = [object() for _ in rows[self._header_rows :]] if row_keys is None else row_keys
        headers = [_HeaderRow(number) for number in range(self._header_rows)]
        for row, key in zip(rows, [*headers, *own], strict=True):
            self._rows[id(row)] = (row, key)

    def _opening(self, table: Any, event: str, *place: Any) -> AbstractContextManager[Any]:
        match event:
            case "startTable":
                return _canvas(table).group("Table", self)
            case "startRow":
                return self._row_of(table, *place)
            case _:
                return self._cell_of(table, *place)

    def _row_of(self, table: Any, number: int) -> AbstractContextManager[Any]:
        _, self._row = self._rows[id(table._cellvalues[number])]
        repeated = isinstance(self._row, _HeaderRow) and _canvas(table).tree.holds((self, self._row))
        return _canvas(table).artifact() if repeated else _canvas(table).group("TR", (self, self._row))

    def _cell_of(self, table: Any, _: int, column: int, value: Any, *__: Any) -> AbstractContextManager[Any]:
        scope = "Column" if isinstance(self._row, _HeaderRow) else "Row" if column < self._header_columns else ""
        attributes = {"O": PDFName("Table"), "Scope": PDFName(scope)} if scope else {}
        blocks = isinstance(value, (list, tuple, Flowable))
        opening = _canvas(table).group if blocks else _canvas(table).content
        return opening("TH" if scope else "TD", (self, self._row, column), attributes=attributes)


@dataclass(frozen=True)
class _HeaderRow:
    """The key of a header row, the same in each table that shares the tags."""

    number: int


def _canvas(table: Any) -> TaggedCanvas:
    canvas: TaggedCanvas = table.canv
    return canvas


def tagged_table(
    data: Sequence[Sequence[Any]], tags: TableTags, row_keys: Sequence[object] | None = None, **looks: Any
) -> Table:
    """A table of data with its tags. ``looks`` are arguments of ReportLab's ``Table``.

    Rows with equal ``row_keys`` are one row, such as a long one that goes on in a further row. There is a key for
    each row but the header rows; without keys each is a row of its own. Raises ValueError for another number of keys,
    and for ``splitInRow``, which would tear a row apart.
    """
    if looks.get("splitInRow"):
        raise ValueError("a table of data cannot be split inside a row: give the row's parts as rows with one key")
    table = Table([list(row) for row in data], renderCB=_callback(tags), **looks)
    tags.register(table, row_keys)
    return table


def layout_table(cells: Sequence[Sequence[Flowable]], **looks: Any) -> Table:
    """Things side by side, which are no table to a reader: the content of the cells from left to right.

    ``looks`` are arguments of ReportLab's ``Table``. With ``splitInRow`` a cell that goes on on the next page stays
    together in reading order.
    """
    return Table([[list(cell) for cell in cells]], renderCB=_callback(_LayoutTags()), **looks)


def _callback(tags: _Tags) -> Any:
    """The tags as ReportLab takes them, whose stubs ask for a class where any callable will do."""
    return tags
