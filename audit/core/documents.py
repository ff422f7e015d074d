"""YAML documents whose every value knows its file and line.

An :class:`Entry` wraps one value. Its readers (``text``, ``fields``, ``entries``, ``exact`` ...) either return
the value in the asked form or raise a :class:`~audit.core.errors.DocumentError` that names the file, the line,
the fault and what would be right. Scalars are read as written, so ``no`` and ``1.10`` stay text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from fractions import Fraction
from typing import NoReturn, TypeVar

import yaml

from audit.core.errors import DocumentError
from audit.core.numbers import parse_exact
from audit.core.texts import quotable

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
AnyEnum = TypeVar("AnyEnum", bound=Enum)
_NULL = "tag:yaml.org,2002:null"
DEPTH_LIMIT = 300
DIGITS_LIMIT = 18


def read_document(text: str, source: str, error: type[DocumentError]) -> Entry:
    """The root value of a YAML document.

    ``source`` is the file's name in messages and ``error`` the class that faults are raised as.
    """
    try:
        _check_depth(text, source, error)
        node = yaml.compose(text, Loader=Loader)
    except yaml.reader.ReaderError as fault:
        character = fault.character if isinstance(fault.character, int) else ord(fault.character[:1] or "?")
        line = text.count("\n", 0, max(text.find(chr(character)), 0)) + 1
        problem = f"the character U+{character:04X} is not allowed in YAML."
        raise error(source, line, problem, "Take it out.") from None
    except yaml.MarkedYAMLError as fault:
        # A quote that is never closed is at fault where it opens, not at the end of the file.
        unclosed = fault.problem == "found unexpected end of stream"
        mark = (fault.context_mark if unclosed else None) or fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark is not None else 1
        raise error(source, line, f"this is not valid YAML ({fault.problem}).", "Check indents and quotes.") from None
    if node is None:
        raise error(source, 1, "the file is empty.", "")
    return Entry(node, source, error)


def _check_depth(text: str, source: str, error: type[DocumentError]) -> None:
    """Refuse a document that is nested deeper than Python or the YAML library could follow."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEPTH_LIMIT:
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise error(source, line, "this is nested too deeply.", "Use fewer levels.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


@dataclass(frozen=True)
class Entry:
    """One value of a document: a mapping, a list or a scalar."""

    node: yaml.Node
    source: str
    error: type[DocumentError]

    @property
    def line(self) -> int:
        """The value's line in its file, from 1."""
        return int(self.node.start_mark.line) + 1

    def fail(self, problem: str, remedy: str = "") -> NoReturn:
        """Raise the document's error at this line."""
        raise self.error(self.source, self.line, problem, remedy)

    def pairs(self) -> dict[str, tuple[Entry, Entry]]:
        """The keys and values of a mapping by key; a repeated key is refused."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fail("a list or text stands where keys are expected.", "Write key: value lines.")
        found: dict[str, tuple[Entry, Entry]] = {}
        for key_node, value_node in self.node.value:
            entry = self._at(key_node)
            key = entry.text()
            if key in found:
                first = found[key][0].line
                entry.fail(f'the key "{quotable(key)}" stands twice (first on line {first}).', "Keep one.")
            found[key] = (entry, self._at(value_node))
        return found

    def values(self, names: Collection[str], what: str) -> dict[str, Entry]:
        """The values of a mapping whose keys are among ``names``; ``what`` says what kind of thing they name."""
        for key, _ in self.pairs().values():
            key.known(names, what)
        return {key: value for key, (_, value) in self.pairs().items()}

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Entry]:
        """The values of a mapping that has all ``required`` keys and none beyond those and ``optional``."""
        required, optional = list(required), list(optional)
        found = self.pairs()
        for key, (entry, _) in found.items():
            if key not in required and key not in optional:
                entry.fail(f'the key "{quotable(key)}" is not known here.', suggest(key, [*required, *optional]))
        for key in required:
            if key not in found:
                self.fail(f'the key "{key}" is missing.', "Add it.")
        return {key: value for key, (_, value) in found.items()}

    def entries(self) -> list[Entry]:
        """The members of a list that has at least one."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.fail("a list is expected here.", "Begin each member with a dash.")
        if not self.node.value:
            self.fail("this list is empty.", "Give at least one member, or leave the key out.")
        return [self._at(node) for node in self.node.value]

    def texts(self) -> tuple[str, ...]:
        """The members of a list of texts."""
        return tuple(entry.text() for entry in self.entries())

    def text(self) -> str:
        """A text that is not blank, with each run of white space as one space."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.fail("text is expected here.", "Put quotes around it, or take out the brackets or dashes.")
        # "null" and "~" without quotes are YAML's words for nothing.
        text = "" if self.node.tag == _NULL else " ".join(str(self.node.value).split())
        if not text:
            self.fail("this is blank.", "Write a text.")
        return text

    def text_or_blank(self) -> str:
        """A text that may be blank."""
        return self.text() if self.node.value and self.node.tag != _NULL else ""

    def texts_or_none(self) -> tuple[str, ...]:
        """The members of a list of texts that may be empty."""
        return self.texts() if self.node.value and self.node.tag != _NULL else ()

    def whole_number(self) -> int:
        """A whole number of 0 or more."""
        text = self.text()
        if not (text.isascii() and text.isdigit() and len(text) <= DIGITS_LIMIT):
            self.fail(f'"{quotable(text)}" is not a whole number.', "Write digits, such as 3.")
        return int(text)

    def exact(self) -> Fraction:
        """A number of 0 or more, exactly as written: ``3``, ``0.25`` or ``1/4``."""
        text = self.text()
        try:
            value = parse_exact(text)
        except ValueError:
            self.fail(f'"{quotable(text)}" is not a number.', "Write it as 3, 0.25 or 1/4.")
        if value < 0:
            self.fail(f"{text} is below zero.", "Write 0 or more.")
        return value

    def choice(self, enum: type[AnyEnum]) -> AnyEnum:
        """The member of an enumeration whose value stands here."""
        text = self.text()
        try:
            return enum(text)
        except ValueError:
            self.fail(f'"{quotable(text)}" is not known here.', suggest(text, [str(member.value) for member in enum]))

    def known(self, names: Collection[str], what: str) -> str:
        """A text that is one of ``names``; ``what`` says what kind of thing they name."""
        text = self.text()
        if text not in names:
            self.fail(f'"{quotable(text)}" names no {what}.', suggest(text, names))
        return text

    def _at(self, node: yaml.Node) -> Entry:
        return Entry(node, self.source, self.error)


def suggest(text: str, names: Iterable[str]) -> str:
    """A sentence that offers the name nearest to ``text``, or else lists the names."""
    names = list(names)
    close = get_close_matches(text.casefold(), [name.casefold() for name in names], n=1)
    for name in names:
        if close and name.casefold() == close[0]:
            return f'Did you mean "{name}"?'
    if len(names) > 12:
        return f"There are {len(names)} to choose from, {names[0]} to {names[-1]}."
    return f"Known: {', '.join(names)}."
