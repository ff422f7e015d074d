"""Text that marks the links inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.reports.pdf.tagging.canvas import MarkingText, TaggedCanvas
from audit.reports.pdf.tagging.structure import Element

if TYPE_CHECKING:
    from audit.reports.pdf.tagging.paragraphs import Mark


class ElementText(MarkingText):
    """The text of an element as ReportLab's paragraphs write it. Their links become elements inside it.

    ReportLab reports a link's start just after it wrote the link's first words. So words stay unclaimed until more
    are written.
    """

    _code: list[str]

    def __init__(self, canvas: TaggedCanvas, x: float, y: float, element: Element, mark: Mark) -> None:
        super().__init__(canvas, x, y)
        self._tagged, self._element, self._mark = canvas, element, mark
        self._open = False
        self._unclaimed: int | None = None
        self._last = len(self._code)
        self._line = ""

    def getCode(self) -> str:  # noqa: N802  (ReportLab's name)
        """The operators of the whole text, all content marked."""
        self._claim()
        self._close()
        return str(super().getCode())

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N802, N803  (ReportLab's names)
        self._claim()
        self._last = len(self._code)
        if not self._open:
            self._unclaimed = self._last
        self._line += text
        if TStar:
            text += self._line_end()
        super()._textOut(text, TStar)  # type: ignore[misc]  # ReportLab's types do not know it

    def _line_end(self) -> str:
        """A space where a line ends with a whole word, so that a reader does not join it to the next."""
        *_, last = self._line.split() or [""]
        self._line = ""
        return " " if last in self._mark.words else ""

    def _linkRecord(self, link: tuple[int, str], event: str) -> None:  # noqa: N802  (ReportLab's hook)
        element = self._mark.link(self._tagged, self._element, link[0])
        if event == "start":
            self._begin_link(element)
        else:
            self._close()
            self._tagged.await_annotation(element)

    def _begin_link(self, element: Element) -> None:
        ending = ["EMC"] if self._open else []
        self._code[self._last : self._last] = [*ending, self._tagged.opening(element)]
        self._open, self._unclaimed = True, None

    def _claim(self) -> None:
        if self._unclaimed is not None:
            self._code.insert(self._unclaimed, self._tagged.opening(self._element))
            self._open, self._unclaimed = True, None

    def _close(self) -> None:
        if self._open:
            self._code.append("EMC")
        self._open = False
