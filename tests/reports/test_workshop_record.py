"""The record of a workshop says what happened in it, the same in each format, and nothing that may not be told."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from audit.core.closed_workshops import ClosedWorkshop, Turnout, attendance_of
from audit.core.responses import RatingState
from audit.core.workshops import Seat
from audit.reports.docx.workshop import render_record_docx
from audit.reports.pdf.workshop import render_record_pdf
from audit.reports.proof.opening import open_pdf
from audit.reports.workshop_record import WorkshopRecord, build_record
from audit.reports.workshop_telling import in_the_room
from audit.reports.workshop_words import CONSENSUS_MEANS
from tests.reports.tagged import failures
from tests.reports.workshops import BANK, BEGAN, COVER, NOTES, OWNER, closed, record, settlement

TWO = "Two people joined by phone or account."


def fact(found: WorkshopRecord, name: str) -> str:
    return dict(found.facts)[name]


def squeezed(text: str) -> str:
    """Without white space and typographic marks."""
    return re.sub(r"\s", "", text.replace("’", "'").replace("‑", "-"))


def pdf_words(found: WorkshopRecord) -> str:
    return squeezed(open_pdf(render_record_pdf(found)).text)


def docx_words(found: WorkshopRecord) -> str:
    body = Document(BytesIO(render_record_docx(found))).element.body
    return squeezed("".join(body.itertext()))


def docx_lines(found: WorkshopRecord) -> str:
    """What stands outside tables, each once."""
    return squeezed(" ".join(each.text for each in Document(BytesIO(render_record_docx(found))).paragraphs))


def all_texts(found: WorkshopRecord) -> list[str]:
    """What every format must hold."""
    texts = [words for pair in (*found.facts, *found.left, *found.feedback) for words in pair]
    texts += [*found.taken_back, *found.limits]
    for item in found.items:
        texts += [item.item_id, item.title, item.time, item.outcome, item.owner, item.aside, item.short]
        texts += [line for text in (item.reason, item.notes, item.said.now) for line in text.splitlines()]
        for vote in item.votes:
            texts += [vote.line.says, vote.line.moved, *vote.notes, *(says for pair in vote.groups for says in pair)]
    return [text for text in texts if text]


def test_who_was_there_and_when_in_england() -> None:
    found = record()
    assert fact(found, "When") == "5 June 2026, 10.02am to 10.32am."
    assert fact(found, "Time taken") == "30 minutes. Planned: 50 minutes."
    assert fact(found, "Who was there") == "14 people joined by phone or account. One at a time voted on paper."
    assert fact(found, "Groups") == "North: 7; South: 7."
    assert fact(found, "Names given") == "Ben and Zoë <i>."
    assert "At least three votes must be cast." in fact(found, "How the room decided")


def test_items_stand_in_the_order_in_which_they_were_opened_with_their_times() -> None:
    found = record()
    assert [(item.item_id, item.time) for item in found.items] == [
        ("R3", "8 minutes"),
        ("R1", "8 minutes"),
        ("R5", "4 minutes"),
        ("R7", ""),
    ]
    assert [title for title, _ in found.left] == ["Parked", "Skipped", "Not reached"]
    assert dict(found.left)["Not reached"].startswith("R9 ")


def test_an_item_tells_its_votes_how_people_moved_and_what_was_settled_by_which_rule() -> None:
    item = record().items[0]
    first, second = item.votes
    assert first.line.accord == "Two camps"
    counts = "Level 0: 4; level 1: 1; level 3: 1; level 4: 5; don't know: 1."
    assert first.line.says.startswith(f"12 of 14 people voted. {counts} Consensus 0.1")
    assert first.line.moved == ""
    assert first.notes == ("How sure people are: five people very sure.",)
    assert second.line.accord == "Broad agreement"
    assert second.line.moved == "Since the round before, five people moved up and six people moved down."
    assert dict(second.groups) == {
        "North": "Level 2: 6. Consensus 1.00 of 1.",
        "South": "Level 2: 4; level 3: 2. Consensus 0.83 of 1.",
    }
    assert item.outcome == "Settled at level 2, partly in place. Settled by the decision rule."
    assert (item.owner, item.notes, item.said.needs) == (OWNER, NOTES, "Train all leads.")


@pytest.mark.parametrize(
    ("turnout", "words"),
    [
        (Turnout(14), "14 people were in the room."),
        (Turnout(1), "One person was in the room."),
        (Turnout(5, 1), "Five people were in the room. One more was sent out."),
        (Turnout(5, 2), "Five people were in the room. Two more were sent out."),
        (Turnout(2, 0, 6), f"{TWO} Up to six at a time voted on paper."),
        (
            Turnout(2, 1, 1),
            "Two people joined by phone or account. One at a time voted on paper. One more was sent out.",
        ),
        (Turnout(0), "Nobody joined by phone or account."),
        (Turnout(2, 1, 6), f"{TWO} Up to six at a time voted on paper. One more was sent out."),
        (Turnout(0, 0, 11), "Nobody joined by phone or account. Up to 11 at a time voted on paper."),
        (Turnout(0, 1), "One person joined by phone or account and was sent out."),
        (Turnout(0, 2), "Two people joined by phone or account and were sent out."),
    ],
)
def test_the_number_of_people_is_clear_beside_the_number_of_votes(turnout: Turnout, words: str) -> None:
    assert in_the_room(turnout) == words


def test_paper_counts_by_the_vote_that_had_most_of_it_and_one_taken_back_counts_not_at_all() -> None:
    made = closed()
    more = {4: replace(made.results[4], ballots=6), 7: replace(made.results[7], ballots=9)}
    assert replace(made, results={**made.results, **more}).turnout == Turnout(14, 0, 6)


def test_a_consensus_is_explained_once_and_only_where_one_is_told() -> None:
    found = record()
    assert fact(found, "Consensus") == f"It says how close the votes lie: {CONSENSUS_MEANS}"
    assert pdf_words(found).count(squeezed(CONSENSUS_MEANS)) == docx_lines(found).count(squeezed(CONSENSUS_MEANS)) == 1
    assert "Consensus" not in dict(build_record(empty(), BANK, COVER).facts)


@pytest.mark.parametrize(
    ("state", "words"),
    [(RatingState.NOT_APPLICABLE, "Settled as not applicable."), (RatingState.DONT_KNOW, "Settled as don't know.")],
)
def test_what_is_no_level_is_settled_as_it_is_called(state: RatingState, words: str) -> None:
    made = closed()
    detail = {**settlement(2, 2), "state": state.value, "level": None}
    steps = tuple(replace(step, detail=detail) if step.id == 6 else step for step in made.steps)
    found = build_record(replace(made, steps=steps), BANK, COVER)
    assert found.items[0].outcome.startswith(words)
    assert squeezed(words) in pdf_words(found)
    assert squeezed(words) in docx_words(found)


@pytest.mark.parametrize("more", range(14))
def test_no_heading_stands_alone_at_the_foot_of_a_page(more: int) -> None:
    found = record()
    facts = (*found.facts, *((f"Fact {number}", "word " * 20) for number in range(more)))
    items = tuple(replace(found.items[place % 4], item_id=f"X{place}", title="Title") for place in range(6))
    pages = PdfReader(BytesIO(render_record_pdf(replace(found, facts=facts, items=items)))).pages
    for page in list(pages)[:-1]:
        lines = [line for line in page.extract_text().splitlines() if line.strip() and "Plumbline" not in line]
        last = [line for line in lines if not re.fullmatch(r"\s*Page \d+\s*", line)][-1]
        assert not re.match(r"Each condition in full|Time:|X\d Title\s*$", last), last


def test_an_item_that_was_never_opened_has_no_time() -> None:
    found = record()
    assert found.items[3].overview == ("No vote", "", "Skipped", "")
    assert pdf_words(found).count("Time:") == docx_lines(found).count("Time:") == 3


def test_a_vote_that_was_taken_back_is_told_and_its_spread_is_not() -> None:
    found = record()
    item = found.items[1]
    (vote,) = item.votes
    assert vote.line.title == "Vote 1"
    assert vote.line.says.startswith("13 of 14 people voted. Level 2: 2; level 3: 11.")
    assert vote.notes == ("Votes on paper: 1.",)
    assert item.aside == "One vote was revealed and taken back. It counts for nothing."
    assert found.taken_back == (
        "The votes on R1 were revealed, and that was taken back. They count for nothing. A new blind vote was opened "
        "in their place.",
    )
    assert "The decision rule gave level 3, mostly in place. The room settled on level 1" in item.outcome


def test_fewer_than_three_votes_are_shown_nowhere() -> None:
    found = record()
    (vote,) = found.items[2].votes
    assert vote.line.says.startswith("2 of 14 people voted. Fewer than 3 voted")
    assert (vote.spread, vote.bars, vote.groups, vote.notes) == (None, (), (), ())
    assert found.items[2].overview == ("Too few votes to show", "", "Parked", "4 minutes")


def test_what_people_said_of_it_and_what_the_record_cannot_tell() -> None:
    found = record()
    assert found.feedback == (("Could you say what you think?", "Yes: 5; Partly: 0; No: 1."),)
    assert any("who chose what was forgotten" in text for text in found.limits)


def test_an_item_that_was_changed_since_says_so() -> None:
    found = build_record(closed(frozenset({"R3"})), BANK, COVER)
    assert "The team's answer was changed after the workshop" in found.items[0].outcome
    assert "changed after" not in found.items[1].outcome


def test_every_format_says_all_of_it_as_it_was_typed() -> None:
    found = record()
    pdf, docx = pdf_words(found), docx_words(found)
    for text in all_texts(found):
        assert squeezed(text) in docx, text
        assert squeezed(text) in pdf, text


def test_the_pdf_can_be_read_aloud_and_the_same_record_gives_the_same_bytes() -> None:
    data = render_record_pdf(record())
    assert failures(data) == []
    assert data == render_record_pdf(record())
    assert render_record_docx(record()) == render_record_docx(record())


def empty() -> ClosedWorkshop:
    """A workshop that was opened and closed at once."""
    made = closed()
    return replace(made, steps=(made.steps[0], made.steps[-1]), attendance=attendance_of((), 5), notes={}, said={})


def test_a_workshop_in_which_nothing_happened_has_a_record_too() -> None:
    found = build_record(empty(), BANK, COVER)
    assert (found.items, found.feedback, found.taken_back) == ((), (), ())
    assert fact(found, "Who was there") == "Nobody joined by phone or account."
    assert "What came of it" not in pdf_words(found)
    assert failures(render_record_pdf(found)) == []
    assert squeezed("Not reached") in docx_words(found)


def seat(number: int, name: str, group: str, *, gone: bool = False) -> Seat:
    return Seat(number, 1, name, group, None, BEGAN, BEGAN if gone else None)


def test_names_stand_once_in_order_and_those_sent_out_are_not_there() -> None:
    seats = [seat(1, "zoe", ""), seat(2, "Ann", ""), seat(3, "Ann", ""), seat(4, "", ""), seat(5, "Cy", "", gone=True)]
    there = attendance_of(seats, 5)
    assert (there.people, there.names, there.groups, there.held_back) == (4, ("Ann", "zoe"), {}, False)
    assert there.sent_out == 1


@pytest.mark.parametrize(
    ("sizes", "shown", "held_back"),
    [
        ({"A": 5, "B": 6}, {"A": 5, "B": 6}, False),
        ({"A": 5, "B": 4}, {}, True),
        ({"A": 5, "B": 6, "": 1}, {"B": 6}, True),
        ({"A": 5, "": 5}, {"A": 5, "": 5}, False),
        ({"A": 2, "B": 2}, {}, True),
    ],
)
def test_no_small_group_can_be_worked_out(sizes: dict[str, int], shown: dict[str, int], held_back: bool) -> None:
    groups = [name for name, size in sizes.items() for _ in range(size)]
    there = attendance_of([seat(number, "", group) for number, group in enumerate(groups)], 5)
    assert (there.groups, there.held_back) == (shown, held_back)
