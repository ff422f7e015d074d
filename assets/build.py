"""Writes audit/static/vendor/: the style sheet and the script of govuk-frontend, cleaned, and their licence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from assets.cleaning import clean_css, clean_js
from assets.faults import AssetsFault
from assets.npm import install

PROJECT = Path(__file__).resolve().parents[1]
VENDOR = PROJECT / "audit" / "static" / "vendor"
PACKAGE = "govuk-frontend"
STYLES = "govuk-frontend.min.css"
SCRIPT = "govuk-frontend.min.js"
LICENCE = "govuk-frontend.LICENSE"


def pinned_version() -> str:
    """The version of govuk-frontend that package.json names."""
    return str(json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))["dependencies"][PACKAGE])


def is_built(vendor: Path = VENDOR) -> bool:
    """Whether all files are there, of the pinned version. The style sheet names its version."""
    if not all((vendor / name).is_file() for name in (STYLES, SCRIPT, LICENCE)):
        return False
    return f'--govuk-frontend-version:"{pinned_version()}"' in (vendor / STYLES).read_text(encoding="utf-8")


def build(package: Path | None = None, vendor: Path = VENDOR) -> None:
    """Write the files from a folder with the package, or from what npm brings if no folder is named."""
    if package is not None:
        _write(package, vendor)
        return
    with TemporaryDirectory(prefix="plumbline-assets-") as folder:
        _write(install(PROJECT, Path(folder)) / PACKAGE, vendor)


def _write(package: Path, vendor: Path) -> None:
    _check_version(package)
    built = package / "dist" / "govuk"
    styles, script = clean_css(_read(built / STYLES)), clean_js(_read(built / SCRIPT))
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.mkdir(parents=True)
    # The package on npm carries no licence text, and the licence asks that it travels along.
    shutil.copyfile(Path(__file__).with_name(LICENCE), vendor / LICENCE)
    (vendor / SCRIPT).write_text(script, encoding="utf-8", newline="\n")
    (vendor / STYLES).write_text(styles, encoding="utf-8", newline="\n")


def _check_version(package: Path) -> None:
    found = json.loads(_read(package / "package.json")).get("version")
    if found != pinned_version():
        raise AssetsFault(f"{PACKAGE} must be {pinned_version()}, as package.json says. {package} has {found}.")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AssetsFault(f"There is no file {path}.") from None
