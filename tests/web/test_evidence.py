"""The evidence library in the browser: search, and a page for each finding, item, setting and publication."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest

from audit.core.bank_loader import bank_ids, load_bank
from audit.core.evidence import Finding, Kind
from audit.core.library import Library
from audit.core.tried import SettingGroup
from audit.operations.evidence import Wanted, search
from audit.web.evidence import ON_A_PAGE
from audit.web.search_form import LONGEST_SEARCH
from tests.web.client import Page, PageClient, words

ITEMS = {item.id: item for bank_id in bank_ids() for item in load_bank(bank_id).items.values()}
PATHS = (
    "/evidence",
    "/evidence?q=administrators",
    "/evidence/findings/REES-107",
    "/evidence/items/R8",
    "/evidence/settings",
    "/evidence/settings/project-crewe",
    "/evidence/publications/remodelling-pilots-2011",
)
FILTERS = ("item", "setting", "publication", "strength", "direction")
MARKUP = "<script>alert(1)</script>\"><img src=x onerror='alert(2)'>{{ 7*7 }}"


def asked(**sent: str | int) -> str:
    return f"/evidence?{urlencode(sent)}"


def shown(page: Page) -> list[str]:
    """The ids of the findings that a page shows as cards."""
    cards = [each for each in page.all("div") if "app-card" in (each.get("class") or "").split()]
    return [words(link) for card in cards for link in card.iter("a")]


def plain(text: str) -> str:
    """A text whatever its quotation marks are."""
    return re.sub("[‘’'“”\"]", "'", text)


def rows(page: Page) -> dict[str, str]:
    """The rows of a summary list."""
    return dict(zip(map(words, page.all("dt")), map(words, page.all("dd")), strict=True))


def first(library: Library, kind: Kind) -> Finding:
    return next(finding for finding in library.findings if finding.kind is kind)


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_asked_to_sign_in_and_comes_back(stranger: PageClient, path: str) -> None:
    sent = stranger.browser.get(path)
    assert (sent.status_code, sent.location) == (302, "/sign-in")
    assert "administrators" not in sent.text


@pytest.mark.parametrize("path", PATHS)
def test_whoever_is_signed_in_reads_them(client: PageClient, path: str) -> None:
    assert client.get(path).link("Evidence") == "/evidence"


@pytest.mark.parametrize(
    "path",
    [
        "/evidence/findings/REES-999",
        "/evidence/findings/rees-107",
        "/evidence/items/R99",
        "/evidence/settings/nowhere",
        "/evidence/publications/none",
        f"/evidence/findings/{quote(MARKUP, safe='')}",
        f"/evidence/items/{'x' * 5000}",
        "/evidence/nothing",
    ],
)
def test_what_is_not_there_has_a_page_that_says_so(client: PageClient, path: str) -> None:
    page = client.get(path, 404)
    assert not page.all("img")
    assert "Traceback" not in page.html


def test_the_library_leads_to_every_item_publication_and_setting(client: PageClient, library: Library) -> None:
    page = client.get("/evidence")
    assert page.heading == "Evidence"
    assert f"{len(library.findings):,} findings of 5 published" in page.text
    for item in ITEMS.values():
        assert page.link(f"{item.id} {item.title}".replace("'", "’")) == f"/evidence/items/{item.id}"
    for publication in {finding.publication for finding in library.findings}:
        assert page.link(publication.short) == f"/evidence/publications/{publication.id}"
    assert page.link("Who tried this, and what became of it") == "/evidence/settings"


def test_a_search_shows_what_it_found_best_first_with_its_grade_and_place(client: PageClient) -> None:
    page = client.get(asked(q="skilled administrators"))
    found = search("skilled administrators")
    assert words(page.by_id("found")) == f"{len(found)} findings"
    assert shown(page) == [finding.id for finding in found[:ON_A_PAGE]]
    best = found[0]
    assert plain(best.says) in plain(page.text)
    assert f"{best.publication.short}, {best.place}" in plain(page.text)
    assert best.strength.words in page.text.casefold()
    assert page.value("q") == "skilled administrators"
    assert page.link(best.id) == f"/evidence/findings/{best.id}"
    assert page.link("Clear the search") == "/evidence"


def test_filters_narrow_a_search_and_stay_chosen(client: PageClient) -> None:
    page = client.get(asked(q="units", item="W3", strength="observed", direction="contradicts"))
    found = [each for each in search("units", Wanted(item="W3")) if each.strength.value == "observed"]
    assert shown(page) == [each.id for each in found if each.direction.value == "contradicts"][:ON_A_PAGE]
    chosen = [each.get("value") for each in page.all("option") if "selected" in each.attrib]
    assert [value for value in chosen if value] == ["W3", "observed", "contradicts"]


@pytest.mark.parametrize(
    "sent",
    [
        {"item": "R8"},
        {"setting": "project-crewe"},
        {"publication": "remodelling-pilots-2011"},
        {"strength": "compared"},
        {"direction": "contradicts"},
    ],
    ids=lambda sent: next(iter(sent)),
)
def test_a_filter_alone_is_a_search(client: PageClient, sent: dict[str, str]) -> None:
    assert 0 < len(shown(client.get(asked(**sent)))) <= ON_A_PAGE


def test_pages_lead_on_and_back_and_keep_the_search(client: PageClient) -> None:
    found = [finding.id for finding in search("unit", Wanted(publication="cambridgeshire-working-for-families"))]
    page = client.get(asked(q="unit", publication="cambridgeshire-working-for-families"))
    seen = shown(page)
    for number in (2, 3):
        address = next(each.get("href") for each in page.all("a") if each.get("rel") == "next")
        assert address
        assert parse_qs(urlsplit(address).query)["page"] == [str(number)]
        page = client.get(address)
        assert f"Page {number} of {-(-len(found) // ON_A_PAGE)}." in page.text
        seen += shown(page)
    assert seen == found[: 3 * ON_A_PAGE]
    back = next(each.get("href") for each in page.all("a") if each.get("rel") == "prev")
    assert back
    assert shown(client.get(back)) == found[ON_A_PAGE : 2 * ON_A_PAGE]


@pytest.mark.parametrize("number", ["-1", "0", "abc", "", "1.5", "²", "\x00", "1e9"])
def test_a_page_that_is_no_number_is_the_first(client: PageClient, number: str) -> None:
    assert shown(client.get(asked(q="unit", page=number))) == shown(client.get(asked(q="unit")))


@pytest.mark.parametrize("number", ["9999", "9" * 500])
def test_a_page_beyond_the_last_is_the_last(client: PageClient, number: str) -> None:
    found = search("unit")
    page = client.get(asked(q="unit", page=number))
    assert shown(page) == [each.id for each in found[-((len(found) - 1) % ON_A_PAGE + 1) :]]
    assert not [each for each in page.all("a") if each.get("rel") == "next"]


def test_a_search_that_fits_on_one_page_names_no_pages(client: PageClient) -> None:
    page = client.get(asked(q="REES-107"))
    assert shown(page)[0] == "REES-107"
    assert words(page.by_id("found")) == f"{len(search('REES-107'))} finding" + "s" * (len(search("REES-107")) > 1)


@pytest.mark.parametrize("text", ["zeppelin", "?!", '"', "😀", "-"])
def test_nothing_found_says_what_to_try(client: PageClient, text: str) -> None:
    page = client.get(asked(q=text))
    assert words(page.by_id("found")) == "Nothing found"
    assert "Try fewer words" in page.text
    assert shown(page) == []
    assert page.value("q") == text


@pytest.mark.parametrize("text", ["", "   ", "\t\r\n"])
def test_a_blank_search_is_the_start_of_the_library(client: PageClient, text: str) -> None:
    assert client.get(asked(q=text)).link("Who tried this, and what became of it")


@pytest.mark.parametrize("name", ["q", *FILTERS, "page", "other"])
def test_markup_is_shown_as_text_or_not_at_all(client: PageClient, name: str) -> None:
    page = client.get(asked(**{name: MARKUP}))
    assert not page.all("img")
    assert not [each for each in page.all("script") if "alert" in (each.text or "")]
    if name == "q":
        assert page.value("q") == MARKUP


@pytest.mark.parametrize("text", ["nonsense", "R99", "x" * 5000, "\x00"])
def test_a_choice_that_is_not_there_chooses_nothing(client: PageClient, text: str) -> None:
    every = shown(client.get(asked(q="administrators")))
    for name in FILTERS:
        assert shown(client.get(asked(**{"q": "administrators", name: text}))) == every
        assert client.get(asked(**{name: text})).link("Who tried this, and what became of it")


def test_ten_thousand_characters_are_cut_and_searched_for(client: PageClient) -> None:
    page = client.get(asked(q="administrators " * 700))
    assert len(page.value("q")) == LONGEST_SEARCH
    assert shown(page)
    page = client.get(asked(q="x" * 10_000, page=3))
    assert page.value("q") == "x" * LONGEST_SEARCH


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ufffe"])
def test_control_characters_are_passed_over(client: PageClient, character: str) -> None:
    page = client.get(asked(q=f"skilled{character} administrators"))
    assert shown(page) == shown(client.get(asked(q="skilled administrators")))
    assert character not in page.html


def test_bytes_that_are_no_text_break_nothing(client: PageClient) -> None:
    assert shown(client.get("/evidence?q=%ff%fe+administrators")) == shown(client.get(asked(q="administrators")))


def test_words_given_twice_are_read_once(client: PageClient) -> None:
    assert shown(client.get("/evidence?q=administrators&q=zeppelin")) == shown(client.get(asked(q="administrators")))


def test_a_finding_shows_all_that_says_how_far_to_trust_it(client: PageClient, library: Library) -> None:
    finding = library.by_id["REES-107"]
    page = client.get("/evidence/findings/REES-107")
    assert page.heading.endswith("Finding REES-107")
    assert plain(finding.says) in plain(page.text)
    found = {label: plain(text) for label, text in rows(page).items()}
    assert found["How firm it is"].casefold() == finding.strength.words
    assert found["What it rests on"].casefold() == plain(finding.basis).casefold()
    assert found["Figures"] == plain("; ".join(finding.figures))
    assert found["Where it stands"].startswith(plain(finding.publication.title))
    assert f"{finding.place} (line {finding.line} of its text version)" in found["Where it stands"]
    assert page.link(f"R8 {ITEMS['R8'].title}".replace("'", "’")) == "/evidence/items/R8"
    for setting in library.settings_of["REES-107"]:
        assert page.link(setting.name) == f"/evidence/settings/{setting.id}"


def test_every_finding_has_a_page(client: PageClient, library: Library) -> None:
    """One of each kind, strength and direction, and of each with a part that most have not."""
    kinds = {(each.kind, each.strength, each.direction): each for each in library.findings}
    parts = {
        (not each.setting, not each.figures, not each.action, not each.repeats, not each.conflicts): each
        for each in library.findings
    }
    for finding in {*kinds.values(), *parts.values()}:
        page = client.get(f"/evidence/findings/{finding.id}")
        assert plain(finding.says) in plain(page.text)
        assert ("Figures" in rows(page)) is bool(finding.figures)
        assert ("The report also says" in rows(page)) is bool(finding.conflicts)


def test_a_repeat_leads_to_the_finding_that_was_kept(client: PageClient, library: Library) -> None:
    for finding in library.findings:
        for repeat in finding.repeats[:1]:
            sent = client.browser.get(f"/evidence/findings/{repeat.id}")
            assert (sent.status_code, sent.location) == (302, f"/evidence/findings/{finding.id}")
    page = client.follow(sent)
    assert re.search(r"Also at .+ \(line \d+\), read as [A-Z]+-\d+", page.text)


def test_where_a_report_contradicts_itself_both_numbers_stand_with_their_lines(
    client: PageClient, library: Library
) -> None:
    page = client.get("/evidence/findings/CAMA-144")
    found = rows(page)
    assert "66% rated 4 or 5" in found["Figures"]
    assert "(line 1283 of" in found["Where it stands"]
    assert "65%" in found["The report also says"]
    assert "line 3194)" in found["The report also says"]
    for conflict in library.by_id["CAMA-006"].conflicts:
        page = client.get("/evidence/findings/CAMA-006")
        assert plain(f"{conflict.says} ({conflict.place}, line {conflict.line})") in plain(page.text)


def test_the_answer_of_a_service_is_called_one(client: PageClient, library: Library) -> None:
    response = first(library, Kind.RESPONSE)
    page = client.get(f"/evidence/findings/{response.id}")
    assert "This is an answer by the service itself" in page.text
    assert rows(page)["How firm it is"] == "Claimed by the service itself"
    page = client.get(asked(q=response.id))
    assert shown(page)[0] == response.id
    assert "This is an answer by the service, and not evidence." in page.text
    assert "answer by the service" not in client.get("/evidence/findings/REES-107").text


def test_a_step_to_consider_is_called_ours(client: PageClient, library: Library) -> None:
    finding = next(finding for finding in library.findings if finding.action)
    step = rows(client.get(f"/evidence/findings/{finding.id}"))["A step to consider"]
    assert plain(step) == plain(f"{finding.action} (Plumbline's suggestion, not the report's.)")


@pytest.mark.parametrize("item_id", ITEMS)
def test_every_item_has_a_page_that_says_what_the_evidence_comes_to(
    client: PageClient, library: Library, item_id: str
) -> None:
    page = client.get(f"/evidence/items/{item_id}")
    assert plain(page.heading).endswith(plain(f"{item_id} {ITEMS[item_id].title}"))
    assert f"{len(library.touching(item_id))} findings" in page.text
    assert page.link("See them all") == f"/evidence?item={item_id}"
    synthesis = library.syntheses.get(item_id)
    if synthesis:
        assert ("The evidence on this is thin." in page.text) is synthesis.thin
        assert set(shown(page)) == {finding.id for finding in synthesis.best}
        for statement in (*synthesis.parts, synthesis.missing, synthesis.endangers):
            assert plain(statement.says) in plain(page.text)
            for finding in statement.findings:
                assert page.link(finding.id) == f"/evidence/findings/{finding.id}"


def test_an_item_shows_what_speaks_for_it_apart_from_what_speaks_against_it(
    client: PageClient, library: Library
) -> None:
    page = client.get("/evidence/items/R8")
    headings = [words(each) for each in page.all("h2")]
    assert headings.index("What speaks for it") < headings.index("What qualifies or contradicts it")
    sides = [library.by_id[name].contrary for name in shown(page)]
    assert sides == sorted(sides)
    assert {True, False} == set(sides)


def test_an_item_names_what_it_needs_and_what_needs_it(client: PageClient) -> None:
    text = client.get("/evidence/items/R8").text
    assert f"Needed by W8 {ITEMS['W8'].title}".replace("'", "’") in text
    assert f"Needs R10 {ITEMS['R10'].title}".replace("'", "’") in text
    assert "In tension with" in client.get("/evidence/items/W3").text
    assert client.last
    assert client.last.link(f"R12 {ITEMS['R12'].title}".replace("'", "’")) == "/evidence/items/R12"


def test_all_who_tried_are_listed_by_their_group(client: PageClient, library: Library) -> None:
    page = client.get("/evidence/settings")
    assert page.heading == "Who tried this, and what became of it"
    assert [words(each) for each in page.first("main").iter("h2")] == [group.title for group in SettingGroup]
    for setting in library.settings:
        assert page.link(setting.name.replace("'", "’")) == f"/evidence/settings/{setting.id}"


def test_every_setting_has_a_page_that_says_what_became_of_it(client: PageClient, library: Library) -> None:
    for setting in library.settings:
        page = client.get(f"/evidence/settings/{setting.id}")
        assert plain(page.heading).endswith(plain(setting.name))
        for text in (setting.did, setting.studied, setting.became):
            assert plain(text) in plain(page.text)
        assert shown(page) == [finding.id for finding in setting.findings[:20]]
        if len(setting.findings) > 20:
            assert page.link(f"All {len(setting.findings)} findings") == f"/evidence?setting={setting.id}"
        for source in setting.sources:
            assert plain(f"{source.place} (line {source.line})") in plain(page.text)
        assert page.link("Who tried this") == "/evidence/settings"


def test_every_publication_has_a_page_that_leads_to_its_findings(client: PageClient, library: Library) -> None:
    for publication in {finding.publication for finding in library.findings}:
        read = [finding for finding in library.findings if finding.publication == publication]
        page = client.get(f"/evidence/publications/{publication.id}")
        assert page.heading == publication.short
        assert rows(page)["Authors"] == publication.authors
        address = page.link(f"All {len(read)} findings")
        assert words(client.get(address).by_id("found")) == f"{len(read)} findings"
        for strength in {finding.strength for finding in read}:
            count = sum(finding.strength is strength for finding in read)
            found = client.get(page.link(f"{count} {strength.words}"))
            assert words(found.by_id("found")).split()[0] == str(count)
