"""The house keeps its own rules."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REGISTRIES = re.compile(r"https?://[a-z.]*(pypi|pythonhosted|npmjs|debian)\.", re.IGNORECASE)


def test_import_rules_are_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_the_wheel_takes_every_package_and_both_top_folders() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    listed = set(setup["options"]["packages"].split())
    folders = {path.parent for path in (ROOT / "audit").rglob("__init__.py")}
    packages = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    assert listed == packages | {"audit.question_banks", "audit.templates"}


def test_every_kind_of_data_file_travels_in_the_wheel() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    for folder, package in (("question_banks", "audit.question_banks"), ("templates", "audit.templates")):
        patterns = setup["options.package_data"][package]
        suffixes = {path.suffix for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert {suffix for suffix in suffixes if f"**/*{suffix}" not in patterns} == set()


def test_no_file_names_a_package_registry() -> None:
    files = [path for path in ROOT.rglob("*") if path.is_file() and not ignored(path)]
    named = [path for path in files if REGISTRIES.search(path.read_text(encoding="utf-8", errors="replace"))]
    assert named == []


def ignored(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    made = ("build", "dist", "node_modules", "instance")
    return parts[0].startswith(".") or parts[0] in made or parts[0].endswith(".egg-info")


def test_modules_and_templates_stay_short() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in [*(ROOT / "audit").rglob("*.py"), *(ROOT / "templates").rglob("*.*")]
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_links_in_documents_lead_somewhere() -> None:
    documents = [path for path in ROOT.rglob("*.md") if not ignored(path)]
    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#:]+)[^)]*\)", document.read_text(encoding="utf-8"))
        if target not in ("http", "https") and not (document.parent / target).exists()
    ]
    assert broken == []
