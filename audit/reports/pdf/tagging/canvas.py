"""A canvas that knows to which structure element everything drawn on it belongs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from reportlab.pdfbase.pdfdoc import LinkAnnotation, PDFDictionary, PDFName, PDFStream, PDFString, PDFZCompress
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from audit.reports.pdf.tagging.metadata import metadata
from audit.reports.pdf.tagging.packing import packed
from audit.reports.pdf.tagging.structure import AnnotationKid, Element, MarkedContent, StructureTree


class MarkingText(PDFTextObject):
    """A text object that marks its own content, so that the canvas must not."""


class TaggedCanvas(Canvas):
    """A canvas whose file is tagged. Draw within ``content`` or ``artifact``; ``group`` holds elements together.

    Text outside of both is not tagged, which a validator reports. Lines and boxes outside of both are artifacts.
    """

    _code: list[str]
    _doc: Any
    _filename: Any
    _pageCompression: int  # noqa: N815  (ReportLab's name)

    def __init__(self, *args: Any, **options: Any) -> None:
        self.tree = StructureTree()
        self._stack = [self.tree.root]
        self._pieces: list[Element] = []
        self._marking = False
        self._in_artifact = False
        self._awaiting: deque[Element] = deque()
        super().__init__(*args, **{**options, "pdfVersion": (1, 7)})

    # Structure

    @property
    def current(self) -> Element:
        """The innermost element."""
        return self._stack[-1]

    @property
    def in_artifact(self) -> bool:
        """Whether an artifact is being drawn. Nothing is tagged meanwhile."""
        return self._in_artifact

    @contextmanager
    def group(self, kind: str, key: object = None, **more: Any) -> Iterator[Element]:
        """An element that holds the elements made inside. See ``StructureTree.element`` for the arguments."""
        loose = self._in_artifact
        element = Element(kind, "", None) if loose else self.tree.element(kind, self.current, key, **more)
        self._stack.append(element)
        try:
            yield element
        finally:
            self._stack.pop()

    @contextmanager
    def content(self, kind: str, key: object = None, **more: Any) -> Iterator[Element]:
        """An element, with everything drawn inside as its content."""
        with self.group(kind, key, **more) as element, self.marked():
            yield element

    @contextmanager
    def marked(self) -> Iterator[None]:
        """A further piece of content of the innermost element."""
        with nullcontext() if self._in_artifact else self._marking_as(self.opening(self.current)):
            yield

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """What is drawn inside belongs to no element. ``kind`` is ``Header``, ``Footer`` or empty."""
        if self._in_artifact:
            yield
            return
        properties = f"<</Type /Pagination /Subtype /{kind}>> BDC" if kind else "BMC"
        self._in_artifact = True
        try:
            with self._marking_as(f"/Artifact {properties}"):
                yield
        finally:
            self._in_artifact = False

    def opening(self, element: Element) -> str:
        """The operator that begins a new piece of content of the element. The caller writes ``EMC`` after it."""
        number = len(self._pieces)
        self._pieces.append(element)
        element.kids.append(MarkedContent(self._doc.thisPageName(), number))
        return f"/{element.kind} <</MCID {number}>> BDC"

    @contextmanager
    def _marking_as(self, opening: str) -> Iterator[None]:
        self._code.append(opening)
        self._marking = True
        try:
            yield
        finally:
            self._marking = False
            self._code.append("EMC")

    # Drawing

    def drawText(self, aTextObject: PDFTextObject) -> None:  # noqa: N802, N803  (ReportLab's names)
        """Draw a text. Straight in a list item it is the item's label."""
        label = self.current.kind == "LI" and not self._marking and not isinstance(aTextObject, MarkingText)
        with self.content("Lbl") if label else nullcontext():
            super().drawText(aTextObject)

    def line(self, *args: Any, **options: Any) -> None:
        """Draw a line, as decoration unless content is open."""
        with self._decoration():
            super().line(*args, **options)

    def rect(self, *args: Any, **options: Any) -> None:
        """Draw a box, as decoration unless content is open."""
        with self._decoration():
            super().rect(*args, **options)

    def _decoration(self) -> AbstractContextManager[None]:
        return nullcontext() if self._marking else self.artifact()

    # Links

    def await_annotation(self, link: Element) -> None:
        """The next annotation that is drawn belongs to this link."""
        self._awaiting.append(link)

    def _addAnnotation(self, annotation: Any, name: str | None = None, addtopage: int = 1) -> None:  # noqa: N802
        if self._in_artifact:
            return
        if isinstance(annotation, (LinkAnnotation, PDFDictionary)):
            link = self._link()
            number = self.tree.number_for(link)
            name = name or f"Link{number}"
            _describe(annotation, number, link.words or "Link")
            link.kids.append(AnnotationKid(self._doc.thisPageName(), self._doc.annotationName(name)))
        super()._addAnnotation(annotation, name, addtopage)  # type: ignore[misc]  # ReportLab's types do not know it

    def _link(self) -> Element:
        if self._awaiting:
            return self._awaiting.popleft()
        return self.current if self.current.kind == "Link" else self.tree.element("Link", self.current, alt="Link")

    # Pages and file

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802  (ReportLab's hook for a finished page)
        super()._setAnnotations(page)  # type: ignore[misc]  # nor this
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = self.tree.number_for(self._pieces)
        page.Tabs = PDFName("S")
        if self._pageCompression:
            # ReportLab would write the compressed page as text, a quarter larger.
            page.Contents = PDFStream(content=page.stream, filters=[PDFZCompress])
        self._pieces = []

    def save(self) -> None:
        """Write the file with its structure."""
        data, file = self.getpdfdata(), self._filename
        if isinstance(file, str | Path):
            Path(file).write_bytes(data)
        else:
            file.write(data)

    def getpdfdata(self) -> bytes:
        """The bytes of the file with its structure. They are packed unless pages are not to be compressed."""
        self._finish()
        data: bytes = super().getpdfdata()  # type: ignore[no-untyped-call]
        return packed(self._doc, data) if self._pageCompression else data

    def _finish(self) -> None:
        if len(self._code):
            self.showPage()
        catalog = self._doc.Catalog
        catalog.StructTreeRoot = self.tree.write(self._doc)
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.Metadata = metadata(self._doc)
        self.setViewerPreference("DisplayDocTitle", "true")


def _describe(annotation: LinkAnnotation | PDFDictionary, number: int, words: str) -> None:
    """Tie an annotation to its place in the structure, and say in words where it leads."""
    if isinstance(annotation, PDFDictionary):
        annotation["StructParent"] = number
        annotation["Contents"] = PDFString(words)
    else:
        annotation.permitted = (*annotation.permitted, "StructParent")
        annotation.otherkw["StructParent"] = number
        annotation.Contents = words
