"""The answers files of a folder of audits: which they are, whose they are, and what each report is called."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from audit.core.bank_loader import bank_ids
from audit.core.errors import UsageError

# Where reports go unless another folder is named; answers are never looked for there.
REPORTS = "reports"
ANSWERS = (".csv", ".json", ".xlsx")
# Answers may stand in these, and passing them over in silence would lose somebody's report.
OTHER_SHEETS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tsv")
# Hidden files, and those that Excel and LibreOffice keep beside a workbook while it is open.
_SKIPPED = (".", "~$")
_SMALL = frozenset("and by cum in le of on the under upon with".split())


@dataclass(frozen=True)
class AnswersFile:
    """An answers file, its authority, or an empty text where no name can be told, and where its report goes."""

    path: Path
    authority: str
    report: Path


@dataclass(frozen=True)
class Found:
    """The answers files of a folder in the order of their names, and a line for each folder that cannot be read."""

    files: tuple[AnswersFile, ...]
    unread: tuple[str, ...]


def find_answers(folder: Path, output: Path, suffix: str) -> Found:
    """The answers files in ``folder`` and below, with reports in ``output`` whose names end in ``suffix``.

    Raises UsageError if there is nothing to do, or if two files would make the same report.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder. Name the folder that holds the answers files.")
    if os.path.realpath(output) == os.path.realpath(folder):
        raise UsageError(f"{output} holds the answers. Choose another folder for the reports.")
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output} is a file. Name a folder for the reports.")
    unread: list[str] = []
    paths = _paths(folder, [folder, output, folder / REPORTS], unread)
    files = tuple(_answers_file(path, folder, output, suffix) for path in paths)
    if not files and not unread:
        wanted = "Put CSV, JSON or XLSX files into it, or a folder for each authority."
        raise UsageError(f"{folder} holds no answers files. {wanted}")
    _check_distinct(files)
    return Found(files, tuple(unread))


def _paths(folder: Path, done: Collection[Path], unread: list[str]) -> list[Path]:
    """All answers files outside the folders that are ``done``. A folder that links lead to again counts once."""
    seen = {os.path.realpath(path) for path in done}

    def new(path: str) -> bool:
        before = len(seen)
        seen.add(os.path.realpath(path))
        return len(seen) > before

    def note(fault: OSError) -> None:
        unread.append(f"{fault.filename} cannot be read: {fault.strerror}.")

    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=note, followlinks=True):
        folders[:] = [name for name in sorted(folders) if not name.startswith(_SKIPPED) and new(f"{place}/{name}")]
        found += [Path(place, name) for name in names if _is_answers(Path(place, name))]
    return sorted(found, key=lambda path: [(part.casefold(), part) for part in path.parts])


def _is_answers(path: Path) -> bool:
    return not path.name.startswith(_SKIPPED) and path.suffix.casefold() in (*ANSWERS, *OTHER_SHEETS) and path.is_file()


def _answers_file(path: Path, folder: Path, output: Path, suffix: str) -> AnswersFile:
    *above, _ = path.relative_to(folder).parts
    return AnswersFile(
        path=path,
        authority=authority_name(above[0] if above else path.stem),
        report=output / f"{' - '.join([*above, path.stem])}{suffix}",
    )


def authority_name(name: str) -> str:
    """The authority that a folder or file is called after, as a cover prints it: ``st-helens`` is St Helens.

    The id of a bank and the word "answers" at the end do not count, so the text may be empty. A name that has
    a capital was written to be read, and keeps its hyphens.
    """
    ends = "|".join(re.escape(bank_id).replace(r"\-", "[-_ ]") for bank_id in bank_ids())
    text = re.sub(rf"(?:(?:^|[-_ ]+)(?:{ends}|answers))+$", "", unicodedata.normalize("NFC", name), flags=re.IGNORECASE)
    words = text.replace("_", " ").strip(" -")
    if words == words.lower():
        words = " ".join(part if part in _SMALL else part.capitalize() for part in words.replace("-", " ").split())
    return " ".join((words[:1].upper() + words[1:]).split())


def _check_distinct(files: tuple[AnswersFile, ...]) -> None:
    """Refuse a report that would overwrite another one, or answers. Names that differ in case alone are the same."""
    answers = {os.path.realpath(file.path) for file in files}
    first: dict[str, AnswersFile] = {}
    for file in files:
        if os.path.realpath(file.report) in answers:
            raise UsageError(f"{file.report} holds answers. Choose another folder for the reports.")
        before = first.setdefault(unicodedata.normalize("NFC", file.report.name).casefold(), file)
        if before is not file:
            raise UsageError(
                f"{before.path} and {file.path} would both make {before.report}. Rename one, or take one out."
            )
