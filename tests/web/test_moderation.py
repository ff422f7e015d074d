"""The pages and files of moderation: what they show, what they keep back, and settling."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask import Flask

from audit.core.people import Authority, Person, Role
from audit.operations import closing, groups, team
from audit.operations.workplace import Workplace
from audit.reports.proof.check import check_pdf
from audit.reports.xlsx.cells import Workbook
from audit.reports.xlsx.package import Package
from tests.teams import SLUG, contributors, member, rate
from tests.web.client import PageClient, words
from tests.web.conftest import enter
from tests.web.filling import answer, opened, sign_off

FORMS = ("csv", "json", "xlsx")


@pytest.fixture
def people(workplace: Workplace, testshire: Authority) -> list[Person]:
    return contributors(workplace, 12)


@pytest.fixture
def audit(workplace: Workplace, lead: Person, people: list[Person]) -> str:
    """R1 in two camps, R2 in agreement, R3 with four answers. Six are in Directorate, four in Partners, two in none."""
    address = opened(workplace, lead)
    number = _number(address)
    rate(workplace, number, "R1", people, [0] * 6 + [4] * 5 + [None])
    rate(workplace, number, "R2", people, [2] * 12)
    rate(workplace, number, "R3", people[:4], [1, 2, 3, 3])
    groups.name_groups(workplace, lead, SLUG, {}, ["=Directorate", "Partners"])
    first, second = groups.groups_of(workplace, lead, SLUG).names
    placed = {person.id: first if at < 6 else second for at, person in enumerate(people[:10])}
    groups.put_people(workplace, lead, SLUG, placed)
    return address


@pytest.fixture
def closed(workplace: Workplace, lead: Person, audit: str) -> str:
    closing.close_answering(workplace, lead, SLUG, _number(audit))
    return audit


def _number(audit: str) -> int:
    return int(audit.rpartition("/")[2])


def told(client: PageClient, audit: str, form: str) -> dict[tuple[str, str], int | None]:
    """How many people a file shows for each item and group; None where it shows nothing."""
    answered = client.browser.get(f"{audit}/moderation/numbers.{form}")
    assert answered.status_code == 200
    if form == "json":
        document = json.loads(answered.text)
        rows = [*document["everyone"], *document["by_group"]]
        return {(row["item"], row["group"]): row["answered"] if row["shown"] else None for row in rows}
    if form == "csv":
        lines: list[dict[str, str]] = list(csv.DictReader(io.StringIO(answered.text)))
    else:
        lines = [row for name in ("Everyone", "By group") for row in _rows_of(answered.data, name)]
    return {
        (row["item"], row["group"].strip()): int(row["answered"]) if row["shown"] == "yes" else None for row in lines
    }


def _rows_of(data: bytes, sheet: str) -> list[dict[str, str]]:
    book = Workbook(Package(data, "numbers.xlsx"))
    cells: dict[int, dict[int, str]] = {}
    for cell in book.content(sheet)[0]:
        cells.setdefault(cell.row, {})[cell.column] = cell.text
    heads = {column: text.lower() for column, text in cells[1].items()}
    return [{name: row.get(column, "") for column, name in heads.items()} for at, row in cells.items() if at > 1]


def test_closing_says_what_happens_and_then_shows_what_people_differ_on(client: PageClient, audit: str) -> None:
    page = client.get(f"{audit}/team/close")
    assert "nobody can change an answer any more" in page.text
    page = client.submit(f"{audit}/team/close")
    assert page.heading == "Moderation"
    assert "Two camps" in page.text.split("R1 ")[1]
    assert "12 of 13 people asked answered." in page.text


def test_while_people_answer_moderation_leads_to_the_team_and_tells_no_answers(client: PageClient, audit: str) -> None:
    page = client.follow(client.browser.get(f"{audit}/moderation"))
    assert page.heading == "People who answer"
    assert "3 of 12" in page.text
    assert "sees it" not in page.html
    for rest in ("/items/R1", "/agreed", "/meaning", "/numbers.csv"):
        assert client.browser.get(f"{audit}/moderation{rest}").status_code == 403


def test_an_item_shows_its_spread_its_measures_and_what_was_written(client: PageClient, closed: str) -> None:
    page = client.get(f"{closed}/moderation/items/R1")
    assert "Two camps." in page.text
    assert "People who answered: 12." in page.text
    assert "4, embedded5" in page.text
    assert "0, not in place (lower median)6" in page.text
    assert "Don’t know1" in page.text
    assert "As PersonA sees it" in page.text
    assert "Testperson wrote:" not in page.text
    assert any("level 0: 6" in (each.get("aria-label") or "") for each in page.tree.iter())


def test_a_name_stands_beside_what_was_written_once_its_owner_chose_so(
    app: Flask, workplace: Workplace, client: PageClient, closed: str, people: list[Person]
) -> None:
    hers = enter(app, workplace, people[0].email)
    page = hers.get(closed)
    assert "without your name unless you tick the box" in page.text
    hers.submit(f"{closed}/team/name", {"named": "yes"})
    assert "PersonA Testperson wrote: Reason As PersonA sees it" in client.get(f"{closed}/moderation/items/R1").text
    hers.submit(f"{closed}/team/name", {})
    assert "wrote:" not in client.get(f"{closed}/moderation/items/R1").text


def test_where_nearly_all_show_their_names_the_page_says_what_it_holds_back(
    workplace: Workplace, client: PageClient, closed: str, people: list[Person]
) -> None:
    for person in people[:8]:
        team.show_name(workplace, person, "testshire", 1, named=True)
    page = client.get(f"{closed}/moderation/items/R1")
    assert page.text.count("Testperson wrote:") == page.text.count(" sees it") > 0
    assert "What was written without a name is not shown: fewer than 5 people answered" in page.text


def test_of_too_few_answers_neither_pages_nor_files_show_anything_but_their_number(
    client: PageClient, closed: str
) -> None:
    page = client.get(f"{closed}/moderation/items/R3")
    assert "4 people answered this. Where fewer than 5 did" in page.text
    assert "sees it" not in page.html
    assert "Counts for the team now: 2, partly in place" in page.text
    for form in FORMS:
        found = told(client, closed, form)
        assert {found[key] for key in found if key[0] == "R3"} == {None}
        assert "sees it" not in client.browser.get(f"{closed}/moderation/numbers.{form}").data.decode(errors="ignore")


@pytest.mark.parametrize(
    ("setting", "shown"),
    [
        # Unset means 5: partners (4) and those without a group (2) are six together, so the rest is no one person.
        (None, {"Everyone": 12, "=Directorate": 6, "Partners": None, "People without a group": None}),
        # At 3, two without a group could be worked out from the rest: partners are held back as well.
        (3, {"Everyone": 12, "=Directorate": 6, "Partners": None, "People without a group": None}),
        (7, {"Everyone": 12, "=Directorate": None, "Partners": None, "People without a group": None}),
        (13, {"Everyone": None, "=Directorate": None, "Partners": None, "People without a group": None}),
    ],
)
def test_every_export_and_the_page_hold_to_the_threshold(
    workplace: Workplace,
    client: PageClient,
    lead: Person,
    closed: str,
    setting: int | None,
    shown: dict[str, int | None],
) -> None:
    groups.set_threshold(workplace, lead, SLUG, setting)
    for form in FORMS:
        found = told(client, closed, form)
        assert {group: found["R1", group] for group in shown} == shown, form
    page = client.get(f"{closed}/moderation/items/R1")
    rows = {words(head): words(row) for row in page.all("tr") for head in row.iter("th") if head.get("scope") == "row"}
    for group in shown:
        if group != "Everyone" and shown["Everyone"]:
            assert ("Not shown" in rows[group]) is (shown[group] is None)
    assert ("Where fewer than" in page.text) is (shown["Everyone"] is None)


def test_at_three_a_group_of_three_is_shown_where_nobody_can_be_worked_out(
    workplace: Workplace, client: PageClient, lead: Person, audit: str, people: list[Person]
) -> None:
    _, second = groups.groups_of(workplace, lead, SLUG).names
    groups.put_people(workplace, lead, SLUG, {person.id: second for person in people[10:]})
    groups.set_threshold(workplace, lead, SLUG, 3)
    rate(workplace, _number(audit), "R5", [*people[:3], *people[6:9]], [1, 1, 1, 2, 2, 2])
    rate(workplace, _number(audit), "R6", [*people[:4], *people[6:8]], [1, 1, 1, 1, 2, 2])
    closing.close_answering(workplace, lead, SLUG, _number(audit))
    for form in FORMS:
        found = told(client, audit, form)
        assert [found[name, "=Directorate"] for name in ("R1", "R5", "R6")] == [6, 3, None]
        assert [found[name, "Partners"] for name in ("R1", "R5", "R6")] == [6, 3, None]
        for name in ("R1", "R2", "R3", "R5", "R6"):
            everyone = found[name, "Everyone"] or 0
            rest = everyone - sum(found[name, group] or 0 for group in ("=Directorate", "Partners"))
            assert rest == 0 or rest >= 3


def test_a_group_whose_name_looks_like_a_formula_is_text_in_a_table(client: PageClient, closed: str) -> None:
    assert (
        "\r\nR1,The agencies' systems fit together, =Directorate,yes,"
        in client.browser.get(f"{closed}/moderation/numbers.csv").text
    )


def test_settling_asks_for_a_level_and_a_reason(client: PageClient, closed: str) -> None:
    page = client.get(f"{closed}/moderation/items/R4")
    page = client.refuse(page.address, {"seen": "0", "reason": ""})
    assert page.errors == ["Choose what the team settles on.", "Say why the team settles on this."]
    page = client.refuse(page.address, {"seen": "0", "rating": "unanswered", "reason": "Later"})
    assert page.errors == ["Choose what the team settles on."]


def test_what_is_settled_counts_in_results_and_files(client: PageClient, closed: str) -> None:
    page = client.get(f"{closed}/moderation/items/R1")
    page = client.submit(page.address, answer(page, {"rating": "3", "reason": "We talked.", "then": "later"}))
    assert "It is settled." in page.text
    assert "3, mostly in placeSettled" in page.text
    assert "We talked." in client.browser.get(f"{closed}/answers.csv").text
    assert "The team has settled one of the 12 conditions." in client.get(f"{closed}/results").text
    page = client.get(f"{closed}/moderation/items/R1")
    assert "Settled by Lee O’Neill" in page.text
    page = client.submit(f"{page.address}/take-back", {"seen": "1"})
    assert "Counts for the team now: 0, not in place. It is the lower median" in page.text


def test_two_who_settle_at_once_see_both_versions(
    app: Flask, workplace: Workplace, client: PageClient, closed: str
) -> None:
    fay = enter(app, workplace, member(workplace, "Fay", Role.FACILITATOR).email)
    mine, hers = (each.get(f"{closed}/moderation/items/R1") for each in (client, fay))
    fay.submit(hers.address, answer(hers, {"rating": "3", "reason": "Fay's reason"}))
    page = client.refuse(mine.address, answer(mine, {"rating": "1", "reason": "My reason"}), status=409)
    assert "My reason" in page.text
    assert "Fay’s reason" in page.text or "Fay's reason" in page.text
    page = client.refuse(mine.address, {**answer(page, {}), "then": "merge"})
    assert "The saved version says:" in page.text
    page = client.submit(mine.address, answer(page, {"reason": "Our reason", "rating": "1", "then": "later"}))
    assert "1, early stepsSettled" in page.text


def test_what_people_agree_on_is_settled_in_one_step(client: PageClient, closed: str) -> None:
    page = client.get(f"{closed}/moderation/agreed")
    assert "R2 People lead practice" in page.text
    assert "R1 The agencies" not in page.text
    page = client.refuse(page.address, {"reason": ""})
    assert page.errors == ["Choose what to settle.", "Say why the team settles on these."]
    page = client.submit(page.address, {"chosen": "R2", "reason": "Broad agreement"})
    assert "1 of 12 conditions settled" in page.text
    assert "There is nothing here to settle at once" in client.get(f"{closed}/moderation/agreed").text


def test_a_signed_audit_is_read_and_not_settled(workplace: Workplace, client: PageClient, closed: str) -> None:
    page = client.get(f"{closed}/moderation/items/R1")
    sign_off(workplace, closed)
    fields = answer(page, {"rating": "3", "reason": "Too late"})
    assert "Too late" in client.refuse(page.address, fields, status=409).text
    page = client.get(page.address)
    assert "What is settled can no longer be changed" in page.text
    assert not list(page.first("main").iter("textarea"))


def test_an_answer_that_comes_after_closing_is_refused_with_what_was_typed(
    app: Flask, workplace: Workplace, lead: Person, audit: str, people: list[Person]
) -> None:
    hers = enter(app, workplace, people[0].email)
    page = hers.get(f"{audit}/items/R7")
    closing.close_answering(workplace, lead, SLUG, _number(audit))
    page = hers.refuse(page.address, {"rating": "2", "reason": "Typed too late", "seen": "0"}, status=409)
    assert "Typed too late" in page.text
    assert "Answering is closed" in hers.get(f"{audit}/items/R7").text
    assert "Answering is closed" in hers.get(audit).text
    assert "because answering is closed" in hers.get(f"{audit}/offline").text


@pytest.mark.parametrize("rest", ["/team", "/team/close", "/team/open", "/moderation", "/moderation/items/R1"])
def test_contributors_see_neither_the_team_nor_its_answers(
    app: Flask, workplace: Workplace, closed: str, people: list[Person], rest: str
) -> None:
    hers = enter(app, workplace, people[0].email)
    if rest == "/moderation":
        assert hers.browser.get(f"{closed}/moderation/numbers.csv").status_code == 403
    assert "People who answer" not in hers.get(closed).text
    hers.get(f"{closed}{rest}", status=403)


def test_the_report_of_a_team_says_who_answered_and_its_numbers_can_be_checked(client: PageClient, closed: str) -> None:
    answered = client.browser.get(f"{closed}/report?length=full")
    assert "Of 13 people asked, 12 answered." in answered.text
    assert "Krippendorff’s alpha for ordinal ratings" in answered.text
    verdict = check_pdf(client.browser.get(f"{closed}/report.pdf").data)
    assert verdict.faults == ()
