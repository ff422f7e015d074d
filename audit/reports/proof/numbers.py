"""The numbers that a report prints at its length, each with the words around it, in the order of the pages.

Numbers in what people typed, in findings and in charts are not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from audit.reports.gap_report import GapReport, Headline, Priority, Reference, SectionLine
from audit.reports.item_parts import GapDetail, PlanRow, Standing
from audit.reports.parts import parts_of, together_note
from audit.reports.parts import statement as what_it_is
from audit.reports.proof.statements import END, Number, Part, Statement, named, sentence, statement
from audit.reports.proof.workshop_numbers import workshop_numbers

# What depends on the findings that Plumbline carries, and not on the answers alone.
ON_FINDINGS = re.compile(r"Findings cited|.*: place among|How many pairs|How many gaps are told|.*equally large$")
# Whether these are printed can depend on the findings, because those order gaps that are equally large.
OF_ITEMS = re.compile(r"\S+: (?:level|target|share of the whole gap|weight)$")
_POINTS = re.compile(r"The overall score combines .*? when shown\.")
_MADE = re.compile(r"(made on .*?)( with the .*?\(version [^)]*\))")
_TOLD = re.compile(r"The first \w+ are told in full.*")
# A longer reason goes on in a second row of its table, below the numbers that follow it.
_ONE_CELL = 700
_OF_GAP = " of the whole gap"


def printed(report: GapReport) -> tuple[Statement, ...]:
    """What the PDF of the report prints with a number in it, each statement once."""
    return tuple(dict.fromkeys(each for each in _Printer(report).all() if each.numbers))


def values(statements: tuple[Statement, ...]) -> Mapping[str, tuple[str, ...]]:
    """The value of each name: one, or several where the statements disagree."""
    found: dict[str, dict[str, None]] = {}
    for each in statements:
        for number in each.numbers:
            found.setdefault(number.name, {})[number.value] = None
    return {name: tuple(shown) for name, shown in found.items()}


class _Printer:
    """Goes through a report as its pages do."""

    def __init__(self, report: GapReport) -> None:
        self.report = report
        self.noun = report.bank.item_noun
        self.titles = [bar.title for bar in report.profile.bars]
        self.parts = parts_of(report)

    def all(self) -> Iterator[Statement]:
        yield from self.first_page()
        if "profile" in self.parts:
            yield self.words(self.report.profile.alternative)
        if "together" in self.parts:
            yield from (self.words(entry.items) for entry in self.report.together)
        if "gaps" in self.parts:
            yield from self.gaps()
        if "strengths" in self.parts:
            yield from map(_strength, self.report.strengths)
        yield from map(_plan_row, self.report.plan_rows)
        if "method" in self.parts:
            yield from self.method()
        if "references" in self.parts:
            yield from map(_reference, self.report.references)
        if "answers" in self.parts:
            yield from self.answers()
        if "workshops" in self.parts:
            yield from workshop_numbers(self.report.workshops)

    def words(self, text: str, *, every: bool = False) -> Statement:
        return Statement(sentence(text, self.noun, self.titles, every=every))

    def first_page(self) -> Iterator[Statement]:
        report = self.report
        yield _score(report.headline)
        for text in (*report.headline.sentences, *report.headline.warnings):
            yield self.words(text, every=True)
        if report.together:
            yield self.words(together_note(report))
        yield from map(_section, report.sections)
        yield from (self.priority(*ranked) for ranked in enumerate(report.priorities, start=1))
        yield self.words(report.priorities_note)
        made = _MADE.search(what_it_is(report))
        if made:
            yield statement(
                named(made[1], "Date of the report, day", "Date of the report, year"), self.words(made[2]).parts
            )

    def priority(self, rank: int, priority: Priority) -> Statement:
        gap = next((gap for gap in self.report.gaps if gap.item_id == priority.item_id), None)
        begun = (*_place(rank, priority.item_id), f"{priority.title}. ")
        if gap is None or _OF_GAP not in priority.reason:
            return statement(begun)
        head = priority.reason[: priority.reason.index(_OF_GAP)]
        name = priority.item_id
        return statement(begun, named(head, f"{name}: level", f"{name}: target", _share_of(name)), _OF_GAP)

    def gaps(self) -> Iterator[Statement]:
        told = _TOLD.search(self.parts["gaps"].lead)
        if told:
            yield self.words(told[0])
        for gap in self.report.told_gaps:
            yield statement(_headed(gap))
            yield statement("Now: level ", _level(gap.item_id, gap.level), " ", gap.descriptor)
            yield statement("Target: level ", _target(gap.item_id, gap.target), " ", gap.target_descriptor)
            yield from map(self.words, gap.notes)
            for each in gap.linked:
                standing = named(each.standing, f"{each.item_id}: level")
                yield statement(f"{each.how} {each.item_id} {each.title} (", standing, ")")
        for gap in self.report.other_gaps:
            level, target = _level(gap.item_id, gap.level), _target(gap.item_id, gap.target)
            yield statement(_headed(gap), " ", level, "; target ", target)

    def method(self) -> Iterator[Statement]:
        for text in (text for passage in self.report.method for text in passage.paragraphs):
            points = _POINTS.match(text)
            if points:
                yield self.words(points[0])
            elif text.startswith("Question bank: "):
                yield self.words(text)
            elif text.startswith("Krippendorff's alpha for "):
                yield self.words(text, every=True)

    def answers(self) -> Iterator[Statement]:
        rows = self.report.answers
        last = self.parts["workshops"].title if "workshops" in self.parts else END
        follows = [*(f"{row.item_id} {row.title}" for row in rows[1:]), last]
        for row, following in zip(rows, follows, strict=True):
            yield statement(f"{row.item_id} {row.title} ", _level(row.item_id, row.rating))
            if row.target and len(row.reason) < _ONE_CELL:
                target = _target(row.item_id, row.target)
                weight = Number(f"{row.item_id}: weight", row.weight)
                yield statement(target, f" {row.confidence} ", weight, f" {following}")


def _score(headline: Headline) -> Statement:
    if headline.percent is None:
        return statement()
    return statement(Number("Overall score", f"{headline.percent}%"), f" {headline.band or ''}")


def _section(line: SectionLine) -> Statement:
    name = f"Section {line.title}"
    span = named(line.span, f"{name}: score, lowest", f"{name}: score, highest")
    return statement(f"{line.title} ", named(line.percent, f"{name}: score"), " ", span)


def _place(rank: int, item_id: str) -> tuple[Part, ...]:
    return (Number(f"{item_id}: place among the gaps", str(rank)), f". {item_id} ")


def _headed(gap: GapDetail) -> tuple[Part, ...]:
    share = named(gap.share, _share_of(gap.item_id))
    return (*_place(gap.rank, gap.item_id), f"{gap.title} ", *share, " of the whole gap")


def _share_of(item_id: str) -> str:
    return f"{item_id}: share of the whole gap"


def _level(item_id: str, words: str) -> tuple[Part, ...]:
    return named(words, f"{item_id}: level") if words.removeprefix("Level ")[:1].isdigit() else (words,)


def _target(item_id: str, words: str) -> tuple[Part, ...]:
    return named(words, f"{item_id}: target")


def _strength(entry: Standing) -> Statement:
    return statement(
        f"{entry.item_id} {entry.title} Level ", _level(entry.item_id, entry.level), f". {entry.descriptor}"
    )


def _plan_row(row: PlanRow) -> Statement:
    level, mark, target = row.levels.partition("; target ")
    return statement(f"{row.item_id} {row.title} ", _level(row.item_id, level), mark, _target(row.item_id, target))


def _reference(entry: Reference) -> Statement:
    return statement(f"{entry.short} {entry.full} ", Number(f"Findings cited from {entry.short}", str(entry.cited)))
