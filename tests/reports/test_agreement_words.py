"""What a report says of how far people agree."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from audit.core.audits import EvidenceLink
from audit.core.bank import Bank
from audit.core.bank_loader import load_bank
from audit.core.library_loader import load_library
from audit.core.moderation import Accords, Agreement
from audit.core.responses import Answers
from audit.core.scorecard import score_answers
from audit.reports.agreement_words import ALONE, agreement_passage, agreement_sentences, alpha_words, measure
from audit.reports.build import build_report
from audit.reports.gap_report import GapReport, Length
from audit.reports.grounds import Around
from audit.reports.proof.check import check_pdf
from audit.reports.proof.fields import Unreadable
from audit.reports.proof.payload import make_payload
from audit.reports.proof.pdf import render_checkable_pdf
from audit.reports.proof.reading import read_payload
from tests.reports.reading import COVER, mixed

SPLIT = Accords(11, 7, camps=("R3", "R7"), wide=("R5",), unknown=("R9",), alpha=Fraction(42, 100))
TEAM = Agreement(asked=10, answered=8, smallest=5, settled=4, assigned=1, medians=7, accords=SPLIT)


def said(agreement: Agreement | None) -> str:
    return " ".join(agreement_sentences(agreement, 12, "condition"))


def test_one_set_of_answers_says_nothing_of_agreement() -> None:
    assert said(None) == said(Agreement(1, 1, 5)) == ALONE
    assert agreement_passage(None, "condition") == agreement_passage(Agreement(1, 1, 5), "condition") == ()


def test_a_team_is_told_with_what_it_agrees_on_and_where_it_differs() -> None:
    assert said(TEAM) == (
        "Of 10 people asked, eight answered. Of the 11 conditions that 5 or more of them answered, they agree broadly "
        "on seven. On R3 and R7 there are two camps. On R5 the ratings lie wide apart. On R9 most do not know. The "
        "team has settled four of the 12 conditions. One is answered by the one person it is assigned to. Seven stand "
        "at the lower median: the middle of the levels that people gave, or the lower one where two stand in the "
        "middle."
    )


def test_what_most_say_does_not_apply_is_named_like_the_others() -> None:
    assert "On R2 most say that it does not apply." in said(with_accords(not_applicable=("R2",)))
    assert "On R2 and R4 most say that they do not apply." in said(with_accords(not_applicable=("R2", "R4")))


def with_accords(**changes: Any) -> Agreement:
    return replace(TEAM, accords=replace(SPLIT, **changes))


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ((), "On R9 most did not know. The team has settled"),
        (("R1",), "On R9 most did not know. The team has settled"),
        (("R9",), "On R9 most did not know. Since then, R9 was settled in a workshop."),
        (("R9", "R3", "R1"), "Since then, R3 and R9 were settled in a workshop."),
        (("R9", "R3", "R7", "R5"), "Since then, all of these were settled in a workshop."),
    ],
)
def test_after_a_workshop_it_is_told_as_what_people_answered_alone(since: tuple[str, ...], words: str) -> None:
    told = " ".join(agreement_sentences(TEAM, 12, "condition", since))
    assert told.startswith(
        "Of 10 people asked, eight answered. Answering alone, they agreed broadly on seven of the 11 conditions that 5 "
        "or more of them answered. On R3 and R7 there were two camps. On R5 the ratings lay wide apart."
    )
    assert words in told
    for present in ("there are two camps", "most do not know", "they agree "):
        assert present not in told


def test_one_item_that_was_open_and_is_settled_is_named() -> None:
    alone = replace(TEAM, accords=Accords(11, 10, not_applicable=("R2",)))
    told = " ".join(agreement_sentences(alone, 12, "condition", ["R2"]))
    assert "On R2 most said that it does not apply. Since then, R2 was settled in a workshop." in told


def test_too_few_people_are_told_by_their_number_alone() -> None:
    few = Agreement(6, 4, 5, medians=12)
    assert said(few) == (
        "Of six people asked, four answered. For fewer than 5 the report does not say how far people agree: it would "
        "give away what one of them said. None of the 12 conditions is settled by the team. All stand at the lower "
        "median: the middle of the levels that people gave, or the lower one where two stand in the middle."
    )
    (passage,) = agreement_passage(few, "condition")
    assert "alpha" not in " ".join(passage.paragraphs)


@pytest.mark.parametrize(
    ("agreement", "words"),
    [
        (Agreement(5, 1, 5), "Of five people asked, one answered, so the report cannot say how far people agree."),
        (Agreement(3, 0, 5, settled=12), "Of three people asked, nobody answered"),
        (Agreement(6, 6, 5, 12, 0, 0, Accords(12, 12)), "Of six people asked, all answered."),
        (Agreement(6, 6, 5, 12, 0, 0, Accords(12, 12)), "they agree broadly on all. The team has settled all 12"),
        (Agreement(6, 6, 5), "No condition was answered by 5 of them"),
    ],
)
def test_the_edges_read_well(agreement: Agreement, words: str) -> None:
    assert words in said(agreement)


def test_alpha_stands_with_what_it_means_and_where_it_misleads() -> None:
    for alpha, words in (
        (Fraction(9, 10), "is 0.90. 1 is full agreement, and 0 is what chance would give. From 0.80 on"),
        (Fraction(7, 10), "From 0.67 to 0.80"),
        (Fraction(1, 2), "Below 0.67"),
        (Fraction(-1, 5), "as much as chance would have it, or more"),
        (None, "says nothing here"),
    ):
        assert words in alpha_words(alpha, "condition")
    assert "though people agree" in alpha_words(Fraction(1, 2), "condition")
    assert [measure(each) for each in (None, 0.0, -0.001, 0.705)] == ["", "0.00", "0.00", "0.70"]


def built(bank: Bank, around: Around, answers: Answers) -> GapReport:
    return build_report(score_answers(bank, answers, bank.weightings[0]), answers, load_library(), COVER, around)


@pytest.mark.parametrize(
    "agreement",
    [
        TEAM,
        Agreement(6, 4, 5, medians=12),
        Agreement(6, 6, 5, accords=Accords(12, 3)),
        Agreement(6, 6, 5, accords=Accords(12, 3, not_applicable=("R2",))),
    ],
)
def test_a_teams_report_can_be_checked(agreement: Agreement) -> None:
    bank = load_bank("recommendations")
    answers = Answers(mixed(bank))
    around = Around(agreement=agreement)
    pdf = render_checkable_pdf(built(bank, around, answers), bank, answers, around, bank.weightings[0])
    assert check_pdf(pdf).faults == ()


@pytest.mark.parametrize(
    "broken",
    [
        7,
        {},
        {"asked": -1},
        {"asked": True},
        {"smallest": "5"},
        {"accords": []},
        {"accords": {"alpha": "2"}},
        {"accords": {"alpha": "1/0"}},
        {"accords": {"alpha": "9" * 5000}},
        {"accords": {"camps": [1]}},
        {"accords": {"not_applicable": [1]}},
        {"accords": {"wide": ["R1"] * 1000}},
    ],
)
def test_an_agreement_that_somebody_broke_is_refused(broken: Any) -> None:
    bank = load_bank("recommendations")
    answers = Answers(mixed(bank))
    around = Around(agreement=TEAM)
    document = json.loads(make_payload(built(bank, around, answers), bank, answers, around))
    if broken and isinstance(broken, dict):
        whole = document["agreement"]
        accords = broken.get("accords", {})
        inner = {**whole["accords"], **accords} if isinstance(accords, dict) else accords
        broken = {**whole, **broken, "accords": inner}
    with pytest.raises(Unreadable):
        read_payload(json.dumps({**document, "agreement": broken}).encode())


def test_a_file_of_the_version_before_tells_of_nothing_that_does_not_apply() -> None:
    bank = load_bank("recommendations")
    answers = Answers(mixed(bank))
    around = Around(agreement=TEAM)
    document = json.loads(make_payload(built(bank, around, answers), bank, answers, around))
    del document["agreement"]["accords"]["not_applicable"]
    assert read_payload(json.dumps(document).encode()).agreement == TEAM


def test_every_length_says_how_far_people_agree() -> None:
    bank = load_bank("recommendations")
    answers = Answers(mixed(bank))
    links = {"R1": (EvidenceLink("https://example.gov.uk"),)}
    report = built(bank, Around(evidence=links, agreement=TEAM), answers)
    assert "Of 10 people asked, eight answered." in " ".join(report.headline.sentences)
    assert [each.heading for each in report.method].count("How far people agree") == 1
    assert report.length is Length.FULL
