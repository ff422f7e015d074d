"""A gap report as the bytes of a DOCX file."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from audit.reports.docx.contents import contents
from audit.reports.docx.document import front_of, new_document
from audit.reports.docx.parts import lay_out_parts
from audit.reports.docx.summary import SUMMARY, summary
from audit.reports.docx.writer import Writer
from audit.reports.gap_report import GapReport
from audit.reports.parts import FOOT_NOTE, column_titles, parts_of

# The first moment that a zip archive can name.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def render_docx(report: GapReport) -> bytes:
    """The report as DOCX. The same report gives the same bytes."""
    document = new_document(front_of(report))
    writer = Writer(document, {source.id for source in report.sources}, column_titles(report))
    summary(writer, report)
    contents(writer, [SUMMARY, *parts_of(report).values()])
    lay_out_parts(writer, report)
    writer.text(f"Made on {report.made_on} with Plumbline. {FOOT_NOTE}", "ReportSmall")
    buffer = BytesIO()
    document.save(buffer)
    return undated(buffer.getvalue())


def undated(archive: bytes) -> bytes:
    """The same archive, of a DOCX file, without the moment at which its files were written."""
    buffer = BytesIO()
    with ZipFile(BytesIO(archive)) as made, ZipFile(buffer, "w", ZIP_DEFLATED) as undated:
        for name in made.namelist():
            entry = ZipInfo(name, _MOMENT)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
            undated.writestr(entry, made.read(name))
    return buffer.getvalue()
