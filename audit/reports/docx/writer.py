"""Writing the body of the document from top to bottom: headings, paragraphs, lists and cited sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from docx.document import Document as Word
from docx.text.paragraph import Paragraph

from audit.reports.docx.lines import Run, strong, typed_lines, write
from audit.reports.docx.oxml import add_bookmark, bookmark_name
from audit.reports.item_parts import CitedFinding, Said, Sourced
from audit.reports.parts import Part
from audit.reports.wording import COLUMN_TITLES, capital


class Writer:
    """Adds to the end of a document. Ids of findings among ``listed`` become links to the list of those cited.

    ``titles`` are those of the three published columns.
    """

    def __init__(self, document: Word, listed: Collection[str], titles: Sequence[str] = COLUMN_TITLES) -> None:
        self.document = document
        self.titles = titles
        self._listed = listed
        self._bookmarks = 0

    def heading(self, level: int, text: str, style: str = "") -> Paragraph:
        """A heading of level 1, 2 or 3."""
        return write(self.document, f"Heading{level}", Run(text, style))

    def part(self, part: Part) -> None:
        """The heading of a part, which the contents lead to, and how the part begins."""
        self.bookmark(self.heading(1, part.title), bookmark_name("part", part.key))
        if part.lead:
            self.line("ReportLead", Run(part.lead))

    def text(self, text: str, style: str = "Normal") -> Paragraph:
        """A paragraph of plain text."""
        return self.line(style, Run(text))

    def line(self, style: str, *runs: Run) -> Paragraph:
        """A paragraph of several runs."""
        return write(self.document, style, *runs)

    def typed(self, text: str, style: str = "Normal") -> None:
        """A paragraph for each line of a text that someone typed."""
        for line in typed_lines(text):
            self.text(line, style)

    def bullets(self, texts: Iterable[str]) -> None:
        """A bulleted list of plain texts."""
        for text in texts:
            self.text(text, "ListBullet")

    def bookmark(self, paragraph: Paragraph, name: str) -> None:
        """Make the paragraph a place that links lead to."""
        self._bookmarks += 1
        add_bookmark(paragraph, name, self._bookmarks)

    def finding_id(self, finding_id: str) -> Run:
        """The id of a finding, as a link where the report lists the finding."""
        if finding_id in self._listed:
            return Run(finding_id, "ReportSourceLink", bookmark_name("finding", finding_id))
        return Run(finding_id, "ReportQuiet")

    def sourced(self, statement: Sourced) -> list[Run]:
        """Sentences, and in brackets the ids of the findings that they rest on."""
        runs = [Run(f"{statement.says} "), Run("(", "ReportQuiet")]
        for number, finding_id in enumerate(statement.findings):
            runs += [Run(", ", "ReportQuiet")] * bool(number) + [self.finding_id(finding_id)]
        return [*runs, Run(")", "ReportQuiet")]

    def step(self, words: str, finding_id: str) -> list[Run]:
        """A step to consider, and in brackets the id of the finding that suggests it."""
        return [Run(f"{words} "), Run("(", "ReportQuiet"), self.finding_id(finding_id), Run(")", "ReportQuiet")]

    def said(self, said: Said) -> None:
        """The three published columns, one under the other; a column without text is left out."""
        for title, text in zip(self.titles, (said.now, said.needs, said.progress), strict=True):
            self.headed(title, text)

    def headed(self, title: str, text: str) -> None:
        """What someone typed under a heading of the third level, where there is any."""
        if text:
            self.heading(3, title)
            self.typed(text)

    def finding(self, finding: CitedFinding, *, directed: bool = False, later: str = "") -> None:
        """A finding as a point of a list, with what became of it, where it stands and how firm it is."""
        setting = [strong(f"{capital(finding.setting)}. ")] if finding.setting else []
        self.line("ReportFinding", *setting, Run(finding.says))
        if later:
            self.line("ReportFindingLater", strong("Later. "), Run(later))
        direction = f"{capital(finding.direction)}. " if directed else ""
        rest = f". {finding.source}. {direction}{capital(finding.strength)}: {finding.basis}."
        self.line("ReportFindingSource", self.finding_id(finding.id), Run(rest))
