"""What holds for every answers file: answers come back as written, and nothing but AnswersError is raised."""

from __future__ import annotations

import contextlib
import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from audit.core.answer_files import parse_answers
from audit.core.answer_rows import COLUMNS
from audit.core.answer_writing import write_answers
from audit.core.errors import AnswersError
from audit.core.responses import Answers, Confidence, RatingState, Response
from tests.core.test_answer_files import BANK

characters = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t") | st.sampled_from(",\"';=\n é")
texts = st.text(characters, max_size=40).map(str.strip)
reasons = texts.filter(bool)
levels = st.sampled_from([level.number for level in BANK.scale.levels])


@st.composite
def responses(draw: st.DrawFn) -> Response:
    state = draw(st.sampled_from(RatingState))
    return Response(
        state=state,
        level=draw(levels) if state is RatingState.RATED else None,
        reason=draw(reasons if state is RatingState.NOT_APPLICABLE else texts),
        confidence=draw(st.none() | st.sampled_from(Confidence)),
        what_happens_now=draw(texts),
        what_needs_to_happen=draw(texts),
        how_to_progress=draw(texts),
        target=draw(st.none() | levels),
    )


def in_words(what: str) -> Response:
    return Response(what_happens_now=what, what_needs_to_happen=what[::-1].strip(), how_to_progress=what)


answers = st.builds(
    Answers,
    items=st.dictionaries(st.sampled_from(list(BANK.items)), responses()),
    prompts=st.dictionaries(st.sampled_from(list(BANK.prompts)), texts.map(in_words)),
)
SHORT = {RatingState.NOT_APPLICABLE: "na", RatingState.DONT_KNOW: "dk", RatingState.UNANSWERED: ""}


def cells(name: str, response: Response) -> list[str]:
    rating = SHORT.get(response.state, str(response.level))
    confidence = response.confidence.value if response.confidence else ""
    target = "" if response.target is None else str(response.target)
    return [name, rating, response.reason, confidence, *response.texts, target]


def written(given_answers: Answers, line_end: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow(COLUMNS)
    writer.writerows(cells(name, response) for name, response in given_answers.items.items())
    writer.writerows(cells(name, response) for name, response in given_answers.prompts.items())
    return out.getvalue().encode()


@given(answers, st.sampled_from(["\n", "\r\n"]), st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_answers_written_as_csv_come_back_identical(written_answers: Answers, line_end: str, mark: bytes) -> None:
    assert parse_answers(mark + written(written_answers, line_end), "answers.csv", BANK) == written_answers


@given(answers)
def test_answers_written_by_plumbline_come_back_identical(written_answers: Answers) -> None:
    read = parse_answers(write_answers(BANK, written_answers).encode(), "answers.csv", BANK)
    assert list(read.items) == list(BANK.items)
    assert {name: read.of(name) for name in BANK.items} == {name: written_answers.of(name) for name in BANK.items}
    assert {name: response for name, response in read.prompts.items() if any(response.texts)} == {
        name: response for name, response in written_answers.prompts.items() if any(response.texts)
    }


@given(texts.flatmap(lambda text: st.sampled_from(["=", "+", "-", "@"]).map(lambda sign: sign + text)))
def test_no_cell_begins_as_a_formula_would(text: str) -> None:
    given_answers = Answers({"R1": Response(RatingState.NOT_APPLICABLE, None, text, None, text, text, text)})
    written_rows = list(csv.reader(io.StringIO(write_answers(BANK, given_answers), newline="")))
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in written_rows for cell in row)


tokens = [
    "item",
    "rating",
    "reason",
    "R1",
    "na",
    "2",
    ",",
    ",",
    "\n",
    '"',
    "\r",
    "\x00",
    "\xe9",
    "=",
    "[",
    "{",
    "}",
    "]",
]
files = (
    st.binary()
    | st.text().map(str.encode)
    | st.lists(st.sampled_from(tokens)).map(lambda parts: "".join(parts).encode())
)


@given(files, st.sampled_from(["", "item,rating\n", "item,rating,reason\nR1,"]), st.sampled_from(["a.csv", "a.json"]))
def test_any_bytes_are_read_or_refused(data: bytes, head: str, name: str) -> None:
    with contextlib.suppress(AnswersError):
        assert isinstance(parse_answers(head.encode() + data, name, BANK), Answers)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3)
)
json_entries = st.dictionaries(st.sampled_from([*COLUMNS, "note"]), json_values | st.sampled_from(["R1", "2", "na"]))


@given(st.lists(json_entries | json_values, max_size=4) | json_values)
def test_any_json_is_read_or_refused(document: object) -> None:
    with contextlib.suppress(AnswersError):
        assert isinstance(parse_answers(json.dumps(document).encode(), "a.json", BANK), Answers)
