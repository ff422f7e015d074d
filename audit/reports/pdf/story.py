"""The report as a sequence of flowables, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, NextPageTemplate, PageBreak, Paragraph, TableStyle
from reportlab.platypus.tableofcontents import TableOfContents

from audit.reports import colours
from audit.reports.gap_report import CitedFinding, GapDetail, GapReport, PromptAnswer
from audit.reports.parts import Part, nothing_below_target, parts_of, priorities_title, statement, without_text
from audit.reports.pdf.blocks import (
    box,
    bullets,
    finding_blocks,
    grid,
    pair,
    para,
    paras,
    plain,
    room,
    said_blocks,
)
from audit.reports.pdf.charts import legend, profile_chart, score_scale
from audit.reports.pdf.fonts import BODY, BOLD
from audit.reports.pdf.styles import (
    CELL,
    CELL_BOLD,
    COLUMN,
    CONTENTS,
    CONTENTS_TITLE,
    H1,
    H2,
    H3,
    LANDSCAPE,
    LEAD,
    MARGIN,
    SCORE,
    SMALL,
    SUBTITLE,
    TEXT,
    TITLE,
)
from audit.reports.wording import COLUMN_TITLES, capital

Story = list[Flowable]


def build_story(report: GapReport) -> Story:
    """All parts of the report, in reading order."""
    parts = parts_of(report)
    return [
        *_first_page(report),
        NextPageTemplate("upright"),
        PageBreak(),
        *_contents(),
        *_profile(report, parts["profile"]),
        *_gaps(report, parts.get("gaps")),
        *_strengths(report, parts.get("strengths")),
        *_open_items(report, parts.get("without-rating")),
        *_prompts(parts.get("opening"), report.opening),
        *_prompts(parts.get("supplementary"), report.supplementary),
        *_plan(report, parts["plan"]),
        *_evidence(report, parts.get("evidence")),
        *_answers(report, parts["answers"]),
        *_method(report, parts["method"]),
        *_references(report, parts.get("references")),
    ]


def _first_page(report: GapReport) -> Story:
    story: Story = [
        para(report.title, TITLE),
        para(f"{report.authority}\n{report.subtitle}" if report.subtitle else report.authority, SUBTITLE),
    ]
    if report.notice:
        about = [para(report.notice, CELL_BOLD), *([para(report.about, CELL)] if report.about else [])]
        story.append(box(about, colours.NOTICE_TINT, colours.NOTICE))
    story += _score(report)
    if report.priorities:
        story.append(para(priorities_title(report), H2))
    for rank, priority in enumerate(report.priorities, start=1):
        words = f"<b>{rank}. {plain(priority.item_id)} {plain(priority.title)}.</b> {plain(priority.reason)}"
        story.append(Paragraph(words, TEXT))
    if report.priorities_note:
        story.append(para(report.priorities_note, TEXT))
    if nothing_below_target(report):
        story.append(para(nothing_below_target(report), LEAD))
    story += [para("What this is, and is not", H2), para(statement(report), SMALL)]
    return story


def _score(report: GapReport) -> Story:
    headline = report.headline
    if headline.percent is None:
        story: Story = [para("Not yet scored", SCORE)]
    else:
        words = f'<font name="{BOLD}" size="30">{headline.percent}%</font>&nbsp;&nbsp;{plain(headline.band or "")}'
        story = [Paragraph(words, SCORE), score_scale(headline)]
    story += bullets(headline.sentences)
    if headline.warnings:
        story.append(box([para(text, CELL) for text in headline.warnings], colours.CONTRARY_TINT, colours.CONTRARY))
    if report.sections:
        rows = [[line.title, line.percent, line.span] for line in report.sections]
        story.append(grid(["Section", "Score", "Range"], rows, [COLUMN * 0.5, COLUMN * 0.22, COLUMN * 0.28]))
    return story


def _contents() -> Story:
    contents = TableOfContents(dotsMinLevel=0, tableStyle=TableStyle([("FONTNAME", (0, 0), (-1, -1), BODY)]))
    contents.levelStyles = [CONTENTS]
    return [para("Contents", CONTENTS_TITLE), contents]


def _heading(part: Part) -> Story:
    return [para(part.title, H1), *([para(part.lead, LEAD)] if part.lead else [])]


def _profile(report: GapReport, part: Part) -> Story:
    story: Story = [room(90 * mm), *_heading(part), legend()]
    for section, group in groupby(report.profile.bars, key=lambda bar: bar.section):
        bars = list(group)
        title = [para(section, H3)] if len({bar.section for bar in report.profile.bars}) > 1 else []
        story.append(KeepTogether([*title, profile_chart(report.profile, bars)]))
    return [*story, para(report.profile.alternative, SMALL)]


def _gaps(report: GapReport, part: Part | None) -> Story:
    if part is None:
        return []
    story: Story = [room(130 * mm), *_heading(part)]
    for gap in report.gaps:
        story += _gap(gap)
    return story


def _gap(gap: GapDetail) -> Story:
    share = f"{gap.share} of the whole gap. {gap.source}."
    if gap.confidence:
        share += f" Confidence in this rating: {gap.confidence}."
    story: Story = [
        room(75 * mm),
        para(f"{gap.rank}. {gap.item_id} {gap.title}", H2),
        para(share, SMALL),
        para(gap.prompt),
        pair(
            [para(f"Now: level {gap.level}", CELL_BOLD), para(gap.descriptor, CELL)],
            [para(f"Target: level {gap.target}", CELL_BOLD), para(gap.target_descriptor, CELL)],
            (colours.SHADE, colours.BRAND_TINT),
        ),
    ]
    if gap.reason:
        story += [para("Why this level", H3), *paras(gap.reason)]
    if gap.notes:
        story += [box(paras(note, CELL), colours.CONTRARY_TINT, colours.CONTRARY) for note in gap.notes]
    story += said_blocks(gap.said)
    if not gap.said and not gap.reason:
        story.append(para("No text was written for this answer.", SMALL))
    story += _findings("What the evaluations found", gap.supporting)
    story += _findings("What cuts against or qualifies this", gap.contrary, with_direction=True)
    if gap.adds:
        story += [para("What the recommendation adds", H3), para(gap.adds)]
    if gap.steps:
        steps = bullets([f"{step} ({finding_id})" for step, finding_id in gap.steps])
        story.append(KeepTogether([para("Steps to consider (our suggestions)", H3), *steps]))
    return story


def _findings(title: str, findings: Sequence[CitedFinding], *, with_direction: bool = False) -> Story:
    if not findings:
        return []
    blocks = [
        finding_blocks(finding, mark=f"{capital(finding.direction)}. " if with_direction else "")
        for finding in findings
    ]
    story: Story = [KeepTogether([para(title, H3), *blocks[0]])]
    for block in blocks[1:]:
        story.append(KeepTogether(block))
    return story


def _strengths(report: GapReport, part: Part | None) -> Story:
    if part is None:
        return []
    story: Story = [room(70 * mm), *_heading(part)]
    for entry in report.strengths:
        block: Story = [
            para(f"{entry.item_id} {entry.title}", H2),
            para(f"Level {entry.level}. {entry.descriptor}"),
        ]
        story.append(KeepTogether(block))
        if entry.reason:
            story += [para("Why this level", H3), *paras(entry.reason)]
        story += said_blocks(entry.said)
        if entry.evidence:
            story.append(KeepTogether([para("What the evaluations found", H3), *finding_blocks(entry.evidence)]))
    return story


def _open_items(report: GapReport, part: Part | None) -> Story:
    if part is None:
        return []
    rows = [[f"{e.item_id} {e.title}", e.state, e.reason] for e in report.open_items]
    widths = [COLUMN * 0.34, COLUMN * 0.16, COLUMN * 0.5]
    return [
        room(60 * mm),
        *_heading(part),
        grid([capital(report.bank.item_noun), "State", "What was said"], rows, widths),
    ]


def _prompts(part: Part | None, answers: Sequence[PromptAnswer]) -> Story:
    if part is None:
        return []
    story: Story = [room(60 * mm), *_heading(part)]
    for answer in answers:
        heading = [para(answer.title, H2), para(f"{answer.about} Touches {answer.touches}.", SMALL)]
        first, *rest = said_blocks(answer.said)
        story += [KeepTogether([*heading, first, *rest[:1]]), *rest[1:]]
    return story


def _plan(report: GapReport, part: Part) -> Story:
    width = LANDSCAPE[0] - 2 * MARGIN
    rows = [
        [f"{row.item_id} {row.title}\n{capital(row.levels)}", row.said.now, row.said.needs, row.said.progress]
        for row in report.plan.rows
    ]
    widths = [width * 0.18, width * 0.32, width * 0.25, width * 0.25]
    table = [grid([capital(report.bank.item_noun), *COLUMN_TITLES], rows, widths)] if rows else []
    note = [para(without_text(report.plan), SMALL)] if report.plan.without_text else []
    if not rows:
        return [room(40 * mm), *_heading(part), *note]
    return [
        NextPageTemplate("sideways"),
        PageBreak(),
        *_heading(part),
        *note,
        *table,
        NextPageTemplate("upright"),
        PageBreak(),
    ]


def _evidence(report: GapReport, part: Part | None) -> Story:
    if part is None:
        return []
    rows = [[entry.item_id, entry.url, entry.dated, entry.note] for entry in report.evidence]
    widths = [COLUMN * share for share in (0.12, 0.4, 0.18, 0.3)]
    header = [capital(report.bank.item_noun), "Address", "Date", "Note"]
    return [room(50 * mm), *_heading(part), grid(header, rows, widths)]


def _answers(report: GapReport, part: Part) -> Story:
    noun = capital(report.bank.item_noun)
    rows = [
        [f"{row.item_id} {row.title}", capital(row.rating), capital(row.target), capital(row.confidence), row.weight]
        for row in report.answers
    ]
    widths = [COLUMN * part for part in (0.38, 0.2, 0.2, 0.12, 0.1)]
    return [
        *_heading(part),
        grid([noun, "Rating", "Target", "Confidence", "Weight"], rows, widths),
    ]


def _method(report: GapReport, part: Part) -> Story:
    story: Story = [room(60 * mm), *_heading(part)]
    for passage in report.method:
        first, *rest = passage.paragraphs
        story += [KeepTogether([para(passage.heading, H2), para(first)]), *[para(text) for text in rest]]
    return story


def _references(report: GapReport, part: Part | None) -> Story:
    if part is None:
        return []
    rows = [[entry.short, entry.full, str(entry.cited)] for entry in report.references]
    widths = [COLUMN * 0.27, COLUMN * 0.58, COLUMN * 0.15]
    table = grid(["Cited as", "Publication", "Findings cited"], rows, widths)
    return [KeepTogether([*_heading(part), table])]
