"""The gap report as JSON, and its published schema: one shape, told twice, that must not drift apart."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from audit.core.answer_rows import TEXT_LIMIT
from audit.core.audits import EvidenceLink
from audit.core.bank import Bank
from audit.core.bank_loader import parse_bank
from audit.core.evidence import Direction, Strength
from audit.core.resources import question_banks
from audit.core.responses import Confidence, RatingState, Response
from audit.reports.build import Cover
from audit.reports.gap_report import GapReport, Length
from audit.reports.grounds import Around
from audit.reports.json_report import FORMAT, render_json
from audit.reports.summary import span
from tests.core.tiny_bank import TINY
from tests.making import rated
from tests.reports.reading import extremes, mixed, report_on

SCHEMA: Any = json.loads((question_banks() / "schemas" / "gap-report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
NAMES = list(extremes())
REFERENCE = "#/$defs/"


def faults(document: Any) -> list[str]:
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in VALIDATOR.iter_errors(document)]


def written(report: GapReport) -> Any:
    return json.loads(render_json(report))


@cache
def mixture() -> str:
    return render_json(extremes(Length.APPENDIX)["a mixture"])


def everything_said(bank: Bank) -> GapReport:
    """A report with every text at its longest, every prompt answered, links to evidence and all that a cover holds."""
    long = "x " * (TEXT_LIMIT // 2 - 1) + "\n."
    items = {
        item_id: Response(
            response.state, response.level, long, Confidence.LOW, long, long, long, target=4 if response.level else None
        )
        for item_id, response in mixed(bank).items()
    }
    links = (EvidenceLink("https://example.org/a", "2026-11-21", "Page 3"), EvidenceLink("http://example.org"))
    return report_on(
        bank,
        items,
        {prompt: Response(what_happens_now=long) for prompt in bank.prompts},
        Cover("Ynys Môn", "Our report", "1 May 2026", "Notice", "About", "Autumn", "#0f4c5c"),
        Around(evidence=dict.fromkeys(bank.items, links), first=False),
    )


# The shape.


@cache
def defined() -> dict[str, Any]:
    """What the schema says of each dataclass, by the name of the class."""
    objects = {key: value for key, value in SCHEMA["$defs"].items() if value.get("type") == "object"}
    return {"".join(part.capitalize() for part in key.split("_")): value for key, value in objects.items()}


@cache
def classes() -> dict[str, type]:
    """The dataclasses that a gap report is made of, save itself, by name."""
    found: dict[str, type] = {}
    waiting: list[Any] = [GapReport]
    while waiting:
        hint = waiting.pop()
        if is_dataclass(hint) and isinstance(hint, type) and hint.__name__ not in found:
            found[hint.__name__] = hint
            waiting += get_type_hints(hint).values()
        waiting += get_args(hint)
    del found["GapReport"]
    return found


def shape_of_type(hint: Any) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        (one,) = (argument for argument in arguments if argument is not type(None))
        return ["or null", shape_of_type(one)]
    if origin is tuple and arguments[-1] is Ellipsis:
        return ["list of", shape_of_type(arguments[0])]
    if origin is tuple:
        return ["exactly", *map(shape_of_type, arguments)]
    if is_dataclass(hint) and isinstance(hint, type):
        return hint.__name__
    if issubclass(hint, Enum):
        return ["one of", *(member.value for member in hint)]
    return {str: "text", Fraction: "fraction", bool: "boolean", int: "integer"}[hint]


def shape_of_node(node: Any) -> Any:
    """The shape that a schema asks for, in the words of :func:`shape_of_type`."""
    if "$ref" in node:
        name = node["$ref"].removeprefix(REFERENCE)
        known = {id(value): key for key, value in defined().items()}
        found = SCHEMA["$defs"][name]
        return "fraction" if name == "fraction" else known.get(id(found)) or shape_of_node(found)
    if "anyOf" in node:
        first, second = node["anyOf"]
        if second == {"type": "null"}:
            return ["or null", shape_of_node(first)]
        assert shape_of_node(first) == shape_of_node(second)
        return shape_of_node(first)
    if "enum" in node:
        return ["one of", *node["enum"]] if node["enum"] == [length.value for length in Length] else "text"
    if node["type"] == "array" and "prefixItems" in node:
        assert node["items"] is False
        assert node["minItems"] == node["maxItems"] == len(node["prefixItems"])
        return ["exactly", *map(shape_of_node, node["prefixItems"])]
    if node["type"] == "array":
        return ["list of", shape_of_node(node["items"])]
    return {"string": "text", "boolean": "boolean", "integer": "integer"}[node["type"]]


def test_the_schema_defines_the_dataclasses_of_a_report_and_no_others() -> None:
    assert len(classes()) > 20
    assert set(defined()) == set(classes())


@pytest.mark.parametrize("name", ["GapReport", *sorted(classes())])
def test_an_object_has_the_fields_of_its_dataclass_in_their_order_and_of_their_kind(name: str) -> None:
    node = {"GapReport": SCHEMA, **defined()}[name]
    cls = {"GapReport": GapReport, **classes()}[name]
    own = ["format"] if cls is GapReport else []
    names = [*own, *(field.name for field in fields(cls))]
    assert list(node["properties"]) == node["required"] == names
    assert node["additionalProperties"] is False
    found = {key: shape_of_node(value) for key, value in node["properties"].items() if key not in own}
    assert found == {key: shape_of_type(hint) for key, hint in get_type_hints(cls).items()}


def test_the_schema_is_valid_and_names_the_format() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["format"]["const"] == FORMAT
    assert re.fullmatch(r"plumbline-gap-report/[1-9]\d*", FORMAT)


def nodes(node: Any) -> Iterator[tuple[str, Any]]:
    """Every named part of the schema."""
    for key, value in [*node.get("properties", {}).items(), *node.get("$defs", {}).items()]:
        yield key, value
        yield from nodes(value)


def test_every_field_says_what_it_is() -> None:
    named = list(nodes(SCHEMA))
    assert len(named) > 150
    assert [key for key, node in named if not node.get("title")] == []
    assert [key for key, node in named if not node.get("description", "").endswith(".")] == []


def test_what_may_be_null_says_when() -> None:
    nullable = [node for _, node in nodes(SCHEMA) if {"type": "null"} in node.get("anyOf", [])]
    assert len(nullable) >= 8
    assert [node["title"] for node in nullable if "null w" not in node["description"]] == []


def test_every_definition_is_used() -> None:
    text = json.dumps(SCHEMA)
    assert [key for key in SCHEMA["$defs"] if f'"{REFERENCE}{key}"' not in text] == []


def test_the_choices_are_those_of_the_code() -> None:
    definitions = SCHEMA["$defs"]
    assert definitions["strength"]["enum"] == [strength.words for strength in Strength]
    assert definitions["confidence"]["enum"] == ["", *(confidence.value for confidence in Confidence)]
    assert definitions["cited_finding"]["properties"]["direction"]["enum"] == [each.words for each in Direction]
    open_states = [state.words for state in RatingState if state is not RatingState.RATED]
    assert definitions["open_item"]["properties"]["state"]["enum"] == open_states
    assert f"|{'|'.join(open_states)})$" in definitions["rating"]["pattern"]


# Real reports.


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("length", Length)
def test_reports_at_the_edges_fit_the_schema(name: str, length: Length) -> None:
    document = written(extremes(length)[name])
    assert (document["format"], document["length"]) == (FORMAT, length.value)
    assert faults(document) == []


def test_a_report_that_says_everything_fits_the_schema(bank: Bank) -> None:
    document = written(everything_said(bank))
    assert document["evidence"]
    assert len(document["opening"]) + len(document["supplementary"]) == len(bank.prompts) > 0
    assert faults(document) == []


def test_a_report_on_a_bank_of_ones_own_fits_the_schema() -> None:
    small = TINY.replace("weight: 3", "weight: 3/4")
    bank = parse_bank(small.encode(), "tiny.yaml")
    document = written(report_on(bank, {"A": rated(2), "B": rated(0)}))
    assert [answer["weight"] for answer in document["answers"]] == ["1", "3/4"]
    assert faults(document) == []


def test_null_stands_where_nothing_is_rated() -> None:
    headline = written(extremes()["nothing applicable"])["headline"]
    assert [headline[key] for key in ("percent", "low", "high", "band")] == [None] * 4
    headline = written(extremes()["nothing answered"])["headline"]
    assert [headline[key] for key in ("percent", "low", "high", "band")] == [None, "0.0", "100.0", None]


def test_the_words_for_a_range_are_those_that_the_schema_knows() -> None:
    pattern = SCHEMA["$defs"]["section_line"]["properties"]["span"]["pattern"]
    half, whole = Fraction(1, 2), Fraction(1)
    said = [span(None, None), span(half, half), span(Fraction(0), whole)]
    assert said == ["nothing applies", "no range: all is rated", "0.0% to 100.0%"]
    assert all(re.search(pattern, text) for text in said)


# What does not fit.


def objects(value: Any, where: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where an object stands in a document, one for each place of the schema."""
    if isinstance(value, dict):
        yield where
        for key, member in value.items():
            yield from objects(member, (*where, key))
    elif isinstance(value, list) and value:
        yield from objects(value[0], (*where, 0))


