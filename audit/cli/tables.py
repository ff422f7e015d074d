"""Plain text for a terminal: tables with aligned columns, and wrapped paragraphs."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

WIDTH = 100


def table(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Rows under a header; the columns named in ``right`` are aligned right."""
    lines = [list(header), *[list(row) for row in rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    lines.insert(1, ["-" * width for width in widths])

    def cell(text: str, column: int) -> str:
        return text.rjust(widths[column]) if column in right else text.ljust(widths[column])

    return "\n".join("  ".join(cell(text, n) for n, text in enumerate(line)).rstrip() for line in lines)


def paragraph(text: str, indent: int = 0) -> str:
    """The text wrapped to the width of a terminal."""
    margin = " " * indent
    return textwrap.fill(text, WIDTH, initial_indent=margin, subsequent_indent=margin)


def hanging(label: str, text: str, indent: int = 0) -> str:
    """The text wrapped behind a label."""
    first = " " * indent + label
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first))
