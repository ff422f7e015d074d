"""How the rows of a table share the height of pages: each as high as its text asks, the rest shared out evenly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reportlab.platypus import Flowable

Cell = Sequence[Flowable]
# How finely the fullness of pages is tried out.
_STEPS = 20


@dataclass(frozen=True)
class Measures:
    """The widths of the columns and the room for rows on a page; ``sides`` and ``ends`` are the padding of a cell."""

    widths: tuple[float, ...]
    height: float
    sides: float
    ends: float


@dataclass(frozen=True)
class Row:
    """The cells of a row. ``again``, where there is one, heads its first cell where it goes on on the next page.

    ``key`` is the same for all pieces of one row.
    """

    cells: tuple[Cell, ...]
    again: Flowable | None
    key: object = field(default_factory=object)


@dataclass(frozen=True)
class Placed:
    """A row, or as much of it as stands on a page, with its height there."""

    row: Row
    height: float


def place(rows: Sequence[Row], measures: Measures) -> list[list[Placed]]:
    """The rows page by page, on as few pages as hold them, all about as full.

    A row too high for any page is cut between lines and goes on on the next.
    """
    pieces = [piece for row in rows for piece in _pieces(row, measures)]
    return [_shared_out(page, measures.height) for page in _spread(pieces, measures.height)]


def _pieces(row: Row, measures: Measures) -> Iterator[Placed]:
    while (height := need(row, measures)) > measures.height:
        head, row = cut(row, measures)
        yield Placed(head, measures.height)
    yield Placed(row, height)


def _spread(pieces: Sequence[Placed], height: float) -> list[list[Placed]]:
    fewest = len(_packed(pieces, height))
    limits = (height * step / _STEPS for step in range(1, _STEPS))
    return next((pages for limit in limits if len(pages := _packed(pieces, limit)) == fewest), _packed(pieces, height))


def _packed(pieces: Sequence[Placed], limit: float) -> list[list[Placed]]:
    """The pieces in order, each page with as many as the limit holds, or one that is higher."""
    pages: list[list[Placed]] = []
    left = 0.0
    for piece in pieces:
        if not pages or piece.height > left:
            pages.append([])
            left = limit
        pages[-1].append(piece)
        left -= piece.height
    return pages


def take(cell: Cell, width: float, height: float) -> tuple[list[Flowable], list[Flowable]]:
    """As much of a cell's text as the height holds, and the rest; cut between lines."""
    taken: list[Flowable] = []
    for number, text in enumerate(cell):
        high = text.wrap(width, height)[1]
        if high > height:
            parts = text.split(width, height)
            head, tail = (parts[:1], parts[1:]) if len(parts) > 1 else ([], [text])
            return [*taken, *head], [*tail, *cell[number + 1 :]]
        taken.append(text)
        height -= high
    return taken, []


def height_of(cell: Cell, width: float, limit: float) -> float:
    """How high a cell's text is. Past ``limit`` it is not measured further."""
    height = 0.0
    for text in cell:
        height += text.wrap(width, limit)[1]
        if height > limit:
            break
    return height


def need(row: Row, measures: Measures) -> float:
    """How high a row is. Past the height of a page it is not measured further."""
    heights = (
        height_of(cell, width - 2 * measures.sides, measures.height)
        for cell, width in zip(row.cells, measures.widths, strict=True)
    )
    return max(heights) + 2 * measures.ends


def cut(row: Row, measures: Measures) -> tuple[Row, Row]:
    """As much of a row as the height holds, and the rest of it; cut between lines."""
    room = measures.height - 2 * measures.ends
    halves = [
        take(cell, width - 2 * measures.sides, room) for cell, width in zip(row.cells, measures.widths, strict=True)
    ]
    rest = [tail for _, tail in halves]
    if row.again:
        rest[0] = [row.again, *rest[0]]
    return replace(row, cells=tuple(head for head, _ in halves)), replace(row, cells=tuple(rest))


def _shared_out(page: Sequence[Placed], height: float) -> list[Placed]:
    """The rows of a page with the whole height: all alike, but for those that need more than that."""
    left, count = height, len(page)
    for need in sorted((placed.height for placed in page), reverse=True):
        if need <= left / count or count == 1:
            break
        left -= need
        count -= 1
    return [replace(placed, height=max(placed.height, left / count)) for placed in page]
