"""The pages of a report on single items: gaps with their evidence, and strengths."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether

from audit.reports import colours
from audit.reports.gap_report import GapReport
from audit.reports.item_parts import CitedFinding, GapDetail, Linked, Tried
from audit.reports.parts import Part
from audit.reports.pdf.blocks import (
    box,
    bullets,
    finding_blocks,
    grid,
    heading,
    items,
    pair,
    para,
    paras,
    plain,
    rich,
    room,
    said_blocks,
    sourced_markup,
)
from audit.reports.pdf.styles import CELL, CELL_BOLD, COLUMN, H2, H3, SMALL, WHY
from audit.reports.wording import COLUMN_TITLES, capital

Story = list[Flowable]
AGAINST = "Evidence that limits it"


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
    story: Story = [room(130 * mm), *heading(part)]
    for gap in report.told_gaps:
        story += _gap(gap, report.bank.item_noun)
    if report.other_gaps:
        story += [room(60 * mm), para("The other gaps", H2), _other_gaps(report)]
    return story


def _other_gaps(report: GapReport) -> Flowable:
    rows = [
        [
            f"{gap.rank}. {gap.item_id} {gap.title}\n{gap.share} of the whole gap",
            "\n".join(filter(None, [f"{capital(gap.level)}; target {gap.target}", gap.reason, gap.said.now])),
            f"{gap.stake.says} {gap.stake.cited}" if gap.stake else "",
        ]
        for gap in report.other_gaps
    ]
    widths = [COLUMN * share for share in (0.3, 0.28, 0.42)]
    return grid([capital(report.bank.item_noun), "Level, and what was said", "What the evaluations saw"], rows, widths)


def _gap(gap: GapDetail, noun: str) -> Story:
    share = f"{gap.share} of the whole gap. {gap.source}."
    if gap.confidence:
        share += f" Confidence in this rating: {gap.confidence}."
    story: Story = [
        room(75 * mm),
        para(f"{gap.rank}. {gap.item_id} {gap.title}", H2),
        para(share, SMALL),
        pair(
            [para(f"Now: level {gap.level}", CELL_BOLD, "H4"), para(gap.descriptor, CELL)],
            [para(f"Target: level {gap.target}", CELL_BOLD, "H4"), para(gap.target_descriptor, CELL)],
            (colours.SHADE, colours.BRAND_TINT),
        ),
    ]
    if gap.reason:
        story += [para("Why this level", H3), *paras(gap.reason)]
    story += [box(paras(note, CELL), colours.CONTRARY_TINT, colours.CONTRARY) for note in gap.notes]
    if gap.said.now:
        story += [para(COLUMN_TITLES[0], H3), *paras(gap.said.now)]
    elif not gap.reason:
        story.append(para("Nothing was written on what happens now.", SMALL))
    story += _why(gap, noun)
    story += _sides(
        _findings("Evidence that it matters", gap.supporting), _findings(AGAINST, gap.contrary, with_direction=True)
    )
    story += _sides(_tried(gap.tried), _findings("What got in the way", gap.barriers))
    if gap.steps:
        steps = bullets([f"{step} ({finding_id})" for step, finding_id in gap.steps])
        story.append(KeepTogether([para("Steps to consider (our suggestions)", H3), *steps]))
    for title, text in zip(COLUMN_TITLES[1:], (gap.said.needs, gap.said.progress), strict=True):
        if text:
            story += [para(title, H3), *paras(text)]
    return story + _linked(gap.linked)


def _sides(left: Story, right: Story) -> Story:
    """Two lists side by side, or the one that there is."""
    if left and right:
        return [room(40 * mm), pair(left, right, (colours.SHADE, colours.CONTRARY_TINT))]
    return [box(left or right, colours.SHADE, colours.BRAND)] if left or right else []


def _why(gap: GapDetail, noun: str) -> Story:
    texts: Story = [rich(sourced_markup(gap.stake), WHY)] if gap.stake else []
    if gap.adds:
        texts.append(rich(f"<b>The recommendation adds.</b> {plain(gap.adds)}", WHY))
    if gap.thin:
        texts.append(para(f"The evidence on this {noun} is thin.", CELL_BOLD))
    texts += [rich(f"<b>{plain(part.title)}.</b> {sourced_markup(part.statement)}", WHY) for part in gap.synthesis]
    return [KeepTogether([para("Why it matters", H3), texts[0]]), *texts[1:]] if texts else []


def _findings(title: str, findings: Sequence[CitedFinding], *, with_direction: bool = False) -> Story:
    blocks: Story = [para(title, CELL_BOLD, "H4")] if findings else []
    for finding in findings:
        blocks += finding_blocks(finding, mark=f"{capital(finding.direction)}. " if with_direction else "")
    return blocks


def _tried(tried: Sequence[Tried]) -> Story:
    blocks: Story = [para("Who tried it, and what became of it", CELL_BOLD, "H4")] if tried else []
    for each in tried:
        blocks += finding_blocks(each.finding, later=each.became)
    return blocks


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
        story += said_blocks(entry.said)
        if entry.endangers:
            words = rich(sourced_markup(entry.endangers))
            story.append(KeepTogether([para("What has undone it where it was studied", H3), words]))
    return story
