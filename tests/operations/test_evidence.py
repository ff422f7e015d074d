"""Searching the findings: what is found, in which order, and what narrows it."""

from __future__ import annotations

import pytest

from audit.core.evidence import Direction, Finding, Strength
from audit.core.library import Library
from audit.operations.evidence import Wanted, search

WANTED = {
    "item": Wanted(item="R8"),
    "setting": Wanted(setting="project-crewe"),
    "publication": Wanted(publication="remodelling-pilots-2011"),
    "strength": Wanted(strength=Strength.COMPARED),
    "direction": Wanted(direction=Direction.CONTRADICTS),
}


def fits(library: Library, finding: Finding, wanted: Wanted) -> bool:
    """What a filter promises, said in another way."""
    named = [setting.id for setting in library.settings if finding in setting.findings]
    return all(
        [
            not wanted.item or wanted.item in finding.items,
            not wanted.setting or wanted.setting in named,
            not wanted.publication or finding.publication.id == wanted.publication,
            not wanted.strength or finding.strength is wanted.strength,
            not wanted.direction or finding.direction is wanted.direction,
        ]
    )


def test_nothing_asked_for_is_every_finding(library: Library) -> None:
    assert search("") == search("  ", Wanted()) == library.findings


@pytest.mark.parametrize("wanted", WANTED.values(), ids=WANTED)
def test_a_filter_finds_all_that_fit_and_no_others(library: Library, wanted: Wanted) -> None:
    found = search("", wanted)
    assert 0 < len(found) < len(library.findings)
    assert set(found) == {finding for finding in library.findings if fits(library, finding, wanted)}
    assert len(found) == len(set(found))


@pytest.mark.parametrize("wanted", WANTED.values(), ids=WANTED)
def test_a_filter_takes_from_what_words_find_and_keeps_their_order(library: Library, wanted: Wanted) -> None:
    text = "time with families"
    assert search(text, wanted) == tuple(finding for finding in search(text) if fits(library, finding, wanted))


def test_filters_narrow_together(library: Library) -> None:
    both = search("", Wanted(item="R8", strength=Strength.COMPARED))
    assert both
    assert set(both) == set(search("", WANTED["item"])) & set(search("", WANTED["strength"]))


def test_without_words_an_items_findings_come_best_first(library: Library) -> None:
    assert search("", Wanted(item="R8")) == library.touching("R8")


def test_without_words_a_settings_findings_come_in_its_order(library: Library) -> None:
    for setting in library.settings:
        assert search("", Wanted(setting=setting.id)) == setting.findings


@pytest.mark.parametrize("text", ["administrators", "small units", "REES-107 administrators"])
def test_what_holds_all_words_is_found_once(text: str) -> None:
    found = search(text)
    assert found
    assert len(found) == len(set(found))


def test_the_id_of_a_finding_or_of_its_repeat_leads_to_it_first(library: Library) -> None:
    assert search("REES-107")[0].id == "REES-107"
    for finding in library.findings:
        for repeat in finding.repeats:
            assert search(repeat.id)[0] is finding, repeat.id


def test_every_finding_is_found_by_its_id(library: Library) -> None:
    assert [finding.id for finding in library.findings if search(finding.id)[:1] != (finding,)] == []


def test_a_conflict_is_found_by_its_words(library: Library) -> None:
    conflicting = [finding for finding in library.findings if finding.conflicts]
    assert [each.id for each in conflicting if each not in search(each.conflicts[0].says)] == []


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(item="R99"),
        Wanted(setting="nowhere"),
        Wanted(publication="none"),
        Wanted(item="R8", publication="none"),
    ],
)
def test_what_nothing_fits_finds_nothing(wanted: Wanted) -> None:
    assert search("", wanted) == search("unit", wanted) == ()


@pytest.mark.parametrize("text", ["zeppelin", "?!", "\x00"])
def test_words_that_stand_nowhere_find_nothing(text: str) -> None:
    assert search(text) == ()


def test_any_of_the_words_will_do_where_no_finding_has_all() -> None:
    assert search("zeppelin administrators") == search("administrators")


def test_ids_find_their_findings_and_nothing_else() -> None:
    assert [finding.id for finding in search("hack-151, REES-107")] == ["HACK-151", "REES-107"]
    assert [finding.id for finding in search("HACK-135")] == ["HACK-151"]
    assert search("CAMB-999") == ()
