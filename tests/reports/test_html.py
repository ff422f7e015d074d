"""The report as a page: house style, escaping, and no request to anywhere."""

from __future__ import annotations

import itertools
import re
from collections import Counter

import html5lib
import pytest

from audit.core.bank_loader import load_bank
from audit.core.responses import RatingState, Response
from audit.reports.build import Cover
from audit.reports.gap_report import Length
from audit.reports.html import render_html
from audit.reports.wording import capital, typographic
from tests.making import rated
from tests.reports.reading import Page, extremes, mixed, report_on

REPORTS = extremes()
PAGES = {name: render_html(report) for name, report in REPORTS.items()}


@pytest.fixture(params=PAGES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_html_is_valid(name: str) -> None:
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(PAGES[name])


def test_the_title_is_the_only_first_heading(name: str) -> None:
    html = PAGES[name]
    assert len(re.findall(r"<h1>", html)) == 1
    title = re.search(r"<title>(.*?)</title>", html)
    heading = re.search(r"<h1>(.*?)</h1>", html)
    assert title is not None
    assert heading is not None
    assert title[1] == heading[1]


def test_headings_skip_no_level(name: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", PAGES[name])]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_no_id_stands_twice_and_every_link_leads_to_one(name: str) -> None:
    page = Page(PAGES[name])
    ids = Counter(attributes["id"] for _, attributes in page.tags if "id" in attributes)
    assert [value for value, count in ids.items() if count > 1] == []
    targets = {attributes["href"].removeprefix("#") for attributes in page.all("a")}
    labels = {attributes["aria-labelledby"] for _, attributes in page.tags if "aria-labelledby" in attributes}
    assert targets | labels <= set(ids)


def test_nothing_is_asked_of_another_place(name: str) -> None:
    page = Page(PAGES[name])
    assert page.all("script", "link", "img", "iframe", "form") == []
    assert not re.search(r"https?://|url\(|@import", PAGES[name])
    assert all("style" not in attributes for _, attributes in page.tags)


def test_tables_have_captions_and_scopes(name: str) -> None:
    page = Page(PAGES[name])
    assert len(page.all("table")) == len(page.all("caption"))
    assert all(attributes.get("scope") in ("col", "row") for attributes in page.all("th"))


def test_drawings_have_words_or_are_hidden(name: str) -> None:
    for attributes in Page(PAGES[name]).all("svg"):
        assert attributes.get("aria-label") or attributes.get("aria-hidden") == "true" or attributes["class"] == "key"


def test_no_straight_apostrophe_is_shown(name: str) -> None:
    assert re.findall(r"\w'\w", Page(PAGES[name]).text) == []


def test_the_page_shows_the_digits_of_the_report(name: str) -> None:
    report, text = REPORTS[name], Page(PAGES[name]).text
    assert (f"{report.headline.percent}%" if report.headline.percent else "Not yet scored") in text
    for gap in report.told_gaps:
        assert f"{gap.share} of the whole gap" in text
    for gap in report.other_gaps:
        assert f"{gap.share} of the whole gap {capital(gap.level)}; target {gap.target}" in text


HOSTILE = '<script>alert("x")</script> & <b>bold</b> {{ 7*7 }} " onload=x \u202eright to left 😀'


def test_markup_that_people_typed_is_shown_and_never_run() -> None:
    bank = load_bank("recommendations")
    hostile = Response(RatingState.RATED, 1, HOSTILE, None, HOSTILE, HOSTILE, HOSTILE)
    cover = Cover(HOSTILE, HOSTILE, "1 May 2026", notice=HOSTILE, about=HOSTILE)
    html = render_html(report_on(bank, dict.fromkeys(bank.items, hostile), {"S1": hostile_words()}, cover))
    page = Page(html)
    assert page.all("script", "b") == []
    assert "{{ 7*7 }}" in page.text
    assert "<script>alert(“x”)</script>" in page.text


def hostile_words() -> Response:
    return Response(what_happens_now=HOSTILE)


def test_an_id_that_somebody_typed_does_not_break_and_copies_with_a_plain_hyphen() -> None:
    said = Response(RatingState.RATED, 1, "As <i>HACK-151</i> says.", None, "See REES-107.")
    page = render_html(report_on(load_bank("recommendations"), {"R1": said}, length=Length.BRIEF))
    assert 'As &lt;i&gt;<span class="whole">HACK-151</span>&lt;/i&gt; says.' in page
    assert 'See <span class="whole">REES-107</span>.' in page
    assert re.search(r"\.whole[^{]*{ white-space: nowrap; }", page)


def test_a_finding_in_the_list_of_those_cited_leads_to_its_page_where_there_is_one() -> None:
    report = REPORTS["one item answered"]
    page = render_html(report, finding_address=lambda finding_id: f"/pages/{finding_id}")
    rows = re.findall(r'<th scope="row" id="f-([A-Z]+-\d+)"><a href="/pages/([A-Z]+-\d+)">([A-Z]+-\d+)</a></th>', page)
    assert rows == [(source.id, source.id, source.id) for source in report.sources]
    assert "/pages/" not in PAGES["one item answered"]


def test_each_gap_of_the_table_has_a_step_with_its_finding() -> None:
    report, page = REPORTS["all at the bottom"], PAGES["all at the bottom"]
    table = page[page.index('id="other-gaps"') :].partition("</table>")[0]
    assert len(report.other_gaps) == 7
    for gap in report.other_gaps:
        step, finding_id = gap.steps[0]
        assert f'{typographic(step)} <span class="source">(<a href="#f-{finding_id}">{finding_id}</a>)' in table
    assert table.count("A step to consider (our suggestion)") == 1 + 7


def test_the_notice_is_on_the_page_and_follows_every_printed_page() -> None:
    cover = Cover("A", "T", "1 May 2026", notice="Illustrative reading")
    html = render_html(report_on(load_bank("recommendations"), {"R1": rated(2)}, cover=cover))
    assert 'class="ribbon">Illustrative reading' in html
    assert "position: fixed" in html


def test_line_breaks_that_people_typed_become_paragraphs() -> None:
    bank = load_bank("recommendations")
    said = Response(RatingState.RATED, 1, what_happens_now="First line.\n\nSecond line.")
    html = render_html(report_on(bank, {**mixed(bank), "R1": said}))
    assert "<p>First line.</p>\n<p>Second line.</p>" in html
