"""Filling in offline: what is downloaded, what a file that comes back would change, and saving it."""

from __future__ import annotations

import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from audit.core.audits import EvidenceLink
from audit.core.bank_loader import load_bank
from audit.core.people import Person, Role
from audit.core.responses import Answers, RatingState, Response
from audit.operations import answering, sign_in
from audit.operations.sheets import own_sheet
from audit.operations.trail import whole_trail
from audit.operations.workplace import Workplace
from audit.reports.answers_out import WRITERS
from audit.reports.xlsx.fill_in import render_fill_in
from audit.reports.xlsx.reading import parse_answer_file
from audit.store import people
from audit.store.connection import write
from audit.web import imports
from audit.web.security import LARGEST_FORM
from tests.making import rated
from tests.web.client import Page, PageClient
from tests.web.conftest import enter
from tests.web.filling import fields, newest, opened, sign_off
from tests.web.test_hostile import MARKUP, TURNED, alerts

BANK = load_bank("recommendations")
OTHER = load_bank("key-ingredients")
R1 = Response(RatingState.RATED, 2, "Ten cases were read.", what_happens_now="Half of the teams do.\nThe others don't.")
LINKS = (EvidenceLink("https://example.gov.uk/a"),)
KINDS = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ZIP_BOMB = "this workbook unpacks to far more than answers need"


@pytest.fixture
def audit(workplace: Workplace, lead: Person, client: PageClient) -> str:
    return opened(workplace, lead)


def save(workplace: Workplace, lead: Person, audit: str, name: str, response: Response, seen: int = 0) -> None:
    number = int(audit.rpartition("/")[2])
    answering.save_response(workplace, lead, "testshire", number, name, response, LINKS, seen)


def saved(workplace: Workplace, lead: Person, audit: str) -> dict[str, Response]:
    sheet = own_sheet(workplace, lead, "testshire", int(audit.rpartition("/")[2]))
    return {name: revision.response for name, revision in sheet.revisions.items()}


def choose(client: PageClient, audit: str, data: bytes, name: str = "answers.csv", status: int = 200) -> Page:
    """The page that follows when somebody chooses a file."""
    path = f"{audit}/import"
    token = client.get(path).token
    return shown(client, path, {"csrf_token": token, "file": FileStorage(BytesIO(data), name)}, status)


def shown(client: PageClient, path: str, data: dict[str, object], status: int = 200) -> Page:
    response = posted(client, path, data)
    assert response.status_code == status, f"{response.status_code} {response.location}"
    client.last = Page(path, response, client.app)
    client.last.check()
    return client.last


