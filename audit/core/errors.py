"""Errors that a person can act on.

* PlumblineError: one line that says where, what is wrong and what would be right
  * DocumentError: a bank or evidence file, with its name and line
    * BankError
    * EvidenceError
  * AnswersError: an answers file, with its row and column
  * UsageError: a wrong name or option
  * NotKept: the disk took nothing
"""

from __future__ import annotations


class PlumblineError(Exception):
    """Something a person can put right; its text is the whole message."""


class DocumentError(PlumblineError):
    """A fault in a YAML document.

    ``source`` names the file, ``line`` counts from 1, ``problem`` says what is wrong and ``remedy`` what
    would be right.
    """

    def __init__(self, source: str, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{source}, line {line}: {problem} {remedy}".rstrip())
        self.source = source
        self.line = line
        self.problem = problem
        self.remedy = remedy


class BankError(DocumentError):
    """A fault in a question bank."""


class EvidenceError(DocumentError):
    """A fault in a file of findings."""


class AnswersError(PlumblineError):
    """A fault in an answers file.

    ``row`` counts as a spreadsheet does (the header of a CSV file is row 1, the first entry of a JSON list
    is row 1); it is None where the fault concerns the whole file. ``column`` is the column's name, if one
    is at fault.
    """

    def __init__(self, source: str, problem: str, *, row: int | None = None, column: str | None = None) -> None:
        place = [source]
        if row is not None:
            place.append(f"row {row}")
        if column is not None:
            place.append(f"column {column}")
        super().__init__(f"{', '.join(place)}: {problem}")
        self.source = source
        self.row = row
        self.column = column


class UsageError(PlumblineError):
    """A name or an option that Plumbline does not know."""


class NotKept(PlumblineError):
    """Something could not be written: the disk is full, or takes nothing. What was there before is untouched."""

    def __init__(self) -> None:
        super().__init__("The disk is full or cannot be written to. Nothing was saved. Make room, and try again.")
