"""Paragraphs, headings and list items that tag themselves. Split over pages they stay one element."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfdoc import PDFName
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Paragraph

from audit.reports.pdf.tagging.canvas import TaggedCanvas
from audit.reports.pdf.tagging.structure import Element
from audit.reports.pdf.tagging.text import ElementText


@dataclass(eq=False)
class ListMark:
    """A list, by identity. ``numbering`` names its labels in PDF's words: ``Disc``, ``Decimal``, ``None``."""

    numbering: str = "Disc"


@dataclass(eq=False)
class Mark:
    """What a paragraph is, shared by its parts on several pages.

    ``links`` are the words of each link by number, ``words`` all words of the paragraph.
    """

    kind: str
    actual_text: str = ""
    links: dict[int, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    within: ListMark | None = None

    def link(self, canvas: TaggedCanvas, parent: Element, number: int) -> Element:
        """The element of a link in this paragraph."""
        return canvas.tree.element("Link", parent, (self, number), words=self.links.get(number, ""))


class TaggedParagraph(Paragraph):
    """A paragraph with the structure type ``role``: ``P``, ``H1`` to ``H6``, or another type that holds text.

    Takes what ReportLab's ``Paragraph`` takes. ``actual_text`` is read in place of what is drawn.
    """

    canv: TaggedCanvas
    blPara: Any  # noqa: N815  (ReportLab's name)

    def __init__(
        self,
        text: Any,
        style: ParagraphStyle | None = None,
        bulletText: str | None = None,  # noqa: N803  (ReportLab's name)
        frags: Any = None,
        *,
        role: str = "P",
        actual_text: str = "",
    ) -> None:
        super().__init__(text, style, bulletText, frags)
        # A part of a split paragraph is made without text, and gets the mark of the whole.
        self.mark = Mark(role) if text is None else Mark(role, actual_text, _links(self.frags), _words(self.frags))

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803  (ReportLab's names)
        """The parts that stand above and below a page break. Both belong to the same element."""
        parts: list[Any] = super().split(availWidth, availHeight)
        for part in parts:
            part.mark = self.mark
        return parts

    def draw(self) -> None:
        """Draw the text as content of its element. With the role ``Artifact`` it belongs to none."""
        mark = self.mark
        artifact = mark.kind == "Artifact"
        with self.canv.artifact() if artifact else self.canv.group(mark.kind, mark, actual_text=mark.actual_text):
            super().draw()

    def beginText(self, x: float, y: float) -> PDFTextObject:  # noqa: N802  (ReportLab's name)
        """The text object that ReportLab writes this paragraph's words into."""
        if self.canv.in_artifact:
            return super().beginText(x, y)
        return ElementText(self.canv, x, y, self._linked(self._holder()), self.mark)

    def _holder(self) -> Element:
        """The element that holds the words."""
        return self.canv.current

    def _linked(self, holder: Element) -> Element:
        """The holder, or the link inside it where the whole text is one. ReportLab then draws a link per line."""
        for number, _ in getattr(self.blPara, "link", ()):
            link = self.mark.link(self.canv, holder, number)
            for _ in self.blPara.lines:
                self.canv.await_annotation(link)
            return link
        return holder


class ListItem(TaggedParagraph):
    """An item of a list. Its ``bulletText`` is its label, its text its body. Items with the same ``within`` are one."""

    def __init__(
        self,
        text: Any,
        style: ParagraphStyle | None = None,
        bulletText: str | None = None,  # noqa: N803  (ReportLab's name)
        frags: Any = None,
        *,
        within: ListMark | None = None,
    ) -> None:
        super().__init__(text, style, bulletText, frags, role="LI")
        self.mark.within = within or ListMark()

    def draw(self) -> None:
        """Draw label and text inside their list."""
        within = self.mark.within or ListMark()
        attributes = {"O": PDFName("List"), "ListNumbering": PDFName(within.numbering)}
        with self.canv.group("L", within, attributes=attributes):
            super().draw()

    def _holder(self) -> Element:
        return self.canv.tree.element("LBody", self.canv.current, (self.mark, "body"))


def _links(frags: Sequence[Any]) -> dict[int, str]:
    """The words of each link, by ReportLab's number for it."""
    words: dict[int, str] = {}
    for frag in frags:
        for number, _ in getattr(frag, "link", None) or ():
            words[number] = words.get(number, "") + str(getattr(frag, "text", ""))
    return words


def _words(frags: Sequence[Any]) -> frozenset[str]:
    pieces = (" " if getattr(frag, "lineBreak", False) else getattr(frag, "text", "") for frag in frags)
    return frozenset("".join(pieces).split())