def posted(client: PageClient, path: str, data: dict[str, object]) -> TestResponse:
    boundary, body = encode_multipart(data)
    return client.browser.post(path, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


def confirm(client: PageClient, page: Page) -> Page:
    """The page that follows when somebody saves what is shown."""
    return client.submit(page.address, {**fields(page), "then": "save"})


def refusal(client: PageClient, audit: str, data: bytes, name: str = "answers.csv") -> str:
    """The one line that says why a file is refused, at the top and at the field."""
    page = choose(client, audit, data, name)
    assert page.heading == "Bring back a file"
    assert "Nothing has been saved." in page.text
    assert len(page.errors) == 1
    assert page.errors[0] in "".join(page.by_id("file-error").itertext())
    assert page.link(page.errors[0]) == "#file"
    return page.errors[0]


def csv(*rows: str) -> bytes:
    return "\n".join(["item,rating,reason,what_happens_now", *rows]).encode()


def workbook(answers: Answers, parts: dict[str, bytes]) -> bytes:
    """A workbook to fill in, with parts more or others."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(render_fill_in(BANK, answers))) as old:
        held = {name: old.read(name) for name in old.namelist()} | parts
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in held.items():
            new.writestr(name, data)
    return out.getvalue()


# What is downloaded


def test_the_task_list_and_the_results_lead_to_working_offline(client: PageClient, audit: str) -> None:
    assert client.get(audit).link("Work offline") == f"{audit}/offline"
    assert client.get(f"{audit}/results").link("Work offline, and other formats") == f"{audit}/offline"


def test_the_page_leads_to_every_file_and_back(client: PageClient, audit: str) -> None:
    page = client.get(f"{audit}/offline")
    assert page.link("Download the workbook to fill in (XLSX)") == f"{audit}/answers.xlsx"
    assert page.link("Download the answers (CSV)") == f"{audit}/answers.csv"
    assert page.link("Download the answers (JSON)") == f"{audit}/answers.json"
    assert client.get(page.link("Bring back a file that you filled in")).heading == "Bring back a file"


@pytest.mark.parametrize("form", KINDS)
def test_a_download_holds_the_answers_so_far(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, form: str
) -> None:
    save(workplace, lead, audit, "R1", R1)
    save(workplace, lead, audit, "S1", Response(how_to_progress="=By May"))
    response = client.browser.get(f"{audit}/answers.{form}")
    assert (response.mimetype, response.headers["Cache-Control"]) == (KINDS[form], "no-store")
    what = " - to fill in" if form == "xlsx" else ""
    name = f"Testshire - Self-audit of 12 conditions - Autumn 2026{what}.{form}"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    read = parse_answer_file(response.data, name, BANK)
    assert read.items["R1"] == R1
    assert read.prompts["S1"].how_to_progress == "=By May"
    assert len(read.items) == 12


def test_the_workbook_is_that_of_the_command_line(client: PageClient, audit: str) -> None:
    assert client.browser.get(f"{audit}/answers.xlsx").data == render_fill_in(BANK, Answers())


def test_other_formats_are_not_there(client: PageClient, audit: str) -> None:
    client.get(f"{audit}/answers.pdf", 404)


# What a file would change


def test_what_would_change_is_shown_and_nothing_is_saved(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    for name, response in (("R1", R1), ("R2", rated(1)), ("R3", rated(3))):
        save(workplace, lead, audit, name, response)
    page = choose(client, audit, csv("R1,4,,", "R2,1,,", "R3,,,", "R5,0,None.,", "S1,,,Counted"))
    assert page.heading == "What your file would change"
    for words in (
        "New answers: 2",
        "Changed answers: 1",
        "The same as saved: 1",
        "Saved here and empty in your file: 1 (R3). They stay as they are.",
        "Rating Saved now 2, partly in place Will be 4, embedded",
        "Rating 0, not in place",
        "Reason None.",
        "What happens now Counted",
    ):
        assert words in page.text
    assert "Ten cases were read." not in page.text, "an empty cell changes nothing"
    assert saved(workplace, lead, audit) == {"R1": R1, "R2": rated(1), "R3": rated(3)}


def test_what_was_shown_is_saved_by_that_person_with_the_trail(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    save(workplace, lead, audit, "R1", R1)
    page = confirm(client, choose(client, audit, csv("R1,4,,", "R5,0,None.,", "S1,,,Counted")))
    assert page.heading == "Check your answers"
    assert "3 answers from your file are saved." in page.text
    revision = newest(workplace, lead, audit, "R1")
    assert (revision.number, revision.saved_by, revision.links) == (2, "Lee O'Neill", LINKS)
    assert revision.response == Response(RatingState.RATED, 4, R1.reason, what_happens_now=R1.what_happens_now)
    assert saved(workplace, lead, audit)["S1"] == Response(what_happens_now="Counted")
    last = whole_trail(workplace, lead, "testshire").rows[-1]
    assert (last.did, last.person_name, last.detail) == ("imported answers", "Lee O'Neill", "3 changed")


def test_a_reason_that_goes_is_shown(client: PageClient, workplace: Workplace, lead: Person, audit: str) -> None:
    save(workplace, lead, audit, "R1", Response(RatingState.NOT_APPLICABLE, reason="We have none."))
    page = choose(client, audit, csv("R1,2,,"))
    assert "Reason Saved now We have none. Will be Nothing" in page.text


@pytest.mark.parametrize("bank_id", ["recommendations", "key-ingredients"])
@pytest.mark.parametrize("form", KINDS)
def test_a_file_that_comes_back_untouched_changes_nothing(
    client: PageClient, workplace: Workplace, lead: Person, bank_id: str, form: str
) -> None:
    audit, bank = opened(workplace, lead, bank_id), load_bank(bank_id)
    for name in [*list(bank.items)[:3], *bank.prompts]:
        text = Response(what_happens_now='Line\n\n"two" & <b>', what_needs_to_happen="=1+1", how_to_progress=TURNED)
        save(workplace, lead, audit, name, text)
    page = choose(client, audit, client.browser.get(f"{audit}/answers.{form}").data, f"back.{form}")
    assert page.heading == "Your file changes nothing"
    assert f"The same as saved: {3 + len(bank.prompts)}" in page.text
    assert not list(page.first("main").iter("button"))


@pytest.mark.parametrize("form", KINDS)
def test_every_text_arrives_as_it_was_written(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, form: str
) -> None:
    text = f"{MARKUP}\n\n  {TURNED}\t'single' \"double\" \\ back\\n é 😀 \u2028 x"
    given = Response(RatingState.RATED, 0, text, None, text, text, text, 4)
    answers = Answers({"R1": given}, {"S1": Response(what_happens_now=text)})
    page = choose(client, audit, WRITERS[form](BANK, answers, True), f"x.{form}")
    assert not alerts(page)
    assert not alerts(confirm(client, page))
    assert saved(workplace, lead, audit) == {"R1": given, "S1": answers.prompts["S1"]}


def test_an_empty_workbook_holds_no_answers(client: PageClient, audit: str) -> None:
    page = choose(client, audit, render_fill_in(BANK), "empty.xlsx")
    assert "Your file holds no answers." in page.text


def test_the_kind_of_a_file_is_told_by_its_bytes(client: PageClient, audit: str) -> None:
    given = Answers({"R1": rated(1)})
    for form in KINDS:
        page = choose(client, audit, WRITERS[form](BANK, given, True), "answers.txt")
        assert "New answers: 1" in page.text


# Files that are refused


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (csv("R1,9,,"), "a.csv", "a.csv, row 2, column rating: “9” is not on the scale. Use 0 (Not in place), 1"),
        (csv("R1,1,,", "R1,2,,"), "a.csv", "a.csv, row 3, column item: R1 stands twice (first in row 2)."),
        (b"rubbish", "a.csv", "a.csv, row 1: the header is missing. Name the columns item, rating"),
        (b"\xff\xfei\x00", "a.csv", "a.csv: this is UTF-16 text. Save the file as “CSV UTF-8”."),
        (b'[{"item": "R1", "rating": 1.5}]', "a.json", "a.json, row 1, column rating: 1.5 is not text or a whole"),
        (b"[", "a.json", "a.json: this is not valid JSON"),
        (b"item,rating\n", "a.xlsx", "a.xlsx: this is not an XLSX workbook. Save it as XLSX in a spreadsheet."),
        (b"PK\x03\x04 and no more", "a.csv", "a.csv: this workbook is damaged."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "a.xls: this workbook is in the old format XLS"),
        (b"%PDF-1.7", "a.pdf", "a.pdf holds no answers that can be read. Choose an XLSX, CSV or JSON file."),
        (b"", "a.csv", "a.csv is empty. Choose the file that you filled in."),
        (csv("R1,9,,"), "../../etc/a.csv", "a.csv, row 2"),
        (csv("R1,9,,"), "<b>a\u202e.csv", "<b>a?.csv, row 2"),
        (csv("Z9,1,,"), "a.csv", "a.csv, row 2, column item: “Z9” is no item of recommendations"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_refused_with_its_place(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, data: bytes, name: str, says: str
) -> None:
    assert refusal(client, audit, data, name).startswith(says)
    assert saved(workplace, lead, audit) == {}


def test_a_faulty_cell_of_a_workbook_is_named_with_its_sheet(client: PageClient, audit: str) -> None:
    with zipfile.ZipFile(BytesIO(render_fill_in(BANK, Answers({"R2": rated(1)})))) as made:
        strings = made.read("xl/sharedStrings.xml").replace(b"<t>1 Early steps</t>", b"<t>quite good</t>", 1)
    said = refusal(client, audit, workbook(Answers({"R2": rated(1)}), {"xl/sharedStrings.xml": strings}), "a.xlsx")
    assert said.startswith("a.xlsx, sheet Answers, row 3, column rating: “quite good” is not on the scale.")


def test_a_zip_bomb_is_refused(client: PageClient, audit: str) -> None:
    assert ZIP_BOMB in refusal(client, audit, workbook(Answers(), {"xl/media/a.bin": bytes(50_000_000)}), "a.xlsx")


@pytest.mark.parametrize("entity", ['<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">'])
def test_a_workbook_with_xml_entities_is_refused(client: PageClient, audit: str, entity: str) -> None:
    sheet = f'<?xml version="1.0"?><!DOCTYPE x [{entity}]><worksheet><sheetData>&a;</sheetData></worksheet>'
    said = refusal(client, audit, workbook(Answers(), {"xl/worksheets/sheet1.xml": sheet.encode()}), "a.xlsx")
    assert said == "a.xlsx: this workbook declares a document type, which no spreadsheet writes."


def test_no_file_is_asked_for(client: PageClient, audit: str) -> None:
    assert refusal(client, audit, b"", "") == "Select a file."
    page = shown(client, f"{audit}/import", {"csrf_token": client.get(f"{audit}/import").token})
    assert page.errors == ["Select a file."]


def test_a_file_that_is_too_large_is_refused_on_the_page(client: PageClient, audit: str) -> None:
    token = client.get(f"{audit}/import").token
    large: dict[str, object] = {"csrf_token": token, "file": FileStorage(BytesIO(b"x" * LARGEST_FORM), "a.csv")}
    response = posted(client, f"{audit}/import", large)
    assert response.status_code == 303
    page = client.get(response.location)
    assert page.errors == [
        "The selected file must be smaller than 4 MB. An answers file is far smaller than that.",
    ]
    assert "smaller than 4 MB" in "".join(page.by_id("file-hint").itertext())


@pytest.mark.parametrize("form", KINDS)
def test_a_file_on_the_other_bank_is_told_apart(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, form: str
) -> None:
    for place, bank, other in ((audit, BANK, OTHER), (opened(workplace, lead, OTHER.id), OTHER, BANK)):
        data = WRITERS[form](other, Answers({name: rated(1) for name in other.items}), True)
        said = f"a.{form} answers another question bank, {other.title}. This audit is on {bank.title}."
        assert refusal(client, place, data, f"a.{form}").startswith(said)
        assert saved(workplace, lead, place) == {}


def test_the_other_bank_is_told_apart_in_a_file_with_faults(client: PageClient, audit: str) -> None:
    assert "answers another question bank" in refusal(client, audit, csv("T1,1,,", "T2,99,,"))


def test_texts_that_a_form_cannot_carry_are_refused(
    client: PageClient, audit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "CARRIED_LIMIT", 10_000)
    said = refusal(client, audit, csv(f"R1,1,,{'x' * 9_000}"))
    assert (
        said
        == "The texts in this file are too long to save at once. Split it into two files with a part of the rows each."
    )


def test_every_text_at_its_longest_is_saved(client: PageClient, workplace: Workplace, lead: Person, audit: str) -> None:
    text = ('é"' * 5_000)[:10_000]
    given = Response(RatingState.RATED, 1, text, None, text, text, text)
    answers = Answers(dict.fromkeys(BANK.items, given))
    confirm(client, choose(client, audit, WRITERS["xlsx"](BANK, answers, True), "long.xlsx"))
    assert saved(workplace, lead, audit) == dict(answers.items)


def test_a_file_that_was_sent_is_left_in_no_folder(
    client: PageClient, audit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(audit)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(tmp_path.rglob("*"))
    page = choose(client, audit, csv("R1,1,,Kept") + b"\n" * 1_000_000)
    assert "New answers: 1" in page.text
    assert {path for path in set(tmp_path.rglob("*")) - before if ".db" not in path.name} == set()


# Between showing and saving


def test_a_save_in_between_is_noticed_and_shown_again(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    save(workplace, lead, audit, "R1", R1)
    page = choose(client, audit, csv("R1,4,,", "R2,3,,", "R3,1,,"))
    save(workplace, lead, audit, "R2", rated(0))
    save(workplace, lead, audit, "R1", Response(RatingState.RATED, 0, "Elsewhere."), 1)
    page = shown(client, page.address, {**fields(page), "then": "save"}, 409)
    assert "Nothing from your file is saved yet. R1 and R2 were saved elsewhere after you chose the file." in page.text
    assert "Rating Saved now 0, not in place Will be 4, embedded" in page.text
    assert saved(workplace, lead, audit) == {"R1": Response(RatingState.RATED, 0, "Elsewhere."), "R2": rated(0)}
    confirm(client, page)
    assert saved(workplace, lead, audit)["R1"] == Response(RatingState.RATED, 4, "Elsewhere.")
    assert newest(workplace, lead, audit, "R1").number == 3


def test_a_button_pressed_twice_saves_once(client: PageClient, workplace: Workplace, lead: Person, audit: str) -> None:
    page = choose(client, audit, csv("R1,4,,"))
    sent = {**fields(page), "then": "save"}
    client.submit(page.address, sent)
    again = client.submit(page.address, {**sent, "csrf_token": client.last.token if client.last else ""})
    assert again.heading == "Check your answers"
    assert newest(workplace, lead, audit, "R1").number == 1


@pytest.mark.parametrize("sent", ["", "[", "{}", '[{"item": "R1", "rating": 9}]', '[{"item": "T1", "rating": 1}]'])
def test_answers_that_come_back_changed_are_checked_again(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, sent: str
) -> None:
    page = choose(client, audit, csv("R1,4,,"))
    page = client.refuse(page.address, {**fields(page), "then": "save", "answers": sent})
    assert page.errors == ["The answers did not come back whole. Choose the file again."]
    assert saved(workplace, lead, audit) == {}


@pytest.mark.parametrize("sent", ["", "[", "[]", "7", '{"R1": "1"}', "[" * 100_000, "9" * 5_000])
def test_numbers_that_come_back_changed_save_nothing_unseen(
    client: PageClient, workplace: Workplace, lead: Person, audit: str, sent: str
) -> None:
    save(workplace, lead, audit, "R1", R1)
    page = choose(client, audit, csv("R1,4,,"))
    page = client.refuse(page.address, {**fields(page), "then": "save", "seen": sent}, 409)
    assert "R1 was saved elsewhere" in page.text
    assert saved(workplace, lead, audit) == {"R1": R1}


def test_a_form_that_comes_too_late_does_not_show_what_nobody_typed(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    page = choose(client, audit, csv("R1,4,Because.,"))
    page = client.refuse(page.address, {**fields(page), "then": "save", "csrf_token": "old"}, 400)
    assert "Because." not in page.html
    assert saved(workplace, lead, audit) == {}


@pytest.mark.parametrize("count", ["", "0", "-3", "x", "9" * 5_000, "<b>"])
def test_no_more_than_a_number_is_told_on_the_page_of_answers(client: PageClient, audit: str, count: str) -> None:
    assert "from your file" not in client.get(f"{audit}/check?imported={count}").text


# Who may


def test_a_signed_off_audit_takes_no_file(client: PageClient, workplace: Workplace, lead: Person, audit: str) -> None:
    page = choose(client, audit, csv("R1,4,,"))
    sign_off(workplace, audit)
    late = client.refuse(page.address, {**fields(page), "then": "save"}, 409)
    assert late.heading == "This audit cannot be changed now"
    client.get(f"{audit}/import", 409)
    assert saved(workplace, lead, audit) == {}
    assert "because it is signed off" in client.get(f"{audit}/offline").text


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.VIEWER])
def test_those_who_do_not_answer_bring_no_file(
    client: PageClient, workplace: Workplace, audit: str, role: Role
) -> None:
    person = sign_in.person_of_link(workplace, sign_in.issue_link(workplace, "other@testshire.gov.uk", "Ola Other"))
    with workplace.registry() as registry, write(registry):
        people.add_membership(registry, person.id, "testshire", role)
    other = enter(client.app, workplace, person.email)
    other.get(f"{audit}/import", 403)
    page = choose(client, audit, csv("R1,4,,"))
    sent = {**fields(page), "then": "save", "csrf_token": other.get("/authorities").token}
    other.refuse(f"{audit}/import", sent, 403)
    other.get(f"{audit}/offline", 403)


@pytest.mark.parametrize("path", ["offline", "import", "answers.csv", "answers.json", "answers.xlsx"])
def test_strangers_and_members_of_others_get_nothing(
    client: PageClient, stranger: PageClient, workplace: Workplace, audit: str, path: str
) -> None:
    assert stranger.browser.get(f"{audit}/{path}").location == "/sign-in"
    enter(client.app, workplace, "other@elsewhere.gov.uk").get(f"{audit}/{path}", 404)
    client.get(f"/authorities/testshire/audits/99/{path}", 404)


def test_a_file_from_another_site_is_refused(client: PageClient, audit: str) -> None:
    token = client.get(f"{audit}/import").token
    sent = {"csrf_token": token, "file": (BytesIO(csv("R1,4,,")), "a.csv")}
    response = client.browser.post(f"{audit}/import", data=sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


def test_a_contributor_brings_answers_of_their_own(
    client: PageClient, workplace: Workplace, lead: Person, audit: str
) -> None:
    person = sign_in.person_of_link(workplace, sign_in.issue_link(workplace, "con@testshire.gov.uk", "Con Tributor"))
    with workplace.registry() as registry, write(registry):
        people.add_membership(registry, person.id, "testshire", Role.CONTRIBUTOR)
    save(workplace, lead, audit, "R1", R1)
    other = enter(client.app, workplace, person.email)
    page = choose(other, audit, csv("R1,4,,"))
    assert "New answers: 1" in page.text
    confirm(other, page)
    assert saved(workplace, lead, audit) == {"R1": R1}
    assert saved(workplace, person, audit) == {"R1": rated(4)}
