"""E-mail addresses as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.core.mailboxes import MANY, Mailbox, check_address, read_mailbox, read_mailboxes


@pytest.mark.parametrize(
    ("text", "address", "name"),
    [
        ("Jo.Bloggs@Example.gov.uk", "jo.bloggs@example.gov.uk", ""),
        ("  Jo   Bloggs <jo@example.gov.uk> ", "jo@example.gov.uk", "Jo Bloggs"),
        ("\"O'Neill, Lee\" <o'neill+x@a-b.example>", "o'neill+x@a-b.example", "O'Neill, Lee"),
        ("<jo@example.gov.uk>", "jo@example.gov.uk", ""),
        ("Зоя <z@example.org>", "z@example.org", "Зоя"),
    ],
)
def test_an_address_is_read_with_or_without_a_name(text: str, address: str, name: str) -> None:
    assert read_mailbox(text) == Mailbox(address, name)


@pytest.mark.parametrize(
    "text",
    [
        "jo",
        "jo@",
        "@example.org",
        "jo@localhost",
        "jo@example..org",
        "jo@-example.org",
        ".jo@example.org",
        "jo bloggs@example.org",
        "jo@example.org, al@example.org",
        "jo@example.org>",
        "Jo <jo@example.org> Bloggs",
        "jö@example.org",
        "jo@example.org\r\nBcc: al@example.org",
        f"{'x' * 65}@example.org",
        f"jo@{'x' * 63}.{'x' * 63}.{'x' * 63}.{'x' * 63}.org",
    ],
)
def test_what_is_no_address_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not an e-mail address\. Enter one such as name@example\.gov\.uk"):
        read_mailbox(text)


@pytest.mark.parametrize(("name", "says"), [("x" * 121, "120 characters or fewer"), ("a\x07b", "control characters")])
def test_a_name_that_cannot_stand_is_refused(name: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_mailbox(f"{name} <jo@example.org>")


@given(st.text(max_size=300))
def test_what_is_taken_goes_into_the_head_of_a_letter(text: str) -> None:
    if check_address(text) is None:
        assert text.isascii()
        assert text.isprintable()
        assert " " not in text
        assert text.count("@") == 1


def test_each_fault_names_its_line() -> None:
    text = "jo@example.org\n\n  al\nJo <JO@example.org>\nAl <al@example.org>\n"
    boxes, problems = read_mailboxes(text)
    assert boxes == [Mailbox("jo@example.org"), Mailbox("al@example.org", "Al")]
    assert problems == [
        'Line 3: "al" is not an e-mail address. Enter one such as name@example.gov.uk.',
        "Line 4: jo@example.org is on line 1 too. Take one of them out.",
    ]


def test_there_is_a_limit_to_how_many_at_once() -> None:
    boxes, problems = read_mailboxes("\n".join(f"p{n}@example.org" for n in range(MANY)))
    assert (len(boxes), problems) == (MANY, [])
    _, problems = read_mailboxes("\n".join(f"p{n}@example.org" for n in range(MANY + 1)))
    assert problems == ["There are 51 addresses. Invite 50 people at a time, or fewer."]
