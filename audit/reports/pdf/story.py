"""The report as a sequence of flowables, part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, NextPageTemplate, PageBreak

from audit.reports import colours
from audit.reports.gap_report import GapReport, Length, Passage, Priority
from audit.reports.item_parts import PromptAnswer
from audit.reports.parts import (
    Part,
    carried,
    column_titles,
    nothing_below_target,
    parts_of,
    plan_name,
    priorities_title,
    statement,
    together_note,
    without_text,
)
from audit.reports.pdf.back_pages import answers, evidence, method, references, sources
from audit.reports.pdf.blocks import (
    box,
    bullets,
    heading,
    numbered,
    para,
    paras,
    plain,
    rich,
    room,
    said_blocks,
    sourced_markup,
)
from audit.reports.pdf.charts import LEGEND_WORDS, legend, profile_chart, scale_words, score_scale, section_words
from audit.reports.pdf.fonts import BOLD, typeset
from audit.reports.pdf.gap_pages import gap_titles, gaps, strengths, together
from audit.reports.pdf.grids import grid
from audit.reports.pdf.linking import linking
from audit.reports.pdf.styles import (
    CELL,
    CELL_BOLD,
    COLUMN,
    CONTENTS,
    CONTENTS_TITLE,
    CONTENTS_UNDER,
    FOOT,
    H2,
    H3,
    HEAD,
    LANDSCAPE,
    LEAD,
    MARGIN,
    NOTE,
    SCORE,
    SMALL,
    SUBTITLE,
    TEXT,
    TITLE,
)
from audit.reports.pdf.tagging import Figure, TaggedContents
from audit.reports.pdf.workshop_pages import workshops
from audit.reports.wording import capital

Story = list[Flowable]
# So many blocks of a prompt stay together: what is asked, and how the answer begins.
_BEGUN = 4


def build_story(report: GapReport, *, carrying: bool = False) -> Story:
    """All parts of the report, in reading order. A file that is ``carrying`` its answers says so."""
    parts = parts_of(report)
    with linking(source.id for source in report.sources if "sources" in parts):
        return _told(report, parts, [carried(report)] if carrying else [])


def _told(report: GapReport, parts: Mapping[str, Part], more: Sequence[Passage]) -> Story:
    return [
        NextPageTemplate("upright"),
        *_first_page(report),
        *([] if report.length is Length.BRIEF else [LeaveFirstPage(120 * mm), *_contents(report, parts)]),
        *_profile(report, parts.get("profile")),
        *together(report, parts.get("together")),
        *gaps(report, parts.get("gaps")),
        *strengths(report, parts.get("strengths")),
        *_open_items(report, parts.get("without-rating")),
        *_prompts(parts.get("opening"), report.opening, column_titles(report)),
        *_prompts(parts.get("supplementary"), report.supplementary, column_titles(report)),
        *_plan(report, parts["plan"]),
        *evidence(report, parts.get("evidence")),
        *method(report, parts.get("method"), more),
        *sources(report, parts.get("sources")),
        *references(report, parts.get("references")),
        *answers(report, parts.get("answers")),
        *workshops(report, parts.get("workshops")),
        *([] if "method" in parts else [para(text, SMALL) for passage in more for text in passage.paragraphs]),
    ]


class LeaveFirstPage(CondPageBreak):
    """A page break where the first page is full, and where it ran over, unless so much height is left."""

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803  (ReportLab's names)
        """Ask for a new page where one is due. It takes no room itself."""
        return super().wrap(availWidth, 0 if self.canv.getPageNumber() == 1 else availHeight)


def _first_page(report: GapReport) -> Story:
    story: Story = [
        para(report.title, TITLE),
        para(f"{report.authority}\n{report.subtitle}" if report.subtitle else report.authority, SUBTITLE),
    ]
    if report.notice:
        about = [para(report.notice, CELL_BOLD), *([para(report.about, CELL)] if report.about else [])]
        story.append(box(about, colours.NOTICE_TINT, colours.NOTICE))
    if report.signed_off:
        signed = [para(report.signed_off.says, CELL_BOLD), *paras(report.signed_off.statement, CELL)]
        story.append(box(signed, colours.BRAND_TINT, colours.BRAND))
    story += _score(report)
    if report.priorities:
        story.append(para(priorities_title(report), H2, "H2"))
    story += numbered([_priority(priority) for priority in report.priorities])
    if report.priorities_note:
        story.append(para(report.priorities_note, TEXT))
    if nothing_below_target(report):
        story.append(para(nothing_below_target(report), LEAD))
    story += [para("What this is, and is not", H2, "H2"), para(statement(report), SMALL)]
    if report.first_caution:
        story.append(rich(sourced_markup(report.first_caution), SMALL))
    return story


def _priority(priority: Priority) -> str:
    words = f"<b>{plain(priority.item_id)} {plain(priority.title)}.</b> {plain(priority.reason)}"
    return f"{words} {sourced_markup(priority.stake)}" if priority.stake else words


def _score(report: GapReport) -> Story:
    headline = report.headline
    if headline.percent is None:
        story: Story = [para("Not yet scored", SCORE)]
    else:
        words = f'<font name="{BOLD}" size="30">{headline.percent}%</font>&nbsp;&nbsp;{plain(headline.band or "")}'
        story = [rich(words, SCORE), Figure(score_scale(headline), scale_words(headline))]
    story += bullets(headline.sentences)
    warnings = [*headline.warnings, *([together_note(report)] if report.together else [])]
    if warnings:
        story.append(box([para(text, NOTE) for text in warnings], colours.CONTRARY_TINT, colours.CONTRARY))
    if report.sections:
        rows = [[line.title, line.percent, line.span] for line in report.sections]
        story.append(
            grid(["Section", "Score", "Range"], rows, [COLUMN * 0.5, COLUMN * 0.22, COLUMN * 0.28], tight=True)
        )
    return story


def _contents(report: GapReport, parts: Mapping[str, Part]) -> Story:
    expected: list[tuple[int, str]] = []
    for part in parts.values():
        expected.append((0, typeset(part.title)))
        if part.key == "gaps":
            expected += [(1, typeset(title)) for title in gap_titles(report)]
    return [para("Contents", CONTENTS_TITLE), TaggedContents(CONTENTS, CONTENTS_UNDER, expected=expected)]


def _profile(report: GapReport, part: Part | None) -> Story:
    if part is None:
        return []
    profile = report.profile
    sectioned = len({bar.section for bar in profile.bars}) > 1
    story: Story = [room(90 * mm), *heading(part), Figure(legend(), LEGEND_WORDS)]
    for section, group in groupby(profile.bars, key=lambda bar: bar.section):
        bars = list(group)
        title = [para(section, H3, "H3")] if sectioned else []
        words = section_words(section, bars) if sectioned else profile.alternative
        story.append(KeepTogether([*title, Figure(profile_chart(profile, bars), words)]))
    return [*story, para(profile.alternative, SMALL)]


def _open_items(report: GapReport, part: Part | None) -> Story:
    if part is None:
        return []
    rows = [[f"{e.item_id} {e.title}", e.state, e.reason] for e in report.open_items]
    widths = [COLUMN * 0.34, COLUMN * 0.16, COLUMN * 0.5]
    return [
        room(60 * mm),
        *heading(part),
        grid([capital(report.bank.item_noun), "State", "What was said"], rows, widths),
    ]


def _prompts(part: Part | None, answered: Sequence[PromptAnswer], titles: Sequence[str]) -> Story:
    if part is None:
        return []
    first, *others = [_prompt(answer, titles) for answer in answered]
    told = [[*heading(part), *first], *others]
    # The last one never stands on a page alone. Blocks that are kept within others that are kept would break a page.
    *before, last = [*told[:-2], [each for blocks in told[-2:] for each in blocks]]
    kept = [each for blocks in before for each in (KeepTogether(blocks[:_BEGUN]), *blocks[_BEGUN:])]
    return [room(60 * mm), *kept, KeepTogether(last)]


def _prompt(answer: PromptAnswer, titles: Sequence[str]) -> Story:
    asked = [
        para(f"{answer.prompt_id} {answer.title}", H2),
        para(f"{answer.about} Related to {answer.touches}.", SMALL),
    ]
    return [*asked, *said_blocks(answer.said, titles)]


def _plan(report: GapReport, part: Part) -> Story:
    width = LANDSCAPE[0] - 2 * MARGIN
    rows = [[plan_name(row), row.said.now, row.said.needs, row.said.progress] for row in report.plan_rows]
    widths = [width * share for share in (0.18, *_shares(rows))]
    table = (
        [grid([capital(report.bank.item_noun), *column_titles(report)], rows, widths, even=LANDSCAPE[1] - HEAD - FOOT)]
        if rows
        else []
    )
    note = [para(without_text(report.plan), SMALL)] if report.plan.without_text else []
    if not rows:
        return [room(40 * mm), *heading(part), *note]
    return [
        NextPageTemplate("sideways"),
        PageBreak(),
        *heading(part),
        *note,
        *table,
        NextPageTemplate("upright"),
        PageBreak(),
    ]


def _shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """What each of the three columns gets of the plan's width: little where nobody wrote anything in it."""
    parts = [part if any(row[column] for row in rows) else 1 for column, part in enumerate((4, 3, 3), start=1)]
    return [0.82 * part / sum(parts) for part in parts]
