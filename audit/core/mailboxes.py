"""E-mail addresses, alone or with a name, as people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.core.people import NAME_LIMIT
from audit.core.texts import quotable

ADDRESS_LIMIT = 254
MANY = 50
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=[^@]{{1,64}}@){_LOCAL}@{_LABEL}(\.{_LABEL})+", re.ASCII)
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")


@dataclass(frozen=True)
class Mailbox:
    """An address in lower case, and a name, which may be empty."""

    address: str
    name: str = ""


def check_address(text: str) -> str | None:
    """What is wrong with an e-mail address, or None."""
    if len(text) <= ADDRESS_LIMIT and _ADDRESS.fullmatch(text):
        return None
    return "Enter an e-mail address, such as name@example.gov.uk."


def check_person_name(text: str) -> str | None:
    """What is wrong with a person's name, or None."""
    if not text.strip():
        return "Enter a name."
    if len(text) > NAME_LIMIT:
        return f"The name must be {NAME_LIMIT} characters or fewer."
    if not text.isprintable():
        return "The name must be on one line, without control characters."
    return None


def read_mailbox(text: str) -> Mailbox:
    """``name@example.gov.uk`` or ``Name <name@example.gov.uk>``. Raises ValueError, which says what is wrong."""
    named = _NAMED.fullmatch(text.strip())
    address = (named["address"] if named else text).strip()
    name = " ".join(named["name"].strip().strip('"').split()) if named else ""
    if check_address(address):
        shown = quotable(text.strip())
        raise ValueError(f'"{shown}" is not an e-mail address. Enter one such as name@example.gov.uk.')
    problem = check_person_name(name) if name else None
    if problem:
        raise ValueError(problem)
    return Mailbox(address.casefold(), name)


def read_mailboxes(text: str) -> tuple[list[Mailbox], list[str]]:
    """The addresses of a text with one on each line, and what is wrong, each with the number of its line.

    Empty lines are passed over. Where anything is wrong, the addresses are not all that was meant.
    """
    found: dict[str, int] = {}
    boxes: list[Mailbox] = []
    problems: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            box = read_mailbox(line)
        except ValueError as fault:
            problems.append(f"Line {number}: {fault}")
            continue
        if box.address in found:
            problems.append(f"Line {number}: {box.address} is on line {found[box.address]} too. Take one of them out.")
            continue
        found[box.address] = number
        boxes.append(box)
    if len(boxes) > MANY:
        problems.append(f"There are {len(boxes)} addresses. Invite {MANY} people at a time, or fewer.")
    return boxes, problems
