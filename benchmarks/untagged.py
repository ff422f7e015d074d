"""The same pages without tags: what the tagging of a report costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from audit.reports.gap_report import GapReport
from audit.reports.pdf.document import ReportDocument
from audit.reports.pdf.fonts import register_fonts
from audit.reports.pdf.story import build_story
from audit.reports.pdf.tagging import TaggedCanvas
from audit.reports.pdf.tagging.structure import Element

_NOWHERE = Element("Div", "", None)


class UntaggedCanvas(TaggedCanvas):
    """A canvas that draws everything as ReportLab's own does and keeps no structure."""

    @property
    def in_artifact(self) -> bool:
        """Nothing is ever tagged."""
        return True

    @contextmanager
    def group(self, *_: Any, **__: Any) -> Iterator[Element]:
        """No element."""
        yield _NOWHERE

    @contextmanager
    def marked(self) -> Iterator[None]:
        """No mark."""
        yield

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """No mark."""
        yield

    drawText = Canvas.drawText  # noqa: N815  (ReportLab's name)
    line = Canvas.line
    rect = Canvas.rect
    _addAnnotation = Canvas._addAnnotation  # type: ignore[attr-defined]  # noqa: N815
    _setAnnotations = Canvas._setAnnotations  # type: ignore[attr-defined]  # noqa: N815
    getpdfdata = Canvas.getpdfdata


class _UntaggedDocument(ReportDocument):
    def build(self, flowables: Any, filename: Any = None, canvasmaker: Any = UntaggedCanvas) -> None:
        super().build(flowables, filename, UntaggedCanvas)


def render_untagged(report: GapReport) -> bytes:
    """The report as a PDF without tags."""
    register_fonts()
    buffer = BytesIO()
    _UntaggedDocument(buffer, report).multiBuild(build_story(report))
    return buffer.getvalue()
