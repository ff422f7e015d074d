"""Reports and forms as PDF/UA-1: no failure, a reading order that makes sense, and faults that would be caught.

``PLUMBLINE_WRITE_SNAPSHOTS=1`` writes the snapshot anew.
"""

from __future__ import annotations

import itertools
import os
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.graphics.shapes import Drawing
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from audit.core.bank_loader import load_bank
from audit.core.responses import Answers, RatingState, Response
from audit.reports.build import Cover
from audit.reports.form import build_form
from audit.reports.gap_report import GapReport, Length
from audit.reports.parts import parts_of
from audit.reports.pdf.form import render_form
from audit.reports.pdf.render import render_pdf
from audit.reports.pdf.tagging import Figure, TaggedCanvas, TaggedParagraph
from audit.reports.wording import typographic
from tests.reports.reading import COVER, extremes, mixed, report_on
from tests.reports.tagged import build, failures, paragraph, structure, texts_under

SNAPSHOT = Path(__file__).parent / "snapshots" / "structure-of-a-brief-pdf.txt"
HELD = [(length, name) for length in Length for name in extremes()]
LONG = Response(RatingState.RATED, 1, "", None, "Okapi zebra. " * 500, "Short.", "Heron ibis. " * 500)


def illustrative() -> GapReport:
    bank = load_bank("recommendations")
    cover = Cover("Testshire", "Gap report", "1 May 2026", notice="Illustrative reading", about="Of a paper.")
    return report_on(bank, {**mixed(bank), "R3": LONG}, cover=cover)


@pytest.mark.parametrize(("length", "name"), HELD)
def test_no_report_has_a_fault(length: Length, name: str) -> None:
    assert failures(render_pdf(extremes(length)[name])) == []


def test_a_report_with_notice_and_long_texts_has_no_fault_and_says_its_notice_once(tmp_path: Path) -> None:
    data = render_pdf(illustrative())
    assert failures(data) == []
    text = structure(data, tmp_path)
    assert text.count("Illustrative reading") == 1
    assert "Testshire: Gap report" not in text


@pytest.mark.parametrize("text", ["😀 ع 中", "\u202eright to left", "\x01\x7f\u200b\ufeff", "x" * 3000, "a\n\n\nb\tc"])
def test_any_text_that_is_typed_makes_a_file_without_a_fault(text: str) -> None:
    bank = load_bank("recommendations")
    response = Response(RatingState.RATED, 1, text, None, text, text, text)
    cover = Cover(f"Testshire {text}", "Gap report", "1 May 2026", notice=f"Notice {text}")
    assert failures(render_pdf(report_on(bank, {"R1": response}, cover=cover))) == []
    assert failures(render_form(build_form(bank, cover, Answers({"R1": response})))) == []


def test_a_reader_gets_even_what_the_typeface_lacks(tmp_path: Path) -> None:
    bank = load_bank("recommendations")
    said = Response(RatingState.RATED, 1, what_happens_now="Well 😀 done")
    data = render_pdf(report_on(bank, {"R1": said}))
    assert "Well ☐ done" in structure(data, tmp_path)
    assert "Well 😀 done" in texts_under(data, "/ActualText")


def test_no_form_has_a_fault_blank_filled_or_over_many_pages(tmp_path: Path) -> None:
    bank, other = load_bank("recommendations"), load_bank("key-ingredients")
    nobody = Cover("", "A form", "21 November 2026")
    for data in (
        render_form(build_form(bank, nobody)),
        render_form(build_form(other, COVER, Answers(mixed(other)))),
        render_form(build_form(bank, COVER, Answers({"R1": LONG, "R12": LONG}))),
    ):
        assert failures(data) == []
    text = structure(data, tmp_path)
    assert text.startswith('Document\n  H1\n    "Gap report"\n  P\n    "Testshire Council"\n')
    assert text.count("What needs to happen") == 2
    assert [text.count(f" {kind}\n") for kind in ("Table", "TR")] == [2, 2 + 12]
    assert "continued" not in text


def test_a_report_reads_aloud_as_it_did(tmp_path: Path) -> None:
    text = structure(render_pdf(extremes(Length.BRIEF)["one item answered"]), tmp_path)
    if os.environ.get("PLUMBLINE_WRITE_SNAPSHOTS"):
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert text == SNAPSHOT.read_text(encoding="utf-8")


def test_headings_never_skip_a_level_and_begin_with_the_title(tmp_path: Path) -> None:
    report = extremes()["a mixture of the checklist"]
    text = structure(render_pdf(report), tmp_path)
    headings = re.findall(r'^ +H(\d)\n +"(.*) "', text, re.MULTILINE)
    levels = [int(level) for level, _ in headings]
    assert headings[0] == ("1", "Gap report")
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert {part.title for part in parts_of(report).values()} <= {words for level, words in headings if level == "2"}


