"""Reading a bank file: what is taken as written, and files that are no bank at all."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest

from audit.core.answer_files import parse_answers
from audit.core.bank import Bank
from audit.core.bank_loader import bank_ids, load_bank, load_bank_file, parse_bank
from audit.core.errors import BankError, UsageError
from audit.core.scorecard import score_answers
from tests.core.tiny_bank import TINY, changed, nested


def parse(text: str | bytes) -> Bank:
    return parse_bank(text.encode() if isinstance(text, str) else text, "bank.yaml")


def refusal(text: str | bytes) -> BankError:
    with pytest.raises(BankError) as caught:
        parse(text)
    return caught.value


def test_a_bank_is_read_as_it_stands() -> None:
    bank = parse(TINY)
    assert (bank.id, bank.version, bank.title, bank.default_target.name) == ("tiny", "1.0.0", "Tiny bank", "Middle")
    assert [section.id for section in bank.root.sections()] == ["part"]
    assert list(bank.items) == ["A", "B"]
    assert bank.items["A"].descriptors == {0: "No A.", 1: "Half of A.", 2: "All of A."}
    assert [dependency.item_id for dependency in bank.items["A"].depends_on] == ["B"]
    assert bank.items["B"].weight == 3
    assert bank.sha256 == sha256(TINY.encode()).hexdigest()


@pytest.mark.parametrize(
    ("text", "weight"),
    [("1/4", Fraction(1, 4)), ("0.25", Fraction(1, 4)), ("0.1", Fraction(1, 10)), ("0", Fraction(0)), ('"3"', 3)],
)
def test_a_number_is_exactly_what_is_written(text: str, weight: Fraction) -> None:
    assert parse(changed("weight: 3", f"weight: {text}")).items["B"].weight == weight


def test_a_level_has_the_value_of_its_number_unless_it_names_one() -> None:
    bank = parse(changed("{number: 1, name", "{number: 1, value: 0.3, name"))
    assert [level.value for level in bank.scale.levels] == [0, Fraction(3, 10), 2]


@pytest.mark.parametrize("word", ["no", "on", "y", "Off", "true", "e1"])
def test_an_id_that_yaml_takes_for_something_else_stays_text(word: str) -> None:
    assert word in parse(TINY.replace("id: B\n", f"id: {word}\n").replace("item: B", f"item: {word}")).items


@pytest.mark.parametrize("word", ["null", "~", ""])
def test_a_forgotten_text_is_blank_and_not_the_word_null(word: str) -> None:
    fault = refusal(changed("title: Item B", f"title: {word}"))
    assert (fault.line, fault.problem) == (31, "this is blank.")


@pytest.mark.parametrize("version", ["1.10.0", "2025.12.01", "0.0.0"])
def test_a_version_stays_text(version: str) -> None:
    assert parse(changed("version: 1.0.0", f"version: {version}")).version == version


def test_a_target_may_be_named() -> None:
    assert parse(changed("default_target: 1", "default_target: high")).default_target.number == 2


def test_a_folded_text_is_one_line() -> None:
    assert parse(changed("caution: The", "caution: >-\n  The\n ")).caution == "The levels are ours."


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"# A comment\n\n"])
def test_a_byte_order_mark_or_comment_may_come_first(start: bytes) -> None:
    assert parse(start + TINY.encode()).title == "Tiny bank"


def test_windows_line_ends_are_read() -> None:
    assert parse(TINY.replace("\n", "\r\n")).items == parse(TINY).items


def test_a_finding_is_not_checked_where_no_findings_are_given() -> None:
    bank = parse(changed("look_for: [a list]", "look_for: [a list]\n        findings: [gs.9]"))
    assert bank.items["B"].findings == ("gs.9",)


def test_sixty_nested_sections_are_read_and_scored() -> None:
    bank = parse(nested(60))
    card = score_answers(bank, parse_answers(b"item,rating\nA,1\n", "a.csv", bank), bank.weightings[0])
    assert card.overall.score == Fraction(1, 2)


def test_too_many_nested_sections_are_refused() -> None:
    assert "nested too deeply" in str(refusal(nested(600)))


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_endless_nesting_is_refused_and_does_not_stop_python(opening: str) -> None:
    code = (
        "from audit.core.bank_loader import parse_bank\n"
        f"try: parse_bank(b'title:\\n  ' + {opening!r}.encode() * 100_000, 'bank.yaml')\n"
        "except Exception as fault: print(type(fault).__name__, fault)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("BankError bank.yaml, line 2: ")


@pytest.mark.parametrize(("old", "line"), [("line: 2}", 33), ("number: 2,", 11)])
def test_a_number_of_thousands_of_digits_is_refused(old: str, line: int) -> None:
    fault = refusal(changed(old, old.replace("2", "1" * 5000)))
    assert fault.line == line
    assert "is not a" in fault.problem
    assert len(str(fault)) < 300


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "bank.yaml, line 1: the file is empty."),
        (b"\xef\xbb\xbf", "bank.yaml, line 1: the file is empty."),
        (b"# only a comment\n", "bank.yaml, line 1: the file is empty."),
        (b"- a\n", "bank.yaml, line 1: a list or text stands where keys are expected. Write key: value lines."),
        (b"id: a\ntitle: Caf\xe9\n", "bank.yaml, line 2: this is not UTF-8 text. Save the file as UTF-8."),
        (TINY.encode("utf-16"), "bank.yaml, line 1: this is not UTF-8 text. Save the file as UTF-8."),
        (
            b"id: a\ntitle: *b\n",
            "bank.yaml, line 2: this is not valid YAML (found undefined alias). Check indents and quotes.",
        ),
    ],
)
def test_a_file_that_is_no_bank_is_refused(data: bytes, message: str) -> None:
    assert str(refusal(data)) == message


def test_a_quote_that_is_never_closed_is_named_where_it_opens() -> None:
    fault = refusal(changed("title: Item B", 'title: "Item B'))
    assert fault.problem.startswith("this is not valid YAML")
    assert fault.line == 31


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f"])
def test_a_character_that_yaml_does_not_allow_is_named_with_its_line(character: str) -> None:
    fault = refusal(changed("title: Item B", f"title: Item{character}B"))
    assert fault.problem == f"the character U+{ord(character):04X} is not allowed in YAML."
    assert fault.line == 31


def test_a_missing_file_is_a_wrong_name(tmp_path: Path) -> None:
    path = tmp_path / "absent.yaml"
    with pytest.raises(UsageError) as caught:
        load_bank_file(path)
    assert str(caught.value) == f"{path} cannot be read: No such file or directory."


def test_an_unknown_bank_is_a_wrong_name() -> None:
    with pytest.raises(UsageError) as caught:
        load_bank("../schemas")
    assert str(caught.value) == f'There is no bank "../schemas". Known: {", ".join(bank_ids())}.'


def test_a_fault_names_the_file_as_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(changed("version: 1.0.0\n", ""), encoding="utf-8")
    with pytest.raises(BankError) as caught:
        load_bank_file(path)
    assert str(caught.value) == f'{path}, line 1: the key "version" is missing. Add it.'
