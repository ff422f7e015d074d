"""Tagged PDF (PDF/UA-1) on ReportLab: a canvas that keeps a structure tree, and flowables that tag themselves."""

from audit.reports.pdf.tagging.canvas import TaggedCanvas
from audit.reports.pdf.tagging.contents import TaggedContents
from audit.reports.pdf.tagging.figures import Figure
from audit.reports.pdf.tagging.fonts import EmbeddedFont
from audit.reports.pdf.tagging.paragraphs import ListItem, ListMark, TaggedParagraph
from audit.reports.pdf.tagging.tables import TableTags, layout_table, tagged_table

__all__ = [
    "EmbeddedFont",
    "Figure",
    "ListItem",
    "ListMark",
    "TableTags",
    "TaggedCanvas",
    "TaggedContents",
    "TaggedParagraph",
    "layout_table",
    "tagged_table",
]