def at(document: Any, where: tuple[str | int, ...]) -> Any:
    for step in where:
        document = document[step]
    return document


def test_no_object_takes_an_unknown_field_or_goes_without_one() -> None:
    places = list(objects(json.loads(mixture())))
    assert len(places) > 20
    for where in places:
        for change in ("more", "less"):
            document = json.loads(mixture())
            target = at(document, where)
            if change == "more":
                target["note"] = ""
            else:
                target.pop(next(reversed(target)))
            assert faults(document), (where, change)


REFUSED = {
    "another format": (("format",), "plumbline-gap-report/2"),
    "another length": (("length",), "long"),
    "a score as a number": (("headline", "percent"), 53.1),
    "a score above 100": (("headline", "percent"), "100.1"),
    "a score with two decimals": (("headline", "percent"), "53.12"),
    "a score with its sign": (("headline", "percent"), "53.1%"),
    "an empty score": (("headline", "percent"), ""),
    "no sentence as null": (("headline", "sentences"), None),
    "a fraction as a decimal": (("profile", "bars", 0, "share"), "0.25"),
    "a fraction as a number": (("profile", "bars", 0, "share"), 0.25),
    "a fraction over zero": (("profile", "bars", 0, "share"), "1/0"),
    "a target share that is null": (("profile", "bars", 0, "target_share"), None),
    "a mark of three": (("profile", "marks", 0), ["0", "None", "more"]),
    "a mark of one": (("profile", "marks", 0), ["0"]),
    "a level without its number": (("gaps", 0, "level"), "partly in place"),
    "a share without its sign": (("gaps", 0, "share"), "12.5"),
    "a rank of zero": (("gaps", 0, "rank"), 0),
    "a rank as text": (("gaps", 0, "rank"), "1"),
    "thin as text": (("gaps", 0, "thin"), "no"),
    "an unknown confidence": (("gaps", 0, "confidence"), "some"),
    "an unknown strength": (("sources", 0, "strength"), "strong"),
    "a blank title": (("title",), " "),
    "a day in digits": (("made_on",), "2026-11-21"),
    "a colour by name": (("accent",), "red"),
    "a hash that is cut": (("bank", "sha256"), "abc"),
    "an item without an id": (("answers", 0, "item_id"), ""),
}


@pytest.mark.parametrize(("where", "value"), REFUSED.values(), ids=REFUSED.keys())
def test_the_schema_refuses(where: tuple[str | int, ...], value: Any) -> None:
    document = json.loads(mixture())
    good = deepcopy(document)
    *above, last = where
    target = at(document, tuple(above))
    assert target[last] != value
    target[last] = value
    assert faults(document)
    assert faults(good) == []
