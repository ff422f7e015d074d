"""A gap report tells how levels were agreed in workshops, in each format, and its numbers can be checked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from audit.core.closed_workshops import WorkshopSummary
from audit.core.moderation import Accords, Agreement
from audit.core.responses import Answers, RatingState, Response
from audit.reports.docx.render import render_docx
from audit.reports.gap_report import GapReport, Length
from audit.reports.grounds import Around
from audit.reports.html import render_html
from audit.reports.json_report import render_json
from audit.reports.proof.check import check_pdf
from audit.reports.proof.fields import Unreadable
from audit.reports.proof.opening import open_pdf
from audit.reports.proof.payload import checksum
from audit.reports.proof.reading import read_payload
from audit.reports.proof.verdict import Outcome
from audit.reports.workshop_words import CONSENSUS_MEANS
from audit.reports.xlsx.render import render_xlsx
from tests.reports.proofs import Document, attached, built, given, on_pages, proof_of, with_file
from tests.reports.reading import Page
from tests.reports.tagged import failures
from tests.reports.test_json_report import faults
from tests.reports.workshops import BANK, OWNER, REASON, closed

TITLE = "how levels were agreed in workshops"
SAID = Response(RatingState.RATED, 2, REASON, None, "We have a panel.", "Train all leads.", "By spring.")
ANSWERS = Answers({**given(BANK).items, "R3": SAID}, given(BANK).prompts)


def around(changed: frozenset[str] = frozenset()) -> Around:
    return Around(workshops=(closed(changed).summary,))


@cache
def report(length: Length) -> GapReport:
    return built(ANSWERS, length=length, around=around())


@cache
def pdf(length: Length) -> bytes:
    return proof_of(ANSWERS, length=length, around=around())


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text.replace("’", "'"))


def words(kind: str, length: Length) -> str:
    """What a report says in a format, without white space."""
    match kind:
        case "html":
            return squeezed(Page(render_html(report(length))).text)
        case "pdf":
            return squeezed(open_pdf(pdf(length)).text)
        case "docx":
            body = docx.Document(BytesIO(render_docx(report(length)))).element.body
            return squeezed("".join(body.itertext()))
        case _:
            book = load_workbook(BytesIO(render_xlsx(report(length), BANK, ANSWERS)))
            cells = (cell for sheet in book for row in sheet.values for cell in row)
            return squeezed("|".join(str(cell) for cell in cells if cell is not None))


@pytest.mark.parametrize("length", [Length.FULL, Length.APPENDIX])
@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "xlsx"])
def test_votes_movement_level_reason_rule_and_owner_stand_in_it(kind: str, length: Length) -> None:
    found = words(kind, length)
    for text in (
        "12 of 14 people voted. Level 0: 4; level 1: 1; level 3: 1; level 4: 5; don't know: 1.",
        "Since the round before, five people moved up and six people moved down.",
        "Settled at level 2, partly in place. Settled by the decision rule.",
        "The panels <b>differ</b> & 2 of 5 teams.",
        "Parked: the workshop did not settle it.",
        f"Who: {OWNER}" if kind != "xlsx" else OWNER,
    ):
        assert squeezed(text) in found, text


@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "xlsx"])
def test_a_brief_report_says_in_a_sentence_that_a_workshop_settled_some(kind: str) -> None:
    found = words(kind, Length.BRIEF)
    assert squeezed("Two conditions were settled in a workshop, after blind votes and talk.") in found
    assert squeezed("of 14 people voted") not in found
    assert squeezed(TITLE) not in found.lower()


def test_the_part_stands_last_and_the_contents_lead_to_it() -> None:
    html = render_html(report(Length.APPENDIX))
    assert '<a href="#workshops">' in html
    assert html.index('id="answers"') < html.index('id="workshops"')
    assert "Not reached: R9." in html
    assert "<b>differ</b>" not in html


def test_what_was_typed_into_the_plan_stays_as_it_was() -> None:
    (row,) = [row for row in report(Length.FULL).plan.rows if row.item_id == "R3"]
    assert (row.who, row.said.progress) == (OWNER, "By spring.")
    assert {row.who for row in report(Length.FULL).plan.rows if row.item_id != "R3"} == {""}


def test_what_was_changed_after_the_workshop_is_not_said_to_be_settled_in_it() -> None:
    found = built(ANSWERS, around=around(frozenset({"R3"})))
    assert "One condition was settled in a workshop, after blind votes and talk." in found.headline.sentences
    assert "The team's answer was changed after the workshop" in found.workshops[0].items[0].outcome


TEAM = Agreement(10, 8, 5, settled=2, accords=Accords(11, 7, camps=("R3", "R7"), unknown=("R1",)))


@pytest.mark.parametrize("length", Length)
def test_what_people_answered_alone_is_not_told_as_what_they_say_now(length: Length) -> None:
    after = replace(around(), agreement=TEAM)
    told = " ".join(built(ANSWERS, length=length, around=after).headline.sentences)
    assert "Answering alone, they agreed broadly on seven of the 11 conditions" in told
    assert "On R3 and R7 there were two camps. On R1 most did not know." in told
    assert "Since then, R3 and R1 were settled in a workshop." in told
    before = " ".join(built(ANSWERS, length=length, around=Around(agreement=TEAM)).headline.sentences)
    assert "On R3 and R7 there are two camps. On R1 most do not know." in before
    assert "Since then" not in before
    assert check_pdf(proof_of(ANSWERS, length=length, around=after)).faults == ()


@pytest.mark.parametrize("state", [RatingState.NOT_APPLICABLE, RatingState.DONT_KNOW])
def test_what_is_settled_without_a_level_is_said_so_and_can_be_checked(state: RatingState) -> None:
    held = closed().summary
    first, *others = held.items
    assert first.settlement is not None
    item = replace(first, settlement=replace(first.settlement, state=state.value, level=None))
    there = Around(workshops=(replace(held, items=(item, *others)),))
    found = built(ANSWERS, length=Length.APPENDIX, around=there)
    assert found.workshops[0].items[0].outcome.startswith(f"Settled as {state.words.lower()}. ")
    assert check_pdf(proof_of(ANSWERS, length=Length.APPENDIX, around=there)).faults == ()


def test_the_appendix_explains_a_consensus_once_and_who_took_part() -> None:
    found = words("html", Length.APPENDIX)
    assert found.count(squeezed(CONSENSUS_MEANS)) == 1
    assert squeezed("14 people joined by phone or account. One at a time voted on paper. How the room decided") in found


def test_a_report_without_workshops_says_nothing_of_them() -> None:
    found = built(ANSWERS, length=Length.APPENDIX)
    assert found.workshops == ()
    assert "workshop" not in render_html(found).lower()


@pytest.mark.parametrize("length", Length)
def test_json_fits_the_schema(length: Length) -> None:
    document = json.loads(render_json(report(length)))
    assert faults(document) == []
    assert [item["item_id"] for item in document["workshops"][0]["items"]] == ["R3", "R1", "R5", "R7"]


@pytest.mark.parametrize("length", Length)
def test_the_numbers_of_a_true_report_agree_and_it_can_be_read_aloud(length: Length) -> None:
    verdict = check_pdf(pdf(length))
    assert (verdict.outcome, verdict.faults) == (Outcome.AGREES, ())
    assert failures(pdf(length)) == []


def test_what_the_report_prints_of_workshops_is_carried_and_no_more() -> None:
    data = pdf(Length.APPENDIX)
    (carried,) = read_payload(json.dumps(attached(data)).encode()).workshops
    assert carried == bare(closed().summary)
    numbers = {part[0]: part[1] for each in attached(data)["printed"] for part in each if isinstance(part, list)}
    assert numbers["R3 in workshop 1, vote 1: level 4"] == "5"
    assert numbers["R3 in workshop 1: level settled"] == "2"
    assert "Zoë" not in json.dumps(attached(data), ensure_ascii=False)


def bare(workshop: WorkshopSummary) -> WorkshopSummary:
    """The workshop without what the report does not print."""
    return replace(
        workshop,
        items=tuple(
            replace(
                item,
                votes=tuple(replace(vote, groups=(), confidence={}, ballots=0) for vote in item.votes),
                settlement=item.settlement and replace(item.settlement, texts=("", "", ""), revision=0),
            )
            for item in workshop.items
        ),
    )


def with_change(change: Callable[[Document], object], length: Length = Length.BRIEF) -> bytes:
    """The report with another file attached, whose checksum fits."""
    document = attached(pdf(length))
    change(document)
    document["sha256"] = checksum(document)
    return with_file(report(length), json.dumps(document).encode())


def first_vote(document: Document) -> Document:
    vote: Document = document["workshops"][0]["items"][0]["votes"][0]
    return vote


def test_a_vote_that_was_changed_in_the_attached_file_is_found() -> None:
    verdict = check_pdf(with_change(lambda document: first_vote(document)["levels"].update({"4": 9}), Length.FULL))
    assert verdict.outcome is Outcome.DIFFERS
    assert any(fault.startswith("R3 in workshop 1, vote 1: level 4: ") for fault in verdict.faults)


def test_a_file_of_the_version_before_is_still_read() -> None:
    data = proof_of(given(BANK))
    document = attached(data)
    del document["workshops"]
    document["format_version"] = 1
    document["sha256"] = checksum(document)
    assert check_pdf(with_file(built(given(BANK)), json.dumps(document).encode())).outcome is Outcome.AGREES


WRONG: dict[str, Callable[[Any], object]] = {
    "no list": lambda held: held.clear() or held.append("a workshop"),
    "no day": lambda held: held[0].update(began="yesterday"),
    "a day without a place": lambda held: held[0].update(began="2026-06-05T10:00:00"),
    "a day at the edge": lambda held: held[0].update(began="0001-01-01T00:00:00+00:00"),
    "another rule": lambda held: held[0]["rule"].update(kind="lots"),
    "a consensus above 1": lambda held: held[0]["rule"].update(consensus=101),
    "people below none": lambda held: held[0].update(people=-1),
    "ballots in words": lambda held: held[0].update(paper="six"),
    "nobody knows who was sent out": lambda held: held[0].pop("sent_out"),
    "an item that is no object": lambda held: held[0]["items"].append(7),
    "another standing": lambda held: held[0]["items"][0].update(standing="lost"),
    "a level in words": lambda held: held[0]["items"][0]["votes"][0]["levels"].update({"one": 1}),
    "a number that is none": lambda held: held[0]["items"][0]["votes"][0]["levels"].update({"1": "1"}),
    "a movement of two": lambda held: held[0]["items"][0]["votes"][0].update(moved=[1, 2]),
    "another state": lambda held: held[0]["items"][0]["settled"].update(state="perhaps"),
    "another why": lambda held: held[0]["items"][0]["settled"].update(decided="BECAUSE"),
    "a title that rings": lambda held: held[0].update(title="\a"),
    "a reason without end": lambda held: held[0]["items"][0]["settled"].update(reason="x" * 10_001),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_nothing_wrong_is_taken_for_a_workshop(change: Callable[[Any], object]) -> None:
    document = attached(pdf(Length.APPENDIX))
    change(document["workshops"])
    with pytest.raises(Unreadable):
        read_payload(json.dumps(document).encode())


FOREIGN: dict[str, Callable[[Any], object]] = {
    "an item": lambda item: item.update(item="R99"),
    "a level": lambda item: item["votes"][0]["levels"].update({"9": 1}),
    "a level too few": lambda item: item["votes"][0]["levels"].pop("0"),
    "a level settled": lambda item: item["settled"].update(level=9),
}


@pytest.mark.parametrize("change", FOREIGN.values(), ids=FOREIGN)
def test_a_workshop_on_what_the_bank_has_not_is_not_checked(change: Callable[[Any], object]) -> None:
    verdict = check_pdf(with_change(lambda document: change(document["workshops"][0]["items"][0])))
    assert verdict.outcome is Outcome.UNCHECKED
    assert "items or levels that the bank has not" in verdict.says


def test_a_vote_that_was_changed_on_the_page_is_found() -> None:
    verdict = check_pdf(on_pages(pdf(Length.APPENDIX), b"12 of 14 people voted", b"11 of 14 people voted"))
    assert verdict.outcome is Outcome.DIFFERS
    assert any("in workshop 1" in fault for fault in verdict.faults)
