"""Who tried what: every project is there, and every finding that names somebody leads to them."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from audit.core.library import Library
from audit.core.tried import Setting, SettingGroup
from tests.core.statements import mark_faults

# By which findings speak of nobody in particular, or of somebody who tried nothing that is told.
NOBODY = {
    "17 Wave 1 evaluations",
    "17 Wave 1 social work projects",
    "A few local authorities",
    "AMBIT training method",
    "All pilots",
    "Alternative delivery models",
    "CSV Volunteers in Child Protection",
    "Children's Social Care Innovation Programme, Wave 1",
    "Early intervention pilots",
    "England",
    "England, 2009",
    "England, Munro review",
    "England, national policy reviews",
    "English local authorities",
    "Innovation Programme",
    "Many of the 17 projects",
    "Many projects",
    "Most Wave 1 social work projects",
    "Pilots outside statutory processes",
    "Several projects",
    "Some English local authorities",
    "Some Wave 1 evaluations",
    "Some Wave 1 projects",
    "Successful or promising approaches",
    "Virtually all 17 projects",
    "Wave 1 evaluations",
    "Wave 1 projects",
}


@pytest.fixture(scope="module")
def by_group(library: Library) -> dict[SettingGroup, list[Setting]]:
    return {group: [each for each in library.settings if each.group is group] for group in SettingGroup}


def texts(setting: Setting) -> tuple[str, ...]:
    return (setting.did, setting.studied, setting.became)


def test_all_projects_and_pilots_are_there(by_group: dict[SettingGroup, list[Setting]]) -> None:
    assert len(by_group[SettingGroup.INNOVATION_PROGRAMME]) == 17
    assert len(by_group[SettingGroup.REMODELLING_PILOTS]) == 11
    assert "Hackney" in {each.where for each in by_group[SettingGroup.HACKNEY]}
    assert [each.name for each in by_group[SettingGroup.CAMBRIDGESHIRE]] == [
        "Social Work: Working for Families, Cambridgeshire"
    ]
    assert by_group[SettingGroup.OTHER_SETTINGS]


def test_the_title_of_a_group_counts_those_in_it(by_group: dict[SettingGroup, list[Setting]]) -> None:
    for group, settings in by_group.items():
        counted = re.match(r"The (\d+) ", group.title)
        assert counted is None or int(counted[1]) == len(settings)


def test_ids_and_names_stand_once_and_ids_suit_an_address(library: Library) -> None:
    for names in ([each.id for each in library.settings], [each.name for each in library.settings]):
        assert [name for name, count in Counter(names).items() if count > 1] == []
    assert [each.id for each in library.settings if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", each.id)] == []


def test_every_finding_that_names_somebody_leads_to_them(library: Library) -> None:
    covered = {name for setting in library.settings for name in setting.covers}
    named = {finding.setting for finding in library.findings if finding.setting}
    assert named - covered - NOBODY == set()


def test_no_name_is_listed_as_nobody_that_is_covered_or_gone(library: Library) -> None:
    covered = {name for setting in library.settings for name in setting.covers}
    assert {name for name in NOBODY if name in covered} == set()
    assert {finding.setting for finding in library.findings} >= NOBODY | covered


def test_every_covered_finding_belongs_to_a_setting(library: Library) -> None:
    lost = [f.id for f in library.findings if f.setting not in {*NOBODY, ""} and f.id not in library.settings_of]
    assert lost == []


def test_every_setting_names_findings_and_places_of_their_publications(library: Library) -> None:
    for setting in library.settings:
        assert setting.findings, setting.id
        assert {each.publication for each in setting.findings} <= {each.publication for each in setting.sources}


def test_every_setting_says_what_became_of_it(library: Library) -> None:
    assert [each.id for each in library.settings if not all(text.strip() for text in texts(each))] == []


def test_no_text_has_a_dash_a_semicolon_or_an_id(library: Library) -> None:
    faults = {each.id: [fault for text in texts(each) for fault in mark_faults(text)] for each in library.settings}
    assert {name: found for name, found in faults.items() if found} == {}


def test_the_project_that_was_not_carried_out_as_planned_says_so(library: Library) -> None:
    (torbay,) = [each for each in library.settings if each.id == "torbay-swift"]
    assert "not carried out as planned" in torbay.became
