"""Files that were made to break the check, or broke on their way: a verdict in words, in bounded time."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable

import pytest

from audit.core.bank_loader import load_bank
from audit.reports.proof import apart
from audit.reports.proof.apart import SIZE_LIMIT, check_apart
from audit.reports.proof.check import check_pdf
from audit.reports.proof.fields import Unreadable
from audit.reports.proof.matching import look_up, squeezed
from audit.reports.proof.opening import PAGES_LIMIT
from audit.reports.proof.payload import findings_sha256, make_payload
from audit.reports.proof.reading import SIZE_LIMIT as PAYLOAD_LIMIT
from audit.reports.proof.reading import read_payload
from audit.reports.proof.statements import Number, statement
from audit.reports.proof.verdict import NoPdf, Outcome
from tests.reports.proofs import Document, built, carrying, given, one_rated, proven, with_file
from tests.reports.tagged import build, paragraph

DEEP = b"[" * 100_000
BANK = load_bank("recommendations")


def test_a_check_apart_says_the_same_as_one_here() -> None:
    assert check_apart(proven()) == check_pdf(proven())


@pytest.mark.parametrize("seed", range(30))
def test_a_report_with_bytes_flipped_gets_a_verdict(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  (the same bytes in each run)
    data = bytearray(proven())
    for _ in range(chance.choice([1, 5, 50])):
        data[chance.randrange(20, len(data))] ^= 1 << chance.randrange(8)
    assert check_pdf(bytes(data)).says


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9, 0.99])
def test_a_report_cut_short_gets_a_verdict(share: float) -> None:
    data = proven()
    assert check_pdf(data[: int(len(data) * share)]).says


@pytest.mark.parametrize("seed", range(10))
def test_random_bytes_get_a_verdict(seed: int) -> None:
    noise = random.Random(seed).randbytes(5_000)  # noqa: S311  (the same bytes in each run)
    assert check_pdf(b"%PDF-1.7\n" + noise).outcome is Outcome.UNCHECKED
    with pytest.raises(NoPdf):
        check_pdf(noise)


def test_what_is_no_pdf_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")
    for data in (b"", b"PK\x03\x04", b"<html>", b"x" * (SIZE_LIMIT + 1)):
        with pytest.raises(NoPdf):
            check_apart(data)
    assert "larger than 3 MB" in check_apart(b"%PDF-1.7" + b"x" * SIZE_LIMIT).says


def test_a_check_that_takes_too_long_is_given_up() -> None:
    began = time.monotonic()
    verdict = check_apart(proven(), seconds=0.05)
    assert (verdict.outcome, "more time or memory" in verdict.says) == (Outcome.UNCHECKED, True)
    assert time.monotonic() - began < 5


def test_a_check_whose_process_dies_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_CHILD", "audit.nowhere")
    assert check_apart(proven()).outcome is Outcome.UNCHECKED


def test_a_pdf_of_far_too_many_pages_is_refused() -> None:
    from reportlab.platypus import PageBreak

    data = build([each for n in range(PAGES_LIMIT + 1) for each in (paragraph(f"{n}"), PageBreak())])
    assert f"more than {PAGES_LIMIT} pages" in check_pdf(data).says


def test_an_attached_file_that_unpacks_to_far_too_much_is_refused() -> None:
    data = with_file(built(one_rated()), b" " * 60_000_000)
    assert len(data) < SIZE_LIMIT
    assert check_apart(data).outcome is Outcome.UNCHECKED
    with pytest.raises(Unreadable, match="far larger"):
        read_payload(b" " * (PAYLOAD_LIMIT + 1))


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"null", b"[]", b"{}", DEEP, b'{"format": ' + b"9" * 5_000 + b"}", b'{"format": NaN}']
)
def test_an_attached_file_that_is_not_ours_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="The attached answers are"):
        read_payload(data)


def said_of(document: Document) -> str:
    """What is said of an attached file, or nothing where it can be read."""
    try:
        read_payload(json.dumps(document).encode())
    except Unreadable as fault:
        return str(fault)
    return ""


TEXTS = ("", "x" * 2_000, "\x1b[31m", "\ud800")
JUNK: tuple[object, ...] = (None, 7, -1, 1e400, *TEXTS, [], [[]], [["R1: level", "one two"]], {}, {"R1": "-1"})


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: repr(junk)[:20])
def test_any_field_may_hold_anything(junk: object) -> None:
    document = json.loads(make_payload(built(given(BANK)), BANK, given(BANK)))
    assert [told for key in document if "\x1b" in (told := said_of({**document, key: junk}))] == []


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document["answers"].append({"item": "R99", "rating": 1}),
        lambda document: document["answers"][3].update(rating=9),
        lambda document: document["answers"][3].update(rating=[[]]),
        lambda document: document["weighting"].update(name="made up"),
        lambda document: document["weighting"].update(weights=dict.fromkeys(BANK.items, "0")),
        lambda document: document.update(beside={"R99": 1}),
        lambda document: document.update(beside={"T1": 99}),
    ],
)
def test_answers_that_cannot_be_scored_get_a_verdict(change: Callable[[Document], object]) -> None:
    verdict = check_pdf(carrying(change, sealed=True))
    assert verdict.outcome is Outcome.UNCHECKED
    assert len(verdict.says) > 20


def test_a_hostile_list_takes_no_long_time() -> None:
    side_by_side = statement(*(part for n in range(25) for part in (Number(f"N{n}", "1"), "a")))
    began = time.monotonic()
    list(look_up([side_by_side], "1a" * 20 + "1" * 200_000 + "1.1" * 50_000, []))
    assert time.monotonic() - began < 5


def test_two_numbers_do_not_grow_together() -> None:
    assert squeezed("in 2017 1. R4") != squeezed("in 20171. R4")
    assert squeezed("a\u00a0b \u201cc\u201d\u00ad d\u2011e") == 'ab"c"d-e'


def test_the_fingerprint_of_the_findings_is_the_same_in_every_process() -> None:
    import subprocess

    command = [sys.executable, "-c", "from audit.reports.proof.payload import findings_sha256 as f; print(f())"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"})
    assert done.stdout.strip() == findings_sha256()
