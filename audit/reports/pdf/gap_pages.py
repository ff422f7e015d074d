"""The pages of a report on single items: gaps with their evidence, and strengths."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether

from audit.reports import colours
from audit.reports.gap_report import GapReport
from audit.reports.item_parts import GapDetail, Linked
from audit.reports.parts import Part, column_titles
from audit.reports.pdf.blocks import (
    box,
    bullets,
    finding_blocks,
    heading,
    items,
    pair,
    para,
    paras,
    plain,
    rich,
    room,
    sourced_markup,
)
from audit.reports.pdf.boxes import Box, Sides
from audit.reports.pdf.grids import Content, grid
from audit.reports.pdf.styles import CELL, CELL_BOLD, COLUMN, H2, H2_OVER_TABLE, H3, NOTE, SMALL, WHY
from audit.reports.wording import capital

Story = list[Flowable]
OTHER_GAPS = "The other gaps"
# The heading of a gap, its levels and the first lines below them: they begin on one page.
_BEGINNING = 85 * mm


def together(report: GapReport, part: Part | None) -> Story:
    """The ratings to read together."""
    if part is None:
        return []
    story: Story = [room(60 * mm), *heading(part)]
    for entry in report.together:
        texts: Story = [para(entry.items, H3, "H3"), para(entry.asks), rich(sourced_markup(entry.statement))]
        story.append(KeepTogether(texts))
    return story


def gaps(report: GapReport, part: Part | None) -> Story:
    """The first gaps in full, and the rest as a table."""
    if part is None:
        return []
    story: Story = [room(100 * mm), *heading(part)]
    for gap in report.told_gaps:
        story += _gap(gap, report.bank.item_noun, column_titles(report))
    if report.other_gaps:
        story += [room(60 * mm), para(OTHER_GAPS, H2_OVER_TABLE), _other_gaps(report)]
    return story


def gap_titles(report: GapReport) -> list[str]:
    """The headings under the gaps, in their order."""
    return [*map(_title, report.told_gaps), *([OTHER_GAPS] if report.other_gaps else [])]


def _title(gap: GapDetail) -> str:
    return f"{gap.rank}. {gap.item_id} {gap.title}"


def _other_gaps(report: GapReport) -> Flowable:
    rows: list[list[Content]] = [
        [
            f"{_title(gap)}\n{gap.share} of the whole gap",
            "\n".join(filter(None, [f"{capital(gap.level)}; target {gap.target}", gap.reason or gap.said.now])),
            _seen(gap),
        ]
        for gap in report.other_gaps
    ]
    written = any(gap.reason or gap.said.now for gap in report.other_gaps)
    widths = [COLUMN * share for share in ((0.22, 0.38, 0.4) if written else (0.26, 0.22, 0.52))]
    header = [
        capital(report.bank.item_noun),
        "Level, and what was said",
        "What the evaluations saw, and a step to consider",
    ]
    return grid(header, rows, widths)


def _seen(gap: GapDetail) -> Story:
    seen: Story = [para(f"{gap.stake.says} {gap.stake.cited}", CELL)] if gap.stake else []
    for step, finding_id in gap.steps[:1]:
        seen.append(rich(f"<b>To consider (our suggestion).</b> {plain(f'{step} ({finding_id})')}", CELL))
    return seen


def _gap(gap: GapDetail, noun: str, titles: Sequence[str]) -> Story:
    share = f"{gap.share} of the whole gap. {gap.source}."
    if gap.confidence:
        share += f" Confidence in this rating: {gap.confidence}."
    story: Story = [
        room(_BEGINNING),
        para(_title(gap), H2),
        para(share, SMALL),
        pair(
            [para(f"Now: level {gap.level}", CELL_BOLD, "H4"), para(gap.descriptor, CELL)],
            [para(f"Target: level {gap.target}", CELL_BOLD, "H4"), para(gap.target_descriptor, CELL)],
            (colours.SHADE, colours.BRAND_TINT),
        ),
    ]
    if gap.reason:
        story += [para("Why this level", H3), *paras(gap.reason)]
    if gap.notes:
        texts = [each for note in gap.notes for each in paras(note, NOTE)]
        story.append(box(texts, colours.CONTRARY_TINT, colours.CONTRARY))
    if gap.said.now:
        story += [para(titles[0], H3), *paras(gap.said.now)]
    elif not gap.reason:
        story.append(para("Nothing was written on what happens now.", SMALL))
    story += _why(gap, noun)
    story += [*_sides(_supporting(gap), _contrary(gap)), *_sides(_tried(gap), _barriers(gap))]
    if gap.steps:
        steps = bullets([f"{step} ({finding_id})" for step, finding_id in gap.steps])
        story.append(KeepTogether([para("Steps to consider (our suggestions)", H3), *steps]))
    return story + _planned(gap, titles) + _linked(gap.linked)


def _planned(gap: GapDetail, titles: Sequence[str]) -> Story:
    """What is to happen, or where the plan says so."""
    if gap.plan_note:
        return [para(gap.plan_note)]
    story: Story = []
    for title, text in zip(titles[1:], (gap.said.needs, gap.said.progress), strict=True):
        if text:
            story += [para(title, H3), *paras(text)]
    return story


def _sides(left: Box | None, right: Box | None) -> Story:
    """Two boxes, or the one that there is, or none."""
    if left and right:
        return [Sides(left, right)]
    return [each for each in (left, right) if each]


def _why(gap: GapDetail, noun: str) -> Story:
    texts: Story = [rich(sourced_markup(gap.stake), WHY)] if gap.stake else []
    if gap.adds:
        texts.append(rich(f"<b>The recommendation adds.</b> {plain(gap.adds)}", WHY))
    if gap.thin:
        texts.append(para(f"The evidence on this {noun} is thin.", CELL_BOLD))
    texts += [rich(f"<b>{plain(part.title)}.</b> {sourced_markup(part.statement)}", WHY) for part in gap.synthesis]
    return [KeepTogether([para("Why it matters", H3), texts[0]]), *texts[1:]] if texts else []


def _supporting(gap: GapDetail) -> Box | None:
    return _box("Evidence that it matters", [finding_blocks(each) for each in gap.supporting])


def _contrary(gap: GapDetail) -> Box | None:
    blocks = [finding_blocks(each, mark=f"{capital(each.direction)}. ") for each in gap.contrary]
    return _box("Evidence that limits it", blocks, against=True)


def _tried(gap: GapDetail) -> Box | None:
    blocks = [finding_blocks(each.finding, later=each.became) for each in gap.tried]
    return _box("Who tried it, and what became of it", blocks)


def _barriers(gap: GapDetail) -> Box | None:
    return _box("What got in the way", [finding_blocks(each) for each in gap.barriers], against=True)


def _box(title: str, blocks: Sequence[Story], *, against: bool = False) -> Box | None:
    if not blocks:
        return None
    colour = (colours.CONTRARY_TINT, colours.CONTRARY) if against else (colours.SHADE, colours.BRAND)
    return Box(blocks, *colour, heading=plain(title))


def _linked(linked: Sequence[Linked]) -> Story:
    if not linked:
        return []
    lines = []
    for each in linked:
        standing = f" ({each.standing})" if each.standing else ""
        words = f"<b>{plain(f'{each.how} {each.item_id} {each.title}{standing}')}.</b> {sourced_markup(each.statement)}"
        lines.append(words)
    first, *rest = items(lines)
    return [KeepTogether([para("Linked with", H3), first]), *rest]


def strengths(report: GapReport, part: Part | None) -> Story:
    """What stands at its target, and what would endanger it."""
    if part is None:
        return []
    story: Story = [room(70 * mm), *heading(part)]
    for entry in report.strengths:
        story.append(
            KeepTogether([para(f"{entry.item_id} {entry.title}", H2), para(f"Level {entry.level}. {entry.descriptor}")])
        )
        if entry.reason:
            story += [para("Why this level", H3), *paras(entry.reason)]
        if entry.endangers:
            words = rich(sourced_markup(entry.endangers))
            story.append(KeepTogether([para("What has undone it where it was studied", H3), words]))
    return story