def links_of(pdf: PdfReader) -> list[Any]:
    return [note.get_object() for page in pdf.pages for note in page.get("/Annots", ())]


def test_contents_lead_to_every_part_and_gap_and_bookmarks_and_labels_are_there(tmp_path: Path) -> None:
    report = extremes()["a mixture"]
    data = render_pdf(report)
    pdf = PdfReader(BytesIO(data))
    entries = [str(link["/Contents"]).rpartition(", page")[0] for link in links_of(pdf) if "/Dest" in link]
    gaps = [typographic(f"{gap.rank}. {gap.item_id} {gap.title}") for gap in report.told_gaps]
    titles = [part.title for part in parts_of(report).values()]
    after = titles.index("Gaps, by priority") + 1
    rest = ["The other gaps"] if report.other_gaps else []
    assert [entry for entry in entries if entry] == [*titles[:after], *gaps, *rest, *titles[after:]]
    assert structure(data, tmp_path).count(" TOC\n") == 2
    assert pdf.outline
    assert pdf.page_labels == [str(number) for number in range(1, len(pdf.pages) + 1)]


def test_a_brief_report_has_no_contents(tmp_path: Path) -> None:
    assert "TOC" not in structure(render_pdf(extremes(Length.BRIEF)["a mixture"]), tmp_path)


def test_every_finding_and_publication_named_is_a_link_to_where_it_stands() -> None:
    for length in (Length.FULL, Length.BRIEF):
        report = extremes(length)["a mixture"]
        pdf = PdfReader(BytesIO(render_pdf(report)))
        links = [link for link in links_of(pdf) if not str(link["/Contents"]).rpartition(", page")[0]]
        listed: Any = next(place for place in pdf.outline if getattr(place, "title", "") == "Findings cited")
        first = pdf.get_destination_page_number(listed)
        shown = [" ".join(page.extract_text().split()) for page in pdf.pages]
        for link in links:
            page: Any = link["/Dest"][0]
            [number] = [n for n, each in enumerate(pdf.pages) if each.indirect_reference == page.indirect_reference]
            assert first is not None
            assert number >= first
            assert str(link["/Contents"]) in shown[number]
        linked = {str(link["/Contents"]) for link in links}
        assert linked == {source.id for source in report.sources} | {entry.short for entry in report.references}


def test_nothing_is_linked_that_is_not_printed() -> None:
    bank = load_bank("recommendations")
    said = Response(RatingState.RATED, 1, what_happens_now="As in HACK-245 and HACK-999.")
    form = PdfReader(BytesIO(render_form(build_form(bank, COVER, Answers({"R1": said})))))
    assert links_of(form) == []
    report = report_on(bank, {"R1": said})
    words = {str(link["/Contents"]) for link in links_of(PdfReader(BytesIO(render_pdf(report))))}
    assert "HACK-245" in words
    assert "HACK-999" not in words


def test_every_figure_says_what_it_shows() -> None:
    report = extremes()["a mixture"]
    alts = texts_under(render_pdf(report), "/Alt")
    assert report.profile.alternative in alts
    assert any(f"score at {report.headline.percent}%" in alt for alt in alts)


# A fault of each kind, to know that it would be caught.


class Faulty(Figure):
    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing, "Words that are taken away")
        self.alt = ""


class Untagged(Flowable):
    def draw(self) -> None:
        self.canv.drawString(0, 0, "Text that belongs to nothing")


class Silent(TaggedCanvas):
    """A canvas that forgets the structure of what it drew."""

    def _finish(self) -> None:
        super()._finish()
        catalog: Any = self._doc.Catalog
        del catalog.StructTreeRoot


HELVETICA = ParagraphStyle("helvetica", fontName="Helvetica")


@pytest.mark.parametrize(
    ("story", "fault"),
    [
        ([Faulty(Drawing(10, 10))], "alt"),
        ([paragraph("Skips two levels", "H4")], "heading"),
        ([Untagged()], "neither /Artifact nor tagged"),
        ([TaggedParagraph("Not embedded", HELVETICA)], "embed"),
    ],
)
def test_a_fault_would_be_caught(story: list[Flowable], fault: str) -> None:
    assert failures(build([paragraph("Title", "H1")])) == []
    found = failures(build([paragraph("Title", "H1"), *story]))
    assert any(fault.lower() in each.lower() for each in found), found


def test_a_file_without_structure_or_language_would_be_caught() -> None:
    assert failures(build([paragraph("Title", "H1")], canvas=Silent))
    assert failures(build([paragraph("Title", "H1")], lang=None))
